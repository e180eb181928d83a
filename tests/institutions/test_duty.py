"""Emergencies run by the minute everywhere, and an institution says who is there."""

from __future__ import annotations

import pytest

from institutions.catalog import load_all
from institutions.duty import by_the_minute
from institutions.model import Institution

INSTITUTIONS = load_all()


@pytest.mark.parametrize("key", INSTITUTIONS)
def test_every_institution_has_a_minute_clock_for_emergencies(key):
    length = INSTITUTIONS[key].clocks["contact"].length

    assert (length if isinstance(length, str) else length["emergency"]).endswith("m")


@pytest.mark.parametrize("key", INSTITUTIONS)
def test_what_it_says_in_a_danger_is_there_in_english_too(key):
    assert all(row.say_en for row in INSTITUTIONS[key].danger.values())


def test_a_first_contact_for_all_grades_is_kept_for_the_others():
    clocks = by_the_minute({"contact": {"label": "首次联系", "stops": ["assigned"], "length": "24h"}})

    assert clocks["contact"]["length"] == {
        "emergency": "30m",
        **dict.fromkeys(("urgent", "ordinary", "complex", "minor"), "24h"),
    }


def test_a_file_that_says_how_fast_emergencies_are_keeps_its_word():
    told = {"contact": {"label": "首次联系", "stops": ["assigned"], "length": {"emergency": "10m"}}}

    assert by_the_minute(told) == told


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("handover", {"staffed": "sometimes"}),
        ("handover", {"wait": "soon"}),
        ("danger", {"flood": {"say": "快跑。"}}),
        ("danger", {"gas": {"say": "长" * 61}}),
    ],
)
def test_nonsense_is_refused_with_its_key(key, value):
    whole = INSTITUTIONS["hotline"].model_dump() | {key: value}

    with pytest.raises(ValueError, match=key):
        Institution.model_validate(whole)
