"""A person when one is needed: asked for, there, gone, or not come."""

from __future__ import annotations

import pytest

from dialogs.conversation import Stage
from dialogs.effects import FileCase, Hand
from dialogs.events import GivenBack, NobodyCame, Taken

STORY = "楼道灯坏了一个月没人修，在幸福里3栋门口"


@pytest.mark.parametrize("words", ["人工", "转人工", "我要人工", "找个人", "请人来帮我", "human", "Talk to a person"])
def test_a_person_is_called_in_any_words(citizen, words):
    said = citizen.says(words)

    assert citizen.did(Hand) == [Hand("asked")]
    assert "10分钟内" in said or "10 minutes" in said


def test_the_bot_goes_on_until_somebody_comes(citizen):
    for text in (STORY, "同意"):
        citizen.says(text)
    said = citizen.says("人工")

    assert "照片" in said.split("\n")[-1]
    assert "怎么称呼" in citizen.says("没有")


def test_where_nobody_is_on_duty_it_is_said_when_somebody_will_be(citizen):
    citizen.staffed = False
    said = citizen.says("人工")

    assert "11月23日" in said
    assert "先把事情告诉我" in said


def test_asking_twice_calls_nobody_twice(citizen):
    citizen.says("人工")
    said = citizen.says("人工")

    assert len(citizen.did(Hand)) == 1
    assert "已经在请了" in said


def test_the_bot_is_silent_while_a_person_has_the_chat(citizen):
    for text in (STORY, "同意", "人工"):
        citizen.says(text)
    citizen.event(Taken())

    assert [citizen.says(text) for text in ("你好", "取消", "进度", "我叫李芳，电话13800138000")] == [""] * 4
    assert citizen.now.draft.values["contact"] == "+8613800138000"
    assert "你好" not in citizen.now.draft.values["what"]


def test_danger_is_answered_whoever_has_the_chat(citizen):
    citizen.says("人工")
    citizen.event(Taken())

    assert "119" in citizen.says("楼道里好大煤气味，有人晕倒了").split("\n")[0]
    assert citizen.now.hand == "taken"
    assert citizen.says("幸福里3栋2单元") == ""
    assert citizen.now.alarm.draft.values["where"]["text"] == "幸福里3栋2单元"


def test_handed_back_it_goes_on_with_the_open_question_and_asks_nothing_twice(citizen):
    for text in (STORY, "同意", "没有", "人工"):
        citizen.says(text)
    citizen.event(Taken())
    citizen.says("我叫李芳")
    said = citizen.event(GivenBack())

    assert "接下来还是我来" in said
    assert citizen.says("13800138000")
    assert citizen.now.draft.values["who"] == "李芳"


def test_who_waited_in_vain_hears_that_we_are_sorry_and_where_to_call(citizen):
    for text in (STORY, "同意", "人工"):
        citizen.says(text)
    said = citizen.event(NobodyCame("asked"))

    assert "对不起" in said
    assert "12345" in said
    assert "照片" in said.split("\n")[-1]
    assert citizen.event(NobodyCame("asked")) == ""


NOISE = ("嗯嗯", "嗯", "哦哦")


def test_not_understood_twice_gets_a_simpler_question_with_buttons(citizen):
    for text in ("你好", "同意", NOISE[0]):
        citizen.says(text)
    said = citizen.says(NOISE[1])

    assert "哪件事像" in said
    assert "请人帮忙" in citizen.choices
    label = citizen.choices[0]
    citizen.says(choice=citizen.now.offered[0][0])
    assert citizen.now.draft.values["what"] == label


def test_not_understood_three_times_calls_a_person(citizen):
    for text in ("你好", "同意", *NOISE):
        citizen.says(text)

    assert citizen.did(Hand) == [Hand("stuck")]
    assert citizen.now.hand == "waiting"


def test_one_good_answer_between_starts_anew(citizen):
    for text in ("你好", "同意", NOISE[0], NOISE[1], STORY, "没有", "没有", "12", "123"):
        citizen.says(text)

    assert citizen.did(Hand) == []


def test_out_of_hours_what_was_told_is_filed_for_a_person_to_complete(citizen):
    citizen.staffed = False
    for text in (STORY, "同意", "没有", "李芳", "12", "123"):
        citizen.says(text)
    said = citizen.says("1234")

    assert len(citizen.did(FileCase)) == 1
    assert "上班后会在这里问您" in said
    assert citizen.now.stage is Stage.IDLE
    assert not citizen.now.unfinished


def test_a_phone_that_is_none_is_asked_for_more_simply_and_then_left(citizen):
    for text in (STORY, "同意", "没有", "李芳"):
        citizen.says(text)
    said = [citizen.says(text) for text in ("12", "123", "1234")]

    assert "这不像电话号码" in said[0]
    assert "11位手机号" in said[1]
    assert "工作人员" in said[2]
    assert citizen.now.asking != "contact"


def test_who_has_the_chat_knows_that_somebody_is_very_angry_and_no_word_of_it(citizen):
    citizen.says("楼下烧烤店半夜放音响，吵得睡不着，在幸福里3栋楼下")
    for text in ("你们这帮废物", "一群废物，滚"):
        citizen.says(text)
    citizen.says("转人工")

    assert citizen.did(Hand)[-1].reason == "abuse"
