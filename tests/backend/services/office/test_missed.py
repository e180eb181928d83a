"""A notice that did not arrive goes to another channel of the same person, once, or becomes a handler's task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from backend.domain.case import Actor
from backend.services.cases.casework import Empty, NotYours
from backend.services.office import desk, missed
from backend.services.office.desk import OnlyLooks
from backend.services.office.missed import TooMuch
from tests.backend.services.city import OFFICER, City

if TYPE_CHECKING:
    from backend.store.outbox import Row
    from backend.store.work import UnitOfWork

PHONED = {"how": "phone", "note": "电话里说了，市民知道了"}


@pytest.fixture
def city(store):
    return City(store)


@pytest.fixture
def number(city):
    return city.citizen().files_a_case()


def rows(city: City, number: str) -> list[Row]:
    return city.store.read_now(lambda work: work.outbox.of_case(number))


def fails(city: City, notice: int) -> None:
    at = city.later(seconds=1)
    city.unit(lambda work: work.outbox.record(notice, state="undelivered", at=at, reason="没有送达。"))


def looked_after(city: City) -> list[str]:
    """What is done about each that failed since the last look."""
    at = city.later(seconds=1)
    waiting = city.store.read_now(missed.waiting)
    return [city.unit(missed.look_after, city.institutions, key, at=at) for key in waiting]


def another(city: City, number: str, name: str = "li-phone", role: str = "device") -> int:
    """Another chat follows the case."""

    def bind(work: UnitOfWork) -> int:
        person = work.people.find_or_add("pocket", name, language="zh", at=city.now)
        work.cases.bind(number, person.id, role, at=city.now)
        return person.id

    return int(city.unit(bind))


def alerts(city: City, number: str) -> list[str]:
    return [alert.kind for alert in city.store.read_now(lambda work: work.alerts.of(number))]


def settle(city: City, number: str, notice: int, by: Actor = OFFICER, **given: str) -> Any:
    return city.unit(missed.settle, city.institutions, number, notice, given or PHONED, by=by, at=city.later(minutes=1))


def test_it_becomes_a_task_and_an_alert_once(city, number):
    city.move(number, "accepted")
    [first] = rows(city, number)
    fails(city, first.id)

    assert looked_after(city) == ["task"]
    assert looked_after(city) == []
    assert alerts(city, number) == ["undelivered"]
    assert ("system", "notice") in city.history(number)


def test_several_of_one_case_are_one_alert(city, number):
    city.answer(number)
    for row in rows(city, number):
        fails(city, row.id)

    assert looked_after(city) == ["task"] * 4
    assert alerts(city, number) == ["undelivered"]


def test_another_chat_that_was_told_the_same_is_enough(city, number):
    another(city, number)
    city.move(number, "accepted")
    mine, other = rows(city, number)
    fails(city, mine.id)

    assert looked_after(city) == ["told"]
    assert [row.id for row in rows(city, number)] == [mine.id, other.id]
    assert alerts(city, number) == []


def test_a_question_goes_to_another_chat_of_the_same_person_once(city, number):
    person = another(city, number)
    city.answer(number)
    question = next(row for row in rows(city, number) if row.kind == "survey")
    fails(city, question.id)

    assert looked_after(city) == ["copy"]
    copy = rows(city, number)[-1]
    assert (copy.person, copy.kind, copy.text, copy.choices) == (
        person,
        "survey",
        question.text,
        question.choices,
    )

    fails(city, copy.id)
    assert looked_after(city) == ["task"]
    assert len([row for row in rows(city, number) if row.kind == "survey"]) == 2


def test_what_is_meant_for_one_who_joined_goes_to_nobody_else(city, number):
    another(city, number, "wang", role="joint")
    another(city, number, "zhao", role="joint")
    another(city, number, "whose", role="joint_device")
    city.answer(number)
    lost = [row for row in rows(city, number) if row.kind == "survey"]
    for row in lost[-1:]:
        fails(city, row.id)

    assert looked_after(city) == ["task"]


def test_nobody_who_left_is_written_to(city, number):
    person = another(city, number)
    city.unit(lambda work: work.reaches.leave(person, at=city.now, why="blocked"))
    city.answer(number)
    question = next(row for row in rows(city, number) if row.kind == "survey")
    fails(city, question.id)

    assert "copy" not in looked_after(city)


def test_somebody_who_phoned_says_so_and_it_is_off_the_list(city, number):
    city.move(number, "accepted")
    [row] = rows(city, number)
    fails(city, row.id)
    looked_after(city)

    assert settle(city, number, row.id) is True
    assert settle(city, number, row.id) is False

    assert city.store.read_now(desk.unsettled, by=OFFICER) == []
    said = city.store.read_now(lambda work: work.cases.history(number))[-1]
    assert (said.by, said.detail, said.private) == (
        OFFICER.name,
        {"settled": row.id, "how": "phone"},
        {"note": PHONED["note"]},
    )


def test_what_fails_again_is_a_task_again(city, number):
    city.move(number, "accepted")
    [row] = rows(city, number)
    fails(city, row.id)
    looked_after(city)
    settle(city, number, row.id)
    city.unit(lambda work: work.outbox.again(row.id, at=city.later(minutes=1)))
    fails(city, row.id)

    assert looked_after(city) == ["task"]
    assert [one.id for one in city.store.read_now(desk.unsettled, by=OFFICER)] == [row.id]


def test_what_arrives_after_all_needs_nobody(city, number):
    city.move(number, "accepted")
    [row] = rows(city, number)
    fails(city, row.id)
    city.unit(lambda work: work.outbox.record(row.id, state="accepted", at=city.now))

    assert looked_after(city) == []
    assert settle(city, number, row.id) is False


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"how": "pigeon", "note": "飞过去了"}, TooMuch),
        ({"how": "phone", "note": "长" * 301}, TooMuch),
        ({"how": "phone", "note": "  "}, Empty),
        ({"note": "没说怎么"}, TooMuch),
    ],
)
def test_bad_notes_are_refused(city, number, given, error):
    city.move(number, "accepted")
    [row] = rows(city, number)
    fails(city, row.id)

    with pytest.raises(error):
        settle(city, number, row.id, **given)


def test_who_only_looks_or_is_elsewhere_settles_nothing(city, number):
    city.move(number, "accepted")
    [row] = rows(city, number)
    fails(city, row.id)

    with pytest.raises(OnlyLooks):
        settle(city, number, row.id, Actor("查", frozenset({"auditor"})))
    with pytest.raises(NotYours):
        settle(city, number, row.id, Actor("别处", frozenset({"handler"}), institution="bank"))
