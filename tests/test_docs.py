"""The papers tell the truth: their commands, links, settings and examples exist."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from backend import cli, settings
from backend.cli import script_lines
from backend.cli.script import replay
from backend.services.office import accounts, institutions
from backend.settings.channels import CHANNELS, Model, Template

ROOT = Path(__file__).resolve().parent.parent
PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
JSON = re.compile(r"```json\n(.*?)```", re.DOTALL)
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


def commands() -> set[str]:
    """Each command of ours, with its group: ``user add``."""
    found = set()
    for module in cli.MODULES:
        whole = importlib.import_module(f"backend.cli.{module}").commands
        groups = {"": whole, **{f"{group.name} ": group.typer_instance for group in whole.registered_groups}}
        found |= {
            group + (command.name or command.callback.__name__)
            for group, holder in groups.items()
            for command in holder.registered_commands
        }
    return found


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_both_readmes_tell_every_command_and_every_role(readme):
    told = (ROOT / readme).read_text(encoding="utf-8")

    assert {command for command in commands() if f"`jiesu {command}" not in told} == set()
    assert {role for role in accounts.ROLES if f"| `{role}` |" not in told} == set()


def test_every_key_of_a_script_is_explained():
    told = (ROOT / "docs" / "scripting.md").read_text(encoding="utf-8")

    assert {key for key in script_lines.KEYS if f"`{key}`" not in told} == set()


def test_the_example_of_a_script_can_be_replayed(tmp_path):
    told = (ROOT / "docs" / "scripting.md").read_text(encoding="utf-8")
    script = next(block for block in JSON.findall(told) if '"at"' in block).encode().splitlines()
    out: list[bytes] = []

    replay(script, "s.jsonl", folder=tmp_path, institution=institutions.one("property"), write=out.append)

    assert len(out) == len(script) + 1


@pytest.mark.parametrize("path", PAPERS, ids=name)
def test_every_link_to_a_file_leads_somewhere(path):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))

    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_setting_is_explained():
    told = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    tables: tuple[type[Model], ...] = (*CHANNELS, Template)
    keys = {*settings.Settings.model_fields, *(key for table in tables for key in table.model_fields)}
    keys -= {"folder", "channel", "notify"}

    assert {key for key in keys if f"| `{key}` |" not in told} == set()
    assert "[[channel]]" in told


FIT = {
    "JIESU_DATABASE": "postgresql://jiesu:secret@database/jiesu",
    "TELEGRAM_TOKEN": "123456789:the-one-that-botfather-gave",
    "TELEGRAM_SECRET": "chosen-at-random",
    "WECHAT_SECRET": "0123456789abcdef0123456789abcdef",
    "WECHAT_TOKEN": "ChosenAtRandom",
    "WECHAT_AES_KEY": "a" * 43,
}


@pytest.mark.parametrize("path", [*PAPERS, ROOT / "deploy" / "container.toml"], ids=name)
def test_every_example_of_settings_would_start(path, tmp_path):
    text = path.read_text(encoding="utf-8")
    environment = {name: FIT.get(name, "https://set-for-this-test") for name in re.findall(r"env:([A-Z_]+)", text)}

    for example in TOML.findall(text) if path.suffix == ".md" else [text]:
        (tmp_path / "jiesu.toml").write_text(example, encoding="utf-8")

        assert settings.load(None, environment, here=tmp_path).channel
