"""Every string is found at every place, the quick way and the slow way alike."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nlp.finder import Finder
from nlp.segment import normal

PIECES = st.sampled_from("噪 音 噪音 噪音扰民 扰民 民 a ab abc ☺ 物业 物业费 费".split())
STRINGS = st.lists(PIECES | st.text(min_size=1, max_size=4).map(normal), max_size=12)
TEXTS = (st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=60)).map(normal)


@given(STRINGS, TEXTS)
def test_both_ways_find_the_same(strings, text):
    quick, slow = Finder(strings), Finder(strings, quick=False)

    assert sorted(quick.places(text)) == sorted(slow.places(text))


@given(STRINGS, TEXTS)
def test_what_is_found_stands_there_and_what_stands_there_is_found(strings, text):
    finder = Finder(strings)

    found = {(finder.strings[number], start) for number, start, end in finder.places(text)}

    assert found == {(one, at) for one in strings for at in range(len(text)) if text.startswith(one, at)}


@given(STRINGS, TEXTS, st.booleans())
def test_of_those_with_one_start_the_longest_comes_last(strings, text, quick):
    last: dict[int, int] = {}

    for _, start, end in Finder(strings, quick=quick).places(text):
        assert end > last.get(start, 0)
        last[start] = end


def test_the_strings_a_text_holds_come_as_they_were_given():
    assert Finder(["物业", "噪音", "电梯"]).held("电梯有噪音") == ["噪音", "电梯"]
