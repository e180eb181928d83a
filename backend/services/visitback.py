"""The visit-back (回访) of a case: asked once for each answer, recorded as it is answered, acted upon.

Not solved, or only partly and not content: the case is reopened for a higher
hand. Else it is closed. Silence closes it too, after the institution's wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain import clock
from backend.domain.case import Event
from backend.domain.lifecycle import CITIZEN, Status
from backend.domain.survey import Verdict, verdict
from backend.services import conversations
from backend.services.changing import CITIZEN_ACTOR, SYSTEM_ACTOR, enter, save
from dialogs.engine import step
from dialogs.events import Rated, VisitBackDue
from dialogs.messages import Say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.case import Case
    from backend.store.work import UnitOfWork
    from dialogs.effects import Rate
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]


def at_once(institution: Institution) -> bool:
    """Whether the visit-back goes out together with the answer."""
    return institution.survey.after.startswith("0")


def lock_person(work: UnitOfWork, number: str) -> None:
    """Take the citizen's lock before the case's: ``start`` will change their conversation. Raises: NoSuchCase."""
    person = work.cases.get(number).person
    if person is not None:
        work.people.lock_known(person)


def start(work: UnitOfWork, institutions: Institutions, case: Case, *, at: datetime) -> Case:
    """Ask the citizen who filed it, in their chat; once for each time it was answered.

    The unit has taken the person's lock, then the case's.
    """
    institution = institutions[case.institution]
    enter(work, institution, case, Status.VISITING_BACK, {}, by=SYSTEM_ACTOR, at=at)
    if case.person is None or not work.surveys.open(case.number, case.round, case.person, at=at):
        return case
    person = work.people.get(case.person)
    talk, effects = step(institution, conversations.load(work, person, institution), VisitBackDue(case.number))
    for effect in effects:
        if isinstance(effect, Say):
            choices = [{"id": c.id, "label": c.label} for c in effect.choices]
            work.outbox.queue(person.id, number=case.number, kind="survey", text=effect.text, choices=choices, at=at)
    conversations.keep(work, person, institution, talk, at=at)
    return case


def begin(
    work: UnitOfWork, institutions: Institutions, number: str, *, person: int, at: datetime
) -> VisitBackDue | None:
    """Ask now, since the citizen came by themselves. None: there is nothing to ask about, or others are asked."""
    case = work.cases.get(number, lock=True)
    if case.person != person or case.status not in {Status.ANSWERED, Status.VISITING_BACK}:
        return None
    enter(work, institutions[case.institution], case, Status.VISITING_BACK, {}, by=SYSTEM_ACTOR, at=at)
    work.surveys.open(number, case.round, person, at=at)
    return VisitBackDue(number)


def rate(work: UnitOfWork, institutions: Institutions, effect: Rate, *, person: int, at: datetime) -> Rated:
    """Put an answer on record and let the case follow from it."""
    case = work.cases.get(effect.number, lock=True)
    institution = institutions[case.institution]
    answers = {"contacted": effect.contacted, "solved": effect.solved, "satisfied": effect.satisfied}
    work.surveys.record(
        case.number,
        _round(work, case),
        contacted=effect.contacted,
        solved=effect.solved,
        satisfied=effect.satisfied,
        remark=effect.remark,
        at=at,
    )
    case.note(Event(at, CITIZEN, "rated", answers, {"remark": effect.remark} if effect.remark else {}))
    decided = verdict(effect.solved, effect.satisfied)
    to = {Verdict.REOPEN: Status.REOPENED, Verdict.CLOSE: Status.CLOSED}.get(decided)
    if to is None or case.status is not Status.VISITING_BACK:
        save(work, institution, case)
        return Rated(case.number, reopened=False)
    enter(work, institution, case, to, {}, by=CITIZEN_ACTOR, at=at, acting=person)
    return Rated(case.number, reopened=to is Status.REOPENED, promised=case.due.get("answer"))


def send_due(work: UnitOfWork, institutions: Institutions, *, at: datetime) -> int:
    """Ask about every answered case whose time has come; returns how many."""
    asked = 0
    for number, since in work.cases.waiting(Status.ANSWERED, before=at):
        lock_person(work, number)
        case = work.cases.get(number, lock=True)
        if over(institutions[case.institution], since, institutions[case.institution].survey.after) <= at:
            start(work, institutions, case, at=at)
            asked += 1
    return asked


def expire(work: UnitOfWork, institutions: Institutions, *, at: datetime) -> int:
    """Close the cases whose visit-back stayed without an answer; returns how many."""
    closed = 0
    for number, since in work.cases.waiting(Status.VISITING_BACK, before=at):
        case = work.cases.get(number, lock=True)
        institution = institutions[case.institution]
        if over(institution, since, institution.survey.wait) <= at:
            enter(work, institution, case, Status.CLOSED, {}, by=SYSTEM_ACTOR, at=at)
            closed += 1
    return closed


def over(institution: Institution, since: datetime, length: str) -> datetime:
    """When *length*, counted from *since*, is over."""
    return clock.due(since, length, zone=ZoneInfo(institution.timezone), hours=institution.hours).at


def _round(work: UnitOfWork, case: Case) -> int:
    """The round that was asked about: a case reopened meanwhile is already in the next."""
    return case.round if work.surveys.get(case.number, case.round) else case.round - 1
