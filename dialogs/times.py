"""Times as people say them, in the language of the chat."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import tzinfo

DAYS = frozenset({"day", "week", "month", "year"})


def say_time(at: datetime, zone: tzinfo, language: str) -> str:
    """``11月28日 9:12``, or ``28 Nov 9:12``."""
    local = at.astimezone(zone)
    clock = f"{local.hour}:{local.minute:02}"
    return f"{local.day} {local:%b} {clock}" if language == "en" else f"{local.month}月{local.day}日 {clock}"


def show_when(value: Any, language: str) -> str:
    """The day that was understood, with the citizen's own words, so that a mistake is seen."""
    if not value["start"]:
        return str(value["text"])
    start = datetime.fromisoformat(value["start"])
    told = _day(start, language)
    if value["precision"] not in DAYS and value["precision"] != "part":
        clock = f"{start.hour}:{start.minute:02}"
        told += f" {clock}" if language == "en" or value["precision"] == "minute" else f" {start.hour}点"
    return f"{told}（{value['text']}）" if language != "en" else f"{told} ({value['text']})"


def _day(at: datetime, language: str) -> str:
    return f"{at.day} {at:%b}" if language == "en" else f"{at.month}月{at.day}日"
