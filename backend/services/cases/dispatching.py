"""The dispatch desk: undecided cases one after another, cases that came back, and what only a coordinator decides.

One press is what a dispatcher would otherwise do in three: correct or confirm
the proposal, accept, assign; all in the unit it is called in, by the same
functions. Who may send a case that came back too often is a rule of the domain
(``hands``, "open_to_lead").
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from backend.domain import rights, scope
from backend.domain.case import Event, WrongMove
from backend.domain.lifecycle import LEAD, PAUSING, Status
from backend.services.cases import casework, overtaken, visitback
from backend.services.cases.casework import Empty
from backend.services.cases.changing import save
from backend.services.office import desk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.domain.case import Actor, Case
    from backend.store.dispatch import Look
    from backend.store.history import PastEvent
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

S = Status
UNDECIDED = frozenset({S.RECEIVED, S.ACCEPTED})
"""Nobody has it yet."""
BACK = frozenset({S.RETURNED})
LEASE = timedelta(minutes=2)
LONGEST = timedelta(minutes=10)
"""A page that is only left open keeps its case from the others no longer than that."""
TRIES = 30
"""So many cases that others look at are passed over in search of a free one."""
SHOWN = 50
"""Cases that came back, on one page."""
WHY = "dispatch"
"""In the detail of a note that says why a case was sent where it was: the note of the move itself is the citizen's."""


class Watched(Exception):
    """Somebody else is looking at that case right now."""

    def __init__(self, number: str, user: str) -> None:
        super().__init__(f"{user} is looking at case {number}")
        self.number, self.user = number, user


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a case shall go. Empty: as it is."""

    department: str
    place: str = ""  # category id, or category/matter
    co: str = ""  # departments that help, divided by commas
    reason: str = ""  # for colleagues


@dataclass(frozen=True, slots=True)
class Card:
    """The case before a dispatcher."""

    case: Case
    evidence: dict[str, int]
    unsure: bool  # the proposal was below what the institution trusts, and nobody has confirmed it
    here: str  # cursor at which it was found
    after: str  # cursor of the next; empty: from the beginning


@dataclass(frozen=True, slots=True)
class Desk:
    """What a dispatcher sees beside the card."""

    undecided: int
    returned: int
    others: list[Look]


@dataclass(frozen=True, slots=True)
class Turn:
    """Once there and back: why it was sent to a department, and why that sent it back."""

    department: str
    sent_by: str
    sent_at: datetime
    sent_why: str
    back_by: str
    back_at: datetime
    back_why: str
    right: str = ""  # whose it is, as the department says


@dataclass(frozen=True, slots=True)
class Returned:
    """A case that came back, with every reason that was given."""

    case: Case
    turns: tuple[Turn, ...]
    for_lead: str  # often, dispute, nobody: why a coordinator decides; empty: a dispatcher may


def card(work: UnitOfWork, *, by: Actor, at: datetime, after: str = "") -> Card | None:
    """Take the next undecided case that nobody else looks at; the one before is free again. None: there is none.

    Raises: OnlyLooks, BadCursor.
    """
    dispatches(by)
    cursor, here = after or None, after
    for _ in range(TRIES):
        cases, cursor = work.worklist.pressing(
            UNDECIDED, paused=PAUSING, scope=scope.of(by), institution=by.institution, limit=1, cursor=cursor
        )
        if cases and work.dispatch.take(cases[0].number, by.name, at=at, until=at + LEASE):
            return _card(work, cases[0], by=by, here=here, after=cursor or "")
        if cursor is None:
            break
        here = cursor
    work.dispatch.leave(by.name)
    return None


def stay(work: UnitOfWork, number: str, *, by: Actor, at: datetime) -> bool:
    """The page is still open; False: the case is somebody else's now, or free again. Raises: OnlyLooks."""
    dispatches(by)
    return work.dispatch.stay(number, by.name, at=at, until=at + LEASE, begun=at - LONGEST)


def around(work: UnitOfWork, *, by: Actor, at: datetime) -> Desk:
    """How much there is to do, and what the others have before them. Raises: OnlyLooks."""
    dispatches(by)
    within = scope.of(by)
    counts = work.worklist.counts(scope=within, institution=by.institution)
    undecided, returned = (sum(counts.get(status, 0) for status in heap) for heap in (UNDECIDED, BACK))
    return Desk(undecided, returned, work.dispatch.others(by.name, at=at, scope=within))


def returned(work: UnitOfWork, institutions: Institutions, *, by: Actor) -> list[Returned]:
    """The cases that came back, what presses most first. Raises: OnlyLooks."""
    dispatches(by)
    cases, _ = work.worklist.pressing(BACK, paused=PAUSING, scope=scope.of(by), institution=by.institution, limit=SHOWN)
    histories = work.cases.histories([case.number for case in cases]) if cases else {}
    return [came_back(case, histories.get(case.number, ()), institutions[case.institution]) for case in cases]


def came_back(case: Case, history: Sequence[PastEvent], institution: Institution) -> Returned:
    """A case that came back, as its history tells it."""
    there_and_back = tuple(turns(history))
    return Returned(case, there_and_back, for_lead(there_and_back, institution))


