"""What handlers and citizens do to a case: one public function a use case, inside one unit of work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain import blanks, doing, rights, running
from backend.domain.acts import ACTS
from backend.domain.case import Event, WrongMove
from backend.domain.lifecycle import CITIZEN, SYSTEM, Status, shut
from backend.domain.refusals import WrongAct
from backend.services.cases import answers, batches, notices, telling, visitback
from backend.services.cases.changing import CITIZEN_ACTOR, enter, save
from backend.services.cases.given import department_id, prepared
from backend.services.talks import questions
from dialogs.draft import papers
from dialogs.events import Rated
from dialogs.wording import named
from institutions.gone import WHY
from nlp.segment import normal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from backend.domain.case import Actor, Case
    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

ASKING = frozenset({Status.ANSWERED, Status.VISITING_BACK, Status.CLOSED})
"""Entering these may ask the citizen the visit-back."""

UNTOLD = frozenset({"ground_en", "remind"})
"""What comes with a move and is not in its line of the history."""
EMERGENCY = "emergency"
GRADES = (EMERGENCY, "urgent", "ordinary", "complex", "minor")


class NotYours(Exception):
    """This person may not see or change that case."""

    def __init__(self, number: str, name: str) -> None:
        super().__init__(f"{name} may not work on case {number}")
        self.number, self.name = number, name


class Unknown(Exception):
    """A key that the institution does not have."""

    def __init__(self, field: str, value: str) -> None:
        super().__init__(f"there is no {field} {value!r}")
        self.field, self.value = field, value


class Empty(Exception):
    """Something must be written."""

    def __init__(self, field: str) -> None:
        super().__init__(f"{field} is empty")
        self.field = field


def opened(work: UnitOfWork, number: str, *, by: Actor, lock: bool = False) -> Case:
    """The case, if this person may see it. Raises: NoSuchCase, NotYours."""
    case = work.cases.get(number, lock=lock)
    if not rights.sees(by, case):
        raise NotYours(number, by.name)
    return case


def move(
    work: UnitOfWork,
    institutions: Institutions,
    number: str,
    to: Status,
    given: Mapping[str, str],
    *,
    by: Actor,
    at: datetime,
    acting: int | None = None,
) -> Case:
    """Change a case's status, run its clocks, tell the citizens. The same move twice changes nothing.

    ``given``: note, answer, department, right and co (ids or names, the last divided by commas), officer,
    investigators, ground (its id, or any words), until (a day) and lacks (keys of slots). Raises: NoSuchCase, NotYours, WrongMove, Missing, Stale.
    """
    if to in ASKING:
        for each in _asked(work, number):
            visitback.lock_person(work, each)
    if to is Status.SUPPLEMENTING:
        questions.lock_people(work, number)
    case = opened(work, number, by=by, lock=True)
    institution = institutions[case.institution]
    told, left = prepared(work, institution, case, to, given, at=at), case.status
    told |= answers.warned(work, institution, case, to, told, by=by, at=at)
    try:
        moved = enter(work, institution, case, to, told, by=by, at=at, acting=acting)
    except WrongMove:
        if _done_already(work, case, to, told, by=by):
            return case
        raise
    for child in batches.follow(work, institution, case, left, told, by=by, at=at) if moved else ():
        if to is Status.ANSWERED and visitback.at_once(institution):
            visitback.start(work, institutions, child, at=at)
    if moved and _asks(institution, left, to):
        return visitback.start(work, institutions, case, at=at)
    if moved and to is Status.SUPPLEMENTING:
        questions.put(work, institutions, case, at=at)
    return case


def _asks(institution: Institution, left: Status, to: Status) -> bool:
    """Whether the visit-back is asked now. Who closes it unasked has not chosen that nobody is asked."""
    closes = to is Status.CLOSED and left is Status.ANSWERED
    return closes or to is Status.VISITING_BACK or (to is Status.ANSWERED and visitback.at_once(institution))


def _asked(work: UnitOfWork, number: str) -> list[str]:
    """The case and those handled with it, by number: an answer to it is one to them."""
    return [number, *sorted(work.cases.get(number).record.get("children", ()))]


def correct(
    work: UnitOfWork, institutions: Institutions, number: str, changes: Mapping[str, str], *, by: Actor, at: datetime
) -> Case:
    """Correct what was proposed: ``category`` (id), ``matter`` (path; empty: none), ``department`` (id), ``grade``, ``kind``.

    Another category or matter goes to its own department unless one is named.

    Raises: NoSuchCase, NotYours, WrongAct, Unknown, Stale.
    """
    case = opened(work, number, by=by, lock=True)
    institution = institutions[case.institution]
    if shut(institution, by.roles):
        raise WrongAct(number, "correct", *WHY)
    before = {
        "category_id": case.category_id,
        "matter_id": case.matter_id,
        "department_id": case.department_id,
        "grade": case.grade,
        "kind": case.kind,
    }
    _apply(institution, case, changes)
    now = {key: getattr(case, key) for key in before}
    changed = {key: [before[key], now[key]] for key in before if before[key] != now[key]}
    if changed:
        case.sealed = case.sealed or institution.seals(case.category_id)
        case.note(Event(at, by.name, "corrected", changed))
        running.anew(institution, case, at=at)
        if changed.get("grade", [""])[-1] == EMERGENCY:
            _emergency(work, institution, case, at=at)
        save(work, institution, case)
    return case


def _emergency(work: UnitOfWork, institution: Institution, case: Case, *, at: datetime) -> None:
    """Its plan starts, once, and the citizen reads the numbers to call."""
    if EMERGENCY in case.record:
        return
    doing.begin_emergency(case, at=at)
    office = institution.office(case.department_id)

    def lead(person: Person) -> dict[str, str]:
        return {"lead": named(person.language, office.name, office.name_en)}

    telling.tell(work, institution, case, ACTS[EMERGENCY], lead, at=at)


def say(
    work: UnitOfWork,
    institutions: Institutions,
    number: str,
    text: str,
    *,
    by: Actor,
    at: datetime,
    asks: bool = False,
) -> Case:
    """A word to the citizens in their chats; what they say next answers it. ``asks``: an answer is waited for.

    Raises: NoSuchCase, NotYours, Empty, BadField: a blank of a reply was left.
    """
    questions.lock_people(work, number)
    case = opened(work, number, by=by, lock=True)
    if not text.strip():
        raise Empty("text")
    home = institutions[case.institution]
    blanks.check("message", {"note": text}, home)
    for person in work.cases.people_of(number):
        words = notices.spoken(number, text.strip(), person.language, asks=asks)
        choices = notices.buttons(work, home, case, person)
        told = notices.form(home, case, person.language, at=at, note=text.strip())
        work.outbox.queue(person.id, number=number, kind="message", text=words, choices=choices, at=at, fields=told)
    case.note(Event(at, by.name, "said", {"asks": True} if asks else {}, {"text": text.strip()}))
    save(work, home, case)
    questions.put(work, institutions, case, at=at)
    return case


def note(work: UnitOfWork, institutions: Institutions, number: str, text: str, *, by: Actor, at: datetime) -> Case:
    """A remark for colleagues, which the citizen does not see. Raises: NoSuchCase, NotYours, Empty."""
    case = opened(work, number, by=by, lock=True)
    if not text.strip():
        raise Empty("note")
    case.note(Event(at, by.name, "noted", {}, {"text": text.strip()}))
    save(work, institutions[case.institution], case)
    return case


def add(
    work: UnitOfWork,
    institutions: Institutions,
    number: str,
    text: str,
    evidence: Sequence[int],
    *,
    at: datetime,
    about: str = "",
) -> Case:
    """Words and files that a citizen adds to a case; one that waited for them is received again.

    ``about``: what the words are about where that is no fact of the case (withdrawn).
    """
    case = work.cases.get(number, lock=True)
    institution = institutions[case.institution]
    if text.strip():
        case.note(Event(at, CITIZEN, "said", {"about": about} if about else {}, {"text": text.strip()}))
    for key in evidence:
        row = work.evidence.get(key)
        case.note(Event(at, CITIZEN, "evidence", {"id": key, "kind": row.kind, "sha256": row.sha256}))
    work.evidence.attach(number, list(evidence))
    _papers_came(institution, case, [work.evidence.get(key).kind for key in evidence])
    if case.status is Status.SUPPLEMENTING:
        enter(work, institution, case, Status.RECEIVED, {}, by=CITIZEN_ACTOR, at=at, acting=case.person)
    else:
        save(work, institution, case)
    return case


def _papers_came(institution: Institution, case: Case, kinds: Sequence[str]) -> None:
    """A case that lacked a paper no longer says so once a file that may be it is there; the files are in its history."""
    extra = dict(case.facts.get("extra") or {})
    if not kinds or not extra.get("lacking"):
        return
    left = papers.still_lacking(institution, str(extra.pop("lacking")), kinds)
    case.facts = {**case.facts, "extra": {**extra, **({"lacking": left} if left else {})}}


def reopen(
    work: UnitOfWork,
    institutions: Institutions,
    number: str,
    text: str,
    evidence: Sequence[int],
    *,
    person: int,
    at: datetime,
) -> Rated:
    """The citizen says that an answered case is not solved; it is worked on again, with a new promise."""
    add(work, institutions, number, text, evidence, at=at)
    case = move(work, institutions, number, Status.REOPENED, {}, by=CITIZEN_ACTOR, at=at, acting=person)
    return Rated(number, reopened=True, promised=case.due.get("answer"))


def _done_already(work: UnitOfWork, case: Case, to: Status, told: Mapping[str, str], *, by: Actor) -> bool:
    """The same move as this person's last one, which our own jobs have carried further since."""
    moves = [e for e in work.cases.history(case.number) if e.what == "moved" and e.by != SYSTEM]
    if not moves or moves[-1].by != by.name or moves[-1].detail["to"] != to.value:
        return False
    last = {**moves[-1].detail, **moves[-1].private}
    return all(_as_told(last.get(key)) == value for key, value in told.items() if key not in UNTOLD)


