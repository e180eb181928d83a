"""As what somebody speaks: for whom, with which paper, with how many, with or without a name."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from nlp.facts import Capacity
from nlp.segment import normal
from nlp.who import capacity, counting

LISTS = tomllib.loads((Path(__file__).parent / "capacity.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", LISTS["speaks"], ids=lambda row: row["text"])
def test_who_speaks_for_others_says_so(row):
    told = capacity.find(normal(row["text"]))

    assert (told.behalf, told.agent, told.nameless, told.secret) == (
        row.get("behalf"),
        row.get("agent"),
        row.get("nameless", False),
        row.get("secret", False),
    )
    assert told.voices == (row.get("voices") or None)
    assert bool(told.voices_told) == ("voices" in row)


@pytest.mark.parametrize("text", LISTS["look_alikes"]["texts"])
def test_who_only_mentions_others_speaks_for_themself(text):
    assert capacity.find(normal(text)) == Capacity()


def test_the_lists_are_long_enough_to_tell():
    assert len(LISTS["speaks"]) >= 60
    assert len(LISTS["look_alikes"]["texts"]) >= 60


@pytest.mark.parametrize(
    ("words", "least"),
    [("十几", 10), ("几十", 20), ("三四十", 30), ("二十几", 20), ("5", 5), ("上百", 100), ("几", None)],
)
def test_a_vague_number_counts_as_the_least_it_can_be(words, least):
    assert counting.value(words) == least
