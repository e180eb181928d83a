"""Two tellings of one time, made one: "昨天" and "晚上十点左右" are 昨天晚上十点, whichever was said first.

What contradicts what stands there is another time: who takes it back, dialogs/draft/filling.py decides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dialogs.values import reading
from nlp.when import english, times
from nlp.when.grammar import atoms

if TYPE_CHECKING:
    from datetime import datetime

When = dict[str, Any]

CLOCK = 4.5
"""The rank from which an atom of time is a part of the day or an hour, not a day."""

CLOCKED = frozenset({"hour", "minute"})
"""How exact a time is that a clock tells."""
PART = re.compile(r"(?:早上|清晨|上午|中午|下午|傍晚|晚上|夜里|半夜|深夜|凌晨|晚)")
NIGHT = re.compile(r"(?:晚上|夜里|半夜|深夜)")


def halves(text: str) -> tuple[str, str]:
    """The words for the day, and those for the time of the day."""
    found = list(atoms(text))
    days, hours = ([a for a in found if (a.rank > CLOCK) is late] for late in (False, True))
    return tuple(text[half[0].start : half[-1].end] if half else "" for half in (days, hours))  # type: ignore[return-value]


def read(text: str, at: datetime) -> When | None:
    """The time that these words tell, said at *at* (local); None: none."""
    found = times.find(text, at) or english.find(text, at)
    return reading.when_json(found[0][0]) if found else None


def together(known: When, told: When, at: datetime) -> When | None:
    """A day and an hour of it as one time; None where they are two, or one of them tells both. *at*: local."""
    (day, hour), (new_day, new_hour) = halves(known["text"]), halves(told["text"])
    if (day and known.get("recurring")) or (new_day and told.get("recurring")):
        return None
    if new_hour and not new_day and day and not hour:
        return _joined(day, told["text"], at)
    if new_hour and not new_day and known.get("precision") == "part" and told.get("precision") in CLOCKED:
        return _joined(known["text"], told["text"], at) or _joined(day, told["text"], at)
    if new_day and not new_hour and hour and not day:
        return _joined(new_day, known["text"], at)
    return _english(known, told, at)


def moved(known: When, told: When, at: datetime) -> When:
    """The time that takes the place of *known*: another day alone keeps the hour."""
    (_, hour), (new_day, new_hour) = halves(known["text"]), halves(told["text"])
    return (_joined(new_day, hour, at) if hour and new_day and not new_hour else None) or told


def _english(known: When, told: When, at: datetime) -> When | None:
    """The same in English: "yesterday", "at 10 pm"."""
    if not (known["text"].isascii() and told["text"].isascii()):
        return None
    by_length = sorted((known, told), key=lambda time: time.get("precision") != "day")
    if [time.get("precision") == "day" for time in by_length] != [True, False]:
        return None
    day, hour = (time["text"] for time in by_length)
    return _joined(f"{day} ", hour, at) or _joined(f"{day} at ", hour, at)


def _joined(day: str, hour: str, at: datetime) -> When | None:
    """The time of both, where they are one; the evening may be told in both, and is said once."""
    part = PART.match(hour) if day.endswith(tuple("早晨晚夜午")) else None
    once = f"{day[:-2]}{hour}" if NIGHT.fullmatch(day[-2:]) and NIGHT.match(hour) else ""
    for text in dict.fromkeys((once, f"{day}{hour}", f"{day}{hour[part.end() :]}" if part else "")):
        found = read(text, at) if text else None
        if found is not None and found["text"] == text:
            return found
    return None
