"""A person is needed in a chat: who is on duty, how long it takes, and the row that the desk's list shows.

What a person then does there is ``takeover``'s.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain import clock
from backend.domain.workdays import stretches
from dialogs.events import Handed

if TYPE_CHECKING:
    from datetime import datetime

    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from dialogs.effects import Hand
    from institutions.model import Institution

DANGER, PERSON = "danger", "person"
"""Kinds of rows: a danger that is being told, a citizen who waits for somebody or has them."""
MINUTE = timedelta(minutes=1)


def ask(work: UnitOfWork, institution: Institution, person: Person, effect: Hand, *, at: datetime) -> Handed | None:
    """Put the citizen on the desk's list. A danger is only shown there; its case is made when its time is up."""
    if effect.reason == DANGER:
        due = after(institution, institution.handover.danger, at)
        _row(work, institution, person, DANGER, effect, at=at, due=due)
        return None
    opens = on_duty_from(institution, at)
    if opens is None:
        return Handed(effect.reason, open=False)
    due = after(institution, institution.handover.wait, opens)
    _row(work, institution, person, PERSON, effect, at=at, due=due)
    minutes = -((at - due) // MINUTE)
    return Handed(effect.reason, open=opens == at, minutes=minutes, opens=None if opens == at else opens)


def about(
    work: UnitOfWork, institution: Institution, person: Person, number: str, *, danger: bool, at: datetime
) -> None:
    """There is a case now: the list shows it, and a danger waits no longer."""
    waiting = work.handovers.open_of(person.id, institution.id, PERSON)
    if waiting is not None and waiting.number is None:
        work.handovers.about(waiting.id, number)
    told = work.handovers.open_of(person.id, institution.id, DANGER) if danger else None
    if told is not None:
        work.handovers.about(told.id, number)
        work.handovers.end(told.id, by="system", at=at)


def on_duty_from(institution: Institution, at: datetime) -> datetime | None:
    """*at* itself where somebody is on duty then, else when somebody will be; None: nobody ever is."""
    match institution.handover.staffed:
        case "never":
            return None
        case "always":
            return at
    stretch = next(stretches(at, ZoneInfo(institution.timezone), institution.hours))
    return max(stretch.opens, at)


def after(institution: Institution, length: str, at: datetime) -> datetime:
    """When *length*, counted from *at*, is over, to the second: the clock of promises counts whole minutes."""
    seconds = at - at.replace(second=0, microsecond=0)
    return clock.due(at, length, zone=ZoneInfo(institution.timezone), hours=institution.hours).at + seconds


def _row(
    work: UnitOfWork,
    institution: Institution,
    person: Person,
    kind: str,
    effect: Hand,
    *,
    at: datetime,
    due: datetime,
) -> None:
    number = effect.number or None
    work.handovers.ask(person.id, institution.id, kind=kind, reason=effect.reason, number=number, at=at, due=due)
