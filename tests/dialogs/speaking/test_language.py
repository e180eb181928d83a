"""In which language the bot answers: asked for, shown by the words, or guessed by the channel."""

from __future__ import annotations

import pytest

from dialogs.conversation import Conversation
from dialogs.engine import step
from dialogs.events import VisitBackDue
from dialogs.messages import Say
from dialogs.speaking.language import closest
from dialogs.wording import EN, HANT, ZH
from institutions.catalog import load_all
from tests.dialogs.talking import NUMBER, Citizen

HOTLINE = load_all()["hotline"]


@pytest.mark.parametrize(
    ("tag", "language"),
    [("zh-CN", ZH), ("zh", ZH), ("zh-Hans-HK", ZH), ("zh-TW", HANT), ("zh_HK", HANT), ("zh-Hant", HANT), ("yue-HK", HANT),
     ("en-GB", EN), ("EN", EN), ("fr", ZH), ("", ZH)],
)  # fmt: skip
def test_any_language_tag_of_a_channel_leads_to_one_of_ours(tag, language):
    assert closest(tag) == language


def test_who_writes_traditional_characters_is_answered_in_them(citizen):
    said = citizen.says("樓下燒烤店半夜放音響，吵得睡不著")

    assert "您好，這裏是市民服務熱線" in said
    assert citizen.choices == ["同意", "不同意"]
    assert citizen.now.language == HANT


def test_characters_that_both_scripts_have_change_nothing(citizen):
    citizen.says("繁體")
    citizen.says("幸福里")

    assert citizen.now.language == HANT


@pytest.mark.parametrize(
    ("word", "answer"),
    [("English", "All right, English it is."), ("繁體中文", "好的，我們用繁體字。"), ("简体", "好的，我们说中文。")],
)
def test_a_language_is_asked_for_by_a_word_at_any_moment(citizen, word, answer):
    citizen.says("楼下烧烤店半夜放音响")

    assert answer in citizen.says(word)


def test_a_language_asked_for_stays_whatever_is_written(citizen):
    citizen.says("English")
    said = citizen.says("楼下烧烤店半夜放音响，吵得睡不着")

    assert "Hello, this is" in said
    assert citizen.now.language == EN


def test_everything_to_the_receipt_is_said_in_traditional_characters_but_ones_own_words(citizen):
    citizen.says("繁體中文")
    citizen.says("幸福里3栋楼下烧烤店半夜放音响，吵得睡不着")
    citizen.says("同意")
    summary = citizen.to_summary()
    receipt = citizen.says("提交")

    assert "事情：幸福里3栋楼下烧烤店半夜放音响，吵得睡不着" in summary
    assert "交給：城市管理局" in summary
    assert "已登記，編號" in receipt


def test_a_choice_typed_in_the_other_script_is_taken(citizen):
    citizen.says("繁體中文")
    citizen.says("幸福里3栋楼下烧烤店半夜放音响")
    citizen.says("同意")
    citizen.to_summary()

    assert "改一項" in citizen.choices
    assert "要改哪一項" in citizen.says("改一项")


def test_an_institutions_own_sentence_is_said_in_every_script():
    own = HOTLINE.model_copy(update={"wording": {"zh": {"thanks": "不客气，宝安区随时为您服务。"}}})
    simplified, full = Citizen(own), Citizen(own)
    full.says("繁體")

    assert simplified.says("谢谢") == "不客气，宝安区随时为您服务。"
    assert full.says("謝謝") == "不客氣，寶安區隨時為您服務。"


def test_a_conversation_without_a_language_of_its_own_begins_in_the_channels():
    _, effects = step(HOTLINE, Conversation(language=HANT), VisitBackDue(NUMBER))

    assert isinstance(effects[0], Say)
    assert "辦理人員聯繫過您嗎" in effects[0].text


@pytest.mark.parametrize(
    ("said", "language"), [("hi", EN), ("Hello!", EN), ("good morning", EN), ("ok", ZH), ("你好", ZH)]
)
def test_a_greeting_alone_shows_the_language_and_the_first_words_may_change_it(said, language):
    citizen = Citizen(HOTLINE)
    citizen.says(said)
    first = citizen.now.language
    citizen.says("路灯坏了")

    assert (first, citizen.now.language) == (language, ZH)
