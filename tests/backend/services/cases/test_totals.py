from __future__ import annotations

from collections import Counter
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from backend.domain.tally import Spot, tally
from backend.reports import counts
from backend.services.cases import acts, casework, totals
from backend.services.office import accounts
from backend.store.totals import KEYS, NotKept, TotalledMeanwhile, spread
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


def along(city, axis):
    """The sums of one axis."""
    found: Counter[str] = Counter()
    for line, n in kept(city).items():
        one = dict(zip(KEYS, line, strict=True))
        found[one["what"]] += n if one["axis"] == axis else 0
    return found


def reckoned(city):
    """The same from scratch, out of all events."""

    def ask(work):
        numbers = [case.number for case in work.cases.page(limit=99)[0]]
        found: Counter[Spot] = Counter()
        for _, now, events in work.totals.histories(numbers, upto=10**9).values():
            found.update(tally(events, place=now, zone=ZoneInfo(city.institutions[now.institution].timezone)))
        return dict(spread(found))

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
    assert (
        along(city, "all")["received"] == along(city, "handler")["received"] == along(city, "district")["received"] == 6
    )
    assert along(city, "place")["at_accepted"] == 2


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

    found = city.store.read_now(counts.so_far, city.institutions, last=counts.LAST_DAY, now=city.now)

    assert (found.filed, found.open, found.answered, found.closed) == (3, 2, 1, 0)
    assert sum(found.by_category.values()) == found.by_institution["hotline"] == 3


def test_a_case_sealed_later_is_counted_among_the_sealed_from_then_on(city):
    number = city.citizen().files_a_case()
    come(city)
    city.unit(accounts.add_user, "王主任", "hash", ["handler"], institution="hotline", at=city.now)
    city.unit(
        acts.do, city.institutions, number, "name_officer", {"users": "王主任"}, by=OFFICER, at=city.later(days=1)
    )
    come(city)

    assert kept(city) == reckoned(city)
    by_seal = city.store.read_now(lambda work: work.totals.summed(("sealed", "what"), first=date(2000, 1, 1)))
    assert {key[0] for key, n in by_seal.items() if n} == {True}


def test_what_no_totals_are_kept_by_together_is_refused(city):
    with pytest.raises(NotKept, match="district, handler"):
        city.store.read_now(lambda work: work.totals.summed(("district", "handler", "what")))
