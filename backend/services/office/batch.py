"""The same move for several cases, each in a unit of its own: what one refuses stops no other, and nothing is half done.

Each is the single move of the desk, with its rights and rules and its look at
what happened since the list was shown: pressed twice, it is done once. What is
not taken up yet is taken up on the way to its department, in the same unit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain.lifecycle import Status
from backend.domain.refusals import BadField
from backend.services.cases import casework, visitback
from backend.services.office import desk

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.case import Actor, Case
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

MOST = 50
"""Cases of one press."""
UNTAKEN = frozenset({Status.RECEIVED, Status.SUPPLEMENTING})


def assign(
    work: UnitOfWork,
    institutions: Institutions,
    number: str,
    given: Mapping[str, str],
    *,
    seen: int,
    by: Actor,
    at: datetime,
) -> Case:
    """To that department, officer, or both; without a department, where it is.

    ``given``: note, officer, department (its id, after its institution's and a slash).
    Raises: BadField: it is another institution's; and as desk.move.
    """
    visitback.lock_person(work, number)
    case = casework.opened(work, number, by=by, lock=True)
    told = dict(given) | {"department": _department(case, given.get("department", ""))}
    if case.status in UNTAKEN:
        seen = desk.move(work, institutions, number, Status.ACCEPTED, {}, seen=seen, by=by, at=at).seq
    return desk.move(work, institutions, number, Status.ASSIGNED, told, seen=seen, by=by, at=at)


def close(
    work: UnitOfWork,
    institutions: Institutions,
    number: str,
    given: Mapping[str, str],
    *,
    seen: int,
    by: Actor,
    at: datetime,
) -> Case:
    """It is over, for that note. Raises: as desk.move."""
    told = {"note": given.get("note", "")}
    return desk.move(work, institutions, number, Status.CLOSED, told, seen=seen, by=by, at=at)


def _department(case: Case, told: str) -> str:
    if not told:
        return case.department_id
    home, _, key = told.rpartition("/")
    if home and home != case.institution:
        why = f"{told!r} is a department of another institution"
        raise BadField(Status.ASSIGNED, "department", why, "这个部门属于别的机构，不能办这一件。")
    return key
