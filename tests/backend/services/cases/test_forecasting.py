"""What ended clocks tell of running ones, from real rows of both databases to the words on the desk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from backend.domain.forecast import Learnt, Trial
from backend.domain.lifecycle import Status
from backend.jobs import forecasting as nightly
from backend.services.cases import forecasting
from backend.services.cases.forecasting import Desks, Lesson, Life
from backend.services.office.served import Served
from backend.web.desk.clocks import panel
from backend.web.desk.view import Reader
from tests.backend.services.city import City

if TYPE_CHECKING:
    from backend.domain.case import Case

MONDAY = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)  # 10:00 in China


@pytest.fixture
def city(store):
    city = City(store)
    city.now = MONDAY
    return city


def life(ended: timedelta | None, *, begun: datetime = MONDAY, length: timedelta = timedelta(days=7)) -> Life:
    """A case whose answer took so long; None: it is still awaited."""
    told = {"from": begun.isoformat(), "due": (begun + length).isoformat()}
    if ended is None:
        clocks = {"clocks": {"answer": {"from": told["from"]}}}
        return Life("environment", "works", "ordinary", "complaint", begun, None, {"answer": told["due"]}, clocks)
    until = begun + ended
    told |= {"at": until.isoformat()}
    record = {"ended": {"answer": {**told, "kept": ended <= length}}}
    return Life("environment", "works", "ordinary", "complaint", begun, until, {}, record)


@pytest.mark.parametrize(
    ("ended", "shares", "late"),
    [
        (timedelta(days=1), [0.0], False),
        (timedelta(days=4), [0.0, 0.25, 0.5], False),
        (timedelta(days=8), [0.0, 0.25, 0.5, 0.75], True),
    ],
)
def test_a_clock_is_looked_at_as_long_as_it_ran(city, ended, shares, late):
    lives = [life(ended)]
    glimpses = list(forecasting.seen(city.institutions["hotline"], lives[0], Desks(lives), at=MONDAY))

    assert [one.share for one in glimpses] == shares
    assert {one.late for one in glimpses} == {late}
    assert "weekday=1" in glimpses[0].names


@pytest.mark.parametrize(("days", "looks"), [(6, 0), (8, 4)])
def test_a_clock_that_still_runs_tells_something_only_when_it_has_run_out(city, days, looks):
    lives = [life(None)]
    at = MONDAY + timedelta(days=days)

    assert len(list(forecasting.seen(city.institutions["hotline"], lives[0], Desks(lives), at=at))) == looks


def test_a_department_has_open_what_began_and_was_not_answered_yet():
    lives = [life(timedelta(days=n)) for n in (1, 2, 9)]
    desks = Desks(lives)

    assert [desks.count("works", MONDAY + timedelta(hours=36) * n) for n in (-1, 0, 1, 2, 9)] == [0, 3, 2, 1, 0]


async def test_at_night_it_is_learnt_once_from_the_cases_that_there_are(city):
    number = city.citizen().files_a_case()
    city.answer(number)
    city.now = datetime(2026, 10, 13, 19, 0, tzinfo=UTC)  # 3:00 in China
    site = _Night(city)
    await nightly.learn(site, "one")
    await nightly.learn(site, "two")

    told = city.store.read_now(forecasting.served, "hotline")
    assert told is not None
    assert told.learnt.n >= 1
    assert not told.learnt.better
    assert city.store.read_now(forecasting.served, "property") is None


def test_the_desk_shows_the_rate_and_says_that_it_is_only_that(city):
    case = _open(city)
    lesson = Lesson(Learnt(rates={"@0.0": 0.12}), {})

    told = [line.chance for line in panel(case, city.institutions["hotline"], _reader(city), lesson).lines]
    assert "同类案件以往有 12% 超时。预测还不够准，暂不显示。" in told


def test_the_desk_tells_the_chance_and_what_makes_it_so(city):
    case = _open(city)
    trial = Trial(400, 80, ("2026-09",), 0.1, 0.2, better=True)
    weights = {"": -1.0, f"department={case.department_id}": 1.0, "load=flooded": 0.6, "weekday=1": -0.5}
    lesson = Lesson(Learnt(weights, {"@0.0": 0.12}, trial, 900), {case.department_id: "flooded"})

    told = [line.chance for line in panel(case, city.institutions["hotline"], _reader(city), lesson).lines]
    department = city.institutions["hotline"].department(case.department_id).name
    assert f"预计有 52% 的可能超时（同类平均 12%），主要因为：{department}、部门积压很多" in told


def test_nothing_is_said_without_a_lesson_or_of_a_clock_that_ran_out(city):
    case = _open(city)
    lesson = Lesson(Learnt(rates={"@0.0": 0.12}), {})
    hotline = city.institutions["hotline"]

    assert forecasting.of(hotline, None, case, "answer", now=city.now) is None
    assert forecasting.of(hotline, lesson, case, "answer", now=city.now + timedelta(days=30)) is None
    assert forecasting.of(hotline, lesson, case, "visit_back", now=city.now) is None


def _open(city: City) -> Case:
    case = city.case(city.citizen().files_a_case())
    assert case.status is Status.RECEIVED
    return case


def _reader(city: City) -> Reader:
    return Reader("zh", city.now)


class _Night:
    """What the nightly round needs of a site."""

    def __init__(self, city: City) -> None:
        self.store, self.clock = city.store, lambda: city.now
        self.institutions = Served(city.institutions)
