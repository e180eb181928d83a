"""Reports that managers want sent outside the desk: which ways there are, when a letter goes, what becomes of it.

Who carries a letter away, ``backend.jobs.letters`` knows; what stands in it,
``backend.reporting.letter``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from backend.domain import rights
from backend.domain.workdays import stretches
from backend.services.office import accounts
from institutions.model import Hours

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from backend.domain.case import Actor
    from backend.store.letters import Letter
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

MAIL, PLACE = "mail", "place:"
"""Ways: to one's own address, and (before its name) to one of the places of the settings."""
BACK_OFF = (60, 300, 900, 3600, 4 * 3600)
"""Seconds to wait after the first, second … time that a letter was not taken; after the last it has failed."""
HOURS, ELSEWHERE = Hours(), "Asia/Shanghai"
"""Of whoever reads the reports of all institutions."""


class Place(Protocol):
    """What is needed of the settings of a place."""

    @property
    def name(self) -> str:
        """Unique."""

    @property
    def institution(self) -> str:
        """Whose it is; empty: everybody's."""

    @property
    def reports(self) -> bool:
        """Managers may have their reports told there."""


class Mail(Protocol):
    """What is needed of the settings of the mail server."""

    @property
    def domains(self) -> tuple[str, ...]:
        """Addresses of no other are written to."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a letter did not go. ``final``: trying again would change nothing."""

    reason: str
    final: bool = False


def ways(mail: Mail | None, places: Sequence[Place], institution: str) -> list[str]:
    """The ways that a report of that institution (empty: of all) may take."""
    mine = [one for one in places if one.reports and one.institution in {"", institution}]
    return [*([MAIL] if mail is not None else []), *(f"{PLACE}{one.name}" for one in mine)]


def working_time(institution: Institution | None, at: datetime) -> datetime:
    """*at*, where people work then; else when they next begin to."""
    zone, hours = (ZoneInfo(institution.timezone), institution.hours) if institution else (ZoneInfo(ELSEWHERE), HOURS)
    stretch = next(one for one in stretches(at, zone, hours) if one.closes > at)
    return max(stretch.opens, at)


def claim(work: UnitOfWork, owner: str, *, at: datetime) -> tuple[Letter, Actor | None] | None:
    """The next letter that is due, and who it is for; nobody, where they may not read that report (any more)."""
    letter = work.letters.claim(owner, now=at)
    if letter is None:
        return None
    user = work.accounts.user(letter.user)
    actor = None if user is None or user.disabled else accounts.actor_of(user)
    if actor is None or not may_read(actor, letter.institution):
        return letter, None
    return letter, actor


def may_read(by: Actor, institution: str) -> bool:
    """Whether this person reads reports, and those of that institution (empty: of all that they see)."""
    return rights.may(by, "export") and (by.institution is None or institution in {"", by.institution})


def record(
    work: UnitOfWork, institutions: Institutions, letter: Letter, failure: Failure | None, *, owner: str, at: datetime
) -> None:
    """Keep that it went; or try it again later, within working time, and at last keep that it could not be sent."""
    if failure is None:
        work.letters.record(letter.notice, owner=owner, state="sent", at=at)
        return
    if failure.final or letter.tries > len(BACK_OFF):
        work.letters.record(letter.notice, owner=owner, state="failed", at=at, reason=failure.reason)
        return
    later = at + timedelta(seconds=BACK_OFF[letter.tries - 1])
    due = working_time(institutions.get(letter.institution), later)
    work.letters.record(letter.notice, owner=owner, state="queued", at=at, reason=failure.reason, due=due)


def again(work: UnitOfWork, institutions: Institutions, report: str, institution: str, *, by: Actor, at: datetime) -> int:  # fmt: skip
    """Send what could not be sent once more, in working time; how many letters that is."""
    due = working_time(institutions.get(institution), at)
    return work.letters.again(by.name, report, institution, due=due, at=at)


def last(work: UnitOfWork, *, by: Actor) -> dict[tuple[str, str], Letter]:
    """What became of the newest letter of each report that this person gets, by report and institution."""
    found: dict[tuple[str, str], Letter] = {}
    for letter in work.letters.of(by.name):
        found.setdefault((letter.report, letter.institution), letter)
    return found
