"""Times as people say them, in the language of the chat."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from dialogs.wording import EN, named

if TYPE_CHECKING:
    from datetime import tzinfo

CLOCKS = frozenset({"minute", "hour"})
"""Precisions at which the time of day is known; the others know days, or less."""
MOMENT = timedelta(microseconds=1)


def say_time(at: datetime, zone: tzinfo, language: str) -> str:
    """``11月28日 9:12``, or ``28 Nov 9:12``."""
    local = at.astimezone(zone)
    clock = f"{local.hour}:{local.minute:02}"
    return f"{local.day} {local:%b} {clock}" if language == EN else f"{local.month}月{local.day}日 {clock}"


def say_day(at: datetime, zone: tzinfo, language: str) -> str:
    """``11月28日``, or ``28 Nov``."""
    local = at.astimezone(zone)
    return f"{local.day} {local:%b}" if language == EN else f"{local.month}月{local.day}日"


def show_when(value: Any, language: str) -> str:
    """What was understood, no finer than it was told, with the citizen's own words, so that a mistake is seen.

    Something that recurs has no one day, and what the words say already is not said twice.
    """
    text = str(value["text"])
    if not value["start"] or value["recurring"]:
        return text
    told = _told(value, text, language)
    if told in text:
        return text
    return f"{told} ({text})" if language == EN else f"{told}（{text}）"


def _told(value: Any, text: str, language: str) -> str:
    start, precision = datetime.fromisoformat(value["start"]), value["precision"]
    dated = str(start.year) in text
    first = _date(start, precision, language, dated=dated)
    if precision in CLOCKS:
        clock = f"{start.hour}:{start.minute:02}"
        return (
            f"{first} {clock}"
            if language == EN or precision == "minute"
            else f"{first} {start.hour}{named(language, '点')}"
        )
    if precision == "part" or not value["end"]:
        return first
    last = _date(datetime.fromisoformat(value["end"]) - MOMENT, precision, language, dated=dated)
    return first if last == first else f"{first} to {last}" if language == EN else f"{first}至{last}"


def _date(at: datetime, precision: str, language: str, *, dated: bool) -> str:
    english = language == EN
    if precision == "year":
        return str(at.year) if english else f"{at.year}年"
    if precision == "month":
        return f"{at:%b} {at.year}" if english else f"{at.year}年{at.month}月"
    day = f"{at.day} {at:%b}" if english else f"{at.month}月{at.day}日"
    if not dated:
        return day
    return f"{day} {at.year}" if english else f"{at.year}年{day}"
