"""What is counted in a text."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.segment import Segmenter
from nlp.training.features import HEAD_CHARACTERS, KINDS, features, finds, read

SEGMENTER = Segmenter()
PIECES = st.lists(
    st.sampled_from("停水 三天 物业 ， 。 12 35 ａｂ W 漢 😀 \u3000 \n".split(" ")) | st.text(max_size=4)
).map("".join)


def test_any_number_is_the_same_and_so_is_any_blank():
    first, second = (read(text, "", SEGMENTER) for text in ("停水35天\n  了", "停水９０天　了"))

    assert first == second


def test_without_a_subject_the_beginning_stands_for_it():
    assert read("停水" * 50, "", SEGMENTER).texts["subject"] == ("停水" * 50)[:HEAD_CHARACTERS]


def test_runs_are_all_pieces_of_their_sizes():
    assert features(read("", "停水了", SEGMENTER), KINDS["subject runs"]) == ["停", "水", "了", "停水", "水了"]


def test_punctuation_is_no_word_and_stands_in_no_pair_s_way():
    reading = read("停水，三天", "物业", SEGMENTER)

    assert features(reading, KINDS["detail words"]) == ["停水", "三天"]
    assert features(reading, KINDS["whole pairs"]) == ["物业 停水", "停水 三天"]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@given(text=PIECES, subject=PIECES, data=st.data())
def test_what_is_looked_for_is_found_as_often_as_it_is_there(kind, text, subject, data):
    reading = read(text, subject, SEGMENTER)
    every = features(reading, kind)
    known = data.draw(st.frozensets(st.sampled_from(every) if every else st.nothing())) | {"没有这个"}
    wanted = Counter(feature for feature in every if feature in known)

    assert finds(kind, known, quick=False)(reading) == wanted
    assert finds(kind, known)(reading) == wanted
