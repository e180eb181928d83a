"""A trained model at work."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st


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
