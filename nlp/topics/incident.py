"""Whether two people tell of the same incident: a stricter question than how alike their letters are.

The place must be the same by name or by coordinates, what they tell of must be
one thing (``nlp/words/objects.txt``), and where that thing stands in one house
the house must not differ. Words and time then say which of several is likest.
Measured on invented pairs: docs/measurements.md. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from nlp.segment import normal
from nlp.topics.similar import Account, distance, likeness

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

NAMES = ("compound", "village", "road", "poi", "school", "community")
"""What a place is called; the areas that it lies in are too wide to be an incident's place."""
DOORS = ("number", "building", "unit")
"""Where in it; floors and rooms are those of who tells."""
NEAR, FAR = 150.0, 400.0
"""Metres within which two coordinates are one place, and beyond which they are two, whatever the names."""
ONE_THING = 0.5
"""What telling of one thing at one place is worth; the words make up the rest."""
NO_THING = 0.65
"""What the likeness of words is worth where of neither it is understood what it tells of."""
SAME = 0.55
"""From here on it is offered as the same."""
LEAST_NAME, LONGEST_NAME = 2, 12  # characters: a name is longer than the first to be looked for in the other's words
_KIND = re.compile(r"(?<=..)(?:小区|社区|进村|村)+$")


@dataclass(frozen=True, slots=True)
class Telling:
    """What one person told, as it is compared."""

    text: str
    at: datetime
    place: str = ""
    pieces: Mapping[str, str] = field(default_factory=dict)  # of the place, by kind
    spot: tuple[float, float] | None = None  # latitude and longitude, degrees


def _rows() -> tuple[dict[str, int], frozenset[int], frozenset[int]]:
    """Each word with its row, the rows that are noticed far off, and those that go with many things."""
    words: dict[str, int] = {}
    marked: dict[str, set[int]] = {"~": set(), "?": set()}
    text = (files("nlp") / "words" / "objects.txt").read_text(encoding="utf-8")
    for row, line in enumerate(text.splitlines()):
        if line.startswith("#"):
            continue
        if line[:1] in marked:
            marked[line[0]].add(row)
        words |= dict.fromkeys((word.replace("_", " ") for word in line.lstrip("~?").split()), row)
    return words, frozenset(marked["~"]), frozenset(marked["?"])


WORDS, FAR_OFF, VAGUE = _rows()
_WORD = re.compile(
    "|".join(rf"\b{word}\b" if word.isascii() else re.escape(word) for word in sorted(WORDS, key=len, reverse=True)),
    re.ASCII,
)


def score(one: Telling, other: Telling) -> float:
    """From 0, two incidents, to 1; the same whichever comes first."""
    if not same_place(one, other):
        return 0.0
    words = likeness(Account("1", one.text, at=one.at), Account("2", other.text, at=other.at)).score
    first, second = things(one.text), things(other.text)
    if bool(first) != bool(second):
        return 0.0
    if not first:
        return 0.0 if _other_door(one, other) else words * NO_THING
    both = first & second
    if not both or (_other_door(one, other) and not both & FAR_OFF):
        return 0.0
    return ONE_THING + (1 - ONE_THING) * words


def same(one: Telling, other: Telling, *, days: int) -> bool:
    """Whether they tell of one incident, told no more than so many days apart."""
    return abs(one.at - other.at) <= timedelta(days=days) and score(one, other) >= SAME


def things(text: str) -> frozenset[int]:
    """What a text tells of: rows of the table."""
    found = frozenset(WORDS[word] for word in _WORD.findall(_plain(text)))
    return found - VAGUE or found


def thing(one: Telling, other: Telling) -> str:
    """What both tell of, in a word of the table's; empty where that is not understood."""
    both = things(one.text) & things(other.text)
    return next((word for word, row in WORDS.items() if row == min(both)), "") if both else ""


def same_place(one: Telling, other: Telling) -> bool:
    """Whether both name one place, or stand at one; names that differ are two."""
    return placed(one).meets(placed(other))


@dataclass(frozen=True, slots=True)
class Place:
    """A place as it is compared with many."""

    spot: tuple[float, float] | None
    names: Mapping[str, str]
    known: frozenset[str]  # the names alone
    sought: frozenset[str]  # which are looked for in the other's words
    words: str

    def meets(self, other: Place) -> bool:
        """Whether both are one."""
        if self.spot and other.spot:
            metres = distance(self.spot, other.spot)
            if metres <= NEAR or metres > FAR:
                return metres <= NEAR
        for name in self.sought:
            if name in other.words:
                return True
        for name in other.sought:
            if name in self.words:
                return True
        if self.known.isdisjoint(other.known):
            return False
        return all(self.names[kind] == other.names[kind] for kind in self.names.keys() & other.names.keys())


def placed(told: Telling) -> Place:
    """Where it happened, as it is compared."""
    return _read(told.place, told.text, tuple(told.pieces.items()), told.spot)


@lru_cache(maxsize=4096)
def _read(place: str, text: str, pieces: tuple[tuple[str, str], ...], spot: tuple[float, float] | None) -> Place:
    """Each case is compared with many that come after it, and read once. A shop's kind ("烧烤店") is no name."""
    told = dict(pieces)
    names = _named(place, told)
    whole = {_plain(told[kind]) for kind in NAMES if kind != "poi" and told.get(kind)}
    bare = {name for kind, name in names.items() if kind != "poi"}
    sought = frozenset(name for name in whole | bare if LEAST_NAME < len(name) <= LONGEST_NAME)
    return Place(spot, names, frozenset(names.values()), sought, _plain(f"{place}\n{text}"))


def _named(place: str, pieces: Mapping[str, str]) -> dict[str, str]:
    """What the place is called, by kind, without what kind it is, in one script and width."""
    names = {kind: _bare(pieces[kind]) for kind in NAMES if pieces.get(kind)}
    said = "" if names else normal(place).strip()
    return names or ({"said": _bare(said)} if LEAST_NAME < len(said) <= LONGEST_NAME else {})


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """In one script, width and case; a town's places are few, so most are known already."""
    return normal(text).casefold()


def _bare(name: str) -> str:
    return _KIND.sub("", _plain(name))


def _other_door(one: Telling, other: Telling) -> bool:
    first, second = (
        {kind: normal(each.pieces[kind]) for kind in DOORS if kind in each.pieces} for each in (one, other)
    )
    return any(first[kind] != second[kind] for kind in first.keys() & second.keys())
