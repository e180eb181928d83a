"""Sending once more what citizens may not have, by whoever runs Jiesu; a handler's own button is in desk.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain.case import Event
from backend.domain.lifecycle import SYSTEM
from backend.services.cases.changing import save

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.store.work import UnitOfWork
    from institutions.model import Institution

MOST = 10_000
"""Messages that are queued again at once."""
AGAIN = frozenset({"status", "survey", "message", "campaign"})
"""Not answers and reminders, whose time is over."""


def again(work: UnitOfWork, institutions: Mapping[str, Institution], row_id: int, *, at: datetime) -> bool:
    """Queue that message once more, on record where it belongs to a case; False: it needs no sending."""
    number = work.outbox.case_of(row_id)
    case = work.cases.get(number, lock=True) if number else None
    if not work.outbox.again(row_id, at=at):
        return False
    if case is not None:
        case.note(Event(at, SYSTEM, "notice", {"again": row_id}))
        save(work, institutions[case.institution], case)
    return True


def all_again(work: UnitOfWork, institutions: Mapping[str, Institution], *, at: datetime) -> int:
    """Queue once more everything that did not arrive, oldest first; how much.

    What may have arrived, or was told in another way, is left alone.
    """
    lost = [row for row in work.outbox.not_arrived(limit=MOST) if row.state == "undelivered" and row.kind in AGAIN]
    over = work.missed.settled([row.id for row in lost])
    return sum(again(work, institutions, row.id, at=at) for row in lost if row.id not in over)
