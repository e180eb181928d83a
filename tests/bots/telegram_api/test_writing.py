"""What we write is cut where people would cut it, and arrives as it was meant."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.telegram_api import writing
from bots.telegram_api.writing import LONGEST, escaped, parts, units

TEXT = st.text(st.characters(blacklist_categories=["Cs"]) | st.sampled_from("。\n 😀&<字"), max_size=40)


def squeezed(text):
    return "".join(text.split())


def test_a_short_text_is_one_message():
    assert parts("路灯坏了") == ["路灯坏了"]


def test_nothing_is_one_message_that_stands_for_it():
    assert [escaped(part) for part in parts(" \n")] == ["…"]


def test_an_emoji_counts_twice():
    assert units("a😀") == 3


def test_signs_that_mean_something_in_html_are_escaped():
    assert escaped('<b & "x">') == '&lt;b &amp; "x"&gt;'


def test_a_case_number_can_be_copied_with_a_tap():
    assert escaped("编号 20261122-HL-000001-7。") == "编号 <code>20261122-HL-000001-7</code>。"


@pytest.mark.parametrize("text", ["120261122-HL-000001-7", "20261122-HL-000001-77", "20261122-hl-000001-7"])
def test_what_only_looks_like_a_case_number_stays_text(text):
    assert escaped(text) == text


def test_a_long_text_is_cut_between_paragraphs():
    first, second = "一" * 3000, "二" * 3000

    assert parts(f"{first}\n\n{second}") == [first, second]


def test_a_long_paragraph_is_cut_after_a_sentence():
    told = parts("字" * 2999 + "。" + "字" * 3000)

    assert [len(part) for part in told] == [3000, 3000]


def test_a_text_without_any_bound_is_cut_at_the_limit():
    assert [units(part) for part in parts("😀" * 3000)] == [LONGEST, 6000 - LONGEST]


def test_half_a_character_does_no_harm():
    assert parts("a\ud800b") == ["a?b"]


@given(st.lists(TEXT, max_size=12))
def test_nothing_is_lost_and_every_part_fits(texts):
    whole = "\n".join(texts)

    with pytest.MonkeyPatch.context() as limits:
        limits.setattr(writing, "LONGEST", 16)
        told = parts(whole)

    assert all(0 < units(part) <= 16 for part in told) or told == [""]
    assert squeezed("".join(told)) == squeezed(whole)


@given(TEXT)
def test_what_is_read_is_what_was_written(text):
    shown = escaped(text)

    assert html.unescape(shown) == (text or "…")
    assert "<" not in shown
