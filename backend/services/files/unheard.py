"""Voice notes that nobody has listened to yet, and to whom each belongs. Reading only; ``transcribing`` changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain import rights

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.domain.case import Actor
    from backend.store.evidence import EvidenceRow
    from backend.store.work import UnitOfWork

    Homes = Mapping[str, str]
    """Channel -> the institution it talks for."""

SHOWN = 50  # notes looked at; the oldest come first, so that none waits for ever


def waiting(work: UnitOfWork, homes: Homes, *, by: Actor) -> list[tuple[EvidenceRow, str]]:
    """The oldest of them, each with its institution, as far as this actor may hear it."""
    found = [(row, belongs(work, homes, row)) for row in work.evidence.unheard(SHOWN)]
    return [pair for pair in found if hears(work, *pair, by=by)]


def hears(work: UnitOfWork, row: EvidenceRow, institution: str, *, by: Actor) -> bool:
    """Whether this actor may: it is evidence of a case they see, or of none yet at their institution."""
    if row.number:
        return rights.sees(by, work.cases.get(row.number))
    return by.institution in {None, institution}


def belongs(work: UnitOfWork, homes: Homes, row: EvidenceRow) -> str:
    """The institution whose case it is evidence of, else the one whose chat it came in; ``""``: none."""
    if row.number:
        return work.cases.get(row.number).institution
    return homes.get(work.people.get(row.person).channel, "") if row.person is not None else ""
