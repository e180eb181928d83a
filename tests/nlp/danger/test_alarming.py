"""Weights of characters and their neighbours: what sounds like danger although no rule knows its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.danger.alarming import KINDS, PART, grams, heaviest, kind, known, parts, weight
from nlp.segment import normal


def test_what_sounds_like_danger_weighs_more_than_what_does_not():
    assert weight("孩子掉进水里没上来") > 0 > weight("请问医保卡怎么办理")


@pytest.mark.parametrize(
    ("text", "expected"), [("满屋煤气", "gas"), ("不想再醒过来了", "self_harm"), ("房子烧起来", "fire")]
)
def test_the_kind_is_the_one_that_its_words_speak_for(text, expected):
    assert kind(text) == expected


def test_the_stretch_that_weighs_most_is_named():
    text = "您好请问一下 我妈晕倒了 谢谢"
    start, end = heaviest(text)

    assert "晕倒" in text[start:end]


def test_blanks_marks_and_the_size_of_letters_and_numbers_change_nothing():
    assert weight("三楼 3 个人,wifi") == weight("三楼!!45 , 个人  WIFI") != 0


def test_a_text_without_chinese_weighs_nothing():
    assert weight("the lift is out of order") == 0


def test_every_gram_has_a_weight_for_each_kind():
    assert {len(row) for row in known().which.values()} == {len(KINDS)}


def test_a_part_is_as_long_as_a_short_message():
    bounds = parts("第一句话。第二句话!" * 20)

    assert all(0 < end - start <= PART + 1 for start, end in bounds)


@given(st.text(max_size=300))
def test_no_text_is_too_odd_to_be_weighed(text):
    plain = normal(text)
    start, end = heaviest(plain)

    assert 0 <= start <= end <= len(plain)
    assert kind(plain) in KINDS
    assert weight(plain) == weight(plain)


@given(st.text("煤气孩子掉水里医保卡,。 12\n", max_size=30).map(lambda text: f"漏{text}"))
def test_a_text_weighs_what_its_characters_and_neighbours_weigh_together(text):
    weights = known()

    assert weight(text) == weights.bias + sum(weights.whether.get(gram, 0) for gram in grams(text))
