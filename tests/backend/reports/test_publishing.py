"""No published table points at a person, nor does what is left when the rest is taken away."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backend.reports.publishing import FEW, publish, series

TABLES = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 40))
LINES = st.lists(st.integers(0, 40), max_size=12)


def test_large_rows_are_named_largest_first_and_small_ones_told_together():
    table = publish({"噪声": 22, "供水": 30, "教育": 9, "医疗": 8})

    assert table.rows == (("供水", 30), ("噪声", 22))
    assert table.rest == 17


def test_one_small_row_takes_the_smallest_large_one_with_it():
    table = publish({"噪声": 22, "供水": 30, "教育": 4})

    assert table.rows == (("供水", 30),)
    assert table.rest == 26


def test_few_are_not_counted_out():
    assert publish({"噪声": 4}).rest == "<10"
    assert publish({"噪声": 12}).rest == 0
    assert publish({}).rest == 0


@given(TABLES)
def test_no_small_number_is_ever_told(counts):
    table = publish(counts)

    told = [count for _, count in table.rows] + [table.rest]
    assert not any(isinstance(number, int) and 0 < number < FEW for number in told)


@given(TABLES)
def test_no_small_number_is_what_is_left_of_the_sum(counts):
    """Everything together is told elsewhere on the page, where it is ten or more."""
    table, total = publish(counts), sum(counts.values())

    hidden = [n for name, n in counts.items() if n and name not in dict(table.rows)]
    if total >= FEW and any(n < FEW for n in hidden):
        assert len(hidden) > 1
        assert sum(hidden) >= FEW


@given(TABLES)
def test_nothing_is_left_out(counts):
    table, total = publish(counts), sum(counts.values())

    rest = table.rest if isinstance(table.rest, int) else total
    assert sum(count for _, count in table.rows) + rest == total


def safe(counts, told):
    """What is missing of a line cannot be reckoned to a small number from its sum."""
    missing = [n for n, shown in zip(counts, told, strict=True) if shown is None]
    small = [n for n in counts if 0 < n < FEW]
    assert all(shown is None for n, shown in zip(counts, told, strict=True) if 0 < n < FEW)
    if small and sum(counts) >= FEW:
        assert len(missing) > 1
        assert sum(missing) >= FEW


@given(LINES)
def test_months_cannot_be_reckoned_from_their_sum(counts):
    safe(counts, series(counts))


@given(LINES)
def test_what_is_told_is_true(counts):
    assert all(told in {None, n} for n, told in zip(counts, series(counts), strict=True))
