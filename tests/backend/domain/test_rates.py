"""Rates are honest: no data is no rate, silence is no answer."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain import tally
from backend.domain.rates import RATES, ROWS, Rate, WrongCount, differs, reckon, reckon_all, wilson

people = st.integers(0, 10**9)


def test_nobody_asked_is_no_rate():
    for rate in reckon_all({}).values():
        assert (rate.share, rate.low, rate.high, rate.denominator, rate.left_out) == (None, None, None, 0, {})


def test_the_rates_of_a_small_month():
    counts = {
        "contacted_yes": 9, "contacted_no": 1, "contacted_silent": 2, "unasked": 4,
        "solved_yes": 3, "solved_partly": 1, "satisfied_1": 1, "satisfied_3": 1, "satisfied_4": 1, "satisfied_5": 1,
        "kept": 18, "late": 1, "overdue": 1, "waiting": 2, "void": 1,
        "repeat_yes": 1, "repeat_no": 4, "joined": 3,
        "returned_yes": 1, "returned_no": 1, "returned_none": 3,
        "reopened_yes": 2, "reopened_no": 6, "unanswered": 1,
    }  # fmt: skip
    found = reckon_all(counts)

    assert {key: rate.share for key, rate in found.items()} == {
        "response": 0.9, "solution": 0.75, "satisfaction": 0.5, "on_time": 0.9, "repeat": 0.2, "return": 0.5, "reopen": 0.25,
    }  # fmt: skip
    assert found["response"].left_out == {"silent": 2, "unasked": 4}
    assert found["on_time"].left_out == {"waiting": 2, "void": 1}
    assert found["repeat"].left_out == {"joined": 3}
    assert found["return"].left_out == {"unassigned": 3}
    assert found["reopen"].left_out == {"unanswered": 1}


def test_partly_solved_is_not_solved():
    assert reckon("solution", {"solved_partly": 7}).share == 0


@pytest.mark.parametrize("row", ROWS, ids=RATES)
def test_every_rate_says_in_both_languages_what_it_counts_and_leaves_out(row):
    reasons = [(reason.label, reason.label_en) for reason in row.left_out]
    told = [row.label, row.label_en, row.numerator, row.numerator_en, row.denominator, row.denominator_en]

    assert all(chain(told, *reasons))
    counted = [row.part, row.rest, *(reason.counts for reason in row.left_out)]
    assert len({*chain(*counted)}) == sum(map(len, counted)), "nothing is counted twice"


def test_what_a_rate_counts_is_what_histories_are_counted_by():
    known = {value for name, value in vars(tally).items() if name.isupper() and isinstance(value, str)}

    for row in ROWS:
        for key in chain(row.part, row.rest, *(reason.counts for reason in row.left_out)):
            assert key in known or any(key.startswith(one) for one in known if one.endswith("_"))


@given(people, people, people)
def test_a_rate_is_a_share(one, two, three):
    rate = reckon("solution", {"solved_yes": one, "solved_partly": two, "solved_no": three})

    assert rate.share is None or 0 <= rate.share <= 1
    assert rate.denominator == one + two + three


def test_a_count_below_zero_is_refused():
    with pytest.raises(WrongCount, match="contacted_no cannot be -1"):
        reckon("response", {"contacted_yes": 2, "contacted_no": -1})


def test_the_fewer_the_cases_the_wider_the_interval():
    assert wilson(0, 0) is None
    assert [round(bound, 3) for bound in wilson(8, 10) or ()] == [0.49, 0.943]
    assert [round(bound, 3) for bound in wilson(80, 100) or ()] == [0.711, 0.867]


@given(people, people)
def test_an_interval_holds_its_share_and_stays_between_none_and_all(part, rest):
    bounds = wilson(part, part + rest)

    assert bounds is None or 0 <= bounds[0] <= part / (part + rest) + 1e-9 <= bounds[1] + 2e-9 <= 1 + 3e-9


def test_a_difference_is_told_as_one_only_where_the_intervals_have_nothing_in_common():
    assert differs(Rate(158, 197), Rate(142, 146))
    assert not differs(Rate(41, 50), Rate(39, 43))
    assert not differs(Rate(5, 5), Rate())
