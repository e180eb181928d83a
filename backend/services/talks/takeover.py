"""A person in a chat instead of the bot: what the desk lists, what a handler does there, and what time does.

Every word goes through the outbox, and everything done is on record: in the
handover's own lines, and in the history of the case where it is about one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from backend.domain import blanks, rights
from backend.domain.case import Event
from backend.services.cases import casework, notices, reporters
from backend.services.cases.casework import Empty
from backend.services.cases.changing import save
from backend.services.office.desk import OnlyLooks
from backend.services.privacy import sheltering
from backend.services.talks import conversations, handover, intake
from backend.store.alerts import Alert
from dialogs.conversation import Conversation
from dialogs.events import AlarmDue, GivenBack, NobodyCame, Taken
from dialogs.wording import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from backend.domain.case import Actor, Case
    from backend.store.evidence import EvidenceRow
    from backend.store.handovers import Handover
    from backend.store.journal import Line
    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

BEFORE = timedelta(days=1)
"""So much of the talk before somebody was asked for is shown, where no draft says when it began."""
SHOWN, LISTED = 200, 6  # lines of one chat, and of each on the list
SYSTEM = "system"
CAME = "desk"
"""Why there is a person where the citizen asked for none: the handler came."""


class NobodyThere(Exception):
    """Who filed that case has no chat with us."""

    def __init__(self, number: str) -> None:
        super().__init__(f"nobody of case {number} has a chat")
        self.number = number


class NotHere(Exception):
    """Somebody else has the chat, or nobody waits there any more."""

    def __init__(self, handover_id: int, taken_by: str | None) -> None:
        super().__init__(f"handover {handover_id} is {taken_by or 'nobody'}'s")
        self.handover, self.taken_by = handover_id, taken_by


@dataclass(frozen=True, slots=True)
class Talk:
    """One chat as the desk shows it."""

    row: Handover
    person: Person
    now: Conversation
    lines: list[Line]
    evidence: tuple[EvidenceRow, ...] = ()  # of the case it is about
    who: tuple[
        Mapping[str, Any], ...
    ] = ()  # the citizen, as in each case and draft of theirs: name, contact, confidential


def listed(work: UnitOfWork, *, by: Actor) -> list[Talk]:
    """Everybody who waits or has somebody, danger first; without their whole talk. Raises: OnlyLooks."""
    _works(by)
    rows = work.handovers.open(institution=by.institution)
    return [_talk(work, row, limit=LISTED, by=by) for row in rows if _seen(work, row, by=by)]


def opened(work: UnitOfWork, handover_id: int, *, by: Actor) -> Talk:
    """One of them with the talk so far. Raises: NoSuchHandover, OnlyLooks."""
    row = _row(work, handover_id, by=by)
    evidence = tuple(work.evidence.of_case(row.number)) if row.number else ()
    return replace(_talk(work, row, limit=SHOWN, by=by), evidence=evidence)


def take(work: UnitOfWork, institutions: Institutions, handover_id: int, *, by: Actor, at: datetime) -> None:
    """Take the chat; once more by the same handler is nothing. Raises: NoSuchHandover, OnlyLooks, NotHere."""
    row = _locked(work, handover_id, by=by)
    if row.state == "taken" and row.taken_by == by.name:
        return
    if row.state not in {"waiting", "missed"} or row.kind != handover.PERSON:
        raise NotHere(row.id, row.taken_by)
    institution = institutions[row.institution]
    work.handovers.take(row.id, by=by.name, at=at, due=handover.after(institution, institution.handover.idle, at))
    _happens(work, institutions, row, Taken(), at=at)


def begin(work: UnitOfWork, institutions: Institutions, number: str, *, by: Actor, at: datetime) -> int:
    """Take the chat of who filed that case, whether they asked for somebody or not; the id to go on with.

    Raises: NoSuchCase, NotYours, OnlyLooks, NobodyThere, NotHere.
    """
    case = casework.opened(work, number, by=by)
    _works(by)
    if case.person is None or not work.people.get(case.person).address:
        raise NobodyThere(number)
    work.people.lock_known(case.person)
    institution = institutions[case.institution]
    row = work.handovers.open_of(case.person, case.institution, handover.PERSON)
    if row is None:
        due = handover.after(institution, institution.handover.wait, at)
        row = work.handovers.ask(
            case.person, case.institution, kind=handover.PERSON, reason=CAME, number=number, at=at, due=due
        )
    taken = row.state == "taken" and row.taken_by == by.name
    take(work, institutions, row.id, by=by, at=at)
    if not taken:
        _on_record(work, institution, number, "taken", by=by.name, at=at)
    return row.id


def of_case(work: UnitOfWork, case: Case) -> Handover | None:
    """Who has the chat of who filed it, or that they wait; None: the bot has it, or there is none."""
    return None if case.person is None else work.handovers.open_of(case.person, case.institution, handover.PERSON)


def join(work: UnitOfWork, institutions: Institutions, handover_id: int, *, by: Actor, at: datetime) -> int:
    """Take the chat of somebody who tells of a danger and has not asked for a person; the id to go on with.

    Raises: NoSuchHandover, OnlyLooks, NotHere.
    """
    row = _locked(work, handover_id, by=by)
    if row.state == "ended":
        raise NotHere(row.id, row.taken_by)
    due = handover.after(institutions[row.institution], institutions[row.institution].handover.wait, at)
    asked = work.handovers.ask(
        row.person, row.institution, kind=handover.PERSON, reason=row.reason, number=row.number, at=at, due=due
    )
    take(work, institutions, asked.id, by=by, at=at)
    return asked.id


def say(work: UnitOfWork, institutions: Institutions, handover_id: int, text: str, *, by: Actor, at: datetime) -> None:
    """A handler's words into the chat they have. Raises: NoSuchHandover, OnlyLooks, NotHere, Empty."""
    row = _mine(work, handover_id, by=by)
    words = text.strip()
    if not words:
        raise Empty("text")
    institution, person = institutions[row.institution], work.people.get(row.person)
    blanks.check("message", {"note": words}, institution)
    said = phrase(person.language, "human.says", text=words)
    case = work.cases.get(row.number, lock=True) if row.number is not None else None
    form = _form(institution, case, person, at=at, note=words)
    notice = work.outbox.queue(person.id, number=row.number, kind="message", text=said, at=at, fields=form)
    work.handovers.note(row.id, "said", by=by.name, at=at, notice=notice)
    work.handovers.put_off(row.id, handover.after(institution, institution.handover.idle, at))
    if case is not None:
        case.note(Event(at, by.name, "said", {"chat": row.id}, {"text": words}))
        save(work, institution, case)


