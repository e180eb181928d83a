"""Looks at who somebody is: with a reason, on record, for eight hours; programs too."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from backend.domain.case import Actor
from backend.services.cases import casework, reading
from backend.services.cases.changing import save
from backend.services.office import desk
from backend.services.privacy import looks
from tests.backend.services.city import City

HANDLER = Actor("赵工", frozenset({"handler"}), departments=frozenset({"urban"}))
OTHER = Actor("钱工", frozenset({"handler"}))
AUDITOR = Actor("孙审计", frozenset({"auditor"}), personal=False)
PROGRAM = Actor("crm", frozenset({"handler"}), program=True)
EIGHT = timedelta(hours=8)


@pytest.fixture
def city(store):
    return City(store)


@pytest.fixture
def number(city):
    filed = city.citizen().files_a_case()
    department = city.case(filed).department_id
    city.department = department
    return filed


def history(city, number):
    return city.store.read_now(lambda work: work.cases.history(number))


def past_looks(city, number):
    return [event for event in history(city, number) if event.what == "looked"]


def test_a_look_has_a_reason_that_is_private_and_lasts_eight_hours(city, number):
    by = replace(HANDLER, departments=frozenset({city.department}))

    city.unit(looks.ask, city.institutions, number, " 要打电话核实 ", by=by, at=city.now)

    (look,) = past_looks(city, number)
    assert (look.by, look.private, look.detail["department"]) == ("赵工", {"reason": "要打电话核实"}, city.department)
    past = history(city, number)
    assert looks.open_now(past, by=by, at=city.now + EIGHT - timedelta(seconds=1))
    assert not looks.open_now(past, by=by, at=city.now + EIGHT)
    assert not looks.open_now(past, by=OTHER, at=city.now)


def test_without_a_reason_nobody_looks_and_an_auditor_never(city, number):
    with pytest.raises(casework.Empty):
        city.unit(looks.ask, city.institutions, number, "  ", by=OTHER, at=city.now)
    with pytest.raises(desk.OnlyLooks):
        city.unit(looks.ask, city.institutions, number, "查", by=AUDITOR, at=city.now)

    assert past_looks(city, number) == []


def test_a_program_that_reads_whole_leaves_one_look_in_eight_hours(city, number):
    for hours in (0, 1, 7, 8):
        at = city.now + timedelta(hours=hours)
        city.unit(reading.one_on_record, city.institutions, number, by=PROGRAM, at=at, reason="对账")

    found = past_looks(city, number)
    assert [(each.by, each.detail["program"], each.private) for each in found] == [
        ("crm", True, {"reason": "对账"}),
        ("crm", True, {"reason": "对账"}),
    ]


def test_a_program_without_the_scope_leaves_none_and_reads_stars(city, number):
    told = city.unit(reading.one_on_record, city.institutions, number, by=replace(PROGRAM, personal=False), at=city.now)

    assert past_looks(city, number) == []
    assert told["who"]["contact"] == "138****8000"


def test_the_unit_complained_of_may_not_look(city, number):
    office = next(d for d in city.institutions["hotline"].departments if d.id == city.department)

    def complain(work):
        case = work.cases.get(number, lock=True)
        case.facts = {**case.facts, "target": f"{office.name}的窗口"}
        save(work, city.institutions["hotline"], case)

    city.unit(complain)

    by = replace(HANDLER, departments=frozenset({city.department}))
    with pytest.raises(desk.OnlyLooks):
        city.unit(looks.ask, city.institutions, number, "查", by=by, at=city.now)
    city.unit(looks.ask, city.institutions, number, "转办前核实", by=OTHER, at=city.now)
    assert len(past_looks(city, number)) == 1
