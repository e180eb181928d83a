"""A place that may be another one: asked once, and what is chosen takes its place."""

from __future__ import annotations

import pytest

from dialogs.conversation import Stage
from dialogs.messages import Location

LEAK = "滨江花园5栋漏水，物业不修"
MEANT = "南塘区大塘镇滨河花园"


@pytest.fixture
def asked(citizen):
    citizen.says(LEAK)
    citizen.says("同意")
    assert citizen.now.stage is Stage.PLACING
    return citizen


def test_it_is_asked_with_the_whole_name_as_a_button(asked):
    assert asked.choices == [MEANT, "不是"]


@pytest.mark.parametrize("yes", [{"text": "是的"}, {"text": MEANT}, {"choice": "meant:0"}])
def test_the_one_that_is_meant_takes_its_place_and_the_house_stays(asked, yes):
    assert f"{MEANT}5栋" in asked.says(**yes)

    where = asked.now.draft.values["where"]
    assert (where["text"], where["pieces"]["compound"], where["pieces"]["building"]) == (
        f"{MEANT}5栋",
        "滨河花园",
        "5栋",
    )


@pytest.mark.parametrize("no", [{"text": "不是"}, {"choice": "meant:none"}])
def test_with_none_of_them_the_place_stays_as_it_was_said(asked, no):
    asked.says(**no)

    assert asked.now.stage is Stage.ASKING
    assert asked.now.draft.values["where"]["text"] == "滨江花园5栋"


def test_another_place_told_instead_counts_and_nothing_is_asked_again(asked):
    asked.says("是幸福里3栋")

    assert asked.now.stage is Stage.ASKING
    assert asked.now.draft.values["where"]["text"] == "幸福里3栋"


def test_what_else_is_told_is_kept_and_it_is_not_asked_again(asked):
    asked.says("昨天开始的")

    assert asked.now.stage is Stage.ASKING
    assert asked.now.draft.values["when"]["start"].startswith("2026-11-20")


def test_with_a_pin_nothing_is_asked(citizen):
    citizen.says(LEAK)
    citizen.says(pin=Location(38.8, 82.9, ""))
    citizen.says("同意")

    assert citizen.now.stage is not Stage.PLACING
