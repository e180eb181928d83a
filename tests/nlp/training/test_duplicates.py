"""Letters that are nearly the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nlp.training import duplicates
from tests.nlp.letters import LETTERS

TEXTS = [each.detail for each in LETTERS[:12]]
LONG = "我是东城小区三号楼的业主，从上周开始每天晚上十一点以后楼下烧烤店的音响声音非常大，多次向物业反映没有结果，请有关部门尽快处理。"


def partition(texts: list[str]) -> set[frozenset[str]]:
    groups = duplicates.groups(texts)
    return {frozenset(t for t, g in zip(texts, groups, strict=True) if g == group) for group in groups}


def test_a_letter_sent_again_with_a_word_more_is_the_same():
    assert duplicates.groups([LONG, "停水了", "您好！" + LONG, LONG.replace("，", " ")]) == [0, 1, 0, 0]


def test_letters_about_the_same_thing_in_other_words_are_not_the_same():
    assert duplicates.groups([LONG, "楼下的烧烤店晚上放音响，吵得大家睡不着觉，找过物业也没有用。"]) == [0, 1]


@given(st.permutations([LONG, LONG + "谢谢。", "停水", "停水!", "停电", *TEXTS]))
def test_the_order_of_letters_does_not_matter(texts):
    assert partition(texts) == partition(sorted(texts))


@given(st.lists(st.integers(0, 5), min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_a_group_is_in_one_fold(groups, chance):
    order = list(range(len(groups)))
    chance.shuffle(order)

    folds = duplicates.folds(groups, 3, order)

    assert len(set(zip(groups, folds, strict=True))) == len(set(groups))
    assert set(folds) <= {0, 1, 2}
