"""The papers tell the truth: their commands, links, settings and examples exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from backend import settings

ROOT = Path(__file__).resolve().parent.parent
PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
TOML = re.compile(r"```toml\n(.*?)```", re.DOTALL)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def makefile() -> str:
    return (ROOT / "Makefile").read_text(encoding="utf-8")


def make_verbs(text: str) -> set[str]:
    return {verb for code in CODE.findall(text) for verb in re.findall(r"\bmake ([a-z-]+)", code)}


@pytest.mark.parametrize("path", PAPERS, ids=name)
def test_every_make_command_that_is_told_exists(path):
    verbs = set(re.findall(r"^([a-z-]+):", makefile(), flags=re.MULTILINE))

    assert make_verbs(path.read_text(encoding="utf-8")) <= verbs


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_both_readmes_tell_every_verb_of_make_help(readme):
    explained = set(re.findall(r"^([a-z-]+):.*## ", makefile(), flags=re.MULTILINE))

    assert make_verbs((ROOT / readme).read_text(encoding="utf-8")) >= explained >= {"run", "test"}


@pytest.mark.parametrize("path", PAPERS, ids=name)
def test_every_link_to_a_file_leads_somewhere(path):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))

    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_setting_is_explained():
    told = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    keys = {*settings.Settings.model_fields, *settings.ChannelSettings.model_fields} - {"folder", "channel"}

    assert {key for key in keys if f"| `{key}` |" not in told} == set()
    assert "[[channel]]" in told


FIT = {"JIESU_DATABASE": "postgresql://jiesu:secret@database/jiesu"}


@pytest.mark.parametrize("path", [*PAPERS, ROOT / "deploy" / "container.toml"], ids=name)
def test_every_example_of_settings_would_start(path, tmp_path):
    text = path.read_text(encoding="utf-8")
    environment = {name: FIT.get(name, "https://set-for-this-test") for name in re.findall(r"env:([A-Z_]+)", text)}

    for example in TOML.findall(text) if path.suffix == ".md" else [text]:
        (tmp_path / "jiesu.toml").write_text(example, encoding="utf-8")
        settings.load(None, environment, here=tmp_path)
