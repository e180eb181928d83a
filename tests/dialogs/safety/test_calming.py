"""Angry, weary and insulting people: a kind word, a person, and their matter in any case. What only sounds like danger."""

from __future__ import annotations

from dialogs.conversation import Stage
from dialogs.effects import FileCase, Hand

WEARY = "不作为！我的宅基地拖了三年没批，镇里推县里，县里推镇里"


def test_who_waited_long_hears_that_we_are_sorry_after_the_greeting(citizen):
    first, second, *_ = citizen.says(WEARY).split("\n")

    assert first.startswith("您好")
    assert "抱歉" in second


def test_the_kind_word_is_said_once_a_day(citizen):
    citizen.says(WEARY)
    citizen.says("同意")

    assert "抱歉" not in citizen.says("拖了三年没人管，太过分了")


def test_an_insult_alone_answers_no_question(citizen):
    for text in ("昨晚11点幸福里3栋楼下烧烤店放音响吵得睡不着", "同意", "没有", "李芳", "13800138000"):
        citizen.says(text)
    assert citizen.now.asking == "request"
    said = citizen.says("你们都是废物")

    assert "理解" in said
    assert citizen.now.asking == "request"
    assert "request" not in citizen.now.draft.values


def test_the_second_insult_gets_the_offer_of_a_person(citizen):
    for text in ("你好", "同意", "你们都是废物"):
        citizen.says(text)
    said = citizen.says("一群傻逼")

    assert "请人" in said
    assert "请人帮忙" in citizen.choices
    citizen.says("请人帮忙")
    assert citizen.did(Hand)


def test_the_matter_beside_an_insult_is_taken(citizen):
    for text in ("你们都是废物，人民路12号的路灯坏了一个月都不修", "同意"):
        citizen.says(text)
    citizen.to_summary()
    citizen.says("提交")

    assert "路灯" in citizen.did(FileCase)[0].draft.values["what"]


def test_nobody_is_lectured(citizen):
    citizen.says("你好")
    citizen.says("同意")
    said = "".join(citizen.says(text) for text in ("傻逼", "滚", "你妈的", "王八蛋"))

    assert not [word for word in ("文明", "请勿", "禁止", "素质", "警告", "辱骂") if word in said]


class Sounds:
    """A message that sounds like danger to who only weighs characters."""

    words = "老街烧烤摊把油泼在人行道上，滑得很"


def test_what_only_sounds_like_danger_is_told_the_numbers_and_registered_as_usual(citizen, sounding):
    said = sounding(Sounds.words, danger="fire")

    assert "119" in said.split("\n")[0]
    assert "有人有危险" in citizen.choices
    assert citizen.now.stage is Stage.CONSENT
    assert citizen.did(FileCase) == []


def test_its_button_raises_the_alarm(citizen, sounding):
    sounding(Sounds.words, danger="fire")
    said = citizen.says(choice="danger.now")

    assert "119" in said.split("\n")[0]
    assert citizen.now.stage is Stage.ALARM
    assert "烧烤" in citizen.now.alarm.draft.values["what"]


def test_a_short_answer_that_sounds_like_danger_is_an_answer(citizen, sounding):
    for text in ("昨晚11点幸福里3栋楼下烧烤店放音响吵得睡不着", "同意"):
        citizen.says(text)
    said = sounding("没有了", danger="self_harm")

    assert "12356" not in said
    assert citizen.now.asking == "who"
