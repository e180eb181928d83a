"""The check of every history finds what ``audit verify`` finds, a piece at a time, and is begun anew where it died."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from backend.jobs import checking
from backend.services.cases import sealing
from tests.backend.services.city import City


@pytest.fixture
def city(store):
    made = City(store)
    made.answer(made.citizen().files_a_case())
    made.citizen("wang").files_a_case()
    made.unit(sealing.seal, at=made.now)
    return made


@pytest.fixture
def site(city):
    return SimpleNamespace(store=city.store, clock=lambda: city.now)


def ask(city):
    return city.unit(lambda work: work.checks.ask(by="老钱", at=city.now))


def last(city):
    return city.store.read_now(lambda work: work.checks.newest(ended=True))


async def test_an_honest_city_is_whole_and_is_checked_once_at_a_time(site, city):
    assert (ask(city), ask(city)) == (True, False)

    assert await checking.check(site, "job") == 1

    assert (last(city).found, last(city).done, last(city).of) == (0, 2, 2)
    assert last(city).seal


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE events SET what = 'noted' WHERE seq = 2",
        "UPDATE cases SET status = 'archived'",
        "UPDATE seals SET root = 'another'",
    ],
)
async def test_it_finds_what_the_command_line_finds(site, city, change):
    city.unit(lambda work: work.conn.execute(text(change)))
    ask(city)

    await checking.check(site, "job")

    assert list(last(city).wrong) == city.store.read_now(sealing.verify)
    assert last(city).found == len(last(city).wrong) > 0


async def test_where_one_process_died_another_begins_anew(site, city):
    ask(city)
    now = city.now
    city.unit(lambda work: work.checks.begin(owner="dead", now=now, until=now + checking.LEASE))

    assert await checking.check(site, "job") == 0
    city.later(seconds=(checking.LEASE + timedelta(seconds=1)).total_seconds())
    assert await checking.check(site, "job") == 1
    key = last(city).id
    assert not city.unit(lambda work: work.checks.tell(key, owner="dead", until=now, done=1, found=0, wrong=[]))
