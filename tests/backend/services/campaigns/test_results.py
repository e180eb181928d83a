"""What a campaign came to leaves the office without a group so small that it tells of somebody."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from backend.domain.campaign import SMALL
from backend.services.campaigns.results import Row, grouped


def told(sizes: dict[str, int]) -> Counter[str]:
    """How many rows of the file name which group; empty: it is left out."""
    rows = [Row(n, "done", name, 1.0, {}) for name, size in sizes.items() for n in range(size)]
    return Counter(row.group for row in grouped(rows))


def test_a_small_group_is_not_named_in_the_file_nor_told_by_being_missing():
    assert told({"东区": 12, "西区": 6, "北区": 2}) == {"东区": 12, "": 8}


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 20), min_size=1))
def test_what_is_left_out_is_nobody_or_too_many_to_tell_or_everybody(sizes):
    counts = told(sizes)
    left_out = counts.pop("", 0)

    assert all(count >= SMALL for count in counts.values())
    assert left_out == 0 or left_out >= SMALL or not counts
    assert left_out + sum(counts.values()) == sum(sizes.values())
