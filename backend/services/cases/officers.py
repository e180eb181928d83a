"""To whom a case can be given: somebody who works for its institution and department, or their deputy while they are away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain.lifecycle import HANDLE
from backend.domain.refusals import BadField

if TYPE_CHECKING:
    from datetime import datetime

    from backend.store.accounts import Officer
    from backend.store.work import UnitOfWork
    from institutions.model import Institution


def found(
    work: UnitOfWork, institution: Institution, wanted: str, name: str, *, department: str, at: datetime
) -> Officer:
    """The officer of that name, or who stands in for them now. Raises: BadField."""
    officer = work.accounts.officer(name)
    if officer is None or not works(officer, institution, department):
        why = f"{name!r} is nobody who handles cases of {department} at {institution.id}"
        raise BadField(wanted, "officer", why, f"“{name}”不是这个部门能办案的人员，请重新选择。")
    if officer.away_until is None or officer.away_until <= at or not officer.deputy:
        return officer
    deputy = work.accounts.officer(officer.deputy)
    return officer if deputy is None or deputy.disabled else deputy


def works(officer: Officer, institution: Institution, department: str) -> bool:
    """Whether this person may be given a case of that department."""
    return (
        not officer.disabled
        and bool(officer.roles & HANDLE)
        and officer.institution in {None, institution.id}
        and (not officer.departments or department in officer.departments)
    )


def choices(work: UnitOfWork, institution: Institution) -> list[str]:
    """The names of everybody who can be given a case of this institution, in order."""
    all_ = [department.id for department in institution.departments]
    return [
        officer.name for officer in work.accounts.officers() if any(works(officer, institution, each) for each in all_)
    ]
