"""The work list: its heaps, what each is narrowed down to, and how many cases lie there.

What one may do now comes first, by what presses most. What is worked on is read
from one index whatever it is narrowed by; what is over is looked through newest
first, so far back at a time: see ``store.worklist``. Nothing here changes anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from backend.domain import duties, rights, scope
from backend.domain.lifecycle import CORE, PAUSING, Status
from backend.services.cases import finding, officers
from backend.services.files import unheard
from backend.services.office import alerting, desk
from backend.store.narrowing import Narrowed
from backend.store.worklist import OVER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.domain.case import Actor, Case
    from backend.domain.duties import Share
    from backend.store.filters import Filter
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]
    Homes = Mapping[str, str]  # channel name -> institution id

S = Status
MINE, ALL = "mine", "all"
TABS: dict[str, frozenset[Status]] = {
    MINE: frozenset(status for status, roles in duties.WAITS.items() if roles),
    "new": frozenset({S.RECEIVED, S.SUPPLEMENTING}),
    "working": frozenset(Status) - CORE - {S.SUPPLEMENTING, S.REFUSED, S.APPEALED, S.ARCHIVED, S.WITHDRAWN}
    | {S.ACCEPTED, S.ASSIGNED},
    "answered": frozenset({S.ANSWERED, S.VISITING_BACK}),
    "again": frozenset({S.REOPENED, S.APPEALED}),
    "over": frozenset({S.REFUSED, S.CLOSED, S.ARCHIVED, S.WITHDRAWN}),
    ALL: frozenset(Status),
}
"""The heaps of the work list, in the order a handler goes through them."""
PRESSING = frozenset({MINE, "new", "working", "again"})
"""Heaps that are worked through by what presses most; the others stand newest first."""
PAGE = 50  # rows
ME, NOBODY = "me", "none"
"""Who has a case: whoever asks or those they stand in for; nobody."""
DUES = ("late", "today", "soon")
"""A clock's end is over; comes before midnight; comes within SOON."""
SOON = timedelta(hours=24)
COUNTED = 100
"""Cases of a saved list that are counted, so that many lists are counted quickly."""
SHOWN = 8
"""Saved lists that are counted at all: those that stand beside the heaps."""
MOST_OFFICERS = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see of a heap; empty: everything. Ids as the institutions' files have them."""

    tab: str
    institution: str = ""
    department: str = ""
    category: str = ""
    grade: str = ""
    source: str = ""
    status: str = ""
    officer: str = ""  # ME, NOBODY, or a user's name
    district: str = ""
    due: str = ""  # one of DUES
    text: str = ""
    filed_from: str = ""  # the first and the last day of filing, as 2026-11-21
    filed_to: str = ""

    @property
    def statuses(self) -> frozenset[Status]:
        """Of those of the heap, the one asked for; no case whose clock runs is over."""
        found = TABS[self.tab]
        if self.status:
            found &= {Status(self.status)}
        return found - OVER if self.due else found

    @property
    def open(self) -> bool:
        """Whether it asks for cases alone that are not over."""
        return OVER.isdisjoint(self.statuses)


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the work list, or what a word has found, and what surrounds it."""

    cases: list[Case]
    next: str | None  # cursor
    counts: dict[str, int]  # by tab
    evidence: dict[str, dict[str, int]]  # number -> kind -> how many
    people: dict[str, int]  # number -> whose matter it is, counted
    failed: int  # messages that could not be digested
    unsettled: int  # notices that may not have arrived
    voices: int  # voice notes that nobody has listened to
    alerts: int  # about time limits, up to a hundred
    waiting: int  # citizens who wait for a person, or tell of a danger
    upto: int  # the newest event of all that this page knows
    more: bool = False  # a word has found more than is shown
    saved: list[tuple[Filter, int | None]] = field(default_factory=list)  # and how many cases lie there, up to COUNTED
    fitting: int | None = None  # how many cases there are of what was asked; None: nobody has counted
    officers: list[str] = field(default_factory=list)  # to whom the cases of this page can be given
    districts: list[str] = field(default_factory=list)  # that can be asked for


def first(by: Actor) -> str:
    """The heap that this person begins with: their own work, where their roles have any."""
    return MINE if duties.shares(by) else "new"


def tabs(by: Actor) -> list[str]:
    """The heaps that this person has; who only looks has no work of their own."""
    return [key for key in TABS if key != MINE or rights.may(by, "move")]


def listing(
    work: UnitOfWork,
    homes: Homes,
    institutions: Institutions,
    asked: Asked,
    *,
    by: Actor,
    at: datetime,
    cursor: str | None = None,
    limit: int = PAGE,
) -> Listing:
    """A page of a heap, what presses most first where it is worked on, else newest first; of words, newest first.

    ``asked`` narrows it down to what this actor may see of it.
    Raises: BadCursor, BadQuestion; KeyError: no such tab.
    """
    upto = work.worklist.last_event()
    narrowed = narrowed_to(asked, by=by, at=at)
    if asked.text:
        cases, following = _told(work, institutions, asked, narrowed, by=by, at=at, limit=limit, cursor=cursor)
    elif asked.tab in PRESSING or asked.due:
        cases, following = work.worklist.pressing(
            asked.statuses, paused=PAUSING, scope=scope.of(by), narrowed=narrowed, limit=limit, cursor=cursor
        )
    else:
        wide = not (narrowed.department or scope.of(by).departments)  # an index has the newest of a status there
        statuses = () if wide and asked.statuses == frozenset(Status) else asked.statuses
        if asked.status and not asked.statuses:
            cases, following = [], None
        else:
            cases, following = work.worklist.latest(
                statuses, scope=scope.of(by), narrowed=narrowed, limit=limit, cursor=cursor
            )
    listed = _listed(work, homes, cases, following, narrowed, by=by, upto=upto)
    fitting = work.worklist.count(asked.statuses, scope=scope.of(by), narrowed=narrowed) if _counted(asked) else None
    return replace(
        listed,
        saved=_saved(work, by=by, at=at),
        fitting=fitting,
        officers=_officers(work, institutions, cases, by=by),
        districts=work.worklist.districts(scope=scope.of(by)),
    )


def search(
    work: UnitOfWork,
    homes: Homes,
    institutions: Institutions,
    text: str,
    *,
    by: Actor,
    at: datetime,
    institution: str | None = None,
    cursor: str | None = None,
    limit: int = PAGE,
) -> Listing:
    """A page of the cases that this question asks for, of those that this actor may see.

    What this actor reads with stars finds nothing: else who guesses a name learns whose case it is.
    Raises: BadQuestion, BadCursor.
    """
    upto, home = work.worklist.last_event(), by.institution or institution
    asked = finding.question(text, institutions)
    found, following = finding.find(work, asked, by=by, institution=home, now=at, limit=limit, cursor=cursor)
    listed = _listed(work, homes, found, following, Narrowed(home), by=by, upto=upto)
    return replace(listed, more=following is not None, saved=_saved(work, by=by, at=at))


def narrowed_to(asked: Asked, *, by: Actor, at: datetime) -> Narrowed:
    """The same as the store understands it, for whom asks, now."""
    due_from, due_until = _due(asked.due, at)
    return Narrowed(
        by.institution or asked.institution or None,
        asked.department or None,
        asked.category or None,
        asked.grade or None,
        asked.source or None,
        asked.district or None,
        _whose(asked.officer, by),
        due_from,
        due_until,
        _midnight(asked.filed_from),
        _midnight(asked.filed_to, after=1),
        mine(by) if asked.tab == MINE else None,
    )


def _midnight(day: str, *, after: int = 0) -> datetime | None:
    """When that day begins, or so many days *after* it; None: there is no such day."""
    try:
        return datetime.combine(date.fromisoformat(day) + timedelta(days=after), time(), finding.ZONE)
    except (ValueError, OverflowError):
        return None


def mine(by: Actor) -> tuple[Share, ...]:
    """What this person has to do now."""
    return duties.shares(by)


def _whose(officer: str, by: Actor) -> frozenset[str] | None:
    if not officer:
        return None
    if officer == ME:
        return by.stands_in | {by.name}
    return frozenset() if officer == NOBODY else frozenset({officer})


def _due(due: str, at: datetime) -> tuple[datetime | None, datetime | None]:
    if due == "late":
        return None, at
    if due == "soon":
        return at, at + SOON
    if due == "today":
        tomorrow = at.astimezone(finding.ZONE).date() + timedelta(days=1)
        return at, datetime.combine(tomorrow, time(), finding.ZONE)
    return None, None


def _told(
    work: UnitOfWork,
    institutions: Institutions,
    asked: Asked,
    narrowed: Narrowed,
    *,
    by: Actor,
    at: datetime,
    limit: int,
    cursor: str | None,
) -> tuple[list[Case], str | None]:
    """Of the cases in which it was told, newest first, those that fit; a page may hold fewer than there are."""
    question = finding.question(asked.text, institutions)
    if asked.statuses != frozenset(Status):
        question = question.narrowed(statuses=asked.statuses or (finding.NO_STATUS,), since=None)
    found, following = finding.find(
        work,
        question,
        by=by,
        institution=narrowed.institution,
        department=narrowed.department,
        now=at,
        limit=limit,
        cursor=cursor,
    )
    return [case for case in found if narrowed.fits(case)], following


def _counted(asked: Asked) -> bool:
    """Whether what was asked for is more than a heap and is quickly counted."""
    return not asked.text and asked.open and asked != Asked(asked.tab, asked.institution, asked.department)


def _saved(work: UnitOfWork, *, by: Actor, at: datetime) -> list[tuple[Filter, int | None]]:
    """The lists that this person comes back to; the first ones counted, where only open cases are asked for."""
    found: list[tuple[Filter, int | None]] = []
    for place, one in enumerate(work.filters.of(by.name, by.institution)):
        asked = asked_of(one.query, by)
        count = None
        if place < SHOWN and asked.open and not asked.text:
            narrowed = narrowed_to(asked, by=by, at=at)
            count = work.worklist.count(asked.statuses, scope=scope.of(by), narrowed=narrowed, most=COUNTED)
        found.append((one, count))
    return found


def asked_of(query: Mapping[str, str], by: Actor) -> Asked:
    """What a saved list asks for; what there is no more is not asked."""
    told = {key: value for key, value in query.items() if key in ASKABLE}
    tab = told.pop("tab", ALL)
    status = told.pop("status", "")
    department = told.pop("department", "").rpartition("/")[2]  # an address has its institution before it
    known = status if status in set(Status) else ""
    return Asked(tab if tab in TABS else first(by), status=known, department=department, **told)


ASKABLE = frozenset({
    "tab", "institution", "department", "category", "grade", "source", "status", "officer", "district", "due", "text",
    "filed_from", "filed_to",
})  # fmt: skip
"""What the address of a list may say, beside where its page begins."""


def _officers(work: UnitOfWork, institutions: Institutions, cases: list[Case], *, by: Actor) -> list[str]:
    """To whom the cases of this page can be given by somebody who may move them."""
    if not cases or not rights.may(by, "move"):
        return []
    homes = [institutions[key] for key in sorted({case.institution for case in cases}) if key in institutions]
    names = [
        officer.name
        for officer in work.accounts.officers()
        if any(officers.works(officer, home, each.id) for home in homes for each in home.departments)
    ]
    return names[:MOST_OFFICERS]


def _listed(
    work: UnitOfWork,
    homes: Homes,
    cases: list[Case],
    following: str | None,
    narrowed: Narrowed,
    *,
    by: Actor,
    upto: int,
) -> Listing:
    home = Narrowed(narrowed.institution, narrowed.department)
    counts = work.worklist.counts(scope=scope.of(by), narrowed=home)
    heaps = {key: sum(counts.get(status, 0) for status in heap) for key, heap in TABS.items()}
    own = replace(home, shares=mine(by))
    heaps[MINE] = work.worklist.count(TABS[MINE], scope=scope.of(by), narrowed=own) if own.shares else 0
    return Listing(
        cases,
        following,
        heaps,
        work.worklist.evidence([case.number for case in cases]),
        work.cases.voices([case.number for case in cases]),
        len(desk.failed(work, homes, by=by)),
        work.worklist.unsettled_count(scope=scope.of(by)),
        len(unheard.waiting(work, homes, by=by)) if rights.may(by, "talk") else 0,
        alerting.count(work, by=by),
        work.handovers.waiting(institution=by.institution) if rights.may(by, "talk") else 0,
        upto,
    )
