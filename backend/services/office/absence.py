"""Officers who are away: until when, and who has their cases meanwhile; kept in a ledger to which lines are only added.

The cases stay theirs. Whoever stands in sees them, gets their alerts and moves
them under their own name; the history says for whom. Back is back at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain import rights
from backend.domain.lifecycle import HANDLE, REVIEW
from backend.services.office.desk import OnlyLooks
from backend.store.accounts import NoSuchUser
from backend.store.duty import Absence

if TYPE_CHECKING:
    from datetime import datetime

    from backend.domain.case import Actor
    from backend.store.accounts import Officer
    from backend.store.work import UnitOfWork

WORK = HANDLE | REVIEW


class NoDeputy(Exception):
    """That person cannot stand in."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name} cannot stand in: {why}")
        self.name = name


class Over(Exception):
    """An absence ends after it begins."""

    def __init__(self) -> None:
        super().__init__("the day until which they are away is over")


def away(work: UnitOfWork, name: str, *, until: datetime, deputy: str | None, by: Actor, at: datetime) -> None:
    """They are away until then; without a ``deputy`` alerts go to who is on duty.

    Raises: NoSuchUser, NoDeputy, Over, OnlyLooks: another's absence is told by those who keep the roster.
    """
    officer = _theirs(work, name, by=by)
    if until <= at:
        raise Over
    if deputy is not None:
        _check(work, officer, deputy, at=at)
    work.accounts.set_away(name, until=until, deputy=deputy)
    work.duty.note_absence(Absence(name, deputy, at, until, by.name))


def back(work: UnitOfWork, name: str, *, by: Actor, at: datetime) -> None:
    """They are back; who was not away is no error. Raises: NoSuchUser, OnlyLooks."""
    officer = _theirs(work, name, by=by)
    if officer.away_until is None or officer.away_until <= at:
        return
    work.accounts.set_away(name, until=None, deputy=None)
    work.duty.note_absence(Absence(name, officer.deputy, at, at, by.name))


def absent(work: UnitOfWork, *, by: Actor, at: datetime) -> list[Officer]:
    """Who is away now, of this actor's institution."""
    return [
        one
        for one in work.accounts.officers()
        if one.away_until is not None and one.away_until > at and by.institution in {None, one.institution}
    ]


def colleagues(work: UnitOfWork, institution: str | None) -> list[str]:
    """Who works on cases of that institution, in order; None: of any."""
    return [one.name for one in work.accounts.officers() if _works(one, institution)]


def _theirs(work: UnitOfWork, name: str, *, by: Actor) -> Officer:
    officer = work.accounts.officer(name)
    if officer is None or (by.institution is not None and officer.institution != by.institution and by.name != name):
        raise NoSuchUser(name)
    if by.name != name and not rights.may(by, "roster"):
        raise OnlyLooks(by.name)
    return officer


def _check(work: UnitOfWork, officer: Officer, name: str, *, at: datetime) -> None:
    """Raises: NoDeputy."""
    deputy = work.accounts.officer(name)
    if deputy is None or not _works(deputy, officer.institution):
        raise NoDeputy(name, "nobody of that name works on cases of the same institution")
    if name == officer.name or name in work.accounts.stands_in(officer.name, now=at):
        raise NoDeputy(name, "that person is away too, or the same")


def _works(one: Officer, institution: str | None) -> bool:
    """Whether they may do another's work there."""
    return not one.disabled and bool(one.roles & WORK) and one.institution in {None, institution}
