"""What a campaign came to leaves the office without a group so small that it tells of somebody."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from backend.domain.campaign import SMALL
from backend.domain.questionnaire import TEXT, Answer, Question
from backend.services.campaigns.results import SHOWN, Row, _result, grouped


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


def test_of_very_many_words_and_photos_a_page_has_some_and_says_how_many_there_are():
    question = Question("q1", TEXT, "怎么样？")
    rows = [Row(n, "done", "", 1.0, {"q1": Answer(text=f"话{n}", photos=(n, -n))}) for n in range(1, SHOWN * 3)]

    found = _result(question, rows, cut="")

    assert (len(found.words), len(found.photos)) == (SHOWN, SHOWN)
    assert (found.told.answered, found.pictured) == (len(rows), 2 * len(rows))