def give_back(work: UnitOfWork, institutions: Institutions, handover_id: int, *, by: Actor, at: datetime) -> None:
    """Leave the chat to the bot again. Raises: NoSuchHandover, OnlyLooks, NotHere."""
    row = _mine(work, handover_id, by=by)
    work.handovers.end(row.id, by=by.name, at=at)
    if row.number is not None:
        _on_record(work, institutions[row.institution], row.number, "back", by=by.name, at=at)
    _happens(work, institutions, row, GivenBack(), at=at)


def settle(work: UnitOfWork, handover_id: int, *, by: Actor, at: datetime) -> None:
    """Nobody need come any more: the citizen was called, or it is settled. Raises: NoSuchHandover, OnlyLooks, NotHere."""
    row = _locked(work, handover_id, by=by)
    if row.state == "ended":
        return
    if row.state != "missed":
        raise NotHere(row.id, row.taken_by)
    work.handovers.end(row.id, by=by.name, at=at)


def due(work: UnitOfWork, *, at: datetime) -> list[int]:
    """The handovers for which time is up."""
    return [row.id for row in work.handovers.due(at)]


def put_off(work: UnitOfWork, handover_id: int, *, at: datetime) -> None:
    """Something is wrong with that one: look at it again in a minute."""
    work.handovers.put_off(handover_id, at + handover.MINUTE)


def turn(work: UnitOfWork, institutions: Institutions, handover_id: int, *, at: datetime) -> bool:
    """What follows when time is up: a danger is filed, a broken promise excused, a silent chat given back."""
    work.people.lock_known(work.handovers.get(handover_id).person)
    row = work.handovers.get(handover_id)  # once more: they may have been answered meanwhile
    if row.due_at is None or row.due_at > at or row.state == "ended":
        return False
    if row.institution not in institutions:
        work.handovers.miss(row.id, at=at)
        return False
    if row.kind == handover.DANGER:
        _happens(work, institutions, row, AlarmDue(), at=at)
        if work.handovers.get(row.id).state != "ended":  # its case was made by another way
            work.handovers.end(row.id, by=SYSTEM, at=at)
    elif row.state == "taken":
        work.handovers.end(row.id, by=SYSTEM, at=at)
        if row.number is not None:
            work.alerts.add(Alert(row.institution, row.number, "chat_back", at, {}, user=row.taken_by))
            _on_record(work, institutions[row.institution], row.number, "idle", by=SYSTEM, at=at)
        _happens(work, institutions, row, GivenBack(), at=at)
    else:
        work.handovers.miss(row.id, at=at)
        _happens(work, institutions, row, NobodyCame(row.reason), at=at)
    return True


