"""A model goes live only if no class loses, on cases that nothing was learnt from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.taught import taught
from nlp.category.classify import Classifier
from nlp.category.learning import propose_words, triples
from nlp.category.verdict import ENOUGH, Figure, OtherCases, held_out, measure, no_worse
from tests.nlp.shop import KITCHEN, SHOP, confirmed, corrected, example

CLASSIFIER = Classifier(SHOP)


def judged(examples, check):
    found = propose_words(examples, CLASSIFIER)
    after = Classifier(taught(SHOP, triples(found), version=1))
    return no_worse(measure(CLASSIFIER, check), measure(after, check))


def test_what_is_right_for_all_passes():
    check = [*confirmed(), *corrected()]

    verdict = judged([*confirmed(), *corrected()], check)

    assert verdict.passes
    assert verdict.before["smoke"].right < verdict.after["smoke"].right


def test_a_poisoned_class_does_not_go_live():
    poisoned = [example(1000 + n, "楼下大排档的歌声和广播", "lift", corrected=True) for n in range(12)]
    honest = [example(2000 + n, "大排档的歌声，广播也响", "noise") for n in range(10)]

    verdict = judged([*confirmed(), *poisoned], [*confirmed(), *honest])

    assert verdict.worse == ("noise",)
    assert not verdict.passes


def test_one_class_that_loses_is_not_made_up_for_by_another_that_gains():
    before = {"noise": Figure(20, 40), "lift": Figure(10, 20)}
    after = {"noise": Figure(40, 40), "lift": Figure(9, 20)}

    assert no_worse(before, after).worse == ("lift",)


def test_too_few_cases_say_nothing():
    few = {"noise": Figure(ENOUGH - 1, ENOUGH - 1)}

    verdict = no_worse(few, few)

    assert (verdict.enough, verdict.passes, verdict.worse) == (False, False, ())


def test_two_models_are_compared_on_the_same_cases():
    with pytest.raises(OtherCases, match="different cases"):
        no_worse({"noise": Figure(1, 2)}, {"noise": Figure(1, 3)})


def test_about_one_case_in_five_is_kept_for_checking():
    kept = sum(held_out(f"20261121-HL-{n:06}-7") for n in range(5000))

    assert 900 < kept < 1100


def test_the_measure_counts_each_category_by_itself():
    found = measure(CLASSIFIER, [*confirmed(4), example(9, KITCHEN[0], "smoke")])

    assert found == {"lift": Figure(4, 4), "noise": Figure(4, 4), "smoke": Figure(4, 5)}


@given(st.text(max_size=30))
def test_a_case_is_kept_for_checking_always_or_never(number):
    assert held_out(number) == held_out(number)
