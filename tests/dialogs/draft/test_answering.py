"""What is sent while a question is open: the answer, something of the citizen's own, or "send it as it is"."""

from __future__ import annotations

import pytest

from dialogs.conversation import Conversation, Stage
from institutions.catalog import load_all
from tests.dialogs.talking import Citizen

ALL = load_all()
STORY = "昨晚人民路12号楼下烧烤店放音响，吵得睡不着"


def talking(institution: str) -> Citizen:
    citizen = Citizen(ALL[institution])
    citizen.now = Conversation(consented=True)
    return citizen


@pytest.mark.parametrize("said", ["提交", "直接提交吧", "submit"])
def test_who_hands_it_in_early_sees_the_summary_and_no_such_wish(said):
    citizen = talking("hotline")
    for text in (STORY, "没有", "李芳", "13800138000"):
        citizen.says(text)
    citizen.says(said)

    assert citizen.now.stage is Stage.CONFIRMING
    assert "request" not in citizen.now.draft.values


def test_who_hands_it_in_too_early_is_told_what_is_missing():
    citizen = talking("social_security")
    citizen.says("昨天市医院的医保卡刷不出来")
    said = citizen.says("提交")

    assert "还差：姓名、电话" in said
    assert citizen.now.asking == "who"


def test_agreeing_is_no_wish():
    citizen = talking("hotline")
    for text in (STORY, "没有", "李芳", "13800138000", "对的"):
        citizen.says(text)

    assert "request" not in citizen.now.draft.values


def test_a_wish_is_not_the_name_of_a_product():
    citizen = talking("customer")
    citizen.says("昨天买的东西回来就坏了")
    citizen.says("我要退钱")

    assert citizen.now.asking == "product"
    assert citizen.now.draft.values["request"] == "我要退钱"
    assert "product" not in citizen.now.draft.values


@pytest.mark.parametrize(
    ("text", "slot", "value"), [("我姓赵", "who", "赵"), ("13800138000", "contact", "+8613800138000")]
)
def test_who_tells_of_themself_has_not_named_a_thing(text, slot, value):
    citizen = talking("customer")
    citizen.says("昨天买的东西回来就坏了")
    citizen.says(text)

    assert citizen.now.asking == "product"
    assert citizen.now.draft.values[slot] == value
    assert "product" not in citizen.now.draft.values


def test_words_without_any_time_do_not_say_when():
    citizen = talking("labour")
    citizen.says("江南花园工地的老板不给工资")
    citizen.says("没得合同")

    assert citizen.now.asking == "when"
    assert "when" not in citizen.now.draft.values


@pytest.mark.parametrize("text", ["没拍着", "没拍到", "没来得及拍", "没照片"])
def test_who_could_take_no_picture_is_not_asked_for_one_again(text):
    citizen = talking("hotline")
    citizen.says(STORY)
    citizen.says(text)

    assert citizen.now.asking == "who"


def test_a_name_is_kept_in_the_characters_of_its_bearer():
    citizen = talking("hotline")
    citizen.says("昨晚人民路12號樓下燒烤店放音響，吵得睡不着")
    citizen.says("沒有")
    citizen.says("陳大文")

    assert citizen.now.draft.values["who"] == "陳大文"


@pytest.mark.parametrize("text", ["不用了", "不用登记了", "不用了谢谢"])
def test_who_wants_nothing_taken_down_is_not_asked_to_agree_again(text):
    citizen = Citizen(ALL["property"])
    citizen.says("我家水费怎么这么贵")
    said = citizen.says(text)

    assert "这次不登记" in said
    assert citizen.now.stage is Stage.IDLE


def test_an_english_name_is_no_more_of_the_story():
    citizen = talking("community")
    for text in (
        "My neighbour plays loud music every night at 2am, Sunny Garden building 3 unit 2",
        "no",
        "Anna Smith",
    ):
        citizen.says(text)

    assert citizen.now.draft.values["who"] == "Anna Smith"
    assert "Anna" not in citizen.now.draft.values["what"]


def test_a_sight_that_is_told_is_not_asked_for_as_a_place():
    citizen = talking("tourism")
    citizen.says("导游强迫购物 东湖景区 11月19日")

    assert citizen.now.draft.values["where"]["text"] == "东湖景区"


@pytest.mark.parametrize(
    ("said", "slot", "kept"),
    [
        ("王芳", "who", "王芳"),
        ("快点修好", "request", "快点修好"),
        ("就那个柜台的小姑娘", "what", f"{STORY}\n就那个柜台的小姑娘"),
        ("the owner shouted at me", "what", f"{STORY}\nthe owner shouted at me"),
    ],
)
def test_words_where_files_are_asked_for_are_kept_as_what_they_are_and_the_question_stays(said, slot, kept):
    citizen = talking("hotline")
    citizen.says(STORY)
    answer = citizen.says(said)

    assert citizen.now.asking == "evidence"
    assert citizen.now.draft.values[slot] == kept
    assert "有照片、视频或录音吗" in answer
    assert "记下" in answer


@pytest.mark.parametrize("said", ["有", "有的", "啊啊", "asdf", "照片我晚点发"])
def test_what_tells_nothing_where_files_are_asked_for_is_no_part_of_the_story(said):
    citizen = talking("hotline")
    citizen.says(STORY)
    citizen.says(said)

    assert citizen.now.draft.values["what"] == STORY


@pytest.mark.parametrize("said", ["都是夜里十二点以后", "一般是晚上十点以后吧", "每次都在凌晨", "都是晚上"])
def test_a_time_alone_is_no_answer_to_where(said):
    citizen = talking("hotline")
    citizen.says("我们小区晚上一直有人施工，吵得睡不着")
    answer = citizen.says(said)

    assert citizen.now.asking == "where"
    assert "where" not in citizen.now.draft.values
    assert "在哪里" in answer
