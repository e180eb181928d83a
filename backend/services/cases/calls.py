"""Visit-backs by phone (电话回访): who is called by whom, and what came of a call.

Nobody calls about an answer of their own or of a department they work for:
that is asked here, whatever their roles. One person at a time has a call; who
opens it sees the number, which is on record as every look is. What is said
goes where answers in the chat go; what a citizen has tapped themselves, nobody
overwrites.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain import rights, scope, survey
from backend.domain.case import Event
from backend.domain.drafts import by_day
from backend.domain.survey import over, verdict
from backend.services.cases import casework, visitback
from backend.services.cases.changing import save
from backend.services.office.desk import OnlyLooks
from backend.services.privacy import looks
from backend.store.invitations import Invitation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from backend.domain.case import Actor, Case
    from backend.domain.scope import Scope
    from backend.store.callbacks import Callback
    from backend.store.surveys import SurveyRow
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

LEASE = timedelta(minutes=20)
"""So long a call is one person's."""
SHOWN = 60
"""Calls on a page."""
MOST_PAGES = 20
"""So far it is looked for those that somebody may make, among those that wait."""
LATEST = timedelta(days=14)
"""By then at the latest somebody who asked for it is called again."""
OUTCOMES = ("reached", "no_answer", "wrong", "refused", "later")
REMARK = 500  # characters


class Taken(Exception):
    """Somebody else has this call before them."""

    def __init__(self, user: str) -> None:
        super().__init__(f"{user} is calling them")
        self.user = user


class NoCall(Exception):
    """There is nobody to be called about that, or not any more."""


