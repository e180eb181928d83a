"""What a move asks of a case and of the hand that makes it, rule by rule."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from backend.domain.case import Actor, Case, Missing, NotYet
from backend.domain.hands import ASKED, names, open_to
from backend.domain.lifecycle import ASKS, RULES, Status
from backend.domain.refusals import BadField
from institutions.casework import Casework, Ground
from institutions.objecting import Review
from tests.backend.domain import small_town

if TYPE_CHECKING:
    from institutions.model import Institution

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
HANDLER, SECOND = Actor("li", frozenset({"handler"})), Actor("wang", frozenset({"handler"}))
REVIEWER, OTHER = Actor("liu", frozenset({"reviewer"})), Actor("chen", frozenset({"reviewer"}))
LEADER = Actor("zhao", frozenset({"coordinator"}))
BOSS = Actor("sun", frozenset({"manager"}))
CITIZEN = Actor("citizen", frozenset({"citizen"}))
WORDS = {"note": "不归我们管", "answer": "路灯已修好", "department": "works", "ground": "不在范围"}


def town(*, review: Review | None = None, **casework) -> Institution:
    return small_town.town(casework=Casework(**casework), review=review or Review())


def case(status: Status = Status.ASSIGNED, **record) -> Case:
    return small_town.case(status, filed_at=NOON, **record)


def move(it: Case, to: str, by: Actor, institution: Institution, **words: str) -> bool:
    return it.move(Status(to), by=by, at=NOON, institution=institution, given={**WORDS, **words})


def test_every_question_of_the_table_has_an_answer_and_none_is_left_over():
    asked = {key for rule in RULES.values() for key in rule.asks}

    assert asked == set(ASKS) == set(ASKED)


def test_a_case_returned_twice_goes_on_by_a_coordinator_alone():
    it = case()
    move(it, "returned", HANDLER, town(), right="parks")
    move(it, "assigned", HANDLER, town(), department="parks")
    move(it, "returned", SECOND, town())

    for to in ("assigned", "accepted", "transferred"):
        with pytest.raises(NotYet) as refused:
            move(it, to, HANDLER, town())
        assert "退单 2 次" in refused.value.zh
    assert it.record["returns"] == [{"by": "li", "right": "parks"}, {"by": "wang"}]
    assert move(it, "assigned", LEADER, town())


def test_an_inquiry_begins_with_as_many_different_names_as_are_wanted():
    two = town(investigators=2)

    with pytest.raises(Missing, match="investigating needs investigators"):
        move(case(), "investigating", HANDLER, two)
    with pytest.raises(BadField, match="2 different people"):
        move(case(), "investigating", HANDLER, two, investigators="王工、王工")
    it = case()
    move(it, "investigating", HANDLER, two, investigators="王工、李工")
    assert it.record["investigators"] == ["王工", "李工"]


def test_where_plans_are_the_rule_no_answer_goes_out_without_an_approved_one():
    planned = town(plan=True)
    it = case()

    with pytest.raises(NotYet, match="a plan is submitted and approved first"):
        move(it, "answered", HANDLER, planned)
    move(it, "planned", HANDLER, planned)
    with pytest.raises(NotYet, match="not approved yet"):
        move(it, "answered", REVIEWER, planned)
    assert move(it, "answered", BOSS, planned)


def test_an_answer_is_seen_by_two_others_before_the_citizen():
    two = town(reviews=2)
    it = case()

    with pytest.raises(NotYet, match="reviewed first"):
        move(it, "answered", BOSS, two)
    move(it, "reviewing", LEADER, two)
    with pytest.raises(NotYet, match="who wrote the answer does not review it"):
        move(it, "reviewing", LEADER, two)
    with pytest.raises(NotYet, match="2 others see it first, 0 have"):
        move(it, "answered", REVIEWER, two)
    move(it, "reviewing", REVIEWER, two)
    with pytest.raises(NotYet, match="liu has reviewed it"):
        move(it, "reviewing", REVIEWER, two)
    with pytest.raises(NotYet):
        move(it, "answered", REVIEWER, two)
    assert move(it, "answered", OTHER, two)
    assert it.record["answered_by"] == "zhao"


def test_a_case_sent_back_is_reviewed_anew():
    one = town(reviews=1)
    it = case()
    move(it, "reviewing", HANDLER, one)
    move(it, "reviewing", REVIEWER, one)
    move(it, "assigned", REVIEWER, one)

    move(it, "reviewing", HANDLER, one)

    assert it.record["reviews"] == []


def test_grave_cases_go_before_a_panel_even_where_others_are_not_reviewed():
    panel = town(panel=("urgent",))
    grave, plain = case(), case()
    grave.grade = "urgent"

    assert move(plain, "answered", HANDLER, panel)
    with pytest.raises(NotYet):
        move(grave, "answered", HANDLER, panel)


def test_a_reopened_case_goes_to_another_hand_and_the_second_time_through_a_coordinator():
    it = case()
    move(it, "answered", HANDLER, town())
    move(it, "reopened", CITIZEN, town())

    with pytest.raises(NotYet, match="name another officer"):
        move(it, "assigned", SECOND, town(), officer="li")
    with pytest.raises(NotYet, match="another hand works on it"):
        move(it, "answered", HANDLER, town())
    move(it, "assigned", SECOND, town(), officer="wang")
    move(it, "answered", SECOND, town())
    move(it, "reopened", CITIZEN, town())
    with pytest.raises(NotYet, match="a coordinator decides"):
        move(it, "assigned", HANDLER, town())
    assert move(it, "assigned", LEADER, town())


def test_where_the_institution_does_not_ask_for_a_higher_hand_the_same_one_goes_on():
    it = case()
    move(it, "answered", HANDLER, town(higher=False))
    move(it, "reopened", CITIZEN, town(higher=False))

    assert move(it, "answered", HANDLER, town(higher=False), answer="重新修好了")


def test_a_program_answers_for_people_of_its_own():
    program = Actor("sync", frozenset({"handler"}), program=True)
    it = case()
    move(it, "answered", program, town())
    move(it, "reopened", CITIZEN, town())

    assert move(it, "answered", program, town(), answer="重新修好了")


@pytest.mark.parametrize("times", [1, 2])
def test_an_objection_is_heard_so_often_as_the_institution_allows(times):
    office = town(review=Review(times=times))
    it = case()
    move(it, "answered", HANDLER, office)
    for reviewer in (REVIEWER, OTHER)[:times]:
        move(it, "appealed", CITIZEN, office)
        move(it, "answered", reviewer, office, answer=f"维持，{reviewer.name}")

    with pytest.raises(NotYet) as refused:
        move(it, "appealed", CITIZEN, office)
    assert f"复核 {times} 次" in refused.value.zh
    assert Status.APPEALED not in open_to(it, office, CITIZEN)


def test_who_gave_an_answer_does_not_decide_on_the_objection_to_it():
    it = case()
    both = Actor("li", frozenset({"handler", "reviewer"}))
    move(it, "answered", both, town())
    move(it, "appealed", CITIZEN, town())

    with pytest.raises(NotYet):
        move(it, "answered", both, town(), answer="维持")


def test_an_emergency_is_not_filed_away_before_it_is_assessed():
    it = case(Status.CLOSED, emergency={"lead": "孙", "team": [], "at": NOON.isoformat()})

    with pytest.raises(NotYet, match="not been assessed"):
        move(it, "archived", BOSS, town())


def test_a_ground_of_the_institution_is_kept_by_its_id():
    office = town(grounds=(Ground(id="old", name="超过时效", say="已超过三年。"),))
    it = case(Status.RECEIVED)

    move(it, "refused", HANDLER, office, ground="已超过三年。", ground_id="old")

    assert it.fresh[-1].detail["ground_id"] == "old"


def test_what_is_offered_can_be_done():
    it = case(Status.REVIEWING, written_by="zhao", reviews=[])

    assert Status.ANSWERED not in open_to(it, town(reviews=1), LEADER)
    assert Status.ANSWERED in open_to(it, town(reviews=1), REVIEWER)


def test_names_are_divided_by_any_comma_and_counted_once():
    assert names("王工、李工，王工; 赵工\n") == ["王工", "李工", "赵工"]
