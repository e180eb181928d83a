"""A figure says how sure one may be of it, and whether its target is reached."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.evaluation.figures import Figure, f1, lines, middle, resampled, row, share, wilson


@given(st.integers(0, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_an_interval_holds_the_measured_share_and_stays_between_0_and_1(counted):
    right, of = counted

    low, high = wilson(right, of)

    assert 0.0 <= low <= (right / of if of else 0.5) + 1e-9
    assert (right / of if of else 0.5) - 1e-9 <= high <= 1.0


def test_wilsons_interval_is_the_one_in_the_books():
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)  # Newcombe 1998, table I


def test_a_target_is_a_floor_unless_it_is_a_ceiling():
    assert share("found", 9, 10, target=0.9).met
    assert not share("found", 8, 10, target=0.9).met
    assert not share("wrongly", 1, 60, target=0.0, most=True).met
    assert Figure("seconds", 12.0, 1, 30.0, most=True).met
    assert Figure("no target", 12.0, 1).met is None


def test_the_same_seed_gives_the_same_interval_around_the_figure():
    rows = [1] * 30 + [0] * 10

    low, high = resampled(rows, lambda some: sum(some) / len(some), seed=1)

    assert low < 0.75 < high
    assert (low, high) == resampled(rows, lambda some: sum(some) / len(some), seed=1)


def test_the_middle_leaves_out_what_is_farthest_on_both_sides():
    assert middle(range(1000)) == (25, 974)
    assert middle([7.0]) == (7.0, 7.0)


def test_f1_of_nothing_is_nothing():
    assert f1(0, 0, 0) == 0.0
    assert f1(3, 4, 5) == pytest.approx(6 / 9)


def test_a_table_shows_target_interval_number_and_whether_it_is_met():
    shown = lines([share("found", 1, 2, target=0.9), Figure("rank", 1, 600, 10, most=True)])

    assert shown[2:] == ["| found | ≥ 0.9 | 0.500 | 0.095 … 0.905 | 2 | **no** |", "| rank | ≤ 10 | 1 |  | 600 | yes |"]


def test_a_program_gets_the_same_as_people():
    told = row(share("found", 1, 2, target=0.9))

    assert (told["name"], told["value"], told["n"], told["met"]) == ("found", 0.5, 2, False)
