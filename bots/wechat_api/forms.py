"""The fields of a template, filled in so that the platform takes them.

Its rules go by the type in a field's name (``thing4`` is a thing), as the SDKs
quote the platform's page. Accounts for tests do not enforce them, real ones
answer 47003. Nothing may be empty or hold a line break.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

THING, TEXT, PHRASE, HAN_NAME, LATIN_NAME = 20, 32, 5, 10, 20
"""Characters that each may hold."""
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\ud800-\udfff]"
)
_UNUSUAL = re.compile(r"[^\w \-:.年月日]")
_AFTER_A_STOP = re.compile(r"(?<=[，。；：！？、]) ")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_TIME = re.compile(r"(?:\d{4}年\d{1,2}月\d{1,2}日 )?\d{1,2}:\d{2}|\d{4}年\d{1,2}月\d{1,2}日", re.ASCII)


@dataclass(frozen=True, slots=True)
class Form:
    """A template of the account. ``fields``: the platform's field for each of ours: case, state, at, note."""

    id: str
    fields: Mapping[str, str] = field(default_factory=dict)

    def filled(self, told: Mapping[str, str], *, refused: str = "") -> dict[str, dict[str, str]]:
        """The ``data`` of a call; *refused* is the field that the platform did not take the last time."""
        return {
            key: {"value": fitted(key, told.get(name, ""), plain=key == refused)} for name, key in self.fields.items()
        }


def fitted(key: str, text: str, *, plain: bool = False) -> str:
    """The text as that field takes it; ``plain``: without any sign that somebody could object to, and half as long."""
    kind = re.sub(r"\d+$", "", key)
    fit, otherwise = KINDS.get(kind, (_thing, "无"))
    flat = _AFTER_A_STOP.sub("", " ".join(_INVISIBLE.sub("", text).split()))
    if plain:
        flat = " ".join(_UNUSUAL.sub(" ", flat).split())[: THING // 2 if kind not in _EXACT else None]
    return fit(flat) or otherwise


def _thing(text: str) -> str:
    return text if len(text) <= THING else text[: THING - 1].rstrip("，。；：、 ") + "…"


def _phrase(text: str) -> str:
    """Chinese characters only, so that "待受理（补充）" is 待受理."""
    found = _HAN.search(text)
    return found[0][:PHRASE] if found else ""


def _name(text: str) -> str:
    han = "".join(_HAN.findall(text))[:HAN_NAME]
    return han or re.sub(r"[^A-Za-z .]", "", text).strip()[:LATIN_NAME].strip()


def _moment(text: str) -> str:
    """A time in ISO 8601, which is told as its own offset has it, or one that is already written as they want it."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        found = _TIME.search(text)
        return found[0] if found else ""
    return f"{at.year}年{at.month}月{at.day}日 {at.hour}:{at.minute:02}"


def _day(text: str) -> str:
    return _moment(text).partition(" ")[0]


def _amount(text: str) -> str:
    found = re.search(r"[¥￥$]?\d{1,10}(?:\.\d{1,2})?元?", text, re.ASCII)
    return found[0] if found else ""


def _only(signs: str, most: int) -> Callable[[str], str]:
    """What is left of a text when only these may stand in it."""
    others = re.compile(f"[^{signs}]")
    return lambda text: others.sub("", text)[:most].strip()


def _plate(text: str) -> str:
    return re.sub(r"[^A-Z0-9\u4e00-\u9fff]", "", text.upper())[:8]


def _at_most(most: int) -> Callable[[str], str]:
    return lambda text: text[:most].strip()


KINDS: Mapping[str, tuple[Callable[[str], str], str]] = {
    "thing": (_thing, "无"),
    "short_thing": (_at_most(PHRASE), "无"),
    "character_string": (_only(r"\x20-\x7e", TEXT), "-"),
    "number": (_only("0-9", TEXT), "0"),
    "letter": (_only("A-Za-z", TEXT), "N"),
    "symbol": (_only(r"!-/:-@\[-`{-~", 5), "-"),
    "phrase": (_phrase, "有进展"),
    "name": (_name, "市民"),
    "time": (_moment, "00:00"),
    "date": (_day, "1970年1月1日"),
    "amount": (_amount, "0元"),
    "phone_number": (_only(r"0-9+()\- ", 17), "0"),
    "car_number": (_plate, "无"),
    "const": (_at_most(THING), "无"),
}
"""How each type is made to fit, and what stands there when nothing is left."""
_EXACT = frozenset({"time", "date", "amount", "phone_number", "car_number", "character_string", "number", "const"})
"""Of these, half would be wrong."""
