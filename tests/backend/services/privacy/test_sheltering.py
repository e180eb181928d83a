"""Who handled a case does not read what is thought of the answer before the window is over."""

from __future__ import annotations

import pytest

from backend.domain.case import Actor
from backend.services.cases import reading, visitback
from backend.services.office import desk
from tests.backend.services.city import City

HANDLER = Actor("承办", frozenset({"handler"}))
MANAGER = Actor("主管", frozenset({"manager"}))


@pytest.fixture
def city(store):
    return City(store)


def rated(city: City, *taps: str) -> str:
    citizen = city.citizen()
    number = citizen.files_a_case()
    city.answer(number)
    for tap in taps:
        citizen.says(choice=f"visit:{number}:{tap}")
    return number


CONTENT = ("contacted:yes", "solved:yes", "satisfied:3", "reason:slow", "remark:none")


def whole(city: City, number: str, by: Actor):
    return city.store.read_now(desk.whole, city.institutions, number, by=by)


def said(city: City, number: str, by: Actor):
    """The detail of each rating, as a program reads it."""
    case = city.store.read_now(reading.one, city.institutions, number, by=by)
    listed = city.store.read_now(reading.page, city.institutions, by=by, limit=5)[0][0]
    assert case["events"] == listed["events"]
    return [event["detail"] for event in case["events"] if event["what"] == "rated"]


def test_a_handler_reads_that_somebody_answered_and_not_what(city):
    number = rated(city, *CONTENT)

    seen = whole(city, number, HANDLER)

    assert seen.sheltered
    assert [(row.solved, row.satisfied, row.reasons) for row in seen.surveys] == [(None, None, ())]
    assert {tuple(detail) for detail in said(city, number, HANDLER)} == {("round",)}
    assert not any("满意" in line.text for line in seen.talk)


def test_who_is_of_no_department_reads_it_at_once(city):
    number = rated(city, *CONTENT)

    assert whole(city, number, MANAGER).surveys[0].satisfied == 3
    assert said(city, number, MANAGER)[-1]["satisfied"] == 3


def test_a_manager_of_the_department_that_handled_it_does_not(city):
    number = rated(city, *CONTENT)
    theirs = Actor("科长", frozenset({"manager"}), departments=frozenset({city.case(number).department_id}))

    assert whole(city, number, theirs).surveys[0].satisfied is None


def test_when_the_window_is_over_the_handler_reads_it(city):
    number = rated(city, *CONTENT)
    city.later(days=8)
    city.unit(visitback.expire, city.institutions, at=city.now)

    assert whole(city, number, HANDLER).surveys[0].satisfied == 3
    assert said(city, number, HANDLER)[-1]["satisfied"] == 3


def test_who_has_to_do_it_again_reads_why(city):
    number = rated(city, "contacted:no", "solved:no", "satisfied:1", "reason:still")

    seen = whole(city, number, HANDLER)

    assert (seen.surveys[0].solved, seen.surveys[0].reasons) == ("no", ("still",))
