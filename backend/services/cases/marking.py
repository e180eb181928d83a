"""What a new case is marked with at once: an emergency's plan, and that the same person brought the same before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from backend.domain import doing
from backend.domain.case import Event
from backend.domain.lifecycle import SYSTEM

if TYPE_CHECKING:
    from datetime import datetime

    from backend.domain.case import Case
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

LATELY = timedelta(days=90)
"""A matter that was closed so long ago at most has come back; later it is another one."""
THANKS = "thanks"


def mark(work: UnitOfWork, institution: Institution, case: Case, *, at: datetime) -> None:
    """Note both in the case that is being filed; the store does not have it yet."""
    if case.grade == "emergency":
        doing.begin_emergency(case, at=at)
    if not institution.casework.repeats or case.person is None or case.kind == THANKS:
        return
    earlier = work.cases.closed_before(
        case.person,
        institution=case.institution,
        category_id=case.category_id,
        matter_id=case.matter_id,
        since=at - LATELY,
    )
    if earlier is not None:
        case.record["repeat"] = earlier.number
        hand = {"handler": earlier.record["answered_by"]} if earlier.record.get("answered_by") else {}
        if hand:
            case.record["repeat_of_hand"] = hand["handler"]
        case.note(Event(at, SYSTEM, "noted", {"act": "repeat", "case": earlier.number, **hand}))
