"""How channels do: what they took in and sent in the last day, and which of them are paused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from backend.store import traffic
from backend.store.traffic import NEWEST, Traffic

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from backend.store.people import Person
    from backend.store.reach import Reach
    from backend.store.work import UnitOfWork

__all__ = ["NEWEST", "State", "pauses", "reaches", "states"]

DAY = timedelta(hours=24)
COUNTED = "customer_service"
"""The way whose messages a platform counts."""


@dataclass(frozen=True, slots=True)
class State:
    """One channel now."""

    traffic: Traffic
    paused: datetime | None = None  # nothing is sent before then
    trouble: str = ""  # why, in words for the desk


def states(work: UnitOfWork, names: Iterable[str], *, now: datetime) -> dict[str, State]:
    """Of the channels with these names."""
    lately = traffic.lately(work.conn, since=now - DAY, now=now)
    paused, troubles = work.platforms.paused(now=now), work.platforms.troubles(now=now)
    return {name: State(lately.get(name, Traffic()), paused.get(name), troubles.get(name, "")) for name in names}


def reaches(work: UnitOfWork, number: str, *, now: datetime, most: int) -> list[tuple[Person, Reach]]:
    """How those bound to a case can be reached; of very many, the first."""
    people = work.cases.people_of(number)[:most]
    return [(person, work.reaches.of(person.id, now=now, way=COUNTED)) for person in people]


def pauses(work: UnitOfWork, *, now: datetime) -> dict[str, tuple[datetime, str]]:
    """The channels by which nothing is sent now: until when, and why."""
    troubles = work.platforms.troubles(now=now)
    return {name: (until, troubles.get(name, "")) for name, until in work.platforms.paused(now=now).items()}
