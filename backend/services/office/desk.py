"""What handlers ask and do on the desk: lists, one case with everything, and changes that look before they leap.

Each change tells the last line of the history that its handler has seen. What
happened since is told, not overwritten; the same change sent twice is done once.
What a change is, ``casework`` knows; how things are called, the desk's pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from backend.domain import doing, hands, rights, scope
from backend.domain.case import Event
from backend.domain.lifecycle import Status
from backend.services.cases import acts, batches, casework, officers, overtaken, visitback
from backend.services.cases.changing import save
from backend.services.privacy import sheltering
from backend.store.evidence import NoSuchEvidence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.domain.acts import Act
    from backend.domain.case import Actor, Case
    from backend.store.evidence import EvidenceRow
    from backend.store.history import PastEvent
    from backend.store.invitations import Invitation
    from backend.store.journal import Failed, Line
    from backend.store.outbox import Row
    from backend.store.people import Person
    from backend.store.surveys import SurveyRow
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]
    Homes = Mapping[str, str]  # channel name -> institution id

UNDECIDED = frozenset({Status.RECEIVED, Status.SUPPLEMENTING})
"""Statuses that a case may enter before anybody has judged what it is."""
PLACING = frozenset({"category_id", "matter_id", "department_id", "confirmed"})
"""What a correction says when it is about where the case belongs."""
DAY = timedelta(days=1)
"""So long before its filing a case's conversation began, where nobody wrote down when."""


class OnlyLooks(Exception):
    """This user may look and change nothing, or may not see what they ask for."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} may not do that")
        self.name = name


@dataclass(frozen=True, slots=True)
class Whole:
    """One case with everything that belongs to it."""

    case: Case
    history: list[PastEvent]
    evidence: list[EvidenceRow]
    notices: list[Row]
    followers: dict[int, Person]  # whom the notices go to
    surveys: list[SurveyRow]
    invitations: list[Invitation]
    sheltered: bool  # single answers of open windows are left out
    people: int  # whose matter it is, counted
    talk: list[Line]  # the chat of who filed it, from the words that led to this case
    moves: list[Status]  # where this actor may move it
    acts: list[Act]  # what this actor may do to it beside that
    officers: list[str]  # to whom it can be given
    alike: list[str]  # the numbers of cases that could be handled with it
    upto: int


def whole(work: UnitOfWork, institutions: Institutions, number: str, *, by: Actor) -> Whole:
    """Raises: NoSuchCase, NotYours."""
    upto = work.worklist.last_event()
    case = casework.opened(work, number, by=by)
    notices = work.outbox.of_case(number)
    surveys = [row for each in range(1, case.round + 1) if (row := work.surveys.get(number, each)) is not None]
    history = work.cases.history(number)
    talk = [] if case.person is None else _talk(work, case.person, begun(case, history), by=by)
    if sheltered := sheltering.kept_from(by, case) and any(row.over_at is None for row in surveys):
        history = sheltering.history(history, number, work.surveys.sheltered([number]))
        talk, surveys = sheltering.talk(talk, surveys), sheltering.surveys(surveys)
    return Whole(
        case,
        history,
        work.evidence.of_case(number),
        notices,
        {key: work.people.get(key) for key in {row.person for row in notices}},
        surveys,
        work.surveys.invitations.of(number),
        sheltered,
        work.cases.voices([number])[number],
        talk,
        hands.open_to(case, institutions[case.institution], by),
        doing.open_to(case, institutions[case.institution], by),
        officers.choices(work, institutions[case.institution]),
        [
            one
            for one in batches.alike(work, institutions[case.institution], case)
            if rights.sees(by, work.cases.get(one))
        ],
        upto,
    )


def begun(case: Case, history: Sequence[PastEvent]) -> datetime:
    """When the citizen said the first words that led to this case; what they said before is nobody's business."""
    told = next((event.detail.get("since") for event in history if event.what == "filed"), None)
    return datetime.fromisoformat(told) if told else case.filed_at - DAY


def placed(history: Sequence[PastEvent]) -> bool:
    """Whether a person has said where the case belongs: taken it on, corrected the proposal, or confirmed it."""
    return any(
        (event.what == "moved" and Status(event.detail["to"]) not in UNDECIDED)
        or (event.what == "corrected" and not PLACING.isdisjoint(event.detail))
        for event in history
    )


def failed(work: UnitOfWork, homes: Homes, *, by: Actor) -> list[tuple[Failed, Person]]:
    """The messages that could not be digested, oldest first, of the channels this actor's institution has."""
    found = [(each, work.people.get(each.person)) for each in work.journal.failed()]
    return [pair for pair in found if by.institution in {None, homes.get(pair[1].channel)}]


def handled(work: UnitOfWork, homes: Homes, journal_id: int, *, by: Actor) -> bool:
    """Somebody has looked at that message; False: it did not wait for them. Raises: OnlyLooks."""
    _works(by)
    if journal_id not in {each.id for each, _ in failed(work, homes, by=by)}:
        return False
    work.journal.mark_done(journal_id)
    return True


def unsettled(work: UnitOfWork, *, by: Actor, limit: int = 100) -> list[Row]:
    """The newest notices that may not have arrived."""
    return work.worklist.unsettled(scope=scope.of(by), limit=limit)


