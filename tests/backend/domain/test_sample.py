"""Which conversations are looked at is drawn, fairly, and stays so once a week is over."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.sample import Ended, drawn, over, week_ends

FIRST = date(2026, 11, 1)
AFTER = date(2027, 3, 1)
days = st.dates(FIRST, date(2026, 12, 31))
talks = st.lists(st.tuples(st.sampled_from("甲乙"), days), max_size=60).map(
    lambda rows: [Ended(key, who, day) for key, (who, day) in enumerate(rows)]
)


@given(talks, st.integers(0, 8))
def test_of_each_handler_and_month_as_many_are_drawn_as_are_wanted_or_there(ended, month):
    found = drawn(ended, seed="s", month=month, today=AFTER)

    there = Counter((one.handler, one.day.month) for one in ended)
    taken = Counter((one.handler, one.day.month) for one in ended if one.id in found)
    assert all(taken[key] <= min(month, there[key]) for key in there)
    last_weeks = Counter((one.handler, one.day.month) for one in ended if one.day.day > 21)
    assert all(taken[key] >= min(month, last_weeks[key]) for key in there)


@given(talks, days, st.integers(0, 8))
def test_what_was_drawn_of_a_week_that_is_over_stays_drawn(ended, today, month):
    then = drawn([one for one in ended if one.day <= today], seed="s", month=month, today=today)

    assert then <= drawn(ended, seed="s", month=month, today=AFTER)
    assert drawn(list(reversed(ended)), seed="s", month=month, today=AFTER) >= then


def test_another_seed_draws_others():
    ended = [Ended(key, "甲", FIRST) for key in range(100)]

    assert drawn(ended, seed="a", month=4, today=AFTER) != drawn(ended, seed="b", month=4, today=AFTER)


@pytest.mark.parametrize(("day", "ends"), [(1, 8), (7, 8), (8, 15), (21, 22)])
def test_a_week_ends_after_seven_days(day, ends):
    assert week_ends(date(2026, 11, day)) == date(2026, 11, ends)
    assert not over(date(2026, 11, day), date(2026, 11, ends) - timedelta(days=1))


def test_the_last_week_of_a_month_ends_with_it():
    assert week_ends(date(2026, 2, 22)) == date(2026, 3, 1)
    assert week_ends(date(2026, 12, 31)) == date(2027, 1, 1)
