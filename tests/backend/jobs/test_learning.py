"""Learning happens at night, once, and every process notices what is live."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from backend.jobs import learning
from backend.services.office.served import Served
from institutions.taught import version_of
from tests.backend.services.school import School

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)  # noon in China
NIGHT = datetime(2026, 11, 21, 18, 31, tzinfo=UTC)  # 2:31 of the next day


@dataclass
class Process:
    """One process of several on the same store."""

    store: Any
    institutions: Any
    clock: Callable[[], datetime]


@pytest.fixture
def school(store):
    school = School(store)
    school.confirmed()
    school.corrected()
    return school


def process(school, at):
    return Process(school.store, Served(school.served.shipped), lambda: at)


async def test_nothing_is_learnt_by_day(school):
    await learning.learn(process(school, DAY), "one")

    assert school.states() == []


async def test_it_is_learnt_once_a_night_and_served_at_once(school):
    one, two = process(school, NIGHT), process(school, NIGHT + timedelta(minutes=1))

    await learning.learn(one, "one")
    school.corrected(30, text="油烟和广播，炒菜味呛人")
    await learning.learn(two, "two")

    assert school.states() == [(1, "live")]
    assert version_of(one.institutions["shop"]) == 1
    assert school.store.read_now(lambda work: work.models.moves("shop"))[0].by == "system"


async def test_the_next_night_it_is_learnt_again(school):
    await learning.learn(process(school, NIGHT), "one")
    school.corrected(30, text="油烟和广播，炒菜味呛人")

    await learning.learn(process(school, NIGHT + timedelta(days=1)), "one")

    assert school.states() == [(1, "replaced"), (2, "live")]


async def test_another_process_notices_what_went_live(school):
    other = process(school, NIGHT)
    school.learns()

    await learning.follow(other, "other")

    assert version_of(other.institutions["shop"]) == 1
    assert other.institutions.follow({}) != []


def test_the_night_is_the_institutions_own(school):
    at_home = process(school, NIGHT)

    assert learning.night(at_home, "shop", NIGHT) == date(2026, 11, 22)
    assert learning.night(at_home, "shop", DAY) is None