def _as_told(kept: object) -> object:
    return ",".join(kept) if isinstance(kept, list) else kept


def _set_matter(institution: Institution, case: Case, matter: str | None) -> None:
    """Another second level, or none; the case goes to whoever handles that, as if it had been proposed."""
    paths = {f"{c.id}/{m.id}" for c in institution.categories for m in c.matters if c.id == case.category_id}
    if matter is not None and matter not in paths:
        raise Unknown("matter", matter)
    case.matter_id = matter
    case.department_id = _usual(institution, case)


def _usual(institution: Institution, case: Case) -> str:
    """Who usually handles such a case: by its category and matter, what it tells, where and of which kind."""
    where = case.facts.get("where") or {}
    place = "\n".join((where.get("text") or "", *(where.get("pieces") or {}).values()))
    told = normal(case.facts.get("what") or "")
    return institution.department_for(
        case.category_id, case.matter_id, text=told, place=normal(place), kind=case.kind
    ).id


def _apply(institution: Institution, case: Case, changes: Mapping[str, str]) -> None:
    """The kind comes first: the department may go by it."""
    for key, allowed in (("grade", GRADES), ("kind", institution.kinds)):
        if value := changes.get(key):
            if value not in allowed:
                raise Unknown(key, value)
            setattr(case, key, value)
    if category := changes.get("category"):
        row = next((c for c in institution.categories if c.id == category), None)
        if row is None:
            raise Unknown("category", category)
        if category != case.category_id:
            case.category_id, case.matter_id = category, None
            case.department_id = _usual(institution, case)
    if "matter" in changes and (changes["matter"] or None) != case.matter_id:
        _set_matter(institution, case, changes["matter"] or None)
    if department := changes.get("department"):
        case.department_id = department_id(institution, department, "corrected")
