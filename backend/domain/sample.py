"""Which conversations of handlers are looked at: some of each handler's, drawn so that nobody chooses them.

A month has four weeks: days 1 to 7, 8 to 14, 15 to 21, and the rest. Once one is over, what is drawn of it
never changes: a later week makes up for one in which there was too little. Pure; the seed comes in as an argument.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

WEEK, WEEKS = 7, 4


@dataclass(frozen=True, slots=True)
class Ended:
    """A conversation that a handler had."""

    id: int
    handler: str
    day: date  # local, on which it ended


def drawn(ended: Iterable[Ended], *, seed: str, month: int, today: date) -> frozenset[int]:
    """The ids of up to *month* conversations for each handler and calendar month, of the weeks that are over."""
    known = sorted((one for one in ended if over(one.day, today)), key=lambda one: (*_month(one), one.id))
    found: set[int] = set()
    for _, of_month in groupby(known, key=_month):
        found |= _of_month(list(of_month), seed=seed, most=month)
    return frozenset(found)


def over(day: date, today: date) -> bool:
    """Whether the week of that day has ended by today."""
    return today >= week_ends(day)


def week_ends(day: date) -> date:
    """The first day that is no longer of that day's week."""
    week = week_of(day)
    if week < WEEKS - 1:
        return day.replace(day=(week + 1) * WEEK + 1)
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def week_of(day: date) -> int:
    """0 to 3: which of its month's weeks."""
    return min((day.day - 1) // WEEK, WEEKS - 1)


def _month(one: Ended) -> tuple[str, int, int]:
    return one.handler, one.day.year, one.day.month


def _of_month(ended: list[Ended], *, seed: str, most: int) -> set[int]:
    """Week by week, up to the share that is due by then."""
    found: set[int] = set()
    for week in range(WEEKS):
        share = -(-most * (week + 1) // WEEKS)
        here = sorted((one.id for one in ended if week_of(one.day) == week), key=lambda key: (_lot(seed, key), key))
        found |= set(here[: share - len(found)])
    return found


def _lot(seed: str, key: int) -> str:
    return hashlib.sha256(f"{seed}\n{key}".encode()).hexdigest()
