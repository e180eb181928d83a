"""A status change with all that belongs to it: history, clocks, notices. Everything that moves a case comes here."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain import clock
from backend.domain.case import Actor, Case, Event
from backend.domain.lifecycle import CITIZEN, SYSTEM, Status
from backend.services import notices

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

CITIZEN_ACTOR = Actor(CITIZEN, frozenset({CITIZEN}))
SYSTEM_ACTOR = Actor(SYSTEM, frozenset({SYSTEM}))


def enter(
    work: UnitOfWork,
    institution: Institution,
    case: Case,
    to: Status,
    given: Mapping[str, str],
    *,
    by: Actor,
    at: datetime,
    acting: int | None = None,
) -> bool:
    """Move the case, run its clocks, queue the notices, save. False: it already stood there.

    ``acting`` is the citizen who caused it and need not be told. Raises: WrongMove, Missing, Stale.
    """
    if not case.move(to, by=by, at=at, institution=institution, given=given):
        return False
    run_clocks(institution, case, at=at)
    told = notices.tell(work, institution, case, given, at=at, acting=acting)
    if told:
        case.note(Event(at, SYSTEM, "notice", {"status": to.value, "people": told}))
    save(work, institution, case)
    return True


def run_clocks(institution: Institution, case: Case, *, at: datetime) -> None:
    """Stop the clocks that this status stops, writing down whether they were kept; start those it starts."""
    for name in sorted(clock.stopping(institution, case.status) & set(case.due)):
        due = case.due.pop(name)
        stopped = {"clock": name, "stopped": True, "due": due.isoformat(), "kept": not clock.late(due, at)}
        case.note(Event(at, SYSTEM, "clock", stopped))
    started = clock.starting(
        institution, case.status, category_id=case.category_id, matter_id=case.matter_id, grade=case.grade, start=at
    )
    for name, due in started.items():
        case.due[name] = due
        case.note(Event(at, SYSTEM, "clock", {"clock": name, "due": due.isoformat()}))


def save(work: UnitOfWork, institution: Institution, case: Case) -> None:
    """Save with the institution's local day. Raises: Stale."""
    work.cases.save(case, zone=ZoneInfo(institution.timezone))
