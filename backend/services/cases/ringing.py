"""Whose alert it is: the officer's who has the case, else their department's handlers'; of a sealed case who opens it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.store.alerts import Alert

if TYPE_CHECKING:
    from datetime import datetime

    from backend.domain.case import Case
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

OWNER = "handler"


def ring(
    work: UnitOfWork,
    institution: Institution,
    case: Case,
    kind: str,
    detail: dict[str, Any],
    *,
    at: datetime,
    role: str = "",
) -> None:
    """For the officer who has it (their deputy reads it with them); else for whoever handles for its department.

    Nobody stands in for an officer who is away: it is for who is on duty that
    day as well. A higher step is for that *role*, whatever the department; a
    sealed case is told to the officers named for it, else to the confidants.
    """
    told = Alert(case.institution, case.number, kind, at, detail)
    if case.sealed:
        for name in list(case.record.get("named", ())) or work.accounts.confidants(case.institution):
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
        for name in work.duty.on(case.institution, at.astimezone(ZoneInfo(institution.timezone)).date()):
            work.alerts.add(replace(told, user=name))
