"""A case moves as the lifecycle allows, by whom it allows, and repeating a move changes nothing."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.case import Actor, Case, Missing, NoSuchDepartment, WrongMove, WrongRole
from backend.domain.lifecycle import RULES, Status
from tests.backend.domain.small_town import FILED, case, town

NOON = FILED
HANDLER = Actor("li", frozenset({"handler"}))
MANAGER = Actor("zhao", frozenset({"manager", "reviewer"}))
CITIZEN = Actor("citizen", frozenset({"citizen"}))
SYSTEM = Actor("system", frozenset({"system"}))
ALL = {"note": "请补充照片", "answer": "路灯已修好", "department": "works", "ground": "不属于受理范围"}

TOWN = town(stages=tuple(status.value for status in Status if status is not Status.MEDIATING))


def move(it: Case, to: Status, by: Actor = HANDLER, *, minutes: int = 1, **told: str) -> bool:
    return it.move(to, by=by, at=NOON + timedelta(minutes=minutes), institution=TOWN, given=told)


def test_a_case_is_worked_to_its_end():
    it = case()

    move(it, Status.ACCEPTED)
    move(it, Status.ASSIGNED, department="parks")
    move(it, Status.ANSWERED, answer="路灯已修好")
    move(it, Status.VISITING_BACK, SYSTEM)
    move(it, Status.CLOSED, CITIZEN, minutes=9)

    assert [event.detail["to"] for event in it.fresh] == ["accepted", "assigned", "answered", "visiting_back", "closed"]
    assert (it.department_id, it.answer, it.closed_at) == ("parks", "路灯已修好", NOON + timedelta(minutes=9))


def test_a_move_is_written_down_with_its_words_kept_apart():
    it = case(Status.ACCEPTED)

    move(it, Status.ASSIGNED, department="parks", note="请今天去看")

    (event,) = it.fresh
    assert (event.by, event.what, event.at) == ("li", "moved", NOON + timedelta(minutes=1))
    assert event.detail == {"from": "accepted", "to": "assigned", "department": "parks"}
    assert event.private == {"note": "请今天去看"}


PASSED_ON = (Status.REVIEWING, Status.REVIEWING)
moves = [
    (status, to, min(who))
    for status, rule in RULES.items()
    for to, who in rule.then.items()
    if (status, to) != PASSED_ON
]


@pytest.mark.parametrize(("status", "to", "role"), [row for row in moves if Status.MEDIATING not in row])
def test_every_move_of_the_table_changes_a_case_once(status, to, role):
    it, actor = case(status), Actor("somebody", frozenset({role}))
    told = ALL | {"department": "parks"}

    first, again = (it.move(to, by=actor, at=NOON, institution=TOWN, given=told) for _ in range(2))

    assert (first, again, it.status, len(it.fresh)) == (True, False, to, 1)


def test_an_assigned_case_can_go_to_another_department():
    it = case(Status.ASSIGNED)

    assert move(it, Status.ASSIGNED, department="parks")
    assert not move(it, Status.ASSIGNED)
    assert it.department_id == "parks"


def test_a_second_other_answer_is_refused_rather_than_lost():
    it = case(Status.ASSIGNED)
    move(it, Status.ANSWERED, answer="路灯已修好")

    with pytest.raises(WrongMove):
        move(it, Status.ANSWERED, answer="路灯下周修")

    assert it.answer == "路灯已修好"


@pytest.mark.parametrize(
    ("status", "to", "field"),
    [(status, to, need) for status, to, _ in moves for need in RULES[to].needs if Status.MEDIATING not in {status, to}],
)
def test_a_move_without_what_it_needs_is_refused_and_says_what(status, to, field):
    it, actor = case(status), Actor("somebody", RULES[status].then[to])
    told = ALL | {"department": "parks", field: " "}

    with pytest.raises(Missing, match=f"{to} needs {field}"):
        it.move(to, by=actor, at=NOON, institution=TOWN, given=told)

    assert (it.status, it.fresh) == (status, [])


def test_a_department_that_does_not_exist_gets_no_case():
    it = case(Status.ACCEPTED)

    with pytest.raises(NoSuchDepartment, match="assigned needs a department of town; it has no 'moon'"):
        move(it, Status.ASSIGNED, department="moon")

    assert (it.status, it.department_id, it.fresh) == (Status.ACCEPTED, "works", [])


def test_a_move_that_the_table_does_not_know_is_refused():
    with pytest.raises(WrongMove, match="is received; it cannot become closed"):
        move(case(), Status.CLOSED)


def test_a_stage_that_the_institution_does_not_use_is_refused():
    with pytest.raises(WrongMove):
        move(case(Status.ASSIGNED), Status.MEDIATING, MANAGER)


@pytest.mark.parametrize("actor", [CITIZEN, Actor("he", frozenset({"auditor"})), Actor("nobody", frozenset())])
def test_somebody_without_the_role_is_refused_and_told_who_may(actor):
    it = case()

    with pytest.raises(WrongRole, match=r"only .*dispatcher.* may"):
        move(it, Status.ACCEPTED, actor)

    assert it.fresh == []


@pytest.mark.parametrize("status", [Status.RECEIVED, Status.SUPPLEMENTING, Status.ACCEPTED, Status.ASSIGNED])
def test_the_citizen_may_withdraw_what_is_not_answered_yet(status):
    it = case(status)

    assert move(it, Status.WITHDRAWN, CITIZEN)
    assert it.closed_at == NOON + timedelta(minutes=1)


def test_a_handler_does_not_withdraw_for_the_citizen():
    with pytest.raises(WrongMove):
        move(case(), Status.WITHDRAWN, HANDLER)


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.VISITING_BACK, Status.CLOSED, Status.WITHDRAWN])
def test_a_reopened_case_is_open_and_in_its_next_round(status):
    it = case(status)
    it.closed_at = NOON

    move(it, Status.REOPENED, CITIZEN, note="还是不亮")

    assert it.round == 2
    assert it.closed_at is None


def test_archiving_keeps_the_day_a_case_was_closed():
    it = case(Status.VISITING_BACK)
    move(it, Status.CLOSED, CITIZEN, minutes=5)

    move(it, Status.ARCHIVED, SYSTEM, minutes=90)

    assert it.closed_at == NOON + timedelta(minutes=5)


@given(st.lists(st.tuples(st.sampled_from(Status), st.sampled_from([HANDLER, MANAGER, CITIZEN, SYSTEM])), max_size=30))
def test_whatever_is_tried_the_history_tells_the_way_to_where_the_case_stands(tries):
    it = case()

    for to, by in tries:
        try:
            it.move(to, by=by, at=NOON, institution=TOWN, given=ALL)
        except (WrongMove, Missing):
            continue

    way = [event.detail for event in it.fresh]
    assert [step["from"] for step in way] == (["received"] + [step["to"] for step in way])[: len(way)]
    assert it.status == (way[-1]["to"] if way else "received")
    assert it.round == 1 + sum(step["to"] == "reopened" for step in way)