class Unclear(Exception):
    """What came of the call is not told so that it can be kept. ``key``: of the sentence that says what is missing."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class Listed:
    """One call on the list."""

    call: Callback
    case: Case
    holder: str | None  # who has it before them, if it is somebody else


@dataclass(frozen=True, slots=True)
class Around:
    """The list as one person sees it."""

    now: tuple[Listed, ...]
    later: int  # to be called another time
    first: datetime | None  # … the first of them then


@dataclass(frozen=True, slots=True)
class Before:
    """A call that somebody has before them."""

    call: Callback
    case: Case
    asked: SurveyRow | None


@dataclass(frozen=True, slots=True)
class Told:
    """What the caller wrote down. ``outcome``: one of OUTCOMES."""

    outcome: str
    contacted: bool | None = None
    solved: str | None = None
    satisfied: int | None = None
    reasons: tuple[str, ...] = ()
    remark: str = ""
    again: datetime | None = None  # when they want to be called


def may_call(by: Actor, case: Case) -> bool:
    """Whether this person may call about that case: they and their departments have not handled it."""
    offices = {case.department_id, *case.record.get("co", ())}
    own = by.name in {case.officer, case.record.get("answered_by"), case.record.get("written_by")}
    return rights.may(by, "calls") and not own and by.departments.isdisjoint(offices)


def around(work: UnitOfWork, *, by: Actor, at: datetime) -> Around:
    """Who is to be called now, longest waiting first. Raises: OnlyLooks."""
    _calls(by)
    seen = scope.of(by)
    rows = tuple(islice(_theirs(work, seen, by=by, at=at), SHOWN))
    later, first = work.surveys.calls.later(seen, at=at)
    return Around(rows, later, first)


def _theirs(work: UnitOfWork, seen: Scope, *, by: Actor, at: datetime) -> Iterator[Listed]:
    """What waits and is theirs to call, page by page: those of their own answers may be many."""
    for skip in range(0, SHOWN * MOST_PAGES, SHOWN):
        found = work.surveys.calls.waiting(seen, at=at, limit=SHOWN, skip=skip)
        for call in found:
            case = work.cases.get(call.number)
            if may_call(by, case) and not _moot(call, case):
                yield Listed(call, case, _holder(call, by, at))
        if len(found) < SHOWN:
            return


def take(
    work: UnitOfWork, institutions: Institutions, number: str, asked: int, *, by: Actor, at: datetime, reason: str
) -> Before:
    """Have that call before oneself. ``reason``: why name and number are looked at, for the record.

    Raises: OnlyLooks, NoSuchCase, NotYours, NoCall, Taken.
    """
    _calls(by)
    case = casework.opened(work, number, by=by, lock=True)
    call = _open(work, case, asked, by=by, at=at)
    if not work.surveys.calls.take(number, asked, by.name, at=at, until=at + LEASE):
        raise Taken(call.user or "")
    if rights.unmasks(by, case, institutions[case.institution]) and not looks.open_now(
        work.cases.history(number), by=by, at=at
    ):
        looks.ask(work, institutions, number, reason, by=by, at=at)
    return before(work, number, asked, by=by, at=at)


def before(work: UnitOfWork, number: str, asked: int, *, by: Actor, at: datetime) -> Before:
    """The call that this person has. Raises: OnlyLooks, NoSuchCase, NotYours, NoCall, Taken."""
    _calls(by)
    case = casework.opened(work, number, by=by)
    call = _open(work, case, asked, by=by, at=at)
    if call.user != by.name or call.until is None or call.until <= at:
        raise NoCall
    return Before(call, case, work.surveys.get(number, asked))


def leave(work: UnitOfWork, number: str, asked: int, *, by: Actor) -> None:
    """Somebody else may have it. Raises: OnlyLooks."""
    _calls(by)
    work.surveys.calls.leave(number, asked, by.name)


def tell(
    work: UnitOfWork, institutions: Institutions, number: str, asked: int, told: Told, *, by: Actor, at: datetime
) -> bool:
    """Keep what came of the call; whether the case is worked on again because of it.

    Raises: OnlyLooks, NoSuchCase, NotYours, NoCall, Taken, Unclear.
    """
    _calls(by)
    visitback.lock_person(work, number)
    case = casework.opened(work, number, by=by, lock=True)
    institution = institutions[case.institution]
    call = before(work, number, asked, by=by, at=at).call
    _refuse(institution, told, at=at)
    again = _again(institution, call, told, at=at)
    work.surveys.calls.called(number, asked, told.outcome, at=at, again=again)
    work.surveys.invitations.add(
        Invitation(number, asked, at, "phone", "call", call.why, by.name, case.person, None, told.outcome)
    )
    if told.outcome != "reached":
        _note(case, {"visit": told.outcome, "round": asked, "try": call.tries + 1}, told.remark, by=by, at=at)
        save(work, institution, case)
        return False
    return _heard(work, institution, case, asked, told, by=by, at=at)


def _heard(
    work: UnitOfWork, institution: Institution, case: Case, asked: int, told: Told, *, by: Actor, at: datetime
) -> bool:
    """What they said: an answer where they gave none themselves, else reasons and words beside theirs."""
    row = work.surveys.get(case.number, asked)
    if row is None:
        raise NoCall
    own = row.answered_at is not None and row.by == "chat"
    reasons = tuple(dict.fromkeys((*row.reasons, *told.reasons)))
    work.surveys.record(
        case.number,
        asked,
        contacted=row.contacted if own and row.contacted is not None else told.contacted,
        solved=row.solved if own and row.solved else told.solved,
        satisfied=row.satisfied if own and row.satisfied else told.satisfied,
        remark="；".join(part for part in (row.remark if own else "", told.remark) if part),
        reasons=reasons,
        at=row.answered_at if own and row.answered_at else at,
        by=row.by if own else "phone",
    )
    answers = {"contacted": told.contacted, "solved": told.solved, "satisfied": told.satisfied}
    detail = {**answers, "round": asked, "by": "phone"} | ({"reasons": list(told.reasons)} if told.reasons else {})
    if own:
        _note(case, {"visit": "heard", **detail}, told.remark, by=by, at=at)
    else:
        case.note(Event(at, by.name, "rated", detail, {"remark": told.remark} if told.remark else {}))
    rule = institution.survey.reopen
    decided = verdict(told.solved, told.satisfied, rule, again=visitback.may_again(institution, case))
    if case.round == asked and visitback.follow(work, institution, case, decided, at=at, acting=None):
        return decided is survey.Verdict.REOPEN
    save(work, institution, case)
    return False


def _note(case: Case, detail: dict[str, object], remark: str, *, by: Actor, at: datetime) -> None:
    case.note(Event(at, by.name, "noted", detail, {"remark": remark} if remark else {}))


def _again(institution: Institution, call: Callback, told: Told, *, at: datetime) -> datetime | None:
    """When they are called again; None: that was the last time."""
    if told.outcome not in {"no_answer", "later"} or call.tries + 1 >= institution.survey.tries:
        return None
    if told.outcome == "later":
        return told.again
    due = over(institution, at, institution.survey.between)
    return by_day(due, institution.drafts, ZoneInfo(institution.timezone))


def _refuse(institution: Institution, told: Told, *, at: datetime) -> None:
    """Raises: Unclear."""
    if told.outcome not in OUTCOMES:
        raise Unclear("wrong.calls.outcome")
    if len(told.remark) > REMARK:
        raise Unclear("wrong.calls.long")
    if any(institution.survey.reason(key) is None for key in told.reasons):
        raise Unclear("wrong.calls.reason")
    if told.outcome == "reached" and told.solved is None and told.satisfied is None:
        raise Unclear("wrong.calls.nothing")
    if told.outcome == "later" and (told.again is None or not at < told.again <= at + LATEST):
        raise Unclear("wrong.calls.again")


def _open(work: UnitOfWork, case: Case, asked: int, *, by: Actor, at: datetime) -> Callback:
    """The call, where it still waits and is theirs to make. Raises: OnlyLooks, NoCall, Taken."""
    if not may_call(by, case):
        raise OnlyLooks(by.name)
    call = work.surveys.calls.get(case.number, asked)
    if call is None or call.done_at is not None or _moot(call, case):
        raise NoCall
    if (holder := _holder(call, by, at)) is not None:
        raise Taken(holder)
    return call


def _moot(call: Callback, case: Case) -> bool:
    """It is worked on again already, and asked about the next answer; or they took back consent, or were erased."""
    who = case.facts["who"]
    gone = not who.get("contact") or bool(who.get("withheld"))
    return gone or (call.why != "dissatisfied" and case.round > call.round)


def _holder(call: Callback, by: Actor, at: datetime) -> str | None:
    return call.user if call.user not in {None, by.name} and call.until is not None and call.until > at else None


def _calls(by: Actor) -> None:
    """Raises: OnlyLooks."""
    if not rights.may(by, "calls"):
        raise OnlyLooks(by.name)
