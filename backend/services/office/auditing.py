"""The record of the office, for who answers for it: who looked at whom, what became of cases, who changed what.

Whoever looks somebody or a case up in it, takes it away as a file or has it
checked, is put on record too. Cases are those that the reader may know of.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from backend.domain import rights, scope
from backend.services.office import deeds
from backend.services.office.desk import OnlyLooks

if TYPE_CHECKING:
    from datetime import datetime

    from backend.domain.case import Actor
    from backend.store.auditing import Kept, Line, Mark, Wanted
    from backend.store.checks import Check
    from backend.store.work import UnitOfWork

AGAIN = timedelta(hours=1)
"""Who asks the same once more within it is not put on record anew: pages are turned and reloaded."""


def events(work: UnitOfWork, wanted: Wanted, *, by: Actor, below: Mark | None, limit: int) -> list[Line]:
    """What happened to cases, newest first. Raises: OnlyLooks."""
    _require(by)
    return work.auditing.events(scope.of(by), wanted, below=below, limit=limit)


def kept(
    work: UnitOfWork, wanted: Wanted, *, by: Actor, below: tuple[datetime, int, int] | None, limit: int
) -> list[Kept]:
    """What was done in the office, newest first; ``wanted.number`` is whom or what it was done to. Raises: OnlyLooks."""
    _require(by)
    return work.auditing.kept(by.institution, wanted, below=below, limit=limit)


def note_reading(work: UnitOfWork, subject: str, part: str, *, by: Actor, at: datetime) -> None:
    """Keep that this person looked *subject* up. Raises: OnlyLooks."""
    _require(by)
    if work.deeds.last(by.name, "audit_read", subject[: deeds.LONGEST], since=at - AGAIN) is None:
        deeds.note(work, "audit_read", subject, by=by, at=at, institution=by.institution, detail={"part": part})


def note_export(work: UnitOfWork, part: str, asked: dict[str, str], *, by: Actor, at: datetime) -> None:
    """Keep that this person took a part of the record away. Raises: OnlyLooks."""
    _require(by)
    deeds.note(work, "audit_exported", part, by=by, at=at, institution=by.institution, detail={"asked": asked})


def ask_check(work: UnitOfWork, *, by: Actor, at: datetime) -> bool:
    """Have every history and seal checked; False: that is under way. Raises: OnlyLooks."""
    _require(by)
    asked = work.checks.ask(by=by.name, at=at)
    if asked:
        deeds.note(work, "audit_checked", "", by=by, at=at)
    return asked


def checks(work: UnitOfWork, *, by: Actor) -> tuple[Check | None, Check | None]:
    """The check that is under way or waits, and the last that ended. Raises: OnlyLooks."""
    _require(by)
    newest = work.checks.newest()
    return newest if newest and newest.ended_at is None else None, work.checks.newest(ended=True)


def _require(by: Actor) -> None:
    if not rights.may(by, "audit"):
        raise OnlyLooks(by.name)
