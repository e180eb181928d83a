"""What citizens do to a case after filing it: press for it, accept the answer, object to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain.case import Event
from backend.domain.lifecycle import CITIZEN, Status
from backend.services.cases import casework, visitback
from backend.services.cases.changing import CITIZEN_ACTOR, save
from backend.services.talks import conversations
from dialogs.effects import Accept, Appeal, Urge
from dialogs.events import Appealed, Urged, VisitBackDue

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.store.history import PastEvent
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]


def carry_out(
    work: UnitOfWork, institutions: Institutions, effect: Urge | Accept | Appeal, *, person: int, at: datetime
) -> Urged | Appealed | VisitBackDue | None:
    """Do it; what comes of it goes back to the dialog. The unit has the person's lock."""
    match effect:
        case Urge(number, more):
            return replace(urge(work, institutions, number, at=at), more=more)
        case Accept(number):
            return accept(work, institutions, number, person=person, at=at)
        case Appeal(number, text, evidence):
            casework.add(work, institutions, number, text, evidence, at=at)
            given: dict[str, str] = {}
            case = casework.move(
                work, institutions, number, Status.APPEALED, given, by=CITIZEN_ACTOR, at=at, acting=person
            )
            return Appealed(number, case.due.get("answer"))


def urge(work: UnitOfWork, institutions: Institutions, number: str, *, at: datetime) -> Urged:
    """Put it on record that the citizen presses for the case; once a day, by the institution's clock."""
    case = work.cases.get(number, lock=True)
    institution = institutions[case.institution]
    zone = ZoneInfo(institution.timezone)
    before = urges(work.cases.history(number))
    again = bool(before) and before[-1].at.astimezone(zone).date() == at.astimezone(zone).date()
    if not again:
        case.note(Event(at, CITIZEN, "said", {"urged": len(before) + 1}))
        case.urged += 1
        save(work, institution, case)
    told = conversations.brief(institution, case)
    return Urged(replace(told, late=told.promised is not None and at > told.promised), again)


def urges(history: list[PastEvent]) -> list[PastEvent]:
    """The events of a case in which the citizen pressed for it, oldest first."""
    return [event for event in history if event.what == "said" and "urged" in event.detail]


def accept(
    work: UnitOfWork, institutions: Institutions, number: str, *, person: int, at: datetime
) -> VisitBackDue | None:
    """The citizen is content: the visit-back is asked now, which closes the case by its rule."""
    return visitback.begin(work, institutions, number, person=person, at=at)
