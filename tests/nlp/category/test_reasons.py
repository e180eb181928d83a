"""What would change a proposal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nlp.category.reasons import Contribution, would_change, would_tip

contributions = st.builds(
    Contribution, st.uuids().map(str), st.integers(-3, 9).map(float), st.integers(-3, 9).map(float)
)


def test_the_fewest_words_without_which_the_runner_up_is_ahead():
    said = [Contribution("吵", 3, 0), Contribution("音响", 2, 0), Contribution("水", 0, 3.5)]

    assert would_change(said) == ("吵",)


def test_where_nothing_speaks_for_the_runner_up_no_word_is_missed():
    assert would_change([Contribution("吵", 3, 0)]) == ()


def test_the_lightest_word_that_makes_up_for_the_lead_tips_it():
    words = [(1.0, "水费"), (2.0, "水管"), (3.0, "停水"), (3.0, "爆管")]

    assert would_tip(words, 2.5, taken=lambda word: word == "停水", other=lambda _: 0.0) == "爆管"
    assert would_tip(words, 3.0, taken=lambda _: False, other=lambda _: 0.0) is None
    assert would_tip(words, 2.5, taken=lambda _: False, other=lambda word: 1.0 if word == "停水" else 0.0) == "爆管"


@given(st.lists(contributions, max_size=12))
def test_without_them_the_runner_up_is_ahead_and_with_all_but_one_it_is_not(said):
    lead = sum(one.first - one.second for one in said)
    missing = would_change(said)
    left = [one for one in said if one.word not in missing]

    if missing and sum(one.first - one.second for one in left) < 0:
        weakest = min(one.first - one.second for one in said if one.word in missing)
        assert sum(one.first - one.second for one in left) + weakest >= 0
    assert lead >= 0 or missing == ()