def _happens(
    work: UnitOfWork,
    institutions: Institutions,
    row: Handover,
    event: Taken | GivenBack | NobodyCame | AlarmDue,
    *,
    at: datetime,
) -> None:
    """Let the conversation know; what it says to that goes out by itself."""
    person, institution = work.people.get(row.person), institutions[row.institution]
    before = conversations.load(work, person, institution)
    now, bubbles = intake.respond(work, institutions, person, before, event, institution=institution, at=at)
    conversations.keep(work, person, institution, now, at=at)
    for say_ in bubbles:
        choices = [{"id": choice.id, "label": choice.label} for choice in say_.choices]
        case = work.cases.get(row.number) if row.number is not None else None
        form = _form(institution, case, person, at=at)
        work.outbox.queue(
            person.id, number=row.number, kind="message", text=say_.text, choices=choices, at=at, fields=form
        )


def _on_record(work: UnitOfWork, institution: Institution, number: str, what: str, *, by: str, at: datetime) -> None:
    """In the history of the case: taken, back, idle."""
    case = work.cases.get(number, lock=True)
    case.note(Event(at, by, "noted", {"talk": what}))
    save(work, institution, case)


def _form(
    institution: Institution, case: Case | None, person: Person, *, at: datetime, note: str = ""
) -> dict[str, str]:
    """For a platform that lets us fill in a form only."""
    if case is not None:
        return notices.form(institution, case, person.language, at=at, note=note)
    return notices.form_of_draft(institution, "left", person.language, at=at) | ({"note": note} if note else {})


def _talk(work: UnitOfWork, row: Handover, *, limit: int, by: Actor) -> Talk:
    person = work.people.get(row.person)
    state = work.people.conversation(person.id, row.institution)
    now = Conversation.from_json(state) if state else Conversation()
    begun = now.alarm.draft.begun if row.kind == handover.DANGER and now.alarm else now.draft.begun
    since = min(datetime.fromisoformat(begun), row.asked_at) if begun else row.asked_at - BEFORE
    lines = [line for line in work.journal.talk(person.id, limit=limit) if line.at >= since]
    lines = sheltering.chat(work, lines, person.id, by=by)
    return Talk(row, person, now, lines, who=tuple(known_as(work, person, now)))


def of_chat(work: UnitOfWork, person: Person, institution: str) -> tuple[Mapping[str, Any], ...]:
    """The citizen of that chat with that institution, as ``known_as`` tells it."""
    state = work.people.conversation(person.id, institution)
    return tuple(known_as(work, person, Conversation.from_json(state) if state else Conversation()))


def known_as(work: UnitOfWork, person: Person, now: Conversation) -> Iterator[Mapping[str, Any]]:
    """The citizen, as in each draft and case of theirs: name, contact, confidential."""
    drafts = [now.draft, *now.waiting, *(kept.draft for kept in now.shelf)]
    drafts += [draft for draft in (now.aside, now.alarm and now.alarm.draft) if draft]
    for values in (draft.values for draft in drafts):
        yield {**values, "name": values.get("who")}
    for case in work.cases.bound_cases(person.id):
        if case.person == person.id:
            yield case.facts["who"]
        for one in reporters.joint(work.cases.history(case.number)):
            if one.person == person.id:
                yield {**one.facts, "name": one.facts.get("who")}


def _works(by: Actor) -> None:
    if not rights.may(by, "talk"):
        raise OnlyLooks(by.name)


def _row(work: UnitOfWork, handover_id: int, *, by: Actor) -> Handover:
    _works(by)
    row = work.handovers.get(handover_id)
    if by.institution not in {None, row.institution} or not _seen(work, row, by=by):
        raise OnlyLooks(by.name)
    return row


def _seen(work: UnitOfWork, row: Handover, *, by: Actor) -> bool:
    """Whether it is about no case yet, or about one that this actor sees."""
    return row.number is None or rights.sees(by, work.cases.get(row.number))


def _locked(work: UnitOfWork, handover_id: int, *, by: Actor) -> Handover:
    """The row as it stands once nobody else works for that citizen."""
    work.people.lock_known(_row(work, handover_id, by=by).person)
    return _row(work, handover_id, by=by)


def _mine(work: UnitOfWork, handover_id: int, *, by: Actor) -> Handover:
    row = _locked(work, handover_id, by=by)
    if row.state != "taken" or row.taken_by != by.name:
        raise NotHere(row.id, row.taken_by)
    return row
