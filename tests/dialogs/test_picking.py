"""A choice is named by its words in either script, or by its place in the row, however people write that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.commands import chosen

OFFERED = (("submit", "提交"), ("change", "改一项"), ("file:none", "都不是"))
MANY = tuple((str(n), f"第{n}类事") for n in range(1, 13))


@pytest.mark.parametrize(
    "words",
    ["2", "２", "②", "2.", "2️⃣", "（2）", "二", "两", "第二个", "第2个", "选2", "选第二项", "我选二", "就第二个吧", "2号", "回复2",
     "second", "the second one", "number two", "option 2", "改一项", "改一項", "改一项吧", "我选改一项", "点改一项"],
)  # fmt: skip
def test_the_second_choice_is_named_in_many_ways(words):
    assert chosen(words, OFFERED, numbered=True) == "change"


@pytest.mark.parametrize("words", ["最后一个", "最後一項", "the last one", "last"])
def test_so_is_the_last(words):
    assert chosen(words, OFFERED, numbered=True) == "file:none"


@pytest.mark.parametrize(("words", "place"), [("十", 10), ("十二", 12), ("第十一个", 11), ("10", 10), ("ten", 10)])
def test_a_long_row_has_places_beyond_nine(words, place):
    assert chosen(words, MANY, numbered=True) == str(place)


@pytest.mark.parametrize(
    "words", ["0", "4", "十三", "二楼", "2栋", "两个人打架", "我是第二个报名的", "oneself", "", "😀", "第", "选"]
)
def test_what_names_no_place_names_none(words):
    assert chosen(words, OFFERED, numbered=True) == ""


def test_where_numbers_are_answers_only_the_words_count():
    assert chosen("2", OFFERED, numbered=False) == ""
    assert chosen("都不是", OFFERED, numbered=False) == "file:none"


@given(st.text(max_size=30), st.booleans())
def test_any_text_names_an_offered_choice_or_none(text, numbered):
    assert chosen(text, MANY, numbered=numbered) in {"", *(key for key, _ in MANY)}
