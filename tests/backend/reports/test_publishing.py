"""No published table points at a person."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backend.reports.publishing import FEW, publish

TABLES = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 30))


def test_large_rows_are_named_largest_first_and_small_ones_told_together():
    table = publish({"噪声": 12, "供水": 30, "教育": 4, "医疗": 3})

    assert table.rows == (("供水", 30), ("噪声", 12))
    assert table.rest == 7


def test_few_are_not_counted_out():
    assert publish({"噪声": 12, "教育": 4}).rest == "<5"
    assert publish({"噪声": 12}).rest == 0
    assert publish({}).rest == 0


@given(TABLES)
def test_no_number_between_one_and_four_is_ever_told(counts):
    table = publish(counts)

    told = [count for _, count in table.rows] + [table.rest]
    assert not any(isinstance(number, int) and 0 < number < FEW for number in told)


@given(TABLES)
def test_nothing_is_left_out(counts):
    table = publish(counts)

    rest = table.rest if isinstance(table.rest, int) else sum(counts.values()) - sum(n for _, n in table.rows)
    assert sum(count for _, count in table.rows) + rest == sum(counts.values())
