"""By night the oldest cases forget whom they were about; by day nothing is erased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from backend.jobs import retention
from backend.services.cases import sealing
from backend.store.engine import open_store
from tests.backend.services.city import City

if TYPE_CHECKING:
    from collections.abc import Callable

NIGHT = datetime(2031, 11, 25, 18, 31, tzinfo=UTC)  # 2:31 in China


@dataclass
class Process:
    """One process of several on the same store."""

    store: Any
    institutions: Any
    clock: Callable[[], datetime]


@pytest.fixture
def city(store):
    return City(store)


@pytest.fixture
def numbers(city):
    """Two cases closed in November 2026, and one that is still open."""
    closed = [city.citizen(name).files_a_case() for name in ("li", "zhang")]
    for number in closed:
        city.answer(number)
        city.move(number, "closed")
    city.citizen("wang").files_a_case()
    return closed


def process(city, at):
    return Process(city.store, city.institutions, lambda: at)


def erased(city, number):
    return city.history(number)[-1] == ("system", "erased")


async def test_by_night_each_is_erased_once(city, numbers):
    assert await retention.erase(process(city, NIGHT), "one") == 2
    assert await retention.erase(process(city, NIGHT), "two") == 0
    assert [erased(city, number) for number in numbers] == [True, True]
    assert city.store.read_now(lambda work: list(sealing.verify(work))) == []


async def test_no_word_of_an_erased_case_is_left_in_the_file(sqlite_url):
    store = open_store(sqlite_url)
    city = City(store)
    number = city.citizen("li").files_a_case("昨晚楼下烧烤店zqxbarbecue又在放音响，吵得孩子睡不着")
    for name in ("wang", "zhang", "zhao"):
        city.citizen(name).files_a_case()
    city.answer(number)
    city.move(number, "closed")

    assert await retention.erase(process(city, NIGHT), "one") == 1
    store.close()

    file = Path(sqlite_url.removeprefix("sqlite:///"))
    assert b"zqxbarbecue" not in file.read_bytes()


async def test_by_day_nobody_is_erased(city, numbers):
    assert await retention.erase(process(city, NIGHT + timedelta(hours=9)), "one") == 0


async def test_an_odd_case_stops_no_other(city, numbers):
    def spoil(work):
        case = work.cases.get(numbers[0], lock=True)
        case.facts = {"who": {}}
        work.cases.save(case, zone=UTC)

    city.unit(spoil)

    assert await retention.erase(process(city, NIGHT), "one") == 1
    assert erased(city, numbers[1])


async def test_talk_of_no_case_goes_as_late_and_that_of_an_open_case_stays(city, numbers):
    asker = city.citizen("asker")
    asker.says("你们几点上班？")
    await retention.erase(process(city, NIGHT), "one")

    def told(name):
        lines = city.store.read_now(lambda work: work.journal.talk(work.people.find("web", name).id))
        return "".join(line.text for line in lines)

    assert "上班" not in told("asker")
    assert "烧烤店" in told("wang")
    assert "烧烤店" not in told("li")
