from __future__ import annotations

from collections import Counter
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from backend.domain.tally import Spot, tally
from backend.reports import counts
from backend.services.cases import casework, totals
from backend.store.totals import TotalledMeanwhile
from tests.backend.services.city import OFFICER, City


@pytest.fixture
def city(store):
    return City(store)


def come(city, *, limit=2000):
    """Count in all that there is, so many events a time."""
    upto = city.unit(totals.horizon)
    while city.unit(totals.step, city.institutions, upto=upto, limit=limit):
        pass


def kept(city):
    return city.store.read_now(lambda work: work.totals.everything())


def reckoned(city):
    """The same from scratch, out of all events."""

    def ask(work):
        numbers = [case.number for case in work.cases.page(limit=99)[0]]
        found: Counter[Spot] = Counter()
        for home, source, events in work.totals.histories(numbers, upto=10**9).values():
            zone = ZoneInfo(city.institutions[home].timezone)
            found.update(tally(events, institution=home, source=source, zone=zone))
        return dict(found)

    return city.store.read_now(ask)


def a_busy_day(city, names="abc"):
    """A case closed well, one refused, one corrected, one that is still new."""
    happy, moved, _ = (city.citizen(name).files_a_case() for name in names)
    city.answer(happy)
    category = next(one.id for one in city.institutions["hotline"].categories if one.id != city.case(moved).category_id)
    city.unit(casework.correct, city.institutions, moved, {"category": category}, by=OFFICER, at=city.later(days=1))
    city.move(moved, "accepted")


@pytest.mark.parametrize("limit", [1, 3, 2000])
def test_totals_kept_by_stretches_are_those_reckoned_from_scratch(city, limit):
    a_busy_day(city)
    come(city, limit=limit)
    city.later(days=1)
    a_busy_day(city, "def")
    come(city, limit=limit)

    assert kept(city) == reckoned(city)
    for by in (("what",), ("institution", "category", "what")):
        of_days, ever = city.store.read_now(
            lambda work, by=by: (work.totals.summed(by, first=date(2000, 1, 1)), work.totals.summed(by))
        )
        assert {key: n for key, n in of_days.items() if n} == ever
    assert sum(n for spot, n in kept(city).items() if spot.what == "received") == 6
    assert sum(n for spot, n in kept(city).items() if spot.what == "at_accepted") == 2


def test_counting_again_changes_nothing_and_two_at_once_count_once(city):
    a_busy_day(city)

    def twice(work):
        """A second process that has read before the first had written."""
        upto = work.totals.horizon()
        totals.step(work, city.institutions, upto=upto)
        with pytest.raises(TotalledMeanwhile):
            work.totals.add(Counter(), after=0, upto=upto)

    city.unit(twice)
    before = kept(city)
    come(city)

    assert kept(city) == before == reckoned(city)


def test_totals_made_anew_are_the_same(city):
    a_busy_day(city)
    come(city)
    before = kept(city)
    city.unit(lambda work: work.totals.clear())

    come(city, limit=5)

    assert kept(city) == before


def test_what_everybody_reads_is_what_the_totals_say(city):
    a_busy_day(city)
    come(city)

    found = city.store.read_now(counts.so_far, now=city.now)

    assert (found.filed, found.open, found.answered, found.closed) == (3, 2, 1, 0)
    assert sum(found.by_category.values()) == found.by_institution["hotline"] == 3
