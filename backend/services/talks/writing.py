"""Words from a case's page to its citizen, and how they would look there before anybody sends them.

While the handler has the chat their words go into it as they are; else they
come as a message about the case. What would be sent is composed by the very
functions that send it, on a copy of the case that nobody saves.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.domain import blanks, rights
from backend.domain.lifecycle import Status
from backend.services.cases import casework, notices, overtaken
from backend.services.cases.given import prepared
from backend.services.office import channels
from backend.services.office.desk import OnlyLooks
from backend.services.talks import questions, takeover
from dialogs.wording import phrase

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.case import Actor, Case
    from backend.store.handovers import Handover
    from backend.store.people import Person
    from backend.store.reach import Reach
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

MODES = ("say", "ask", "supplement", "note")
"""What can be written beside a case; a note goes to nobody outside."""
MESSAGE, STATUS = "message", "status"


@dataclass(frozen=True, slots=True)
class Letter:
    """What one citizen would get. ``others``: how many more would get it too."""

    person: Person
    reach: Reach
    kind: str  # message, status
    text: str
    choices: tuple[Mapping[str, str], ...]
    fields: Mapping[str, str]
    others: int = 0


def say(
    work: UnitOfWork,
    institutions: Institutions,
    number: str,
    text: str,
    *,
    asks: bool,
    seen: int,
    by: Actor,
    at: datetime,
) -> Case:
    """Send it. Raises: NoSuchCase, NotYours, OnlyLooks, Empty, BadField."""
    case = casework.opened(work, number, by=by)
    _writes(by)
    questions.lock_people(work, number)
    if overtaken.written(work, number, "said", text, seen=seen, by=by):
        return case
    if (row := mine(work, case, by=by)) is not None:
        takeover.say(work, institutions, row.id, text, by=by, at=at)
        return casework.opened(work, number, by=by)
    return casework.say(work, institutions, number, text, by=by, at=at, asks=asks)


def _writes(by: Actor, what: str = "say") -> None:
    if not rights.may(by, what):
        raise OnlyLooks(by.name)


def mine(work: UnitOfWork, case: Case, *, by: Actor) -> Handover | None:
    """The chat of who filed it, where this handler has it now."""
    row = takeover.of_case(work, case)
    return row if row is not None and row.state == "taken" and row.taken_by == by.name else None


def give_back(work: UnitOfWork, institutions: Institutions, number: str, *, by: Actor, at: datetime) -> None:
    """Leave the case's chat to the bot again. Raises: NoSuchCase, NotYours, OnlyLooks, NotHere."""
    case = casework.opened(work, number, by=by)
    _writes(by, "talk")
    row = takeover.of_case(work, case)
    if row is not None:
        takeover.give_back(work, institutions, row.id, by=by, at=at)


def would_read(
    work: UnitOfWork,
    institutions: Institutions,
    number: str,
    mode: str,
    given: Mapping[str, str],
    *,
    by: Actor,
    at: datetime,
) -> Letter | None:
    """What the first of the case's citizens would get; None: nobody can get anything. Nothing is kept.

    Raises: NoSuchCase, NotYours, OnlyLooks, WrongMove, Missing: it could not be sent so.
    """
    case = copy.deepcopy(casework.opened(work, number, by=by))
    _writes(by)
    people = work.cases.people_of(number)
    if not people:
        return None
    home, person = institutions[case.institution], people[0]
    words = given.get("note", "").strip()
    if mode == "supplement":
        text, kind = _asked(work, home, case, given, person, by=by, at=at), STATUS
        fields = notices.form(home, case, person.language, at=at)
    else:
        blanks.check(MESSAGE, {"note": words}, home)
        here = person.id == case.person and mine(work, case, by=by) is not None
        text = (
            phrase(person.language, "human.says", text=words)
            if here
            else notices.spoken(number, words, person.language, asks=mode == "ask")
        )
        kind, fields = MESSAGE, notices.form(home, case, person.language, at=at, note=words)
    reach = work.reaches.of(person.id, now=at, way=channels.COUNTED)
    choices = tuple(notices.buttons(work, home, case, person))
    return Letter(person, reach, kind, text, choices, fields, len(people) - 1)


def _asked(
    work: UnitOfWork,
    institution: Institution,
    case: Case,
    given: Mapping[str, str],
    person: Person,
    *,
    by: Actor,
    at: datetime,
) -> str:
    """The notice of a case that would wait for its citizen."""
    told = prepared(work, institution, case, Status.SUPPLEMENTING, given, at=at)
    case.move(Status.SUPPLEMENTING, by=by, at=at, institution=institution, given=told)
    return notices.sentence(institution, case, told, person.language)
