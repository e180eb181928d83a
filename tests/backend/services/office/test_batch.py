"""Several cases at once: each goes the way of the single move, wholly or not at all, and once."""

from __future__ import annotations

import pytest

from backend.domain.case import Actor
from backend.domain.lifecycle import Status
from backend.domain.refusals import Missing, WrongMove, WrongRole
from backend.services.cases.overtaken import Overtaken
from backend.services.office import batch
from tests.backend.services.city import OFFICER, City

REVIEWER = Actor("周审核", frozenset({"reviewer"}))


@pytest.fixture
def city(store):
    return City(store)


@pytest.fixture
def number(city):
    return city.citizen().files_a_case()


def press(city, f, number, *, seen=None, by=OFFICER, **given):
    seen = city.case(number).seq if seen is None else seen
    return city.unit(f, city.institutions, number, given, seen=seen, by=by, at=city.now)


def moves(city, number):
    return [what for _, what in city.history(number) if what == "moved"]


def test_a_case_that_nobody_has_taken_up_is_taken_up_on_its_way_to_the_department(city, number):
    other = next(d.id for d in city.institutions["hotline"].departments if d.id != city.case(number).department_id)

    case = press(city, batch.assign, number, department=f"hotline/{other}", note="按职责转办")

    assert (case.status, case.department_id) == (Status.ASSIGNED, other)


def test_pressed_twice_nothing_is_done_twice(city, number):
    seen = city.case(number).seq
    given = {"department": f"hotline/{city.case(number).department_id}", "note": "按职责转办"}
    press(city, batch.assign, number, seen=seen, **given)
    before, owed = city.history(number), city.owed(number)

    press(city, batch.assign, number, seen=seen, **given)

    assert (city.history(number), city.owed(number)) == (before, owed)


def test_what_cannot_be_assigned_is_not_taken_up_either(city, number):
    before = city.history(number)
    for given in ({"department": "hotline/nowhere"}, {"department": "property/office"}, {"officer": "没有这个人"}):
        with pytest.raises(Missing):
            press(city, batch.assign, number, note="试试", **given)

    assert (city.case(number).status, city.history(number)) == (Status.RECEIVED, before)


def test_a_case_is_closed_only_from_where_it_can_be_closed(city, number):
    with pytest.raises(WrongMove):
        press(city, batch.close, number, note="重复件")
    city.answer(number)

    assert press(city, batch.close, number, note="市民电话确认").status is Status.CLOSED
    assert len(moves(city, number)) == 5


def test_several_at_once_wants_the_rights_of_one(city, number):
    with pytest.raises(WrongRole):
        press(city, batch.assign, number, department=city.case(number).department_id, note="试试", by=REVIEWER)


def test_what_a_colleague_did_meanwhile_is_not_overwritten(city, number):
    seen = city.case(number).seq
    city.move(number, "refused", ground="不在受理范围。")

    with pytest.raises((WrongMove, Overtaken)):
        press(city, batch.assign, number, seen=seen, department=city.case(number).department_id, note="试试")
    assert city.case(number).status is Status.REFUSED
