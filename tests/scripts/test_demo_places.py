"""The example city's places are what their script makes, the same at every run."""

from __future__ import annotations

import csv
import importlib.util
import tomllib
from pathlib import Path

from nlp.where.regions import regions

ROOT = Path(__file__).resolve().parent.parent.parent
SPEC = importlib.util.spec_from_file_location("demo_places", ROOT / "scripts" / "demo_places.py")
assert SPEC is not None
assert SPEC.loader is not None
made = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(made)


def rows():
    with made.TARGET.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_file_is_what_the_script_makes():
    assert [tuple(row) for row in rows()[1:]] == list(made._rows())


def test_no_two_places_stand_at_one_spot():
    spots = [(row[4], row[5]) for row in rows()[1:]]

    assert len(spots) == len(set(spots))


def test_its_districts_are_no_real_ones():
    assert [name for name in made.DISTRICTS if name in regions().by_name] == []


def test_it_holds_the_estates_and_roads_of_the_told_town():
    town = tomllib.loads((ROOT / "backend" / "demo" / "town.toml").read_text(encoding="utf-8"))
    names = {row[1] for row in rows()}

    assert {*town["compounds"], *town["roads"]} <= names
