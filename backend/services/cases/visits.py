"""Whose turn it is in the visit-backs: each to be asked, reminded, ended or closed, in a unit of its own.

What is done then, visitback.py knows. Cases of institutions that are served no
more wait until they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.services.cases import visitback

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.store.surveys import SurveyRow
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]


@dataclass(frozen=True, slots=True)
class Turn:
    """One of them. ``what``: ask, remind, end (its window), close."""

    what: str
    number: str
    why: str = ""  # it is asked now
    row: SurveyRow | None = None  # who is reminded, what ends
    since: datetime | None = None  # it waits


def waiting(work: UnitOfWork, institutions: Institutions, *, at: datetime) -> list[Turn]:
    """Every turn that has come, those first that were to come first of their kind."""
    asks = [Turn("ask", number, why=why) for number, why in visitback.to_ask(work, institutions, at=at)]
    reminds = [Turn("remind", row.number, row=row) for row in work.surveys.to_remind(at=at)]
    ends = [Turn("end", row.number, row=row) for row in work.surveys.to_end(at=at)]
    closes = [Turn("close", number, since=since) for number, since in visitback.to_close(work, institutions, at=at)]
    return [*asks, *reminds, *ends, *closes]


def take(work: UnitOfWork, institutions: Institutions, turn: Turn, *, at: datetime) -> bool:
    """Do it, if it is still to be done; whether anything was. Raises: NoSuchCase."""
    if work.cases.get(turn.number).institution not in institutions:
        return False
    if turn.row is not None and turn.what == "remind":
        return visitback.remind_one(work, institutions, turn.row, at=at)
    if turn.row is not None:
        visitback.end_one(work, institutions, turn.row, at=at)
        return True
    if turn.since is not None:
        return visitback.close_one(work, institutions, turn.number, turn.since, at=at)
    return visitback.ask_due(work, institutions, turn.number, turn.why, at=at)
