"""The clocks of cases, looked at: who has a case is warned before one ends, the ladder steps past it, pauses end.

Each case is a unit of its own. What was told is in the case's history and its
record under the same version, so that two processes, or one that begins again,
tell nothing twice. When the next thing is due is reckoned whenever a case is
saved (``changing.save``).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.domain import running
from backend.domain.case import Event
from backend.domain.lifecycle import SYSTEM
from backend.services.cases import supplementing
from backend.services.cases.changing import save
from backend.store.alerts import Alert

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
OWNER = "handler"


def waiting(work: UnitOfWork, *, at: datetime) -> list[str]:
    """The numbers of the cases whose turn has come."""
    return work.clocks.due(at, limit=MOST)


def turn(work: UnitOfWork, institutions: Mapping[str, Institution], number: str, *, at: datetime) -> int:
    """Tell what is to be told of one case by now; how much that was. Raises: NoSuchCase, Stale."""
    case = work.cases.get(number, lock=True)
    institution = institutions[case.institution]
    told = 0
    limit = running.cap(institution, case)
    if limit is not None and limit <= at:
        kind = supplementing.end(work, institution, case, limit, at=at)
        _tell(work, case, kind, "", {}, at=at, zone=ZoneInfo(institution.timezone))
        told += 1
    elif supplementing.remind(work, institution, case, at=at):
        told += 1
    for alarm in running.alarms(institution, case, now=at):
        _ring(work, case, alarm, at=at, zone=ZoneInfo(institution.timezone))
        told += 1
    save(work, institution, case)
    return told


def put_off(work: UnitOfWork, number: str, *, at: datetime) -> None:
    """It could not be looked at: others must not wait behind it."""
    work.clocks.put_off(number, at + AGAIN)


def _ring(work: UnitOfWork, case: Case, alarm: Alarm, *, at: datetime, zone: ZoneInfo) -> None:
    """One alarm: in the history, and on the desk."""
    said = {"late": alarm.step} if alarm.step else {"warned": True}
    to = case.officer if alarm.role in ("", OWNER) and case.officer else alarm.role or OWNER
    case.note(Event(at, SYSTEM, "clock", {"clock": alarm.clock, **said, "to": to, "due": alarm.due.isoformat()}))
    detail = {"clock": alarm.clock, "due": alarm.due.isoformat(), "step": alarm.step}
    _tell(work, case, "late" if alarm.step else "warned", alarm.role, detail, at=at, zone=zone)


def _tell(
    work: UnitOfWork, case: Case, kind: str, role: str, detail: dict[str, Any], *, at: datetime, zone: ZoneInfo
) -> None:
    """For the officer who has it (their deputy reads it with them); else for whoever handles for its department.

    Nobody stands in for an officer who is away: it is for who is on duty that
    day as well. A higher step is for that role, whatever the department; a
    sealed case is told to the officers named for it, else to the confidants.
    """
    told = Alert(case.institution, case.number, kind, at, detail)
    if case.sealed:
        for name in _trusted(work, case):
            work.alerts.add(replace(told, user=name))
        return
    if role not in ("", OWNER):
        work.alerts.add(replace(told, role=role))
        return
    if not case.officer:
        work.alerts.add(replace(told, role=OWNER, department=case.department_id))
        return
    work.alerts.add(replace(told, user=case.officer))
    officer = work.accounts.officer(case.officer)
    if officer and officer.away_until and officer.away_until > at and not officer.deputy:
        for name in work.duty.on(case.institution, at.astimezone(zone).date()):
            work.alerts.add(replace(told, user=name))


def _trusted(work: UnitOfWork, case: Case) -> list[str]:
    """Who opens it."""
    named = list(case.record.get("named", ()))
    return named or work.accounts.confidants(case.institution)
