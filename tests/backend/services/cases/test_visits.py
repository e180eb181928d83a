"""Visit-backs are looked after one by one: what is odd about one case is no other citizen's loss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import update

from backend.jobs.rounds import ask_back
from backend.services.cases import visits
from backend.store import tables
from tests.backend.services.city import City


@dataclass
class Here:
    """What the round needs of a site."""

    city: City
    institutions: Any

    @property
    def store(self) -> Any:
        return self.city.store

    def clock(self) -> Any:
        return self.city.now


@pytest.fixture
def city(store):
    return City(store)


def answered(city: City, name: str, institution: str = "property") -> str:
    number = city.citizen(name, institution).files_a_case()
    city.answer(number)
    return number


def here_with(city: City, institutions: Any) -> Any:
    """A site of so many institutions."""
    return Here(city, institutions)


def broken(work, number):
    """A row as no version of ours ever wrote it."""
    c = tables.cases.c
    work.conn.execute(update(tables.cases).where(c.number == number).values(facts={"who": None})).close()


async def test_an_odd_case_stops_the_visit_back_of_no_other(city):
    odd, plain = answered(city, "li"), answered(city, "wang")
    city.unit(broken, odd)
    city.later(days=4)

    await ask_back(here_with(city, city.institutions), "job")

    assert city.case(plain).status == "visiting_back"


async def test_whoever_is_served_no_more_stops_nobody_either(city):
    gone, plain = answered(city, "li", "property"), answered(city, "wang", "hotline")
    less = {key: home for key, home in city.institutions.items() if key != "property"}
    city.later(days=4)

    await ask_back(here_with(city, less), "job")
    assert city.case(gone).status == "answered"
    city.later(days=8)
    await ask_back(here_with(city, less), "job")

    assert city.case(plain).status == "closed"


async def test_every_turn_is_taken_once(city):
    number = answered(city, "li")
    here = here_with(city, city.institutions)
    city.later(days=4)

    turns = city.store.read_now(visits.waiting, city.institutions, at=city.now)
    first = await ask_back(here, "one")
    again = [city.unit(visits.take, city.institutions, turn, at=city.now) for turn in turns]

    assert (first, again) == (1, [False])
    assert [kind for kind, _ in city.owed(number)].count("survey") == 1
    city.later(days=30)
    while await ask_back(here, "one"):
        pass
    assert city.case(number).status == "closed"
