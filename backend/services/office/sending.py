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
