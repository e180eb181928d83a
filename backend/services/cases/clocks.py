"""The clocks of cases, looked at: who has a case is warned before one ends, the ladder steps past it, pauses end.

Each case is a unit of its own. What was told is in the case's history and its
record under the same version, so that two processes, or one that begins again,
tell nothing twice. When the next thing is due is reckoned whenever a case is
saved (``changing.save``).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from backend.domain import running
from backend.domain.case import Event
from backend.domain.lifecycle import SYSTEM
from backend.services.cases import supplementing
from backend.services.cases.changing import save
from backend.services.cases.ringing import OWNER, ring
from institutions.gone import is_gone

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.case import Case
    from backend.domain.running import Alarm
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

MOST = 200
"""Cases that one round looks at; the next round goes on."""
AGAIN = timedelta(hours=1)
"""A case that could not be looked at is looked at again so much later."""


def waiting(work: UnitOfWork, *, at: datetime) -> list[str]:
    """The numbers of the cases whose turn has come."""
    return work.clocks.due(at, limit=MOST)


def turn(work: UnitOfWork, institutions: Mapping[str, Institution], number: str, *, at: datetime) -> int:
    """Tell what is to be told of one case by now; how much that was. Raises: NoSuchCase, Stale."""
    case = work.cases.get(number, lock=True)
    institution = institutions[case.institution]
    if is_gone(institution):  # looked at again when it may be served again
        put_off(work, number, at=at)
        return 0
    told = 0
    limit = running.cap(institution, case)
    if limit is not None and limit <= at:
        kind = supplementing.end(work, institution, case, limit, at=at)
        ring(work, institution, case, kind, {}, at=at)
        told += 1
    elif supplementing.remind(work, institution, case, at=at):
        told += 1
    for alarm in running.alarms(institution, case, now=at):
        _ring(work, institution, case, alarm, at=at)
        told += 1
    save(work, institution, case)
    return told


def put_off(work: UnitOfWork, number: str, *, at: datetime) -> None:
    """It could not be looked at: others must not wait behind it."""
    work.clocks.put_off(number, at + AGAIN)


def _ring(work: UnitOfWork, institution: Institution, case: Case, alarm: Alarm, *, at: datetime) -> None:
    """One alarm: in the history, and on the desk."""
    said = {"late": alarm.step} if alarm.step else {"warned": True}
    to = case.officer if alarm.role in ("", OWNER) and case.officer else alarm.role or OWNER
    case.note(Event(at, SYSTEM, "clock", {"clock": alarm.clock, **said, "to": to, "due": alarm.due.isoformat()}))
    detail = {"clock": alarm.clock, "due": alarm.due.isoformat(), "step": alarm.step}
    ring(work, institution, case, "late" if alarm.step else "warned", detail, at=at, role=alarm.role)
