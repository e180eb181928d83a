"""What an institution promises, in words: when people are there, how long an answer takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dialogs.wording import phrase
from institutions.promises import length_of, starts_at

if TYPE_CHECKING:
    from dialogs.conversation import Draft
    from institutions.model import Institution

PARTS = re.compile(r"(\d+)(wm|wh|wd|m|h|d)")


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


def answered_within(institution: Institution, language: str, draft: Draft) -> str:
    """How long an answer to such a matter takes at most, or ``""`` where nothing is promised from its filing on."""
    if "answer" not in institution.clocks:
        return ""
    best = draft.proposal["top"][0] if draft.proposal and draft.proposal["top"] else {}
    category = str(best.get("category_id") or "")
    if starts_at(institution, "answer", category) != "received":
        return ""
    value = length_of(
        institution,
        "answer",
        category_id=category,
        matter_id=best.get("matter_id"),
        kind=draft.kind,
        grade=draft.grade,
    )
    return length(value, language) if value else ""
