"""What the desk shows of words: differences that take no time, and samples that nothing reaches through."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from backend.web.desk.wording_view import Piece, difference, shown
from institutions.catalog import load_all

HOTLINE = load_all()["hotline"]


@given(some.text("ab，路", max_size=30), some.text("ab，路", max_size=30))
def test_a_difference_tells_both_texts_whole(before, after):
    pieces = difference(before, after)
    assert "".join(one.text for one in pieces if one.how != "new") == before
    assert "".join(one.text for one in pieces if one.how != "gone") == after


def test_a_difference_is_no_more_than_what_changed():
    assert difference("路灯已经修好。", "路灯明天修好。") == [
        Piece("same", "路灯"),
        Piece("gone", "已经"),
        Piece("new", "明天"),
        Piece("same", "修好。"),
    ]


def test_words_that_repeat_themselves_hold_no_page_up():
    begun = time.process_time()
    difference("abc" * 200, "ab" * 1000)
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("text", ["{n:>999999999}", "{who.__class__}", "{n!r}", "{0}", "{n", "{}", "{who[0]}"])
def test_braces_that_hold_no_name_are_shown_as_they_are(text):
    assert shown(text, "zh", HOTLINE) == text


def test_a_fact_is_shown_by_its_sample_or_its_name():
    assert shown("编号{number}，{odd}", "zh", HOTLINE) == "编号20261121-HL-000042-7，［odd］"
