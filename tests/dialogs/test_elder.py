"""Somebody who is spoken to slowly: few words, three buttons, nothing asked twice, voice notes as answers."""

from __future__ import annotations

import pytest

from dialogs.commands import command
from dialogs.conversation import Stage
from dialogs.effects import FileCase
from dialogs.events import Heard, Received, Transcribed
from dialogs.messages import Say
from dialogs.wording import phrase
from institutions.catalog import load_all
from nlp.understand import understand
from tests.dialogs.talking import NOW, Citizen

HOTLINE = load_all()["hotline"]
MOST = 3  # buttons


def speaks(citizen: Citizen, note: int, text: str = "") -> str:
    """Send a voice note, with the words that the platform recognised."""
    facts = understand(text, now=NOW, institution=citizen.institution)
    return citizen.event(Heard(text, facts, NOW, evidence=(Received(note, "voice", f"{note}.amr"),)))


@pytest.fixture
def granny() -> Citizen:
    """Somebody who has asked to be spoken to slowly."""
    citizen = Citizen(HOTLINE)
    citizen.says("字太多看不懂")
    return citizen


@pytest.mark.parametrize(
    "words",
    [
        "长辈模式",
        "老人模式",
        "字太多看不懂",
        "慢一点",
        "说慢点",
        "说慢点 我眼睛看不清",
        "我眼睛看不清楚",
        "我看不懂",
        "你发的字太小了，看不清",
        "我年纪大了，看不清",
        "長輩模式",
        "simple mode",
    ],
)
def test_to_be_spoken_to_slowly_is_asked_for_in_many_words(words):
    assert command(words) == "slowly"


@pytest.mark.parametrize(
    "words", ["合同看不懂", "医院的字太小，老人看不清", "慢性病报销太慢", "公交车开慢一点行不行，太吓人了"]
)
def test_a_complaint_in_such_words_is_no_wish_for_it(words):
    assert command(words) == ""


def test_the_pace_can_be_changed_back(granny):
    assert "慢慢说" in phrase(granny.now.language, "pace.slowly.plain")
    assert granny.says("普通模式").startswith("好，换回平常的说法。")
    assert "同意" in (granny.says("路灯坏了") and granny.choices)


def test_the_wish_for_it_in_the_middle_leads_back_to_the_question():
    citizen = Citizen(HOTLINE)
    citizen.says("楼下烧烤店半夜放音响，吵得睡不着")
    citizen.says("同意")
    said = citizen.says("慢一点")

    assert said.endswith("事情发生在哪里？也可以直接发定位。")
    assert citizen.choices == ["跳过", "请人帮忙"]


def test_three_buttons_at_most_and_a_person_among_the_few(granny):
    granny.says("楼下烧烤店半夜放音响，吵得睡不着")
    granny.says("可以")
    while granny.now.stage is Stage.ASKING:
        assert "请人帮忙" in granny.choices
        granny.says("匿名" if "匿名" in granny.choices else "跳过")

    assert granny.choices == ["交上去", "改一下", "请人帮忙"]
    for say in granny.did(Say):
        assert len(say.choices) <= MOST


def test_nothing_optional_and_no_evidence_is_asked_for(granny):
    said = [granny.says("楼下烧烤店半夜放音响，吵得睡不着"), granny.says("可以")]
    while granny.now.stage is Stage.ASKING:
        said.append(granny.says("跳过"))

    assert not any("照片" in text or "希望怎么解决" in text for text in said)


def test_the_summary_is_read_out_as_a_sentence(granny):
    granny.says("我叫李芳，13800138000，昨晚11点幸福里3栋楼下烧烤店放音响，吵得睡不着")
    said = granny.says("可以")

    assert said.startswith("您看对不对：\n")
    assert "事情：" not in said
    assert said.endswith("也可以回数字：1 交上去、2 改一下、3 请人帮忙。")
    assert "登记好了，编号" in granny.says("1")


def test_what_does_not_fit_three_buttons_waits_behind_one_more(granny):
    granny.says("我叫李芳，13800138000，昨晚11点幸福里3栋楼下烧烤店放音响，吵得睡不着")
    granny.says("可以")
    granny.says("改一下")
    first = granny.choices
    granny.says("别的")

    assert first == ["事情", "时间", "别的"]
    assert granny.choices == ["地点", "证据", "别的"]
    assert "电话" in granny.says("电话")


def test_a_voice_note_without_words_answers_what_was_asked(granny):
    granny.says("你好")
    granny.says("可以")
    said = [speaks(granny, 1)]
    while granny.now.stage is Stage.ASKING:
        assert said[-1].startswith("您的语音已收到，工作人员会听。")
        said.append(speaks(granny, len(said) + 1))
    granny.says("对")

    questions = [text.split("\n")[-1] for text in said]
    assert len(questions) == len(set(questions))
    assert granny.did(FileCase)[0].draft.values == {"what": "（语音留言，等工作人员听写）"}
    assert len(granny.did(FileCase)[0].draft.evidence) == len(said)


def test_a_voice_note_before_anything_else_is_the_story(granny):
    granny.says("取消")
    assert "您的语音已收到" in speaks(granny, 1)
    said = granny.says("可以")

    assert "出了什么事" not in said


def test_a_voice_note_with_its_words_is_read_like_any_words(granny):
    granny.says("你好")
    granny.says("可以")
    speaks(granny, 1, "楼下烧烤店半夜放音响，吵得睡不着")

    assert granny.now.draft.values["what"] == "楼下烧烤店半夜放音响，吵得睡不着"
    assert granny.now.draft.voices == ()


def test_words_written_down_from_a_note_take_its_place(granny):
    granny.says("你好")
    granny.says("可以")
    speaks(granny, 7)
    words = "昨晚11点幸福里3栋楼下烧烤店放音响，吵得睡不着"
    said = granny.event(Transcribed(7, Heard(words, understand(words, now=NOW, institution=HOTLINE), NOW)))

    assert said == ""
    assert granny.now.draft.values["what"] == words
    assert granny.now.draft.values["where"]["text"] == "幸福里3栋楼下"
    assert granny.now.draft.voices == ()


def test_words_of_another_note_change_nothing(granny):
    before = granny.now
    words = "没有这回事"
    granny.event(Transcribed(99, Heard(words, understand(words, now=NOW, institution=HOTLINE), NOW)))

    assert granny.now == before


def test_an_institution_may_speak_slowly_to_everybody():
    slow = Citizen(HOTLINE.model_copy(update={"elder": True}))

    assert "我帮您记下来，可以吗？" in slow.says("路灯坏了")
    assert slow.choices == ["可以", "不可以", "请人帮忙"]
    slow.says("普通模式")
    assert slow.now.elder is False
