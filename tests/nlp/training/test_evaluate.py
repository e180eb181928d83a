"""How good proposals are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.category.classify import Classifier
from nlp.training.evaluate import Judged, PerClass, evaluate, judge
from tests.nlp.city import TOWN

LABELS = st.sampled_from(["甲", "乙", "丙"])
JUDGED = st.builds(Judged, LABELS, LABELS, st.booleans(), st.booleans())


def test_figures_are_as_counted_by_hand():
    judged = [
        Judged("甲", "甲", among_three=True, decided=True),
        Judged("甲", "乙", among_three=True, decided=True),
        Judged("乙", "乙", among_three=True, decided=False),
        Judged("乙", "丙", among_three=False, decided=False),
    ]

    measured = evaluate(judged, seed=1)

    assert (measured.n, measured.accuracy, measured.top3) == (4, 0.5, 0.75)
    assert (measured.decided, measured.right_when_decided) == (0.5, 0.5)
    assert measured.classes["甲"] == PerClass(n=2, precision=1.0, recall=0.5, f1=2 / 3)
    assert measured.macro_f1 == pytest.approx((2 / 3 + 0.5) / 2)


@given(st.lists(JUDGED, min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_order_does_not_matter_and_intervals_hold_the_middle(judged, chance):
    mixed = judged[:]
    chance.shuffle(mixed)

    first, second = evaluate(judged, seed=1), evaluate(mixed, seed=1)

    assert (first.accuracy, first.macro_f1, first.classes) == (second.accuracy, second.macro_f1, second.classes)
    assert all(0 <= low <= high <= 1 for low, high in first.ci95.values())
    assert first.ci95["accuracy"][0] <= first.accuracy <= first.ci95["accuracy"][1]


def test_shipped_words_and_trained_models_are_judged_alike(model):
    shipped = judge("供水", Classifier(TOWN).propose("停水了"))
    trained = judge("供水", model.propose("停水两天了"))

    assert (shipped.best, trained.best) == ("供水", "供水")
    assert shipped.among_three
    assert trained.among_three