def turns(history: Sequence[PastEvent]) -> list[Turn]:
    """Each time that it was sent to a department and came back, oldest first."""
    found: list[Turn] = []
    sent: PastEvent | None = None
    why = reason = ""
    for event in history:
        if event.what == "noted" and event.detail.get("about") == WHY:
            why = event.private.get("text") or ""
        elif event.what == "moved" and event.detail["to"] == S.ASSIGNED:
            sent, reason, why = event, why or event.private.get("note") or "", ""
        elif event.what == "moved" and event.detail["to"] == S.RETURNED and sent is not None:
            found.append(_turn(sent, reason, event))
    return found


def for_lead(there_and_back: Sequence[Turn], institution: Institution) -> str:
    """Why a coordinator decides, and not a dispatcher; empty: a dispatcher may.

    often: it came back as often as the institution allows; dispute: a department names one that has sent it back
    itself; nobody: whoever takes what is nobody's sent it back and names nobody.
    """
    if not there_and_back:
        return ""
    refused = {turn.department for turn in there_and_back}
    if len(there_and_back) >= institution.casework.returns:
        return "often"
    if any(turn.right in refused for turn in there_and_back):
        return "dispute"
    last = there_and_back[-1]
    return "nobody" if last.department == institution.default_department and not last.right else ""


def send(
    work: UnitOfWork, institutions: Institutions, number: str, to: Sent, *, seen: int, by: Actor, at: datetime
) -> Case:
    """Place, accept and assign the case, in one unit. The same press twice is one.

    A coordinator who decides where departments disagree says why. Raises: OnlyLooks, NoSuchCase, NotYours, Watched,
    Overtaken, Empty, Unknown, WrongMove, Missing, Stale.
    """
    dispatches(by)
    visitback.lock_person(work, number)
    case = casework.opened(work, number, by=by, lock=True)
    institution = institutions[case.institution]
    given = {key: value for key, value in (("department", to.department), ("co", to.co)) if value}
    news = overtaken.since(work, number, seen)
    if any(overtaken.same_move(event, S.ASSIGNED, given, by=by) for event in news):
        return case
    overtaken.refuse_unseen(number, news, by=by)
    _refuse(work, case, institution, to, by=by, at=at)
    _place(work, institutions, case, to, by=by, at=at)
    if case.status is S.RECEIVED:
        casework.move(work, institutions, number, S.ACCEPTED, {}, by=by, at=at)
    _note(work, institution, number, to.reason, by=by, at=at)
    moved = casework.move(work, institutions, number, S.ASSIGNED, given, by=by, at=at)
    work.dispatch.leave(by.name)
    return moved


def last(work: UnitOfWork, number: str, *, by: Actor) -> Case:
    """The case that has just gone, where who sent it still sees it. Raises: NoSuchCase, NotYours."""
    return casework.opened(work, number, by=by)


def dispatches(by: Actor) -> None:
    """Raises: OnlyLooks: this is somebody else's desk."""
    if not rights.may(by, "dispatch"):
        raise desk.OnlyLooks(by.name)


def _card(work: UnitOfWork, case: Case, *, by: Actor, here: str, after: str) -> Card:
    work.dispatch.leave(by.name, but=case.number)
    unsure = case.proposal.get("decided") is False and not desk.placed(work.cases.history(case.number))
    return Card(case, work.worklist.evidence([case.number]).get(case.number, {}), unsure, here, after)


def _turn(sent: PastEvent, why: str, back: PastEvent) -> Turn:
    return Turn(
        str(sent.detail.get("department", "")),
        sent.by,
        sent.at,
        why,
        back.by,
        back.at,
        back.private.get("note") or "",
        str(back.detail.get("right") or ""),
    )


def _refuse(work: UnitOfWork, case: Case, institution: Institution, to: Sent, *, by: Actor, at: datetime) -> None:
    """Raises: Watched, WrongMove, Empty, OnlyLooks."""
    if case.status not in UNDECIDED | BACK:
        raise WrongMove(case.number, case.status, S.ASSIGNED)
    holder = work.dispatch.holder(case.number, at=at)
    if holder not in {None, by.name}:
        raise Watched(case.number, str(holder))
    if case.status is S.RETURNED:
        why = came_back(case, work.cases.history(case.number), institution).for_lead
        if why and not by.roles & LEAD:
            raise desk.OnlyLooks(by.name)
        if not to.reason.strip():
            raise Empty("reason")


def _place(work: UnitOfWork, institutions: Institutions, case: Case, to: Sent, *, by: Actor, at: datetime) -> None:
    """Correct category and matter where others were chosen; a proposal that was unsure is confirmed by keeping it."""
    category, _, matter = to.place.partition("/")
    changes = {"category": category, "matter": to.place if matter else ""} if category else {}
    changed = casework.correct(work, institutions, case.number, changes, by=by, at=at)
    same = (changed.category_id, changed.matter_id) == (case.category_id, case.matter_id)
    if same and case.proposal.get("decided") is False and not desk.placed(work.cases.history(case.number)):
        changed.note(Event(at, by.name, "corrected", {"confirmed": True}))
        save(work, institutions[case.institution], changed)


def _note(work: UnitOfWork, institution: Institution, number: str, reason: str, *, by: Actor, at: datetime) -> None:
    if not reason.strip():
        return
    case = casework.opened(work, number, by=by, lock=True)
    case.note(Event(at, by.name, "noted", {"about": WHY}, {"text": reason.strip()}))
    save(work, institution, case)
