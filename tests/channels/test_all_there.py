"""Every scenario of the two platforms has a test under its number."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
NAMED = re.compile(r"^(?:async )?def test_([wt]\d\d)_", re.MULTILINE)
NUMBERS = [f"{letter}{number:02}" for letter in "wt" for number in range(1, 31)]


@pytest.fixture(scope="module")
def written() -> set[str]:
    folders = (TESTS / "channels", TESTS / "bots")
    files = [file for folder in folders for file in folder.rglob("test_*.py")]
    return {number for file in files for number in NAMED.findall(file.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("number", NUMBERS)
def test_a_scenario_is_a_test(written, number):
    assert number in written
