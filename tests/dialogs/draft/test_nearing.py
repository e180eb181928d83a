"""Two tellings of one place are one place, whichever comes first."""

from __future__ import annotations

import pytest

from dialogs.draft.nearing import together
from dialogs.values.placing import where_json
from tests.dialogs.talking import heard_of


def place(text: str):
    where = heard_of(text).facts.where
    assert where is not None
    return where_json(where)


@pytest.mark.parametrize(
    ("one", "other", "whole"),
    [
        ("小区门口", "幸福里3栋", "幸福里3栋"),
        ("幸福里", "3栋", "幸福里3栋"),
        ("幸福里", "幸福里3栋", "幸福里3栋"),
        ("人民路", "人民路12号", "人民路12号"),
        ("青石区", "人民路12号", "青石区人民路12号"),
    ],
)
def test_what_is_told_in_two_pieces_is_one_place_in_either_order(one, other, whole):
    places = place(one), place(other)
    made = together(*places) or places[0]

    assert made["text"] == whole
    if one != "小区门口":
        assert (together(*reversed(places)) or places[1])["text"] == whole


@pytest.mark.parametrize(
    ("one", "other"),
    [("幸福里3栋", "幸福里5栋"), ("中山路88号", "幸福里3栋"), ("幸福里3栋", "小区门口"), ("幸福里3栋", "幸福里")],
)
def test_another_place_or_a_vaguer_one_changes_nothing(one, other):
    assert together(place(one), place(other)) is None


def test_words_for_a_pin_keep_its_coordinates():
    pin = {"text": "28.20000, 112.90000", "lat": 28.2, "lon": 112.9, "pieces": {}}
    made = together(pin, place("幸福里3栋"))

    assert made is not None
    assert (made["text"], made["lat"]) == ("幸福里3栋", 28.2)


def test_the_number_said_again_as_a_house_is_the_same_house():
    assert together(place("幸福路8号"), place("8号楼楼顶")) is not None
    assert str((together(place("幸福路8号"), place("8号楼")) or {})["text"]) == "幸福路8号楼"
