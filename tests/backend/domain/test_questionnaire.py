"""Questions lead on as their rules say; circles, dead ends and unreachable questions are named."""

from __future__ import annotations

import pytest

from backend.domain import questionnaire as q
from backend.domain.questionnaire import Answer, NoAnswer, Option, Question, Questionnaire, Rule, Wrong

CLEAN = (Option("1", "干净", "Clean"), Option("2", "脏", "Dirty"))


def asking(*questions: Question) -> Questionnaire:
    return Questionnaire("请您说说。", "Please tell us.", questions)


HOW = Question("a", q.CHOICE, "楼道干净吗？", options=CLEAN, rules=(Rule(("1",), "c"),))
WHERE = Question("b", q.TEXT, "哪里脏？", required=False)
SCORE = Question("c", q.FIVE, "打几分？")
HALL = asking(HOW, WHERE, SCORE)


def test_a_rule_skips_what_need_not_be_asked():
    assert q.after(HALL, HOW, Answer(("1",))) == SCORE
    assert q.after(HALL, HOW, Answer(("2",))) == WHERE
    assert q.after(HALL, SCORE, Answer(("5",))) is None


def test_a_rule_may_end_it():
    told = asking(Question("a", q.CHOICE, "用过吗？", options=CLEAN, rules=(Rule(("2",), q.END),)), SCORE)

    assert q.after(told, told.questions[0], Answer(("2",))) is None
    assert q.wrongs(told) == []


def test_the_way_is_told_from_the_answers_alone():
    assert q.way(HALL, {}) == ([], HOW)
    assert q.way(HALL, {"a": Answer(("2",))}) == ([HOW], WHERE)
    assert q.way(HALL, {"a": Answer(("1",)), "c": Answer(("4",))}) == ([HOW, SCORE], None)


def test_how_many_are_left_is_told_at_most():
    assert [q.longest_left(HALL, question) for question in HALL.questions] == [3, 2, 1]


def test_it_comes_back_from_the_store_as_it_was():
    assert Questionnaire.from_json(HALL.to_json()) == HALL


@pytest.mark.parametrize(
    ("questions", "wrong"),
    [
        ((), Wrong("none")),
        ((Question("a", q.TEXT, " "),), Wrong("empty", 1)),
        ((Question("a", "colour", "什么颜色？"),), Wrong("kind", 1, "colour")),
        ((Question("a", q.CHOICE, "好吗？", options=CLEAN[:1]),), Wrong("options", 1, "2–10")),
        ((Question("a", q.CHOICE, "好吗？", options=(Option("1", "好"), Option("2", "好"))),), Wrong("option.twice", 1, "好")),
        ((Question("a", q.FIVE, "几分？", rules=(Rule(("5",), "z"),)),), Wrong("dangling", 1, "z")),
        ((Question("a", q.FIVE, "几分？", rules=(Rule(("7",), q.END),)),), Wrong("rule.answer", 1, "7")),
        ((HOW, WHERE, Question("c", q.FIVE, "几分？", rules=(Rule(("1",), "b"),))), Wrong("circle", 3, "2")),
        ((Question("a", q.FIVE, "几分？", rules=(Rule(("1",), "a"),)),), Wrong("circle", 1, "1")),
        (
            (Question("a", q.CHOICE, "好吗？", options=CLEAN, rules=(Rule(("1", "2"), "c"),)), WHERE, SCORE),
            Wrong("unreachable", 2),
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_named(questions, wrong):
    assert wrong in q.wrongs(asking(*questions))


def test_a_question_that_may_be_passed_by_leads_on_even_where_every_answer_leads_elsewhere():
    free = Question("a", q.CHOICE, "好吗？", required=False, options=CLEAN, rules=(Rule(("1", "2"), "c"),))

    assert q.wrongs(asking(free, WHERE, SCORE)) == []


@pytest.mark.parametrize(
    ("question", "given", "why"),
    [
        (SCORE, {"values": ("6",)}, "unknown"),
        (SCORE, {"values": ("1", "2")}, "one"),
        (SCORE, {"text": "很好"}, "unknown"),
        (SCORE, {}, "needed"),
        (WHERE, {"text": "长" * 2001}, "long"),
        (WHERE, {"photos": (1,)}, "text"),
        (Question("p", q.PHOTO, "拍一张"), {"text": "没有"}, "photo"),
    ],
)
def test_what_is_no_answer_is_refused_with_its_reason(question, given, why):
    with pytest.raises(NoAnswer) as refused:
        q.take(question, **given)

    assert refused.value.why == why


def test_several_choices_are_kept_once_and_in_the_order_of_the_question():
    several = Question("s", q.SEVERAL, "哪些？", options=CLEAN)

    assert q.take(several, values=("2", "1", "2")) == Answer(("1", "2"))


def test_what_need_not_be_answered_may_be_passed_by():
    assert not q.take(WHERE)
