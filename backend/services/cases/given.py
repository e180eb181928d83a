"""What came with a move, made whole: names of departments become ids, officers are looked up, a ground's id its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain.hands import names
from backend.domain.lifecycle import Status
from backend.domain.refusals import NoSuchDepartment
from backend.services.cases import officers, supplementing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.case import Case
    from backend.store.work import UnitOfWork
    from institutions.casework import Ground
    from institutions.model import Institution


def prepared(
    work: UnitOfWork, institution: Institution, case: Case, to: Status, given: Mapping[str, str], *, at: datetime
) -> dict[str, str]:
    """What was given, stripped and looked up; empty fields are left out. Raises: NoSuchDepartment, BadField."""
    told = {key: value.strip() for key, value in given.items() if value and value.strip()}
    for key in ("department", "right"):
        if key in told:
            told[key] = department_id(institution, told[key], to)
    if "co" in told:
        told["co"] = ",".join(department_id(institution, name, to) for name in names(told["co"]))
    if "officer" in told:
        department = told.get("department", case.department_id)
        told["officer"] = officers.found(work, institution, to, told["officer"], department=department, at=at).name
    if to is Status.SUPPLEMENTING:
        return supplementing.prepared(work, institution, case, told, at=at)
    return _with_ground(institution, told) if to is Status.REFUSED else told


def department_id(institution: Institution, told: str, wanted: str) -> str:
    """The department of that id or name. Raises: NoSuchDepartment."""
    found = next((d.id for d in institution.departments if told in (d.id, d.name)), None)
    if found is None:
        raise NoSuchDepartment(wanted, institution.id, told)
    return found


def _with_ground(institution: Institution, told: dict[str, str]) -> dict[str, str]:
    """A ground of the institution's is told in its own words; other words stand for themselves."""
    row = ground(institution, told.get("ground", ""))
    if row is None:
        return told
    return told | {"ground": row.say, "ground_en": row.say_en or row.say, "ground_id": row.id}


def ground(institution: Institution, told: str) -> Ground | None:
    """The ground of that id or name."""
    return next((row for row in institution.casework.grounds if told in (row.id, row.name)), None)
