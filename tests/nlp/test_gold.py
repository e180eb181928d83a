"""The gold: 280 messages written apart from the words that classify them. Floors only ever rise."""

from __future__ import annotations

from collections import Counter

import pytest

from institutions.catalog import load_all
from scripts.evaluation.figures import wilson
from scripts.evaluation.gold import judge_all, share

FLOORS = {
    "category": 0.90,
    "category_top3": 0.98,
    "department": 0.89,
    "department_top3": 0.98,
    "kind": 0.96,
    "grade": 0.96,
}


@pytest.fixture(scope="module")
def rows():
    return judge_all()


def test_each_institution_has_ten_messages(rows):
    assert Counter(row.institution for row in rows) == dict.fromkeys(load_all(), 10)


@pytest.mark.parametrize(("part", "floor"), FLOORS.items(), ids=FLOORS)
def test_messages_are_understood_as_often_as_promised(rows, part, floor):
    assert share(rows, part) >= floor


def test_no_institution_is_left_behind(rows):
    for name in load_all():
        own = [row for row in rows if row.institution == name]

        assert share(own, "category") >= 0.6, name


def test_an_interval_holds_the_share_and_stays_between_nothing_and_all():
    low, high = wilson(9, 10)

    assert 0 < low < 0.9 < high < 1
    assert wilson(10, 10)[1] == pytest.approx(1)
    assert wilson(0, 10)[0] == pytest.approx(0)
