"""Open cases near a place, of those that somebody may see: for the map of a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.domain import scope
from backend.services.cases.likeness import OPEN
from nlp.topics.similar import distance

if TYPE_CHECKING:
    from backend.domain.case import Actor, Case
    from backend.store.work import UnitOfWork

LOOKED = 200
"""Newest open cases of the institution whose place is read; a page must not wait for a million."""
REACH, MOST = 2000, 12
"""Metres within which a case is near; the nearest so many are told."""


@dataclass(frozen=True, slots=True)
class Near:
    """Another case, and how far away it is."""

    number: str
    lat: float
    lon: float
    metres: float


def around(work: UnitOfWork, case: Case, *, by: Actor) -> list[Near]:
    """The nearest open cases of the same institution, nearest first; none where this one has no pin."""
    here = _pin(case)
    if here is None:
        return []
    cases, _ = work.cases.page(statuses=OPEN, scope=scope.of(by), institution=case.institution, limit=LOOKED)
    found = [
        Near(other.number, *spot, distance(here, spot))
        for other in cases
        if other.number != case.number and (spot := _pin(other)) is not None
    ]
    return sorted((one for one in found if one.metres <= REACH), key=lambda one: (one.metres, one.number))[:MOST]


def _pin(case: Case) -> tuple[float, float] | None:
    where = case.facts.get("where") or {}
    lat, lon = where.get("lat"), where.get("lon")
    return None if lat is None or lon is None else (float(lat), float(lon))
