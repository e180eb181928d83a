"""A rating that does not count – too late, twice, somebody else's, of a case reopened – is told so and moves no figure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from backend.reports.counts import LAST_DAY, so_far
from backend.services.cases import totals, visitback
from tests.backend.services.city import City

if TYPE_CHECKING:
    from backend.domain.rates import Rate

CONTENT, UNHAPPY = ("contacted:yes", "solved:yes", "satisfied:5"), ("contacted:no", "solved:no", "satisfied:1")


@pytest.fixture
def city(store):
    return City(store)


def figures(city: City) -> tuple[Rate, Rate, Rate]:
    """Response, solution and satisfaction, counted anew from the history, when every window is over."""
    upto = city.unit(totals.horizon)
    while city.unit(totals.step, city.institutions, upto=upto):
        pass
    found = city.store.read_now(so_far, city.institutions, last=LAST_DAY, now=city.now + timedelta(days=9))
    return found.response, found.solution, found.satisfaction


def shares(city: City) -> list[tuple[int, int]]:
    return [(rate.numerator, rate.denominator) for rate in figures(city)]


def answered(city: City, *taps: str, name: str = "li") -> str:
    number = city.citizen(name).files_a_case()
    city.answer(number)
    for tap in taps:
        city.citizen(name).says(choice=f"visit:{number}:{tap}", message_id=tap)
    return number


def taps(city: City, number: str, *what: str, name: str = "li") -> str:
    """The last thing that is said to these taps, each of which is a message of its own."""
    chat = city.citizen(name)
    chat.sent = 500
    said = [chat.says(choice=f"visit:{number}:{tap}") for tap in what]
    return said[-1][0] if said[-1] else ""


def test_after_the_window(city):
    number = answered(city)
    city.later(days=8)
    city.unit(visitback.expire, city.institutions, at=city.now)
    before = shares(city)

    assert "评价时间已经过了" in taps(city, number, *CONTENT)
    assert shares(city) == before
    assert [count for _, count in before] == [0, 0, 0]


def test_twice(city):
    number = answered(city, *CONTENT)
    before = shares(city)
    assert before == [(1, 1), (1, 1), (1, 1)]

    assert "已经评价过了" in taps(city, number, "satisfied:1", "solved:no")
    assert shares(city) == before
    assert city.case(number).status == "closed"


def test_by_somebody_else(city):
    number = answered(city)
    before = shares(city)

    taps(city, number, *UNHAPPY, name="stranger")
    assert shares(city) == before
    assert city.case(number).status == "visiting_back"


def test_while_it_is_worked_on_again(city):
    number = answered(city, *UNHAPPY)
    assert city.case(number).status == "reopened"
    before = shares(city)

    assert taps(city, number, "satisfied:5")
    assert shares(city) == before == [(0, 1), (0, 1), (0, 1)]


def test_of_the_answer_before(city):
    number = answered(city, *UNHAPPY)
    city.move(number, "assigned", department=city.case(number).department_id)
    city.move(number, "answered", answer="再次查处，已停业整顿。")
    before = shares(city)

    assert "上一次答复" in taps(city, number, "satisfied:5")
    assert shares(city) == before
