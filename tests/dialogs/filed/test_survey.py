"""The visit-back as a citizen lives through it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.effects import Add, Rate
from dialogs.events import Rated, VisitBackDue
from tests.dialogs.talking import NUMBER, brief

STORY = "昨晚十一点多幸福里3栋楼下烧烤店又在放音响，吵得孩子睡不着，都一个礼拜了"


def test_the_visit_back_asks_three_things_and_thanks(citizen):
    asked = citizen.event(VisitBackDue(NUMBER))
    said = [citizen.says("联系过"), citizen.says("解决了"), citizen.says("很满意")]

    assert "联系过您吗" in asked
    assert ["解决了吗" in said[0], "满意吗" in said[1], "谢谢您的评价" in said[2]] == [True, True, True]
    assert citizen.did(Rate)[-1] == Rate(NUMBER, True, "yes", 5)


def test_not_solved_reopens_and_says_the_new_date(citizen):
    citizen.event(VisitBackDue(NUMBER))
    citizen.says("没有联系")
    said = citizen.says("没解决")

    assert "很抱歉" in said
    assert "12月5日" in said
    assert "满意吗" in said


def test_an_old_button_of_a_finished_visit_back_is_answered_kindly(citizen):
    said = citizen.says(choice=f"visit:{NUMBER}:solved:yes")

    assert "已经记下了" in said


def test_a_visit_back_does_not_disturb_a_draft(citizen):
    for text in (STORY, "同意"):
        citizen.says(text)

    citizen.event(VisitBackDue(NUMBER))

    assert citizen.now.asking == "evidence"
    citizen.says("没有")
    assert citizen.now.asking == "who"
    assert citizen.now.survey is not None


@pytest.mark.parametrize(
    ("answers", "rated"),
    [
        (("没有", "没有解决", "2分"), (False, "no", 2)),
        (("打过电话", "还是漏水", "不太满意"), (True, "no", 2)),
        (("有", "修好了", "非常满意"), (True, "yes", 5)),
        (("联系了", "解决了一部分", "还行"), (True, "partly", 3)),
        (("yes", "yes", "5"), (True, "yes", 5)),
    ],
)
def test_the_visit_back_understands_answers_in_ones_own_words(citizen, answers, rated):
    citizen.event(VisitBackDue(NUMBER))
    for answer in answers:
        citizen.says(answer)

    last = citizen.did(Rate)[-1]
    assert (last.contacted, last.solved, last.satisfied) == rated


def test_who_says_at_once_that_they_are_satisfied_is_not_asked_whether(citizen):
    citizen.mine = (brief(answered=True),)
    citizen.event(VisitBackDue(NUMBER))
    citizen.says("满意")

    last = citizen.did(Rate)[-1]
    assert (last.solved, last.satisfied) == ("yes", 4)


def test_a_new_matter_told_during_a_visit_back_is_no_answer_to_it(citizen):
    citizen.event(VisitBackDue(NUMBER))
    citizen.says("中山路的路灯坏了一个星期了，晚上走路太黑，请派人来修一下")

    assert citizen.now.draft.values["what"].startswith("中山路")
    assert citizen.did(Rate) == []


def test_an_old_button_does_not_end_a_visit_back(citizen):
    citizen.event(VisitBackDue(NUMBER))
    for answer in ("联系过", "没解决", "很不满意"):
        citizen.says(answer)

    said = citizen.says(choice="submit")
    citizen.says("店还在吵")

    assert "哪里没办好" in said
    assert citizen.did(Rate)[-1].remark == "店还在吵"


def test_who_is_not_content_taps_reasons_and_may_add_words(citizen):
    citizen.event(VisitBackDue(NUMBER))
    for answer in ("没有联系", "没解决", "不满意"):
        citizen.says(answer)
    more = citizen.says("太慢了")
    citizen.says("问题还在")
    said = citizen.says("一个星期没人管")

    last = citizen.did(Rate)[-1]
    assert "还有别的原因吗" in more
    assert (last.reasons, last.remark) == (("slow", "still"), "一个星期没人管")
    assert "谢谢您的评价" in said


def test_a_reason_is_no_button_any_more_once_it_was_tapped(citizen):
    citizen.event(VisitBackDue(NUMBER))
    for answer in ("没有联系", "没解决", "不满意", "太慢了"):
        citizen.says(answer)

    assert "太慢了" not in citizen.choices
    assert "态度不好" in citizen.choices


def test_a_reason_that_there_is_not_is_an_old_button(citizen):
    citizen.event(VisitBackDue(NUMBER))
    for answer in ("没有联系", "没解决", "不满意"):
        citizen.says(answer)

    said = citizen.says(choice=f"visit:{NUMBER}:reason:weather")

    assert "这个按钮是之前的了" in said
    assert citizen.did(Rate)[-1].reasons == ()


def test_a_photo_of_what_is_not_solved_goes_to_the_case_and_it_is_asked_on(citizen):
    citizen.event(VisitBackDue(NUMBER))
    for answer in ("没有联系", "没解决", "不满意"):
        citizen.says(answer)

    said = citizen.says(photos=1)

    assert "拍张照片" in said
    assert [added.number for added in citizen.did(Add)] == [NUMBER]
    assert citizen.now.survey is not None


@pytest.mark.parametrize("score", ["0", "6", "9分", "100", "-1"])
def test_a_score_that_there_is_not_is_said_and_asked_again(citizen, score):
    citizen.event(VisitBackDue(NUMBER))
    for answer in ("联系过", "解决了"):
        citizen.says(answer)

    said = citizen.says(score)

    assert "评分是 1 到 5 分" in said
    assert citizen.did(Rate)[-1].satisfied is None


def test_a_button_of_the_answer_before_does_not_rate_the_new_one(citizen):
    citizen.event(VisitBackDue(NUMBER, round=2))

    said = citizen.says(choice=f"visit:{NUMBER}:contacted:no")

    assert "上一次答复" in said
    assert citizen.now.survey.contacted is None
    assert all(key.endswith(":2") for key, _ in citizen.now.offered)


def test_two_cases_can_be_rated_one_after_the_other_by_their_own_buttons(citizen):
    other = "20261121-HL-000413-5"
    citizen.mine = (replace(brief(answered=True), visiting=True, round=1),)
    citizen.event(VisitBackDue(NUMBER, round=1))
    citizen.event(VisitBackDue(other, round=1))

    said = citizen.says(choice=f"visit:{NUMBER}:contacted:yes")

    assert "解决了吗" in said
    assert citizen.now.survey.number == NUMBER


def test_the_reminder_puts_the_open_question_once_more(citizen):
    citizen.event(VisitBackDue(NUMBER, round=1))
    citizen.says("联系过")

    said = citizen.event(VisitBackDue(NUMBER, round=1, again=True))

    assert "只提醒这一次" in said
    assert "解决了吗" in said


def test_what_does_not_count_is_said_and_nothing_more_is_asked(citizen):
    citizen.event(VisitBackDue(NUMBER))

    said = citizen.event(Rated(NUMBER, reopened=False, refused="rate.late"))

    assert "评价时间已经过了" in said
    assert citizen.now.survey is None
