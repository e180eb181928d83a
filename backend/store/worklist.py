"""What the desk asks across cases: which press most, how many stand where, what changed, which notices need a hand.

Lists of cases by their age are ``cases.page``'s. Nothing here changes anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, case, func, literal, literal_column, or_, select, tuple_, type_coerce

from backend.domain.lifecycle import Status
from backend.domain.scope import EVERYTHING
from backend.store import newest
from backend.store import tables as t
from backend.store.case_rows import COLUMNS as CASE
from backend.store.case_rows import BadCursor, case_from, cursor_after, cursor_of, place_of, values_of
from backend.store.missed import SETTLED
from backend.store.narrowing import NOTHING, Narrowed, conditions
from backend.store.outbox import COLUMNS, Row
from backend.store.visible import visible

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Select

    from backend.domain.case import Case
    from backend.domain.scope import Scope

UNSETTLED = ("uncertain", "undelivered")
"""States of a notice that nobody but a person can bring further."""
NEVER = 2**63 - 1
"""Microseconds since 1970: when a case is due whose clocks do not run."""
URGENT = "emergency"
OVER = frozenset({Status.REFUSED, Status.CLOSED, Status.ARCHIVED, Status.WITHDRAWN})
"""A case that stands elsewhere is open."""
BY_OPEN = "INDEXED BY ix_cases_open"
"""For SQLite, which does not see by itself that the widest index is the only one that is read alone."""
WINDOWS = (200, 800, 3000)
"""Newest cases looked through for those that fit, until a page is full; the next page goes on behind them."""
MOST_DISTRICTS, LOOKED = 60, 50
DAY = 24 * 3600 * 1_000_000
"""Microseconds; by UTC, so that a day begins at 8 in the morning in China, before anybody is at work."""
Place = tuple[int, int, int, int, int, str]
"""Where a case stands in the order of work: its rank, the day when it is due, how often it was pressed for (the more,
the smaller), when it is due and was filed in microseconds, its number."""


@dataclass(frozen=True, slots=True)
class Change:
    """One line was added to a case's history."""

    event: int  # the events' own numbering: of any case, in the order they were written
    number: str
    institution: str
    version: int  # of the case as it stands now
    department_id: str = ""
    officer: str | None = None
    sealed: bool = False
    record: dict[str, Any] = field(default_factory=dict, compare=False, hash=False, repr=False)


@dataclass(frozen=True, slots=True)
class Account:
    """What a citizen told, without who it is but for the store's own number."""

    number: str
    filed_at: datetime
    person: int | None
    what: str
    where: str  # in words; empty where none is told


