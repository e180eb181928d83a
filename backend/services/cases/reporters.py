"""Who has joined a case beside the one who filed it, read from its history: what each told, and whether they left."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from backend.store.history import PastEvent

FIRST, JOINT, DEVICE, JOINT_DEVICE = "citizen", "joint", "device", "joint_device"
"""What somebody is to a case they follow: who filed it, who joined, another device of either."""
REPORTERS = frozenset({FIRST, JOINT})
"""Who is a voice; a device is none."""
JOINERS = frozenset({JOINT, JOINT_DEVICE})


@dataclass(frozen=True, slots=True)
class Reporter:
    """Somebody who joined. Their number counts from 2: the first is who filed the case."""

    voice: int
    at: datetime
    channel: str
    person: int | None  # as the store knows them; None: erased
    left: bool = False
    facts: dict[str, Any] = field(default_factory=dict)  # values by slot; empty: erased


def joint(history: Iterable[PastEvent]) -> list[Reporter]:
    """Those who joined, in their order."""
    found: dict[int, Reporter] = {}
    for event in history:
        if event.what != "joined" or event.detail.get("role") != JOINT:
            continue
        voice = int(event.detail["voice"])
        if event.detail.get("left"):
            found[voice] = _left(found[voice])
            continue
        told, person = event.private.get("facts"), event.private.get("person")
        found[voice] = Reporter(
            voice,
            event.at,
            str(event.detail.get("channel", "")),
            int(person) if person else None,
            facts=json.loads(told) if told else {},
        )
    return list(found.values())


def of_person(reporters: Sequence[Reporter], person: int) -> Reporter | None:
    """What that person is in it now, or None."""
    return next((one for one in reversed(reporters) if one.person == person and not one.left), None)


def by_phone(reporters: Sequence[Reporter], phone: str) -> Reporter | None:
    """Who of them left that phone and is still in it."""
    return next((one for one in reporters if one.facts.get("contact") == phone and not one.left), None)


def _left(one: Reporter) -> Reporter:
    return Reporter(one.voice, one.at, one.channel, one.person, left=True, facts=one.facts)
