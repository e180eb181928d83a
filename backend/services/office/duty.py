"""The duty roster of an institution: who is on duty on which day. Alerts go there where an officer has no deputy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain import rights
from backend.services.office import absence
from backend.services.office.desk import OnlyLooks
from backend.store.accounts import NoSuchUser
from backend.store.duty import Turn

if TYPE_CHECKING:
    from datetime import date

    from backend.domain.case import Actor
    from backend.store.work import UnitOfWork

LONGEST_NOTE = 200  # characters


def turns(work: UnitOfWork, institution: str, first: date, last: date, *, by: Actor) -> list[Turn]:
    """Everybody on duty from that day to that one. Raises: OnlyLooks."""
    _of(institution, by)
    return work.duty.turns(institution, first, last)


def put(work: UnitOfWork, institution: str, day: date, user: str, note: str = "", *, by: Actor) -> None:
    """That user is on duty that day. Raises: OnlyLooks, NoSuchUser: nobody of that name works on cases there."""
    _keeps(institution, by)
    if user not in absence.colleagues(work, institution):
        raise NoSuchUser(user)
    work.duty.put(institution, Turn(day, user, note.strip()[:LONGEST_NOTE]))


def remove(work: UnitOfWork, institution: str, day: date, user: str, *, by: Actor) -> None:
    """They are not; who was not on duty is no error. Raises: OnlyLooks."""
    _keeps(institution, by)
    work.duty.remove(institution, day, user)


def _of(institution: str, by: Actor) -> None:
    if by.institution not in {None, institution}:
        raise OnlyLooks(by.name)


def _keeps(institution: str, by: Actor) -> None:
    _of(institution, by)
    if not rights.may(by, "roster"):
        raise OnlyLooks(by.name)
