"""No published table points at a person, nor does what is left when the rest is taken away."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from backend.domain.rates import Rate
from backend.reports.publishing import FEW, STEP, Share, publish, rough, series, share

TABLES = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 40))
LINES = st.lists(st.integers(0, 40), max_size=12)
WHOLES = st.integers(1, 200) | st.integers(1, 10**6)


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


def test_a_rate_of_many_on_both_sides_is_told_with_its_interval_and_else_roughly():
    assert share(Rate(720, 800)) == Share(0.9, Rate(720, 800).low, Rate(720, 800).high)
    assert share(Rate(792, 800)) == Share(over=0.98)
    assert share(Rate(4, 25)) == Share(under=0.4)
    assert share(Rate(12, 19)) == share(Rate()) == Share()


@given(WHOLES, st.data())
def test_what_is_told_of_few_and_their_whole_is_the_same_for_none_to_nine(whole, data):
    """So neither a numerator nor a complement under FEW can be rebuilt from what is shown and the whole."""
    few = data.draw(st.integers(0, min(FEW - 1, whole)))

    assert share(Rate(few, whole)) == share(Rate(0, whole))
    assert share(Rate(whole - few, whole)) == share(Rate(whole, whole))


@given(WHOLES, st.data())
def test_a_share_is_exact_only_where_many_are_on_both_sides(whole, data):
    part = data.draw(st.integers(0, whole))
    told = share(Rate(part, whole))

    assert (told.share is not None) == (told.low is not None) == (FEW <= part <= whole - FEW)


@given(WHOLES, st.data())
def test_what_is_told_roughly_is_true(whole, data):
    part = data.draw(st.integers(0, whole))
    told = share(Rate(part, whole))
    assume(told.share is None)

    assert told.over is None or part / whole > told.over
    assert told.under is None or part / whole < told.under


@given(st.integers(0, 10**6))
def test_a_number_told_roughly_is_near_and_never_made_few(count):
    assert rough(count) % STEP == 0
    assert abs(rough(count) - count) <= STEP // 2
    assert count < FEW or rough(count) >= FEW
