"""What an institution promises, in words: when people are there, how long an answer takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dialogs.wording import phrase

if TYPE_CHECKING:
    from institutions.model import Institution

PARTS = re.compile(r"(\d+)(wh|wd|m|h|d)")


def hours(institution: Institution, language: str) -> str:
    """``工作日 8:30–12:00、13:30–17:30``."""
    spans = phrase(language, "mark.and").join(
        f"{opens.removeprefix('0')}–{closes.removeprefix('0')}" for opens, closes in institution.hours.spans
    )
    return phrase(language, "faq.hours.told", spans=spans)


def length(value: str, language: str) -> str:
    """``3个工作日`` for 3wd. Raises: ValueError: that is no length."""
    found = PARTS.fullmatch(value)
    if found is None:
        raise ValueError(value)
    return phrase(language, f"length.{found[2]}", n=int(found[1]))


def answered_within(institution: Institution, language: str, grade: str) -> str:
    """How long an answer to a matter of that grade takes at most, or ``""`` where nothing is promised."""
    clock = institution.clocks.get("answer")
    if clock is None or clock.starts != "received":
        return ""
    if isinstance(clock.length, str):
        return length(clock.length, language)
    value = {str(key): value for key, value in clock.length.items()}.get(grade)
    return length(value, language) if value else ""
