"""Rates are honest: no data is no rate, silence is no answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.rates import WrongCount, on_time, response, satisfaction, solution, wilson

people = st.integers(0, 10**9)


def test_nobody_asked_is_no_rate():
    assert response(contacted=0, not_contacted=0) is None
    assert solution(solved=0, partly=0, unsolved=0) is None
    assert satisfaction({}) is satisfaction({5: 0}) is None
    assert on_time(in_time=0, late=0) is None


def test_the_rates_of_a_small_month():
    assert response(contacted=9, not_contacted=1) == 0.9
    assert solution(solved=3, partly=1, unsolved=0) == 0.75
    assert satisfaction({1: 1, 3: 1, 4: 1, 5: 1}) == 0.5
    assert on_time(in_time=19, late=1) == 0.95


def test_partly_solved_is_not_solved():
    assert solution(solved=0, partly=7, unsolved=0) == 0


@given(people, people, people)
def test_a_rate_is_a_share(one, two, three):
    rate = solution(solved=one, partly=two, unsolved=three)

    assert rate is None or 0 <= rate <= 1


@pytest.mark.parametrize("score", [0, 6])
def test_a_score_outside_the_scale_is_refused(score):
    with pytest.raises(WrongCount, match=f"a score cannot be {score}"):
        satisfaction({score: 1})


def test_a_count_below_zero_is_refused():
    with pytest.raises(WrongCount, match="not contacted cannot be -1"):
        response(contacted=2, not_contacted=-1)
    with pytest.raises(WrongCount, match="people with score 5 cannot be -1"):
        satisfaction({5: -1})


def test_the_fewer_the_cases_the_wider_the_interval():
    assert wilson(0, 0) is None
    assert [round(bound, 3) for bound in wilson(8, 10) or ()] == [0.49, 0.943]
    assert [round(bound, 3) for bound in wilson(80, 100) or ()] == [0.711, 0.867]


@given(people, people)
def test_an_interval_holds_its_share_and_stays_between_none_and_all(part, rest):
    bounds = wilson(part, part + rest)

    assert bounds is None or 0 <= bounds[0] <= part / (part + rest) + 1e-9 <= bounds[1] + 2e-9 <= 1 + 3e-9
