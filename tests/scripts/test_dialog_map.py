"""The map of the dialog shows the dialog as it is."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from dialogs import engine
from dialogs.conversation import Stage
from scripts import dialog_map
from scripts.dialog_map import DOCS, Way

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def found():
    return dialog_map.walked()


def test_the_map_is_fresh(found):
    told = (DOCS / "dialog.md").read_text(encoding="utf-8")
    drawn = (DOCS / "pictures" / "dialog.svg").read_text(encoding="utf-8")

    assert told == dialog_map.page(found), "run make map"
    assert drawn == dialog_map.picture(found), "run make map"


def test_a_case_is_filed_on_the_way_and_danger_is_taken_first(found):
    assert Way("confirming", "idle", "CaseFiled", first=False) in found.ways
    assert Way("idle", "alarm", engine.FIRST[0].__module__, first=True) in found.ways
    assert Way("consent", "asking", "dialogs.draft.drafting", first=False) in found.ways


def test_walking_leaves_the_engine_as_it_was(found):
    assert engine.FIRST[0].__module__ == "dialogs.safety.alarm"
    assert engine.FIRST[0].__name__ == "take"
    assert all(stage in Stage for stage in engine.BY_STAGE)


def test_the_drawing_is_whole_and_has_a_card_for_each_stage(found):
    root = ET.fromstring(dialog_map.picture(found))  # noqa: S314 - our own
    names = [text.text for text in root.iter(f"{SVG}text") if text.get("class") == "name"]

    assert set(names) == {"whatever was asked", *found.reached}
