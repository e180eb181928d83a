"""A status change with all that belongs to it: history, clocks, notices. Everything that moves a case comes here."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain import running
from backend.domain.case import Actor, Case, Event
from backend.domain.lifecycle import CITIZEN, PAUSING, SYSTEM, Status
from backend.services.cases import finding, notices
from institutions.gone import is_gone

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
    quiet: bool = False,
) -> bool:
    """Move the case, run its clocks, queue the notices, save. False: it already stood there.

    ``acting`` is the citizen who caused it and need not be told; ``quiet``: nobody is, since something else tells it.
    Raises: WrongMove, Missing, Stale.
    """
    since, before = case.status_at, (case.status, case.department_id)
    if not case.move(to, by=by, at=at, institution=institution, given=given):
        return False
    run_clocks(institution, case, at=at, since=since)
    if case.status is Status.ASSIGNED:
        work.involved.set_cohosts(case.number, case.record.get("co", ()))
    again = before == (Status.RETURNED, case.department_id)  # the citizen was told that it is there
    told = 0 if quiet or again else notices.tell(work, institution, case, given, at=at, acting=acting)
    if told:
        case.note(Event(at, SYSTEM, "notice", {"status": to.value, "people": told}))
    save(work, institution, case)
    return True


def run_clocks(institution: Institution, case: Case, *, at: datetime, since: datetime) -> None:
    """Stop the clocks that this status stops, writing down whether they were kept; start those it starts.

    ``since``: when the case entered the status it left. Time spent waiting for
    the citizen is added to what still runs; a reopened case is promised anew.
    """
    if left := _left_paused(case):
        running.resume(institution, case, left, since=since, at=at)
    running.end(institution, case, at=at)
    running.begin(institution, case, at=at)


def _left_paused(case: Case) -> str:
    """The status in which the clocks waited and that the move just made ended; empty: there was none."""
    moved = [event for event in case.fresh if event.what == "moved"]
    left = str(moved[-1].detail["from"]) if moved else ""
    return left if left in PAUSING and left != case.status else ""


def save(work: UnitOfWork, institution: Institution, case: Case) -> None:
    """Save with the institution's local day, and when its clocks need somebody next. Raises: Stale.

    Where the institution is served no longer, that stands as it was: its promises are not known until it is again.
    """
    if not is_gone(institution):
        case.next_warning = running.next_alarm(institution, case)
    anew = finding.tells_anew(case)
    work.cases.save(case, zone=ZoneInfo(institution.timezone))
    if anew:
        finding.keep(work, case)