def again(work: UnitOfWork, institutions: Institutions, number: str, row_id: int, *, by: Actor, at: datetime) -> bool:
    """Send a notice once more, on record; False: it needs no sending. Raises: NoSuchCase, NotYours, OnlyLooks."""
    _works(by)
    case = casework.opened(work, number, by=by, lock=True)
    if row_id not in {row.id for row in work.outbox.of_case(number)} or not work.outbox.again(row_id, at=at):
        return False
    case.note(Event(at, by.name, "notice", {"again": row_id}))
    save(work, institutions[case.institution], case)
    return True


def evidence_of(work: UnitOfWork, number: str, evidence_id: int, *, by: Actor) -> EvidenceRow:
    """A piece of that case's evidence. Raises: NoSuchCase, NotYours, NoSuchEvidence."""
    casework.opened(work, number, by=by)
    row = work.evidence.get(evidence_id)
    if row.number != number:
        raise NoSuchEvidence(evidence_id)
    return row


def move(
    work: UnitOfWork,
    institutions: Institutions,
    number: str,
    to: Status,
    given: Mapping[str, str],
    *,
    seen: int,
    by: Actor,
    at: datetime,
) -> Case:
    """Change the status, unless something happened since event *seen*. Raises: Overtaken, and as casework.move."""
    visitback.lock_person(work, number)
    case = casework.opened(work, number, by=by, lock=True)
    news = overtaken.since(work, number, seen)
    told = {key: value.strip() for key, value in given.items() if value.strip()}
    if any(overtaken.same_move(event, to, told, by=by) for event in news):
        return case
    overtaken.refuse_unseen(number, news, by=by)
    return casework.move(work, institutions, number, to, told, by=by, at=at)


def act(
    work: UnitOfWork,
    institutions: Institutions,
    number: str,
    key: str,
    given: Mapping[str, object],
    *,
    seen: int,
    by: Actor,
    at: datetime,
) -> Case:
    """Do an act, unless something happened since event *seen*. Raises: Overtaken, OnlyLooks, and as acts.do."""
    _works(by)
    casework.opened(work, number, by=by, lock=True)
    news = [
        event for event in overtaken.since(work, number, seen) if event.detail.get("act") != key or event.by != by.name
    ]
    overtaken.refuse_unseen(number, news, by=by)
    return acts.do(work, institutions, number, key, given, by=by, at=at)


def correct(
    work: UnitOfWork,
    institutions: Institutions,
    number: str,
    changes: Mapping[str, str],
    *,
    seen: int,
    by: Actor,
    at: datetime,
) -> Case:
    """Correct the proposal, unless something happened since. What is sent unchanged stays free to follow the rest.

    Raises: Overtaken, OnlyLooks, and as casework.correct.
    """
    _works(by)
    case = casework.opened(work, number, by=by, lock=True)
    now = {
        "category": case.category_id,
        "matter": case.matter_id or "",
        "department": case.department_id,
        "grade": case.grade,
        "kind": case.kind,
    }
    changed = {key: value for key, value in changes.items() if value != now.get(key)}
    if not changed:
        return case
    overtaken.refuse_unseen(number, overtaken.since(work, number, seen), by=by)
    return casework.correct(work, institutions, number, changed, by=by, at=at)


def confirm(work: UnitOfWork, institutions: Institutions, number: str, *, seen: int, by: Actor, at: datetime) -> Case:
    """Say that the proposal is right; once it has been said, or made right, nothing is left to confirm.

    Raises: NoSuchCase, NotYours, Overtaken, OnlyLooks, Stale.
    """
    _works(by)
    case = casework.opened(work, number, by=by, lock=True)
    if placed(work.cases.history(number)):
        return case
    overtaken.refuse_unseen(number, overtaken.since(work, number, seen), by=by)
    case.note(Event(at, by.name, "corrected", {"confirmed": True}))
    save(work, institutions[case.institution], case)
    return case


def say(
    work: UnitOfWork, institutions: Institutions, number: str, text: str, *, seen: int, by: Actor, at: datetime
) -> Case:
    """A word to the citizens; it overwrites nothing, so news do not stop it. Raises: OnlyLooks, and as casework.say."""
    _works(by)
    case = casework.opened(work, number, by=by, lock=True)
    if overtaken.written(work, number, "said", text, seen=seen, by=by):
        return case
    return casework.say(work, institutions, number, text, by=by, at=at)


def note(
    work: UnitOfWork, institutions: Institutions, number: str, text: str, *, seen: int, by: Actor, at: datetime
) -> Case:
    """A remark for colleagues. Raises: OnlyLooks, and as casework.note."""
    _works(by)
    case = casework.opened(work, number, by=by, lock=True)
    if overtaken.written(work, number, "noted", text, seen=seen, by=by):
        return case
    return casework.note(work, institutions, number, text, by=by, at=at)


def _talk(work: UnitOfWork, person: int, since: datetime, *, by: Actor) -> list[Line]:
    return sheltering.chat(work, [line for line in work.journal.talk(person) if line.at >= since], person, by=by)


def _works(by: Actor, what: str = "note") -> None:
    if not rights.may(by, what):
        raise OnlyLooks(by.name)
