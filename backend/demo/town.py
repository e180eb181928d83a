"""The invented town and the stories its people tell, read from the TOML files beside this one."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Story:
    """A kind of complaint. ``say``, ``more``, ``wish`` are the citizen's words, ``matter``, ``found``, ``done`` the officer's.

    Their placeholders: when, place, shop, firm, bus, days, n, money.
    """

    category: str  # id: what an officer knows it to be, whatever was proposed
    when: str  # a row of the town's ``times``
    say: tuple[str, ...]
    more: tuple[str, ...]
    wish: str
    matter: str
    found: str
    done: str
    at: str = "owner"  # the kind of place
    institution: str = "hotline"
    department: str = ""  # id: who handles it; empty: whoever has the category
    language: str = "zh"
    kind: str = ""  # what the citizen wants, where it is no complaint
    photo: str = ""  # a drawing
    calm: bool = False  # nothing to quarrel about
    urgent: bool = False  # officers come at once, at any hour
    refuse: str = ""  # the ground on which it is refused
    pass_on: str = ""  # to whom it is passed on
    places: tuple[str, ...] = ()  # where ``at`` is "fixed"
    voices: int = 0  # how many tell of it, in a town of 400 cases; 0: as chance has it
    ago: int = 0  # days since the first of them
    over: int = 0  # days from the first to the last


@dataclass(frozen=True, slots=True)
class Town:
    """Places, people and phrases; see town.toml."""

    compounds: list[str]
    roads: list[str]
    parks: list[str]
    schools: list[str]
    nurseries: list[str]
    hospitals: list[str]
    markets: list[str]
    malls: list[str]
    villages: list[str]
    shops: list[str]
    firms: list[str]
    buses: list[str]
    surnames: list[str]
    given: list[str]
    english_names: list[str]
    intake: str
    dispatcher: str
    reviewer: str
    coordinator: str
    handlers: list[str]
    openers: list[str]
    closers: list[str]
    joints: list[str]
    greetings: list[str]
    english_openers: list[str]
    english_closers: list[str]
    anonymous_share: float
    times: dict[str, list[str]]
    answers: dict[str, list[str]]
    stories: tuple[Story, ...]


def load() -> Town:
    """The town with all its stories."""
    table = tomllib.loads((HERE / "town.toml").read_text(encoding="utf-8"))
    stories = [_story(path, row) for path in sorted((HERE / "stories").glob("*.toml")) for row in _rows(path)]
    return Town(**table, stories=tuple(stories))


def _rows(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["story"]
    return rows


def _story(path: Path, row: dict[str, Any]) -> Story:
    home = {"institution": "property"} if path.stem == "owners" else {}
    told: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    return Story(**home | told)
