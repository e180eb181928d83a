"""A status change with all that belongs to it: history, clocks, notices. Everything that moves a case comes here."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain import clock
from backend.domain.case import Actor, Case, Event
from backend.domain.lifecycle import CITIZEN, SYSTEM, Status
from backend.services import notices
from institutions.promises import length_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

PAUSING = frozenset({Status.SUPPLEMENTING, Status.SUSPENDED})
"""While a case stands there, its clocks wait."""
ANSWERED = Status.ANSWERED.value

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
    since = case.status_at
    if not case.move(to, by=by, at=at, institution=institution, given=given):
        return False
    run_clocks(institution, case, at=at, since=since)
    told = notices.tell(work, institution, case, given, at=at, acting=acting)
    if told:
        case.note(Event(at, SYSTEM, "notice", {"status": to.value, "people": told}))
    save(work, institution, case)
    return True


def run_clocks(institution: Institution, case: Case, *, at: datetime, since: datetime) -> None:
    """Stop the clocks that this status stops, writing down whether they were kept; start those it starts.

    ``since``: when the case entered the status it left. Time spent waiting for
    the citizen is added to what still runs; a reopened case is promised anew.
    """
    if _left_paused(case):
        _push(institution, case, since=since, at=at)
    for name in sorted(clock.stopping(institution, case.status) & set(case.due)):
        due = case.due.pop(name)
        stopped = {"clock": name, "stopped": True, "due": due.isoformat(), "kept": not clock.late(due, at)}
        case.note(Event(at, SYSTEM, "clock", stopped))
    for name, due in _started(institution, case, at=at).items():
        case.due[name] = due
        case.note(Event(at, SYSTEM, "clock", {"clock": name, "due": due.isoformat()}))


def _left_paused(case: Case) -> bool:
    """Whether the move just made ended a time in which the clocks wait."""
    moved = [event for event in case.fresh if event.what == "moved"]
    return bool(moved) and Status(moved[-1].detail["from"]) in PAUSING


def _push(institution: Institution, case: Case, *, since: datetime, at: datetime) -> None:
    zone = ZoneInfo(institution.timezone)
    for name, due in case.due.items():
        if length := _length(institution, case, name):
            moved = clock.shift(due, since, at, length=length, zone=zone, hours=institution.hours).at
            case.due[name] = moved
            case.note(Event(at, SYSTEM, "clock", {"clock": name, "due": moved.isoformat(), "paused": True}))


def _started(institution: Institution, case: Case, *, at: datetime) -> dict[str, datetime]:
    """The clocks this status sets going that do not run already."""
    started = _starting(institution, case, case.status, at=at)
    if case.status is Status.REOPENED:
        again = _starting(institution, case, Status.RECEIVED, at=at)
        started |= {name: due for name, due in again.items() if ANSWERED in institution.clocks[name].stops}
    return {name: due for name, due in started.items() if name not in case.due}


def _starting(institution: Institution, case: Case, status: Status, *, at: datetime) -> dict[str, datetime]:
    return clock.starting(
        institution,
        status,
        category_id=case.category_id,
        matter_id=case.matter_id,
        kind=case.kind,
        grade=case.grade,
        start=at,
    )


def _length(institution: Institution, case: Case, name: str) -> str | None:
    return length_of(
        institution, name, category_id=case.category_id, matter_id=case.matter_id, kind=case.kind, grade=case.grade
    )


def save(work: UnitOfWork, institution: Institution, case: Case) -> None:
    """Save with the institution's local day. Raises: Stale."""
    work.cases.save(case, zone=ZoneInfo(institution.timezone))
