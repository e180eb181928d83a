"""The moves a handler is offered: the next one first, each with the fields it needs and what the citizen will read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backend.domain.lifecycle import RULES, Status, notice
from backend.services.cases.answers import READ_AS
from backend.services.cases.notices import is_final, objecting
from backend.web.desk.fields import Input, of_move
from backend.web.desk.replies import samples
from backend.web.desk.view import department_name

if TYPE_CHECKING:
    from backend.services.office.desk import Whole
    from backend.web.desk.view import Reader
    from institutions.model import Institution

S = Status
NEXT: dict[Status, tuple[Status, ...]] = {
    S.RECEIVED: (S.ACCEPTED,),
    S.SUPPLEMENTING: (S.ACCEPTED,),
    S.ACCEPTED: (S.ASSIGNED,),
    S.RETURNED: (S.ASSIGNED,),
    S.TRANSFERRED: (S.ANSWERED,),
    S.ASSIGNED: (S.ANSWERED, S.REVIEWING, S.PLANNED, S.INVESTIGATING),
    S.INVESTIGATING: (S.ANSWERED, S.REVIEWING, S.PLANNED),
    S.MEDIATING: (S.ANSWERED, S.REVIEWING, S.PLANNED),
    S.PLANNED: (S.ANSWERED, S.REVIEWING),
    S.REVIEWING: (S.ANSWERED, S.REVIEWING),
    S.ANSWERED: (S.VISITING_BACK,),
    S.REOPENED: (S.ASSIGNED, S.INVESTIGATING, S.ANSWERED),
    S.APPEALED: (S.ANSWERED,),
    S.SUSPENDED: (S.ACCEPTED,),
    S.CLOSED: (S.ARCHIVED,),
}
"""Where a handler usually takes a case from each status: the first of these that is open to them has its form open, as an
institution that reviews its answers opens none to ANSWERED. Elsewhere the citizen is awaited."""
LAST = (S.SUSPENDED, S.WITHDRAWN)
"""What is rarely done stands below."""
NOTES = {S.TRANSFERRED: "field.note.transferred", S.REFUSED: "field.note.refused"}
"""What the note of a move is called where it is not just any note."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One move."""

    to: str
    verb: str
    fields: tuple[Input, ...]
    told: str  # what the citizen will read; empty: nothing
    usual: bool  # the next step
    checked: bool = False  # its words are an answer, which is looked over as it is typed
    drafted: bool = False  # words stand in it before anybody typed


def offers(whole: Whole, institution: Institution, reader: Reader) -> list[Offer]:
    """What this handler may do with the case, the usual step first."""
    usual = next((to for to in NEXT.get(whole.case.status, ()) if to in whole.moves), None)
    order = sorted(whole.moves, key=lambda to: (to is not usual, to in LAST))
    return [_offer(whole, to, institution, reader, usual=to is usual) for to in order]


def _offer(whole: Whole, to: Status, institution: Institution, reader: Reader, *, usual: bool) -> Offer:
    again = whole.case.status is to
    needs = RULES[to].needs
    fields = tuple(
        of_move(name, _label(to, name, reader, needed=name in needs), whole, institution, reader, needed=name in needs)
        for name in _names(to)
    )
    told = "answer" if "answer" in needs else "note"  # where the words to the citizen are written
    begins = samples(whole, institution, reader, to.value)
    fields = tuple(replace(field, samples=begins) if field.name == told else field for field in fields)
    return Offer(
        to.value,
        reader.t(f"to.{to}.again" if again else f"to.{to}"),
        fields,
        _told(whole, to, institution, reader),
        usual,
        to in READ_AS,
        any(field.name == "answer" and field.chosen for field in fields),
    )


def _names(to: Status) -> tuple[str, ...]:
    """What the move needs and may have, and a note, which any may have; an answer says all there is to say."""
    rule = RULES[to]
    names = (*rule.needs, *rule.may)
    return names if {"note", "answer"} & set(names) else (*names, "note")


def _label(to: Status, name: str, reader: Reader, *, needed: bool) -> str:
    if name == "answer" and not needed:
        return reader.t("field.answer.draft")
    if name != "note":
        return reader.t(f"field.{name}")
    if to in NOTES:
        return reader.t(NOTES[to])
    read_by = "told" if "{note}" in RULES[to].told else "inner"
    ending = {
        ("told", True): ".needed",
        ("told", False): ".told",
        ("inner", True): ".inner.needed",
        ("inner", False): ".inner",
    }
    return reader.t("field.note" + ending[read_by, needed])


def _told(whole: Whole, to: Status, institution: Institution, reader: Reader) -> str:
    """The citizen's message with marks where the handler's words will stand."""
    case = whole.case
    given = {key: reader.t(f"placeholder.{key}") for key in RULES[to].needs if key != "department"}
    name = department_name(institution, case.department_id, reader)
    told = notice(to, reader.language, number=case.number, department=name, given=given)
    return "\n".join(
        part
        for part in (told, objecting(institution, to, reader.now, reader.language, final=is_final(institution, case)))
        if part
    )
