"""The visit-back (回访) of a case: asked once for each answer, recorded as it is answered, acted upon.

Not solved, or only partly and not content: the case is reopened for a higher
hand. Else it is closed. Silence closes it too, after the institution's wait.
Who joined the case is asked as well; the answer that counts and closes is that
of who filed it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain import clock
from backend.domain.case import Event
from backend.domain.lifecycle import CITIZEN, Status
from backend.domain.survey import Verdict, verdict
from backend.services.cases import notices, reporters
from backend.services.cases.changing import CITIZEN_ACTOR, SYSTEM_ACTOR, enter, save
from backend.services.cases.reporters import JOINERS
from backend.services.talks import conversations
from dialogs.engine import step
from dialogs.events import Rated, VisitBackDue
from dialogs.messages import Say
from dialogs.wording import phrase

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.case import Case
    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from dialogs.effects import Rate
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]


def at_once(institution: Institution) -> bool:
    """Whether the visit-back goes out together with the answer."""
    return institution.survey.after.startswith("0")


def lock_person(work: UnitOfWork, number: str) -> None:
    """Take the locks of whom ``start`` asks, before the case's: it changes their conversations. Raises: NoSuchCase."""
    case = work.cases.get(number)
    asked = {person.id for person in work.cases.reporters(number)} | ({case.person} - {None})
    for person in sorted(one for one in asked if one is not None):
        work.people.lock_known(person)


def start(work: UnitOfWork, institutions: Institutions, case: Case, *, at: datetime) -> Case:
    """Ask whose matter it is, each in their chat; once for each time it was answered, and nobody who took back consent.

    The unit has taken their locks, then the case's.
    """
    institution = institutions[case.institution]
    enter(work, institution, case, Status.VISITING_BACK, {}, by=SYSTEM_ACTOR, at=at)
    people = work.cases.reporters(case.number)
    if people and work.surveys.open(case.number, case.round, case.person, at=at):
        for person in people:
            _ask(work, institution, case, person, at=at)
    return case


def begin(
    work: UnitOfWork, institutions: Institutions, number: str, *, person: int, at: datetime
) -> VisitBackDue | None:
    """Ask now, since who filed it came by themselves; who joined is asked too. None: there is nothing to ask about."""
    case = work.cases.get(number)
    if case.person == person:
        lock_person(work, number)
    case = work.cases.get(number, lock=True)
    if case.person != person or case.status not in {Status.ANSWERED, Status.VISITING_BACK}:
        return None
    institution = institutions[case.institution]
    enter(work, institution, case, Status.VISITING_BACK, {}, by=SYSTEM_ACTOR, at=at)
    if work.surveys.open(number, case.round, person, at=at):
        for other in work.cases.reporters(number):
            if other.id != person:
                _ask(work, institution, case, other, at=at)
    return VisitBackDue(number)


def _ask(work: UnitOfWork, institution: Institution, case: Case, person: Person, *, at: datetime) -> None:
    before = conversations.load(work, person, institution)
    if before.silent:
        return
    talk, effects = step(institution, before, VisitBackDue(case.number))
    for effect in effects:
        if isinstance(effect, Say):
            choices = [{"id": c.id, "label": c.label} for c in effect.choices]
            told = notices.form(institution, case, person.language, at=at, note=phrase(person.language, "visit.note"))
            work.outbox.queue(
                person.id, number=case.number, kind="survey", text=effect.text, choices=choices, at=at, fields=told
            )
    conversations.keep(work, person, institution, talk, at=at)


def rate(work: UnitOfWork, institutions: Institutions, effect: Rate, *, person: int, at: datetime) -> Rated:
    """Put an answer on record and let the case follow from it."""
    case = work.cases.get(effect.number, lock=True)
    if work.cases.roles(person).get(case.number) in JOINERS:
        return _rate_joined(work, institutions, case, effect, person=person, at=at)
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


def _rate_joined(
    work: UnitOfWork, institutions: Institutions, case: Case, effect: Rate, *, person: int, at: datetime
) -> Rated:
    """What somebody says who joined: on record beside the case's own visit-back, which alone is counted.

    Not solved reopens the case for them too, even closed; content closes nothing, for who filed it is still asked.
    """
    institution = institutions[case.institution]
    joined = reporters.of_person(reporters.joint(work.cases.history(case.number)), person)
    answers = {"contacted": effect.contacted, "solved": effect.solved, "satisfied": effect.satisfied}
    voice = {"voice": joined.voice} if joined else {}
    case.note(Event(at, CITIZEN, "rated", answers | voice, {"remark": effect.remark} if effect.remark else {}))
    again = verdict(effect.solved, effect.satisfied) is Verdict.REOPEN
    if not again or case.status not in {Status.VISITING_BACK, Status.CLOSED}:
        save(work, institution, case)
        return Rated(case.number, reopened=False)
    enter(work, institution, case, Status.REOPENED, {}, by=CITIZEN_ACTOR, at=at, acting=person)
    return Rated(case.number, reopened=True, promised=case.due.get("answer"))


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
