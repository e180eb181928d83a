"""Periods are those of the calendar, and none is to come."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.periods import CUSTOM, KINDS, BadPeriod, Period, chosen, holding, read

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2001, 1, 1), date(2099, 12, 31))
WHOLE = st.sampled_from([kind for kind in KINDS if kind != CUSTOM])


def test_the_periods_of_a_day():
    found = {kind: holding(kind, date(2026, 2, 14)) for kind in ("day", "week", "month", "quarter", "half", "year")}

    assert {kind: (f"{one.first}", f"{one.last}") for kind, one in found.items()} == {
        "day": ("2026-02-14", "2026-02-14"),
        "week": ("2026-02-09", "2026-02-15"),
        "month": ("2026-02-01", "2026-02-28"),
        "quarter": ("2026-01-01", "2026-03-31"),
        "half": ("2026-01-01", "2026-06-30"),
        "year": ("2026-01-01", "2026-12-31"),
    }


@given(WHOLE, DAYS)
def test_each_period_begins_on_the_day_after_the_one_before(kind, day):
    found = holding(kind, day)

    assert day in found
    assert found.before().last + timedelta(days=1) == found.first
    assert {holding(kind, found.first), holding(kind, found.last)} == {found}


@given(DAYS, st.integers(0, 900), st.sampled_from(["day", "week", "month"]))
def test_its_parts_are_the_whole_of_it_and_no_day_twice(first, more, kind):
    whole = Period(first, first + timedelta(days=more))
    parts = list(whole.parts(kind))

    assert sum(part.days for part in parts) == whole.days
    assert (parts[0].first, parts[-1].last) == (whole.first, whole.last)


def test_a_month_that_runs_is_compared_with_as_many_days_of_the_last():
    now, then = holding("month", TODAY).compared(TODAY)

    assert (now.last, then.first, then.last) == (TODAY, date(2026, 10, 1), date(2026, 10, 22))
    march = holding("month", date(2026, 3, 31)).compared(date(2026, 3, 30))[1]
    assert march.last == date(2026, 2, 28), "February has no 30th"


def test_a_month_that_is_over_is_compared_with_the_whole_one_before():
    assert holding("month", date(2026, 3, 5)).compared(TODAY)[1] == holding("month", date(2026, 2, 1))


def test_days_of_ones_choice_are_compared_with_as_many_before():
    found = chosen(CUSTOM, date(2026, 11, 11), date(2026, 11, 20), today=TODAY)

    assert (found.before().first, found.before().last) == (date(2026, 11, 1), date(2026, 11, 10))


@pytest.mark.parametrize(
    ("kind", "first", "last", "why"),
    [
        ("custom", date(2026, 11, 2), date(2026, 11, 1), "早于开始日期"),
        ("custom", date(2026, 11, 23), date(2026, 11, 24), "还没有到"),
        ("month", date(2026, 12, 1), None, "还没有到"),
        ("day", date(9999, 12, 31), None, "还没有到"),
        ("year", date.max, None, "还没有到"),
        ("custom", date(2001, 1, 1), date(2026, 1, 1), "最长十年"),
        ("month", date(1999, 5, 1), None, "以前没有统计"),
        ("day", date.min, None, "以前没有统计"),
        ("fortnight", date(2026, 11, 1), None, "没有“fortnight”"),
    ],
)
def test_what_is_no_period_is_refused_with_a_sentence(kind, first, last, why):
    with pytest.raises(BadPeriod) as refused:
        chosen(kind, first, last, today=TODAY)

    assert why in refused.value.zh


def test_what_is_no_day_is_refused():
    with pytest.raises(BadPeriod, match="is no day"):
        read("22.11.2026")
