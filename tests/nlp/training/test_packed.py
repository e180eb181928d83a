"""Adding the weights of all labels at once."""

from __future__ import annotations

from array import array
from collections import Counter
from math import log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.training.packed import AHEAD, RARITY_STEP, Block, Packed, finish

NAMES = ("停水", "噪声", "公交", "the", "水")
LOWEST, HIGHEST, RAREST = -32767, 32767, 65535


def block(weights, rarity, *, names=NAMES, step=0.01):
    """A block with a column of weights for each label."""
    columns = tuple(array("h", column) for column in weights)
    rarities = array("f", (each * RARITY_STEP for each in rarity))
    return Block(
        "detail words", {name: row for row, name in enumerate(names)}, bytes(len(names)), rarities, columns, step
    )


def by_hand(one, counts):
    """What the features say for each label, added up as the definition has it."""
    often = {name: 1.0 + log(count) for name, count in counts.items() if name in one.index}
    length = sqrt(sum((each * one.rarity[one.index[name]]) ** 2 for name, each in often.items()))
    return [
        sum(each * column[one.index[name]] * one.step / length for name, each in often.items())
        for column in one.weights
    ]


WEIGHTS = st.lists(st.integers(LOWEST, HIGHEST), min_size=len(NAMES), max_size=len(NAMES))
BLOCKS = st.builds(
    block,
    st.lists(WEIGHTS, min_size=3, max_size=3),
    st.lists(st.integers(4096, RAREST), min_size=len(NAMES), max_size=len(NAMES)),
)
COUNTS = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 3000), min_size=1)


@given(BLOCKS, COUNTS, st.booleans())
def test_the_sum_is_that_of_every_label_by_itself(one, counts, ahead):
    scores, _ = finish(one, Packed([one], ahead=ahead).add_up(counts))

    assert scores == pytest.approx(by_hand(one, counts), rel=1e-4, abs=HIGHEST * one.step * 1e-4)


@given(BLOCKS, BLOCKS, COUNTS)
def test_two_blocks_together_add_up_as_each_alone(one, other, counts):
    together = Packed([one, other], ahead=True).add_up(counts)

    assert together == [sums for each in (one, other) for sums in Packed([each], ahead=False).add_up(counts)]


@given(BLOCKS, COUNTS, COUNTS)
def test_words_of_the_subject_come_on_top_of_those_of_the_detail(one, detail, subject):
    packed = Packed([one], ahead=True)

    parts = [*packed.add_up(detail), *packed.add_more(subject, detail)]

    assert finish(one, parts) == finish(one, packed.add_up(Counter(detail) + Counter(subject)))


@given(BLOCKS, st.lists(COUNTS, max_size=10))
def test_numbers_that_were_forgotten_are_made_again(one, asked):
    forgetful, kept = Packed([one], ahead=False, kept=1), Packed([one], ahead=True)

    assert [forgetful.add_up(counts) for counts in asked] == [kept.add_up(counts) for counts in asked]


@pytest.mark.parametrize("weight", [LOWEST, HIGHEST])
def test_the_longest_text_of_the_strongest_features_fits_its_places(weight):
    names = tuple(map(str, range(16_000)))
    weights = [[weight] * len(names), [-weight] * len(names), [0] * len(names)]
    one = block(weights, [RAREST] * len(names), names=names)
    packed = Packed([one, one], ahead=True)

    for counts in (dict.fromkeys(names, 1), dict.fromkeys(names[:5333], 3), {names[0]: 8000}):
        first, second = packed.add_up(counts)

        assert first == second
        assert finish(one, [first])[0] == pytest.approx(by_hand(one, counts), rel=1e-4)


def test_where_nothing_was_found_nothing_is_said():
    one = block([[1] * 5] * 2, [4096] * 5)

    assert finish(one, Packed([one], ahead=True).add_up({})) == ([0.0, 0.0], 0.0)


def test_with_many_labels_only_what_is_asked_for_is_kept():
    one = block([[label] * 5 for label in range(AHEAD + 1)], [4096] * 5)
    packed = Packed([one], ahead=True)

    scores, _ = finish(one, packed.add_up({"停水": 2}))

    assert list(packed) == ["停水"]
    assert scores == pytest.approx([label * one.step for label in range(AHEAD + 1)], rel=1e-4)
