"""Whoever runs Jiesu may send a lost notice once more, and that is on record where it belongs to a case."""

from __future__ import annotations

import pytest

from backend.services.office import sending
from tests.backend.services.city import City


@pytest.fixture
def city(store):
    return City(store)


def lost(city, number, state="undelivered"):
    def lose(work):
        row = next(row for row in work.outbox.of_case(number))
        work.outbox.record(row.id, state=state, reason="用户已取关。", at=city.now)
        return row.id

    return city.unit(lose)


def again(city, row):
    return city.unit(sending.again, city.institutions, row, at=city.later(hours=1))


def test_a_lost_notice_is_queued_again_and_stands_in_the_cases_history(city):
    number = city.citizen().files_a_case()
    city.move(number, "accepted")
    row = lost(city, number)

    assert again(city, row)

    assert city.store.read_now(lambda work: work.outbox.of_case(number))[0].state == "queued"
    events = city.store.read_now(lambda work: work.cases.history(number))
    assert (events[-1].what, events[-1].by, events[-1].detail) == ("notice", "system", {"again": row})


def test_what_has_arrived_is_not_sent_again(city):
    number = city.citizen().files_a_case()
    city.move(number, "accepted")

    assert not again(city, lost(city, number, state="delivered"))
    assert not again(city, 10_000)
