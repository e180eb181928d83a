"""Groups out of likenesses."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nlp.topics.linkage import average


def grouped(count, likeness, least=0.5):
    return sorted(sorted(group) for group in average(count, likeness, least=least))


def test_what_is_like_nothing_stands_alone():
    assert grouped(3, {}) == [[0], [1], [2]]


def test_things_alike_are_one_group():
    assert grouped(4, {(0, 1): 0.9, (0, 2): 0.8, (1, 2): 0.7}) == [[0, 1, 2], [3]]


def test_a_chain_of_neighbours_is_not_one_group():
    assert grouped(4, {(0, 1): 0.9, (1, 2): 0.8, (2, 3): 0.9}) == [[0, 1], [2, 3]]


def test_of_equal_merges_the_smaller_numbers_come_first():
    assert grouped(3, {(0, 1): 0.6, (1, 2): 0.6}) == [[0, 1], [2]]


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]), st.floats(0.01, 1)
    )
)
def test_everything_is_in_one_group_and_each_group_is_alike_on_average(likeness):
    groups = average(8, likeness, least=0.5)

    assert sorted(thing for group in groups for thing in group) == list(range(8))
    for group in groups:
        pairs = [likeness.get((a, b), 0.0) for a in group for b in group if a < b]
        assert not pairs or sum(pairs) / len(pairs) >= 0.2  # merged at 0.5 each time; the mean of a mean may be less
