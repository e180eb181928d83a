"""Lateness foretold: learnt where there is something to learn, the plain rate where there is not, and always with why."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.forecast import (
    Glimpse,
    Learnt,
    as_json,
    brier,
    fit,
    from_json,
    learn,
    load,
    of,
    point,
    rates_of,
    sigmoid,
)

HEAVY, LIGHT = "load=heavy", "load=light"


def months(cases: int, *, structured: bool, seed: int = 3) -> list[Glimpse]:
    """Two categories over ten months; in a structured office a heavy load makes four of five late, a light one of ten one."""
    chance = random.Random(seed)
    found = []
    for n in range(cases):
        category, weight = chance.choice(["roads", "noise"]), chance.choice([HEAVY, LIGHT])
        late = chance.random() < ((0.8 if weight == HEAVY else 0.1) if structured else 0.3)
        month = f"2026-{n * 10 // cases + 1:02}"
        found.append(Glimpse(month, category, 0.0, (f"category={category}", weight), late))
    return found


def test_what_can_be_learnt_is_learnt_and_beats_the_base_rate():
    learnt = learn(months(4000, structured=True))

    assert learnt.better
    assert learnt.trial is not None
    assert learnt.trial.months == ("2026-09", "2026-10")
    assert learnt.trial.model < learnt.trial.base - 0.05
    heavy = of(learnt, category="roads", share=0.0, names=("category=roads", HEAVY))
    light = of(learnt, category="roads", share=0.0, names=("category=roads", LIGHT))
    assert heavy is not None
    assert light is not None
    assert heavy.chance == pytest.approx(0.8, abs=0.05)
    assert light.chance == pytest.approx(0.1, abs=0.05)
    assert heavy.reasons[0][0] == HEAVY
    assert heavy.reasons[0][1] > 0 > light.reasons[0][1]


@pytest.mark.parametrize("seed", range(5))
def test_where_there_is_nothing_to_learn_the_base_rate_is_served_and_said_to_be_that(seed):
    learnt = learn(months(3000, structured=False, seed=seed))
    told = of(learnt, category="roads", share=0.0, names=("category=roads", HEAVY))

    assert not learnt.better
    assert told is not None
    assert (told.better, told.chance, told.reasons) == (False, told.base, ())
    assert told.base == pytest.approx(0.3, abs=0.05)


def test_too_few_are_never_tried():
    learnt = learn(months(300, structured=True))

    assert (learnt.trial, learnt.better) == (None, False)
    assert learnt.base("roads", 0.0) is not None


def test_of_nothing_nothing_is_told():
    assert of(learn([]), category="roads", share=0.0, names=()) is None


def test_a_category_never_seen_has_the_rate_of_all():
    learnt = learn(months(300, structured=True))

    assert learnt.base("moon", 0.0) == learnt.rates["@0.0"]
    assert learnt.base("moon", 0.5) is None


def test_the_rate_of_a_small_category_is_drawn_to_that_of_all():
    many = [Glimpse("2026-01", "roads", 0.0, (), late=n % 2 == 0) for n in range(1000)]
    rates = rates_of([*many, Glimpse("2026-01", "moon", 0.0, (), late=True)])

    assert rates["moon@0.0"] == pytest.approx(0.55, abs=0.01)


def test_the_same_glimpses_in_any_order_give_the_same():
    glimpses = months(1000, structured=True)
    shuffled = random.Random(1).sample(glimpses, len(glimpses))

    assert learn(shuffled) == learn(glimpses)


def test_it_is_kept_as_json_and_comes_back_the_same():
    for glimpses in (months(2000, structured=True), months(50, structured=True)):
        learnt = learn(glimpses)
        assert from_json(as_json(learnt)) == Learnt(dict(learnt.weights), dict(learnt.rates), learnt.trial, learnt.n)


def test_a_name_that_all_late_ones_have_is_weighed_within_reason():
    weights = fit([Glimpse("2026-01", "c", 0.0, ("a=1",) if n % 2 else ("a=0",), late=n % 2 == 1) for n in range(100)])

    assert 1 < weights["a=1"] < 10
    assert weights["a=0"] < -1


@pytest.mark.parametrize(("gone", "share"), [(-1, 0.0), (0, 0.0), (0.3, 0.25), (0.5, 0.5), (0.99, 0.75), (3, 0.75)])
def test_a_clock_stands_at_the_last_point_it_has_passed(gone, share):
    assert point(gone) == share


@pytest.mark.parametrize(
    ("count", "usual", "name"),
    [(2, 9, "light"), (9, 9, "usual"), (15, 9, "heavy"), (40, 9, "flooded"), (0, 0, "usual")],
)
def test_a_load_is_told_beside_what_is_usual(count, usual, name):
    assert load(count, usual) == name


def test_the_brier_score_of_a_known_few():
    assert brier([(1.0, True), (0.5, False)]) == pytest.approx(0.125)
    assert brier([]) == 0.0


@given(st.floats(-1e6, 1e6))
def test_a_chance_lies_between_nothing_and_certainty(value):
    assert 0 < sigmoid(value) < 1
