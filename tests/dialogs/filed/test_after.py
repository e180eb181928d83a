"""Somebody presses for a case, takes it back, accepts or rejects its answer, or asks for a review."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.conversation import Conversation, Stage, Survey
from dialogs.effects import Accept, Add, Appeal, Rate, Reopen, Urge, Withdraw
from institutions.catalog import load_all
from tests.dialogs.talking import NUMBER, Citizen, brief

LAMP = "20261120-HL-000007-9"


@pytest.fixture
def citizen() -> Citizen:
    citizen = Citizen(load_all()["hotline"])
    citizen.now = Conversation(consented=True)
    citizen.mine = (brief(),)
    return citizen


@pytest.fixture
def two(citizen: Citizen) -> Citizen:
    citizen.mine = (brief(), replace(brief(filed=8), number=LAMP, what="路灯坏了", where="人民路12号"))
    return citizen


@pytest.mark.parametrize("text", ["催一下", "怎么还没处理", "快点", "催一催", "Hurry up"])
def test_who_presses_is_heard(citizen, text):
    citizen.says(text)

    assert citizen.did(Urge) == [Urge(NUMBER)]


def test_a_button_says_which_case_is_pressed_for(two):
    two.says(choice=f"urge:{LAMP}")

    assert two.did(Urge) == [Urge(LAMP)]


@pytest.mark.parametrize("text", ["路灯那个催一下", "人民路的怎么还没修", "上周那件催一下"])
def test_words_place_or_time_tell_cases_apart(two, text):
    two.says(text)

    assert two.did(Urge) == [Urge(LAMP)]


@pytest.mark.parametrize("answer", ["路灯坏了", "路灯那个", "2", "第二个", "人民路的"])
def test_where_several_fit_it_is_asked_which(two, answer):
    two.says("催一下")

    assert two.choices == ["烧烤店放音响", "路灯坏了", "都催"]
    two.says(answer)
    assert two.did(Urge) == [Urge(LAMP)]


def test_cases_of_the_same_words_have_labels_of_their_own(two):
    two.mine = tuple(replace(case, what="路灯坏了") for case in two.mine)
    two.says("催一下")

    assert len(set(two.choices)) == 3


def test_a_wish_is_no_answer_to_what_happened(citizen):
    citizen.says("2")
    citizen.says("催一下")

    assert citizen.did(Urge) == [Urge(NUMBER)]


@pytest.mark.parametrize("text", ["都催", "全部", "两个都催", "都催一下"])
def test_all_are_pressed_for_by_one_word(two, text):
    two.says("怎么还没处理！都一周了")
    two.says(text)

    assert two.did(Urge) == [Urge(NUMBER, more=True), Urge(LAMP)]


@pytest.mark.parametrize(
    "text", ["为什么不受理", "凭什么不给受理", "不受理的原因是什么", "為什麼不受理", "Why was it refused?"]
)
def test_why_is_told_where_it_was_refused(citizen, text):
    citizen.mine = (replace(brief(open_=False), status="refused", ground="不归城管管", may=frozenset()),)

    assert "不归城管管" in citizen.says(text)


def test_a_case_that_others_have_is_not_pressed_for(citizen):
    citizen.mine = (replace(brief(), status="transferred", note="供电公司"),)

    assert "供电公司" in citizen.says("怎么还没人来修")
    assert citizen.did(Urge) == []


def test_words_that_name_a_case_first_go_there(two):
    two.says("路灯那个：是左边那盏")

    assert two.did(Add) == [Add(LAMP, "路灯那个：是左边那盏")]


@pytest.mark.parametrize(
    ("case", "told"),
    [
        (brief(), "还没有答复"),
        (brief(answer="已处理"), "正在重新办理"),
        (replace(brief(answered=True, answer="已处理"), rated=True), "已经评价过"),
        (replace(brief(answered=True, answer="已处理"), open=False), "时间已经过了"),
        (replace(brief(answered=True, answer="已处理"), own=False), "由登记的人来评价"),
        (replace(brief(open_=False), ground="不归我们"), "不用评价"),
    ],
)
def test_what_cannot_be_rated_is_said(citizen, case, told):
    citizen.mine = (case,)

    assert told in citizen.says(choice=f"rate:{NUMBER}")


def test_who_has_no_case_is_told_so(citizen):
    citizen.mine = ()

    assert "编号" in citizen.says("催一下")


def test_a_draft_goes_on_after_pressing(citizen):
    citizen.mine = (brief(where="幸福里3栋"),)
    citizen.says("人民路12号的路灯坏了一个星期，晚上太黑")
    asked = citizen.now.asking
    citizen.says("刚才那个催一下")

    assert (citizen.now.stage, citizen.now.asking) == (Stage.ASKING, asked)


@pytest.mark.parametrize("reason", ["已经解决了", "说错了", "人家后来关小声了"])
def test_the_reason_of_a_withdrawal_is_put_beside_it(citizen, reason):
    citizen.says("不用处理了")
    citizen.says("撤回")
    citizen.says(reason)

    assert citizen.did(Withdraw) == [Withdraw(NUMBER)]
    assert citizen.did(Add) == [Add(NUMBER, reason, about="withdrawn")]


@pytest.mark.parametrize("left", ["不说了", "没有", "跳过"])
def test_the_reason_may_be_left_open(citizen, left):
    citizen.says("撤回")
    citizen.says("撤回")
    citizen.says(left)

    assert citizen.now.stage is Stage.IDLE
    assert not citizen.did(Add)


def test_a_new_story_after_a_withdrawal_is_a_new_matter(citizen):
    citizen.says("撤回")
    citizen.says("撤回")
    citizen.mine = (brief(open_=False),)
    citizen.says("另外人民路12号的路灯坏了一个星期，晚上太黑，老人孩子走路都害怕")

    assert citizen.now.stage is Stage.ASKING


def test_what_cannot_be_taken_back_any_more_is_told_where_it_stands(citizen):
    citizen.mine = (replace(brief(), may=frozenset()),)
    citizen.says(choice=f"withdraw:{NUMBER}")

    assert citizen.now.stage is Stage.IDLE
    assert not citizen.did(Withdraw)


@pytest.mark.parametrize("text", ["不接受", "没解决", "答复不对"])
def test_who_rejects_the_answer_is_asked_why_once(citizen, text):
    citizen.mine = (brief(answered=True, answer="已处理"),)
    citizen.says(text)
    citizen.says("师傅没来过")

    assert citizen.did(Reopen) == [Reopen(NUMBER, "师傅没来过")]


def test_who_says_why_at_once_is_not_asked(citizen):
    citizen.mine = (brief(answered=True, answer="已处理"),)
    told = "没解决，音响照样放，昨晚比前天还要吵，孩子一直哭"
    citizen.says(told)

    assert citizen.did(Reopen) == [Reopen(NUMBER, told)]


def test_not_solved_before_there_is_an_answer_presses_for_one(citizen):
    citizen.says("还没解决")

    assert citizen.did(Urge) == [Urge(NUMBER)]


def test_who_accepts_answers_the_visit_back_as_far_as_it_goes(citizen):
    citizen.mine = (replace(brief(answered=True, answer="已处理"), open=True),)
    citizen.now = replace(citizen.now, survey=Survey(NUMBER))
    said = citizen.says("我接受")

    assert citizen.did(Rate) == [Rate(NUMBER, None, "yes", None)]
    assert "满意" in said


def test_who_accepts_before_the_visit_back_begins_it(citizen):
    citizen.mine = (replace(brief(answered=True, answer="已处理"), open=True),)
    citizen.says("可以了")

    assert citizen.did(Accept) == [Accept(NUMBER)]


def test_a_review_is_asked_for_with_a_reason_where_there_is_one(citizen):
    citizen.mine = (replace(brief(answered=True, answer="不予处理"), may=frozenset({"reopened", "appealed"})),)
    citizen.says("申请复核")
    citizen.says("没有看我发的照片")

    assert citizen.did(Appeal) == [Appeal(NUMBER, "没有看我发的照片")]


def test_a_review_where_there_is_none_works_on_it_again(citizen):
    citizen.mine = (brief(answered=True, answer="已处理"),)
    citizen.says("我要申诉")
    citizen.says("不说了")

    assert citizen.did(Reopen) == [Reopen(NUMBER, "")]


@pytest.mark.parametrize("verb", ["urge", "withdraw", "accept", "reject", "appeal", "rate", "more"])
def test_a_button_that_fits_no_more_does_no_harm(citizen, verb):
    citizen.mine = (brief(open_=False),)
    said = citizen.says(choice=f"{verb}:{NUMBER}")

    assert NUMBER in said
    assert not citizen.did(Urge) + citizen.did(Withdraw) + citizen.did(Reopen) + citizen.did(Appeal)


@pytest.mark.parametrize("choice", [f"urge:{LAMP}", "urge:", "reply:x", "reply.draft", "reason.solved"])
def test_a_button_of_nobody_s_case_does_nothing(citizen, choice):
    citizen.says(choice=choice)

    assert not citizen.did(Urge) + citizen.did(Add)
