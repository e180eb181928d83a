"""A draft moves to another chat by a code that is typed there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.codes import typed
from dialogs.conversation import Draft, Stage
from dialogs.effects import MoveDraft, TakeDraft
from dialogs.events import DraftMoved, DraftTaken
from dialogs.resuming.moving import wishes

STORY = "楼下烧烤店放音响，吵得睡不着"
TAKEN = Draft({"what": STORY}, evidence=((7, "photo"),))


@pytest.fixture
def talking(citizen):
    """Somebody in the middle of a story."""
    citizen.says(STORY)
    citizen.says("同意")
    return citizen


@pytest.mark.parametrize(
    "text",
    [
        "换个设备",
        "换到微信",
        "我想换到手机上继续",
        "换电报",
        "換個設備",
        "转到网页上登记",
        "move",
        "switch device",
        "换到电脑",
    ],
)
def test_the_wish_to_move_is_understood(text):
    assert wishes(text)


@pytest.mark.parametrize(
    "text", ["换个手机", "换手机", "换货", "设备坏了要换", "移动公司乱收费", "moved house", "把电脑换了"]
)
def test_a_story_or_a_request_is_no_such_wish(text):
    assert not wishes(text)


@pytest.mark.parametrize("text", ["7KDM-Q2XW", "7kdm q2xw", "７ＫＤＭＱ２ＸＷ", "代码：7KDM-Q2XW。", "code 7KDMQ2XW"])
def test_a_code_is_read_however_it_is_typed(text):
    assert typed(text)[0] == "7KDMQ2XW"


@pytest.mark.parametrize("text", ["WHATEVER", "23456789", "7KDM-Q2X", "7KDM-Q2XWW", "湘A12345", "7KDM-Q0XW 我的", ""])
def test_what_is_no_code_is_none(text):
    assert typed(text)[0] == ""


def test_the_code_is_told_and_the_question_stays_open(talking):
    said = talking.says("换个设备")

    assert "7KDM-Q2XW" in said
    assert talking.did(MoveDraft)
    assert "11月20日" in talking.says("昨晚11点")


def test_nothing_told_nothing_to_move(citizen):
    assert "没有正在登记的事" in citizen.says("换个设备")


def test_a_code_typed_in_a_fresh_chat_is_tried(citizen):
    said = citizen.says("7kdm q2xw")

    assert citizen.did(TakeDraft)[0].code == "7KDMQ2XW"
    assert "换个设备" in said


def test_in_the_middle_of_a_story_a_code_is_tried_and_the_question_asked_again(talking):
    said = talking.says("7KDM-Q2XW")

    assert talking.did(TakeDraft)
    assert "什么时候" in said


def test_where_a_number_is_asked_for_only_what_is_called_a_code_is_one(talking):
    talking.now = replace(talking.now, asking="order_number")
    talking.says("7KDM-Q2XW")
    assert not talking.did(TakeDraft)

    talking.now = replace(talking.now, asking="order_number")
    talking.says("代码 7KDM-Q2XW")
    assert talking.did(TakeDraft)


def test_the_other_chats_draft_goes_on_here(citizen):
    said = citizen.event(DraftTaken(TAKEN, consented=True))

    assert "接过来了" in said
    assert STORY in said
    assert citizen.now.asking == "when"
    assert citizen.now.draft.evidence == ((7, "photo"),)


def test_a_draft_that_was_open_here_is_put_by(talking):
    talking.event(DraftTaken(Draft({"what": "路灯坏了"}), consented=True))

    assert talking.now.draft.values["what"] == "路灯坏了"
    assert talking.now.shelf[-1].draft.values["what"] == STORY


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (DraftTaken(None), "过期"),
        (DraftTaken(None, locked=True), "一小时"),
        (DraftTaken(None, here=True), "另一个聊天"),
    ],
)
def test_a_code_that_does_not_hold_is_answered_kindly(citizen, event, words):
    assert words in citizen.event(event)
    assert citizen.now.stage is Stage.IDLE


def test_the_chat_it_left_is_told_and_empty(talking):
    said = talking.event(DraftMoved())

    assert "另一个聊天" in said
    assert talking.now.stage is Stage.IDLE
    assert (talking.now.draft.values, talking.now.shelf) == ({}, ())


def test_what_was_put_by_can_move_too(talking):
    talking.says("重新开始") if talking.now.shelf else talking.event(DraftTaken(Draft({"what": "路灯坏了"})))
    for text in ("取消", "取消登记", "换个设备"):
        talking.says(text)

    assert talking.did(MoveDraft)
    assert talking.now.draft.values["what"] == STORY
