"""Whether and when a notice of a case is sent: the person's wish, and the quiet hours of the institution."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain import planning
from backend.domain.lifecycle import Status

if TYPE_CHECKING:
    from datetime import datetime

    from backend.domain.case import Case
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

RESULTS = frozenset(
    {Status.ANSWERED, Status.REFUSED, Status.TRANSFERRED, Status.CLOSED, Status.WITHDRAWN, Status.SUSPENDED}
)
"""What whoever wants results alone is told."""
URGENT = "emergency"


def when(work: UnitOfWork, institution: Institution, case: Case | None, person: int, *, at: datetime) -> datetime:
    """*at*, or the end of the institution's quiet hours, unless there is danger or the person is awake.

    ``case`` None: it is about none.
    """
    quiet = planning.by_day(at, institution.drafts.quiet, ZoneInfo(institution.timezone))
    if (
        quiet == at
        or (case is not None and case.grade == URGENT)
        or work.reaches.heard_since(person, at - planning.AWAKE)
    ):
        return at
    return quiet


def wanted(work: UnitOfWork, case: Case, person: int) -> bool:
    """Whether they want to be told how the case stands now. What it cannot go on without is always asked."""
    decided, asks = case.status in RESULTS, case.status is Status.SUPPLEMENTING
    return planning.wished(work.people.wish(person), decided=decided, asks=asks)
