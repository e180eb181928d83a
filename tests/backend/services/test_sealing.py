"""Histories can be checked, and nobody can rewrite one that was sealed."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from backend.services import sealing
from tests.backend.services.city import City


@pytest.fixture
def city(store):
    city = City(store)
    city.answer(city.citizen().files_a_case())
    city.unit(sealing.seal, at=city.now)
    return city


def wrong(city: City, expected: str = "") -> list[str]:
    return list(city.store.read_now(lambda work: sealing.verify(work, expected=expected)))


def alter(city: City, statement: str) -> None:
    city.unit(lambda work: work.conn.execute(text(statement)))


def test_an_honest_city_is_whole(city):
    last = city.store.read_now(lambda work: work.seals.last())

    assert wrong(city, last.hash) == []


def test_nothing_new_needs_no_new_seal(city):
    assert city.unit(sealing.seal, at=city.later(hours=1)) == 0


def test_a_changed_line_is_noticed(city):
    alter(city, 'UPDATE events SET "by" = 1 WHERE seq = 2')

    assert wrong(city)


def test_a_case_that_vanished_is_noticed(city):
    for table in ("event_texts", "bindings", "outbox", "surveys", "evidence"):
        alter(city, f"DELETE FROM {table}" if table != "outbox" else "UPDATE outbox SET number = NULL")
    alter(city, "DELETE FROM events")
    alter(city, "DELETE FROM cases")

    assert any("is gone" in sentence for sentence in wrong(city))


def test_a_seal_written_down_elsewhere_must_be_among_ours(city):
    assert wrong(city, "0" * 64) == [f"no seal has the hash {'0' * 64}"]


def test_an_erased_text_leaves_the_history_whole(city):
    number = city.store.read_now(lambda work: work.cases.page(limit=1))[0][0].number
    city.unit(lambda work: work.cases.erase(number, seq=1))

    assert wrong(city) == []
