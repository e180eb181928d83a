"""A file with many mistakes is told all of them, each at its own place, and none that only follows from another."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from institutions import catalog
from institutions.mending import look

if TYPE_CHECKING:
    from pathlib import Path

SHOP = """
id = "shop"
code = "hl"
name = "小店"
name_en = "Shop"
accepts = "小店的事。"
default_department = "nobody"
surprise = 1

[[departments]]
id = "Bad Id"
name = 3

[[departments]]
id = "desk"
name = "办公室"

[[categories]]
id = "staff"
department = "desk"

[[categories]]
id = "goods"
name = "商品"
department = "till"
words = "坏:x"

[clocks.anwser]
label = "答复"
stops = ["answered"]
length = { urgent = "soon" }

[[faq]]
id = "a"
words = ""
say = "好？"
"""
KEYS = [
    "accepts_en",
    "code",
    "default_department",
    "surprise",
    "departments.0.id",
    "departments.0.name",
    "categories.0.name",
    "categories.1.department",
    "categories.1.words",
    "clocks.anwser",
    "clocks.anwser.length.urgent",
    "faq.0.say",
    "faq.0.words",
]


def told(tmp_path: Path, text: str, name: str = "shop.toml") -> list[str]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return [mistake.key for mistake in look(path).mistakes]


def test_every_mistake_is_told_at_its_place_in_the_file(tmp_path: Path) -> None:
    assert told(tmp_path, SHOP) == KEYS


def test_the_first_mistake_that_stops_a_file_is_among_them(tmp_path: Path) -> None:
    path = tmp_path / "shop.toml"
    path.write_text(SHOP, encoding="utf-8")

    with pytest.raises(catalog.BadInstitution) as first:
        catalog.read(path)

    assert first.value.key in KEYS


def test_what_only_follows_from_another_mistake_is_not_told(tmp_path: Path) -> None:
    text = SHOP.replace('id = "Bad Id"', 'id = "till"')

    assert "categories.1.department" not in told(tmp_path, text)


@pytest.mark.parametrize("path", sorted(catalog.BUILT_IN.glob("*.toml")), ids=lambda path: path.stem)
def test_nothing_is_wrong_with_a_built_in_file(path: Path) -> None:
    seen = look(path)

    assert seen.mistakes == []
    assert seen.institution is not None


def test_a_file_of_another_name_is_told_so_beside_the_rest(tmp_path: Path) -> None:
    assert told(tmp_path, SHOP, "stall.toml") == ["id", *KEYS]


def test_an_empty_file_lacks_whatever_an_institution_has(tmp_path: Path) -> None:
    assert {"id", "code", "name", "departments", "categories", "clocks"} <= set(told(tmp_path, ""))


def test_what_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    assert told(tmp_path, 'id = "shop"\ncode = HL\n') == ["line 2"]


def test_a_look_changes_nothing_in_what_it_was_given(tmp_path: Path) -> None:
    told(tmp_path, SHOP)

    assert tomllib.loads((tmp_path / "shop.toml").read_text(encoding="utf-8")) == tomllib.loads(SHOP)
