"""The counts behind /public: what is open, answered and over, and the rates."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.domain.rates import Rate
from backend.reports.counts import LAST_DAY, so_far
from backend.services.cases import totals
from tests.backend.services.city import City


@pytest.fixture
def city(store):
    return City(store)


def counts(city, **later):
    upto = city.unit(totals.horizon)
    while city.unit(totals.step, city.institutions, upto=upto):
        pass
    return city.store.read_now(so_far, city.institutions, last=LAST_DAY, now=city.now + timedelta(**later))


def rated(city, name, contacted, solved, satisfied):
    """A case of that citizen, answered and rated."""
    citizen = city.citizen(name)
    number = citizen.files_a_case()
    city.answer(number)
    for word in (f"contacted:{contacted}", f"solved:{solved}", f"satisfied:{satisfied}"):
        citizen.says(choice=f"visit:{number}:{word}")
    return number


def test_an_empty_city_counts_nothing(city):
    found = counts(city)

    assert (found.filed, found.open, found.answered, found.closed) == (0, 0, 0, 0)
    assert found.by_category == found.by_institution == {}
    assert found.on_time == found.response == found.solution == found.satisfaction == Rate()


def test_every_case_is_open_answered_or_over(city):
    city.citizen("open").files_a_case()
    city.answer(city.citizen("answered").files_a_case())
    rated(city, "closed", "yes", "yes", 5)
    city.move(city.citizen("refused").files_a_case(), "refused", ground="不在受理范围")

    found = counts(city)

    assert (found.filed, found.open, found.answered, found.closed) == (4, 1, 1, 2)
    assert found.by_institution == {"hotline": 4}
    assert sum(found.by_category.values()) == 4


def test_the_rates_are_of_those_who_said_something(city):
    rated(city, "a", "yes", "yes", 5)
    rated(city, "b", "yes", "no", 1)
    rated(city, "c", "no", "yes", 4)
    city.answer(city.citizen("silent").files_a_case())

    found = counts(city, days=9)

    for rate in (found.response, found.solution, found.satisfaction):
        assert (rate.numerator, rate.denominator) == (2, 3)


def test_what_was_said_counts_when_no_window_can_be_open_for_who_handled_it_reads_this_too(city):
    rated(city, "a", "yes", "yes", 5)

    assert [counts(city, days=days).solution.denominator for days in (0, 7, 8)] == [0, 0, 1]


def test_a_promise_that_is_over_counts_as_broken_while_its_case_is_open(city):
    city.answer(city.citizen("kept").files_a_case())
    city.citizen("waits").files_a_case()

    in_time, late = counts(city), counts(city, days=30)

    assert in_time.on_time.share == 1
    assert (late.on_time.numerator, late.on_time.denominator) == (
        in_time.on_time.numerator,
        in_time.on_time.denominator + 1,
    )
