"""What corrections teach: single words, few, light, of several people's cases, and nothing about anybody."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from institutions.taught import taught
from nlp.category.classify import Classifier
from nlp.category.learning import HEAVIEST, LIGHTEST, MOST, SUPPORT, Reader, best, propose_words, triples
from tests.nlp.shop import KITCHEN, SHOP, confirmed, corrected, example

CLASSIFIER = Classifier(SHOP)


def learnt(*examples):
    return {(one.category, one.word) for one in propose_words(examples, CLASSIFIER)}


def test_a_word_of_several_corrected_cases_is_learnt():
    found = propose_words([*confirmed(), *corrected()], CLASSIFIER)

    assert ("smoke", "油烟") in {(one.category, one.word) for one in found}
    assert all(LIGHTEST <= one.weight <= HEAVIEST and one.support >= SUPPORT for one in found)
    assert all(one.inside > one.outside for one in found)


def test_what_was_learnt_puts_the_proposal_right():
    found = propose_words([*confirmed(), *corrected()], CLASSIFIER)

    after = Classifier(taught(SHOP, triples(found), version=1))

    assert best(CLASSIFIER, example(1, KITCHEN[0], "")) == "noise"
    assert best(after, example(1, KITCHEN[0], "")) == "smoke"
    assert {best(after, one) == one.category for one in confirmed()} == {True}


def test_without_corrections_nothing_is_proposed():
    assert propose_words(confirmed(), CLASSIFIER) == ()
    assert propose_words([], CLASSIFIER) == ()


def test_one_citizen_who_complains_often_teaches_nothing():
    often = [replace(one, person="the same") for one in corrected(40)]

    assert learnt(*confirmed(), *often) == set()


def test_a_word_that_is_common_everywhere_is_no_mark():
    spread = [example(2000 + n, "油烟里有噪音", "noise") for n in range(30)]

    assert ("smoke", "油烟") not in learnt(*confirmed(), *corrected(), *spread)


@pytest.mark.parametrize(("harmed", "kept"), [(2, True), (6, False)])
def test_a_word_that_turns_right_proposals_wrong_must_be_worth_it(harmed, kept):
    plain = [example(n, "噪音大", "noise") if n % 4 else example(n, "电梯坏了", "lift") for n in range(80)]
    right = [example(100 + n, "广播播报", "noise") for n in range(harmed)]
    loud = [example(200 + n, "广播播报", "lift", corrected=True) for n in range(15)]

    assert (("lift", "广播") in learnt(*plain, *right, *loud)) is kept


def test_what_a_person_took_back_is_not_proposed_again():
    examples = [*confirmed(), *corrected()]

    assert "油烟" not in {w.word for w in propose_words(examples, CLASSIFIER, barred={("smoke", "油烟")})}


def test_names_places_times_and_numbers_are_never_read():
    told = "我叫张伟，住在北京市朝阳区阳光小区3栋，电话13800138000，昨天油烟很大，车牌京A12345，联系人：高峰"

    words = Reader(SHOP).words(example(1, told, "smoke"))

    assert "油烟" in words
    assert words.isdisjoint("张伟 北京 北京市 朝阳 朝阳区 阳光 小区 昨天 高峰".split())
    assert not any(char.isascii() for word in words for char in word)


def test_words_outside_the_dictionary_are_never_learnt_for_they_may_be_names():
    shops = [example(1000 + n, "鑫旺福的广播油烟", "smoke", corrected=True) for n in range(8)]

    assert {word for _, word in learnt(*confirmed(), *shops)} <= {"油烟"}


def test_a_longer_word_around_one_that_is_known_says_nothing_new():
    dusty = [example(1000 + n, "广播里说灰尘污染", "smoke", corrected=True) for n in range(8)]

    assert not any("灰尘" in word for _, word in learnt(*confirmed(), *dusty))


def test_a_category_that_is_no_more_teaches_nothing():
    gone = [replace(one, category="gone") for one in corrected()]

    assert learnt(*confirmed(), *gone) == set()


@given(st.randoms(use_true_random=False))
@settings(max_examples=6)
def test_the_order_of_the_cases_does_not_matter(random):
    examples = [*confirmed(), *corrected()]
    shuffled = random.sample(examples, len(examples))

    assert propose_words(shuffled, CLASSIFIER) == propose_words(examples, CLASSIFIER)


@given(
    st.lists(st.tuples(st.text(max_size=40), st.sampled_from(["noise", "lift", "smoke"]), st.booleans()), max_size=40)
)
@settings(max_examples=10)
def test_whatever_was_said_few_and_light_words_come_of_it(told):
    examples = [example(n, text, key, corrected=corrected) for n, (text, key, corrected) in enumerate(told)]

    found = propose_words([*confirmed(), *examples], CLASSIFIER)

    assert len(found) <= MOST
    assert all(LIGHTEST <= one.weight <= HEAVIEST for one in found)
