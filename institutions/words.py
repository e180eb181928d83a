"""Word lists of an institution's file: how they are written, and whether a text holds a word.

``"物业费:3 小区 拖欠*工资:3 street_lamp -通知"``: a word, a colon and its weight
(1 where none is written). ``*`` is up to 8 characters of the same clause,
``_`` a space, ``-`` in front makes a word speak against. Letters match whole
words only, in any case, also with a plural's ending. Pure; what the words
speak for is the model's business.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BeforeValidator

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

GAP = 8
"""Characters that ``*`` may stand for; more would join what does not belong together."""

MOST_PARTS = 4
BETWEEN = rf"[^,。!?;:\n，！？；：]{{0,{GAP}}}?"
"""What ``*`` stands for: never beyond a clause, in texts of either width."""

LATIN = re.compile(r"[a-z0-9]", re.IGNORECASE)
PLURAL = r"(?:'?s|es)?"


class Wrong(ValueError):
    """Something is wrong at *key*, a path below the place where it was found."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}" if key else reason)
        self.key, self.reason = key, reason


def twice(keys: Iterable[str]) -> str:
    """Those that stand there more than once, as words; empty: none does."""
    return ", ".join(repr(key) for key, count in Counter(keys).items() if count > 1)


@cache
def compiled(word: str) -> re.Pattern[str] | None:
    """What finds *word* in text in small letters; None for one that is simply looked for.

    Each part of a pattern is a group. The gaps are bounded, so searching is linear in the text.
    """
    small = word.lower()
    if "*" not in small and not LATIN.search(small[0] + small[-1]):
        return None
    return re.compile(BETWEEN.join(f"({_whole(part)})" for part in small.split("*")))


def said(words: Mapping[str, float], text: str, *, among: Container[str] | None = None) -> dict[str, float]:
    """Those of *words* that *text* holds; the weight of one that speaks against is below 0.

    *among*, where the text was looked through already: those ``opening``s of the words that it holds.
    """
    small = text.lower()
    return {
        word: -weight if word.startswith("-") else weight
        for word, weight in words.items()
        if holds(small, word.removeprefix("-"), among=among)
    }


def holds(small: str, word: str, *, among: Container[str] | None = None) -> bool:
    """Whether a text in small letters holds *word*; *among* as in ``said``."""
    if opening(word) not in (small if among is None else among):
        return False
    found = compiled(word)
    return found is None or found.search(small) is not None


@cache
def opening(word: str) -> str:
    """What a text that holds *word* has in any case, in small letters: the word itself, or a pattern's first part."""
    return word.lower().partition("*")[0]


def _whole(part: str) -> str:
    """A part with letters at its edge is a whole word: bus is not in business."""
    before = "(?<![a-z0-9])" if LATIN.match(part[0]) else ""
    after = "(?![a-z0-9])" if LATIN.match(part[-1]) else ""
    ending = PLURAL if part[-1].isascii() and part[-1].isalpha() else ""
    return f"{before}{re.escape(part)}{ending}{after}"


def _word(item: str) -> tuple[str, float]:
    word, _, weight = item.rpartition(":") if ":" in item else (item, "", "1")
    try:
        number = float(weight)
    except ValueError:
        raise Wrong("", f"{item!r} should be a word, a colon and a number, as in 物业费:3") from None
    if not word.strip("-"):
        raise Wrong("", f"{item!r} has no word before its weight")
    _check_pattern(word)
    return word.replace("_", " "), number


def _check_pattern(word: str) -> None:
    parts = word.removeprefix("-").split("*")
    if not all(part.strip("_") for part in parts):
        raise Wrong("", f"{word!r} needs something to look for on both sides of its * or _, as in 拖欠*工资")
    if any(part != part.strip("_") for part in parts):
        raise Wrong("", f"{word!r} may have _ only between two words, as in street_lamp")
    if len(parts) > MOST_PARTS:
        raise Wrong("", f"{word!r} has more than {MOST_PARTS - 1} *; say it in several shorter ones")


def _parse(value: object) -> object:
    if not isinstance(value, str):
        return value
    pairs = [_word(item) for item in value.split()]
    if again := twice(word for word, _ in pairs):
        raise Wrong("", f"{again} stands there twice")
    return dict(pairs)


def _weights_count(words: dict[str, float]) -> dict[str, float]:
    for word, weight in words.items():
        if not (math.isfinite(weight) and weight > 0):
            raise Wrong("", f"the weight of {word!r} must be above 0; -{word}:1 makes a word speak against")
    return words


Words = Annotated[dict[str, float], BeforeValidator(_parse), AfterValidator(_weights_count)]
"""Words with weights above 0; one that begins with ``-`` speaks against."""