class Worklist:
    """Counts and lists over the cases of one institution (None: of all)."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def pressing(
        self,
        statuses: Collection[str],
        *,
        paused: Collection[str],
        scope: Scope = EVERYTHING,
        institution: str | None = None,
        narrowed: Narrowed = NOTHING,
        limit: int,
        cursor: str | None = None,
    ) -> tuple[list[Case], str | None]:
        """Up to *limit* cases after *cursor* in the order of work, and the cursor of the next page.

        Emergencies come first, then what is due first, by the day; of one day's
        cases those that citizens pressed for most often. What is due at no
        time, or stands in one of the *paused* statuses, comes last; of two
        alike the one filed first. Of cases that are over none has a clock that
        runs. Raises: BadCursor.
        """
        if not statuses:
            return [], None
        order = _order(paused)
        query = visible(_standing(select(*order), statuses), scope)
        query = query.where(*conditions(narrowed), *conditions(Narrowed(institution)))
        if cursor is not None:
            after = _place(cursor)
            query = query.where(tuple_(*order) > tuple_(*(literal(value) for value in after)))
        places = [tuple(row) for row in self._conn.execute(query.order_by(*order).limit(limit + 1))]
        found = self._cases([place[-1] for place in places[:limit]])
        return found, cursor_of(places[limit - 1]) if len(places) > limit else None

    def latest(
        self,
        statuses: Collection[str],
        *,
        scope: Scope = EVERYTHING,
        narrowed: Narrowed,
        limit: int,
        cursor: str | None = None,
        windows: Sequence[int] = WINDOWS,
    ) -> tuple[list[Case], str | None]:
        """Up to *limit* cases after *cursor*, newest first, and the cursor of the next page; no *statuses*: of any.

        At most so many are looked through as the *windows* tell: a page may hold
        fewer than there are, and its cursor goes on where it ended. Raises: BadCursor.
        """
        before = None if cursor is None else place_of(cursor)
        every = conditions(
            Narrowed(
                narrowed.institution,
                narrowed.department,
                filed_from=narrowed.filed_from,
                filed_until=narrowed.filed_until,
            )
        )
        fit: list[str] = []
        more = False
        for window in (limit + 1,) if narrowed.by_index else windows:
            numbers = newest.newest(self._conn, scope, statuses, every, before=before, limit=window)
            fit += numbers if narrowed.by_index else self._fitting(numbers, narrowed)
            more = len(numbers) == window
            if not more or len(fit) > limit:
                break
            before = self._filed(numbers[-1])
        found = self._cases(fit[:limit])
        if len(fit) > limit:
            return found, cursor_after(found[-1])
        return found, cursor_of([before[0].isoformat(), before[1]]) if more and before else None

    def count(
        self,
        statuses: Collection[str],
        *,
        scope: Scope = EVERYTHING,
        narrowed: Narrowed,
        most: int = newest.MOST_COUNTED,
    ) -> int:
        """How many cases in these statuses are so, counted up to so many; quick where they are open."""
        if not statuses:
            return 0
        query = visible(_standing(select(t.cases.c.number), statuses), scope)
        some = query.where(*conditions(narrowed)).limit(most).subquery()
        return int(self._conn.execute(select(func.count()).select_from(some)).scalar_one())

    def districts(self, *, scope: Scope = EVERYTHING) -> list[str]:
        """The districts that cases within that scope told of, in order, of the first MOST_DISTRICTS there are.

        Each is one look into an index and one at LOOKED of its cases: a name that is seldom theirs may be left out.
        """
        c, found, last = t.cases.c, [], ""
        for _ in range(MOST_DISTRICTS):
            query = select(func.min(c.district)).where(c.district != "", c.district > last)
            following = self._conn.execute(query).scalar_one()
            if following is None:
                break
            last = str(following)
            if scope == EVERYTHING or self._tells(last, scope):
                found.append(last)
        return found

    def _tells(self, district: str, scope: Scope) -> bool:
        there = t.cases.alias()
        some = select(there.c.number).where(there.c.district == district, there.c.district != "").limit(LOOKED)
        query = visible(select(t.cases.c.number).where(t.cases.c.number.in_(some)), scope)
        return self._conn.execute(query.limit(1)).first() is not None

    def accounts(
        self, *, since: datetime | None = None, until: datetime | None = None, institution: str | None = None
    ) -> list[Account]:
        """What was told in the cases filed from *since* on and before *until*, oldest first."""
        c = t.cases.c
        where = c.facts[("where", "text")].as_string()
        columns = (c.number, c.filed_at, c.person, c.facts["what"].as_string(), func.coalesce(where, ""))
        query = select(*columns).order_by(c.filed_at, c.number)
        if institution is not None:
            query = query.where(c.institution == institution)
        if since is not None:
            query = query.where(c.filed_at >= since)
        if until is not None:
            query = query.where(c.filed_at < until)
        return [
            Account(number, at, who, what or "", place) for number, at, who, what, place in self._conn.execute(query)
        ]

    def counts(
        self, *, scope: Scope = EVERYTHING, institution: str | None = None, narrowed: Narrowed = NOTHING
    ) -> dict[str, int]:
        """How many cases stand in each status, counted up to MOST_COUNTED; those with none are left out."""
        asked = [*conditions(narrowed), *conditions(Narrowed(institution))]
        return newest.counts(self._conn, scope, [status.value for status in Status], asked)

    def evidence(self, numbers: Sequence[str]) -> dict[str, dict[str, int]]:
        """How many pieces of each kind these cases have: number -> kind -> count."""
        c = t.evidence.c
        sent = (c.number.in_(numbers), c.original.is_(None))
        query = select(c.number, c.kind, func.count()).where(*sent).group_by(c.number, c.kind)
        found: dict[str, dict[str, int]] = {}
        for number, kind, count in self._conn.execute(query.order_by(c.number, c.kind)):
            found.setdefault(number, {})[kind] = count
        return found

    def unsettled(self, *, scope: Scope = EVERYTHING, limit: int) -> list[Row]:
        """The notices of cases that may not have arrived, or did not, newest first."""
        query = select(*COLUMNS).where(*_unsettled(scope)).order_by(t.outbox.c.id.desc()).limit(limit)
        return [Row(**row._asdict() | {"choices": tuple(row.choices)}) for row in self._conn.execute(query)]

    def unsettled_count(self, *, scope: Scope = EVERYTHING) -> int:
        """How many there are of them."""
        query = select(func.count()).select_from(t.outbox).where(*_unsettled(scope))
        return int(self._conn.execute(query).scalar_one())

    def last_event(self) -> int:
        """The number of the newest event of all; 0: there is none."""
        return int(self._conn.execute(select(func.coalesce(func.max(t.events.c.id), 0))).scalar_one())

    def changes(self, after: int, *, scope: Scope = EVERYTHING, limit: int) -> list[Change]:
        """The events past that number of the cases within that scope, oldest first.

        On PostgreSQL a unit that began earlier may commit later: who follows
        along asks again from a few seconds back.
        """
        event, case = t.events.c, t.cases.c
        joined = t.events.join(t.cases, event.number == case.number)
        columns = (event.id, case.number, case.institution, case.version)
        placed = (case.department_id, case.officer, case.sealed, case.record)  # who sees it, see ``rights.sees``
        query = visible(select(*columns, *placed).select_from(joined), scope)
        return [
            Change(*row) for row in self._conn.execute(query.where(event.id > after).order_by(event.id).limit(limit))
        ]

    def _fitting(self, numbers: Sequence[str], narrowed: Narrowed) -> list[str]:
        """Those of these cases that are so, in their order."""
        asked = select(t.cases.c.number).where(t.cases.c.number.in_(numbers), *conditions(narrowed))
        fit = set(self._conn.execute(asked).scalars())
        return [number for number in numbers if number in fit]

    def _filed(self, number: str) -> tuple[datetime, str]:
        row = self._conn.execute(select(t.cases.c.filed_at).where(t.cases.c.number == number))
        return row.scalar_one(), number

    def _cases(self, numbers: Sequence[str]) -> list[Case]:
        """These cases in this order."""
        rows = self._conn.execute(select(*CASE).where(t.cases.c.number.in_(numbers)))
        found = {row.number: case_from(row) for row in rows}
        return [found[number] for number in numbers]


def _unsettled(scope: Scope) -> list[ColumnElement[bool]]:
    """What is true of such a notice that nobody has seen to; asked of its case afterwards, for few notices are unsettled and cases are many."""
    c = t.outbox.c
    case_ = visible(select(t.cases.c.number).where(t.cases.c.number == c.number), scope)
    states: list[ColumnElement[str]] = [
        literal_column(f"'{state}'") for state in UNSETTLED
    ]  # written out as in the index of these
    return [c.state.in_(states), case_.correlate(t.outbox).exists(), ~SETTLED]


def _standing(query: Select[Any], statuses: Collection[str]) -> Select[Any]:
    """Only cases in these statuses; where none of them is one where cases are over, read from their own index."""
    query = query.where(t.cases.c.status.in_([str(status) for status in statuses]))
    if OVER.isdisjoint(statuses):
        query = query.where(t.cases.c.closed_at.is_(None)).with_hint(t.cases, BY_OPEN, "sqlite")
    return query


def _order(paused: Collection[str]) -> tuple[ColumnElement[Any], ...]:
    """The columns of a Place."""
    c = t.cases.c
    rank = case((c.grade == URGENT, 0), else_=1)
    rests = or_(c.next_due.is_(None), c.status.in_([str(status) for status in paused]))
    due = case((rests, literal(NEVER, BigInteger)), else_=type_coerce(c.next_due, BigInteger))
    return rank, due // literal(DAY, BigInteger), -c.urged, due, type_coerce(c.filed_at, BigInteger), c.number


def _place(cursor: str) -> Place:
    """Raises: BadCursor."""
    match values_of(cursor):
        case [int(rank), int(day), int(urged), int(due), int(filed), str(number)] if not t.UNSTORABLE.search(number):
            if all(abs(value) <= NEVER for value in (rank, day, urged, due, filed)):
                return rank, day, urged, due, filed, number
    raise BadCursor(cursor)
