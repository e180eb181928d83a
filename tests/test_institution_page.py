"""docs/institution.md is true: its commands run, its parts are one institution, its talk files the case it tells of."""

from __future__ import annotations

import io
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from backend.cli import call

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = (Path(__file__).parents[1] / "docs" / "institution.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
FILES = {"toml": "jiesu.toml", "json": "talk.jsonl", "ini": "institutions/bakery.toml"}


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What each command of the page prints, where the page is followed from its top in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("JIESU_CONFIG", raising=False)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    return [out for kind, text in BLOCKS for out in followed(kind, text, capsys)]


def followed(kind: str, text: str, capsys: pytest.CaptureFixture[str]) -> Iterator[str]:
    """Run the lines of a block, or write it to its file: the parts of the institution one after the other."""
    if kind != "sh":
        path = Path(FILES[kind])
        before = path.read_text(encoding="utf-8") if path.exists() and not text.startswith('id = "bakery"') else ""
        path.write_text(f"{before}\n{text}", encoding="utf-8")
        return
    for line in text.splitlines():
        name, *words = shlex.split(line)
        if name != "jiesu":
            subprocess.run([name, *words], check=True)
            continue
        assert call(words) == 0, capsys.readouterr().err
        yield capsys.readouterr().out


def test_the_page_makes_an_institution_that_takes_a_case(printed: list[str]) -> None:
    begun, checked, talked = printed
    [case] = json.loads(talked.splitlines()[-1])["cases"]

    assert begun.startswith("ok     bakery.toml")
    assert checked.endswith("麦香面包投诉中心 (BA), 3 categories, 0 matters, 2 departments\n")
    assert "WRONG" not in checked
    assert (case["institution"], case["category"], case["department"]) == ("bakery", "产品质量", "中央工厂品控部")
    assert case["due"]["answer"] == "2026-10-15T17:30:00+08:00"
    assert case["number"].split("-")[1] == "BA"


def test_the_template_is_good_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert call(["new-institution", "road_works"]) == 0
    assert call(["check-institution", "road_works.toml"]) == 0
    assert "thin   road_works.toml: faq: 1 questions; write 8" in capsys.readouterr().out
