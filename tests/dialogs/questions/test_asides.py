"""Corrections, danger, numbers and old buttons in the middle of something else."""

from __future__ import annotations

import pytest

from dialogs.effects import Claim, FileCase, Withdraw
from dialogs.events import VisitBackDue
from tests.dialogs.talking import NUMBER, brief

STORY = "昨晚十一点多幸福里3栋楼下烧烤店又在放音响，吵得孩子睡不着，都一个礼拜了"


def test_progress_shows_ones_own_case(citizen):
    citizen.mine = (brief(),)

    said = citizen.says("进度")

    assert NUMBER in said
    assert "办理中" in said
    assert "11月28日" in said


def test_somebody_elses_number_needs_the_phone_on_file(citizen):
    said = citizen.says(NUMBER, number=NUMBER)
    refused = citizen.says("13800138000")

    assert "手机号" in said
    assert citizen.did(Claim) == [Claim(NUMBER, "+8613800138000")]
    assert "对不上" in refused


def test_a_case_can_be_taken_back_after_a_question(citizen):
    citizen.mine = (brief(),)
    citizen.says("进度")
    citizen.says("撤回这件")
    said = citizen.says("撤回")

    assert citizen.did(Withdraw) == [Withdraw(NUMBER)]
    assert "已撤回" in said


def test_an_old_button_does_nothing_and_the_open_question_is_asked_again(citizen):
    for text in (STORY, "同意"):
        citizen.says(text)

    said = citizen.says(choice="submit")

    assert "之前的" in said
    assert "照片" in said
    assert citizen.did(FileCase) == []


def test_a_case_number_in_the_middle_is_answered_and_is_no_date(citizen):
    citizen.now = type(citizen.now)(consented=True)
    citizen.says("中山路的路灯坏了")
    said = citizen.says(NUMBER, number=NUMBER)

    assert "不是在这个聊天里登记的" in said
    assert "when" not in citizen.now.draft.values


def test_a_sentence_said_instead_of_cancelling_is_kept(citizen):
    for text in (STORY, "同意", "取消"):
        citizen.says(text)

    citizen.says("店里又开始吵了，还摔瓶子")

    assert "摔瓶子" in citizen.now.draft.values["what"]


def test_a_phone_told_at_the_summary_ends_anonymity(citizen):
    for text in (STORY, "同意"):
        citizen.says(text)
    citizen.to_summary()

    said = citizen.says("13800138000")

    assert "138****8000" in said
    assert "anonymous" not in citizen.now.draft.values
    assert "13800138000" not in citizen.now.draft.values["what"]


def test_another_phone_told_at_another_question_replaces_the_first(citizen):
    for text in (STORY, "同意", "没有", "李芳", "13800138000"):
        citizen.says(text)
    assert citizen.now.asking == "request"

    citizen.says("我的电话是19900000002才对")

    assert citizen.now.draft.values["contact"] == "+8619900000002"
    assert citizen.now.asking == "request"


GAS = "我家煤气泄漏了，味道很大，幸福里3栋"


@pytest.mark.parametrize(
    "before",
    [
        ("进度", "撤回这件"),
        (NUMBER,),
        ("visit",),
        ("visit", "联系过"),
        ("visit", "联系过", "没解决", "很不满意"),
        ("昨晚又吵了",),
    ],
)
@pytest.mark.parametrize("words", [GAS, "煤气泄漏，我不投诉了怎么办", "没电了，电线着火了", "有人被困电梯里了"])
def test_danger_is_heard_whatever_was_going_on(citizen, before, words):
    citizen.now = type(citizen.now)(consented=True)
    citizen.mine = (brief(),)
    for text in before:
        if text == "visit":
            citizen.event(VisitBackDue(NUMBER))
        else:
            citizen.says(text, number="20261121-HL-000999-1" if text == NUMBER else "")

    said = citizen.says(words)

    assert "119" in said.split("\n")[0]
    assert citizen.now.alarm.draft.grade == "emergency"
    assert words in citizen.now.alarm.draft.values["what"]


def test_words_that_are_no_yes_keep_the_case_and_are_listened_to(citizen):
    citizen.mine = (brief(),)
    citizen.now = type(citizen.now)(consented=True)
    for text in ("进度", "撤回这件"):
        citizen.says(text)

    citizen.says("人民路12号的路灯坏了")

    assert citizen.did(Withdraw) == []
    assert "路灯" in citizen.now.draft.values["what"]


def test_a_side_question_keeps_the_draft(citizen):
    citizen.now = type(citizen.now)(consented=True)
    citizen.says("小区门口井盖丢了，很危险")
    asked = citizen.now.asking
    citizen.mine = (brief(),)

    said = citizen.says(choice=f"withdraw:{NUMBER}")

    assert NUMBER in said
    assert citizen.now.asking == asked
    assert "井盖" in citizen.now.draft.values["what"]


def test_whether_a_landline_will_do_is_answered_and_is_no_wish(citizen):
    for text in (STORY, "同意", "没有", "李芳"):
        citizen.says(text)
    said = citizen.says("座机行吗")

    assert "座机请带上区号" in said
    assert "方便留个电话吗" in said
    assert "request" not in citizen.now.draft.values


def test_a_question_at_the_wish_is_answered_and_no_wish(owner):
    for text in ("滨江花园5栋漏水，昨天开始的，物业不修", "同意"):
        owner.says(text)
    while owner.now.asking != "request":
        owner.says({"who": "李芳", "contact": "13800138000"}.get(owner.now.asking, "没有"))
    said = owner.says("能不能不让他知道是我")

    assert "保密" in said
    assert "request" not in owner.now.draft.values


def test_a_question_after_filing_is_no_new_matter_in_english_either(citizen):
    citizen.mine = (brief(),)

    assert "anonymous" in citizen.says("Can I remain anonymous?")
    assert "new matter" not in citizen.says("Can I stay anonymous?")
