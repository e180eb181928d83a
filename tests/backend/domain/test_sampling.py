"""Who is asked is drawn by lot: the same seed draws the same people, whatever order they come in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.sampling import ALL, SOME, STRATA, Member, TooFew, draw, shares

TOWN = [Member(n, "东区" if n < 90 else "西区") for n in range(100)]


def test_the_same_seed_draws_the_same_people_in_whatever_order_they_are_told():
    first, again = (draw(people, SOME, size=10, seed="7") for people in (TOWN, TOWN[::-1]))

    assert first == again
    assert first.digest == again.digest
    assert draw(TOWN, SOME, size=10, seed="8") != first


def test_everybody_is_drawn_where_all_are_asked_or_there_are_fewer():
    assert {one.person for one in draw(TOWN, ALL, size=0, seed="7").people} == set(range(100))
    assert len(draw(TOWN[:3], SOME, size=10, seed="7").people) == 3


def test_somebody_who_stands_there_twice_is_drawn_once():
    assert len(draw([Member(1), Member(1)], ALL, size=0, seed="7").people) == 1


def test_each_stratum_is_drawn_in_proportion():
    drawn = draw(TOWN, STRATA, size=20, seed="7")

    assert {name: (one.of, one.drawn) for name, one in drawn.strata.items()} == {"东区": (90, 18), "西区": (10, 2)}


def test_a_small_stratum_has_one_at_least():
    assert shares({"东区": 1000, "西区": 1, "南区": 1}, 4) == {"东区": 2, "西区": 1, "南区": 1}


def test_fewer_people_than_strata_are_refused():
    with pytest.raises(TooFew) as refused:
        draw(TOWN, STRATA, size=1, seed="7")

    assert refused.value.strata == 2


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 50), min_size=1, max_size=8), st.integers(0, 400))
def test_shares_add_up_and_none_is_more_than_there_are(sizes, more):
    size = len(sizes) + more
    given_ = shares(sizes, size)

    assert sum(given_.values()) == min(size, sum(sizes.values()))
    assert all(1 <= given_[name] <= sizes[name] for name in sizes)
