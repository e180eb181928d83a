"""Places: a code on a wall whose QR code or link fills in what the citizen need not type.

The code says nothing and cannot be guessed; what it fills in lies in the
store, so that it can be corrected after it was printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.services.cases.casework import Empty, Unknown
from backend.services.talks.intake import storable
from dialogs.slots import SLOTS
from dialogs.values.reading import Rejected
from dialogs.wording import EN, phrase
from nlp.understand import understand

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.store.places import Place
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

CODE_BYTES = 12
"""Of randomness: 96 bits, 16 characters."""
CODE = re.compile(r"[A-Za-z0-9_-]{1,32}")
"""What WeChat's scene (64 characters), Telegram's start parameter (64) and a URL all take as it is."""


class Unfit(Exception):
    """A text that its slot would not take from a citizen either."""

    def __init__(self, slot: str, text: str, why: str) -> None:
        super().__init__(f"fill.{slot} cannot be {text[:40]!r}: {why}")
        self.slot, self.text, self.why = slot, text, why


@dataclass(frozen=True, slots=True)
class Links:
    """The ways into the chat from one place; None: there is no such channel."""

    code: str
    wechat_scene: str
    telegram_link: str | None
    web_link: str | None


def check(fill: Mapping[str, str], institution: Institution, *, at: datetime) -> dict[str, str]:
    """The texts as they will be kept. Slow (each is understood), so it runs outside the unit.

    Raises: Empty, Unknown, Unfit.
    """
    kept = {key: storable(text).strip() for key, text in fill.items()}
    if not kept:
        raise Empty("fill")
    for key, text in kept.items():
        if key not in SLOTS:
            raise Unknown("slot", key)
        if not text:
            raise Empty(f"fill.{key}")
        _check_fit(key, text, institution, at)
    return kept


def add(work: UnitOfWork, name: str, fill: Mapping[str, str], *, code: str, at: datetime) -> str:
    """Keep a place whose *fill* was checked; ``code`` is random and of the edge's making. Raises: Empty."""
    if not name.strip():
        raise Empty("name")
    work.places.add(code, name.strip(), fill, at=at)
    return code


def get(work: UnitOfWork, code: str) -> Place | None:
    """The place with that code; None: there is none, or it cannot be a code."""
    return work.places.get(code) if CODE.fullmatch(code) else None


def links(code: str, *, url: str, web: str | None, telegram: str | None) -> Links:
    """How that place is reached. ``url``: how citizens reach us; ``web``: a web channel's name; ``telegram``: a bot's user name."""
    return Links(
        code=code,
        wechat_scene=code,
        telegram_link=f"https://t.me/{telegram}?start={code}" if telegram else None,
        web_link=f"{url}/chat/{web}?place={code}" if web else None,
    )


def _check_fit(key: str, text: str, institution: Institution, at: datetime) -> None:
    facts = understand(text, now=at.astimezone(ZoneInfo(institution.timezone)), institution=institution)
    try:
        SLOTS[key].read(text, facts)
    except Rejected as rejected:
        raise Unfit(key, text, phrase("en", rejected.phrase, example=SLOTS[key].example_in(EN))) from rejected
