"""A trained model at work."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.segment import QUICK_FROM
from nlp.training import train
from nlp.training.features import KINDS
from nlp.training.model import Model
from tests.nlp.letters import LETTERS, silent


def test_the_label_is_the_category_and_there_is_no_department(model):
    best = model.propose("停水三天了").best

    assert (best.category, best.category_id) == ("供水", "供水")
    assert (best.matter, best.matter_id, best.department, best.department_id) == (None, None, None, None)


def test_the_words_that_spoke_for_the_first_and_for_the_runner_up_are_named(model):
    proposal = model.propose("水管爆了，修水管的施工声音很大，半夜吵得睡不着")
    first, second = (candidate.category for candidate in proposal.top[:2])

    assert {why.category for why in proposal.why} == {first, second}
    assert {why.category: why.word for why in reversed(proposal.why)}[first] in proposal.why[0].word
    assert all(why.weight > 0 and len(why.word) > 1 for why in proposal.why)


def test_what_no_letter_said_decides_nothing(model):
    for text in ("", "!!!", "zzz qqq"):
        proposal = model.propose(text)

        assert (proposal.confidence, proposal.decided, proposal.why) == (0.0, False, ())


def test_the_subject_may_be_missing(model):
    assert model.propose("东城小区停水两天了").best.category == "供水"
    assert model.propose("", subject="东城小区停水两天了").best.category == "供水"


def test_full_width_and_traditional_characters_are_the_same_words(model):
    assert model.propose("東城小區停水兩天了") == model.propose("东城小区停水两天了")


def warm(model, *, quick):
    """The same model after so much text that everything is prepared ahead."""
    same = Model(model.labels, model.blocks, model.bias, model.calibration, model.history, quick=quick)
    same.propose("停水" * QUICK_FROM)
    same.propose("停水" * QUICK_FROM)
    return same


@pytest.fixture(scope="module")
def ways(model):
    """With the extra fast, and without."""
    return warm(model, quick=True), warm(model, quick=False)


PIECES = st.sampled_from(
    [*"，。12Ａ😀", *(piece for letter in LETTERS[::3] for piece in (letter.subject, letter.detail))]
)
TOLD = st.lists(PIECES | st.text(max_size=5), max_size=8).map("".join)


@given(TOLD, TOLD)
def test_the_quick_way_proposes_the_same_for_the_same_reasons(ways, text, subject):
    quick, slow = (model.propose(text, subject=subject) for model in ways)

    assert quick == slow


@pytest.mark.parametrize(
    "kinds", [["subject words"], ["whole words"], ["detail runs"], ["whole pairs", "subject runs"], list(KINDS)]
)
def test_whatever_kinds_are_counted_all_ways_agree(kinds):
    small = train.train(LETTERS, seed=1, told=silent, kinds=kinds)
    ways = small, warm(small, quick=True), warm(small, quick=False)

    for letter in LETTERS[::7]:
        first, *others = (model.propose(letter.detail, subject=letter.subject) for model in ways)

        assert first.why
        assert others == [first, first]


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_gets_shares_that_add_up(model, text, subject):
    proposal = model.propose(text, subject=subject)

    assert sum(candidate.score for candidate in proposal.top) == pytest.approx(1.0)
    assert [c.score for c in proposal.top] == sorted((c.score for c in proposal.top), reverse=True)


def test_a_long_text_takes_no_longer_than_its_first_4000_characters(model):
    model.propose("预热")
    started = perf_counter()

    model.propose("每天停水" * 100_000)

    assert perf_counter() - started < 1.0
