"""The same place again after closing: a case filed where one of its category was closed in the last 90 days.

The place is one where the pins lie within 50 metres, or where both tell the
same address; a pin alone does not deny an address. Sealed cases are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from backend.store.rises import Again
from nlp.segment import normal
from nlp.topics.similar import distance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.store.work import UnitOfWork

WITHIN = timedelta(days=90)
NEAR = 50.0
"""Metres."""
AT_ONCE, COMPARED, MARKED = 50, 500, 5
"""New cases a unit looks at; closed ones that one is compared with, the newest; those that it is marked with."""
LEAST = 5
"""Characters of an address that tells a place."""
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
DOORS = ("road", "number", "compound", "building", "village", "poi")
"""Pieces without which an address is an area."""


@dataclass(frozen=True, slots=True)
class Same:
    """They are one place: so far apart; None: by the address."""

    metres: int | None = None


def look(work: UnitOfWork, key: str, *, at: datetime) -> int:
    """Look at the next new cases of an institution; how many there were."""
    after = work.rises.looked_upto(key) or (max(EARLIEST, at - WITHIN), "")
    rows = work.rises.fresh(key, after=after, until=at, limit=AT_ONCE)
    for number, filed_at, category, district, where, sealed in rows:
        if not sealed and tells(where):
            closed = work.rises.closed(key, category, district, since=filed_at - WITHIN, until=filed_at, limit=COMPARED)
            found = [
                Again(number, before, filed_at, same.metres)
                for before, other in closed
                if before != number and (same := same_place(where, other)) is not None
            ]
            work.rises.came_back(found[:MARKED])
    if rows:
        work.rises.look_on(key, (rows[-1][1], rows[-1][0]))
    return len(rows)


def tells(where: Mapping[str, Any] | None) -> bool:
    """Whether a place is told closely enough."""
    return bool(where) and (_pin(where) is not None or bool(_address(where)))


def same_place(one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> Same | None:
    """How two places are one; None: they are two."""
    here, there = _pin(one), _pin(other)
    if here and there and (metres := distance(here, there)) <= NEAR:
        return Same(round(metres))
    address = _address(one)
    return Same() if address and address == _address(other) else None


def _pin(where: Mapping[str, Any] | None) -> tuple[float, float] | None:
    lat, lon = (where or {}).get("lat"), (where or {}).get("lon")
    return None if lat is None or lon is None else (float(lat), float(lon))


def _address(where: Mapping[str, Any] | None) -> str:
    """In one script and width, without spaces; empty: an area alone, or nothing."""
    pieces = (where or {}).get("pieces") or {}
    if not any(pieces.get(kind) for kind in DOORS):
        return ""
    told = "".join(normal(str((where or {}).get("text") or "")).split()).casefold()
    return told if len(told) >= LEAST else ""
