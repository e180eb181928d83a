"""What the desk asks across cases: which press most, how many stand where, what changed, which notices need a hand.

Lists of cases by their age are ``cases.page``'s. Nothing here changes anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, case, func, literal, or_, select, tuple_, type_coerce

from backend.domain.lifecycle import Status
from backend.domain.scope import EVERYTHING
from backend.store import newest
from backend.store import tables as t
from backend.store.case_rows import COLUMNS as CASE
from backend.store.case_rows import BadCursor, case_from, cursor_of, values_of
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
        department: str | None = None,
        limit: int,
        cursor: str | None = None,
    ) -> tuple[list[Case], str | None]:
        """Up to *limit* cases after *cursor* in the order of work, and the cursor of the next page.

        Emergencies come first, then what is due first, by the day; of one day's
        cases those that citizens pressed for most often. What is due at no
        time, or stands in one of the *paused* statuses, comes last; of two
        alike the one filed first. Raises: BadCursor.
        """
        order = _order(paused)
        query = _of(visible(select(*order), scope), institution, department).where(
            t.cases.c.status.in_([str(s) for s in statuses])
        )
        if cursor is not None:
            after = _place(cursor)
            query = query.where(tuple_(*order) > tuple_(*(literal(value) for value in after)))
        places = [tuple(row) for row in self._conn.execute(query.order_by(*order).limit(limit + 1))]
        found = self._cases([place[-1] for place in places[:limit]])
        return found, cursor_of(places[limit - 1]) if len(places) > limit else None

    def accounts(
        self, *, since: datetime | None = None, until: datetime | None = None, institution: str | None = None
    ) -> list[Account]:
        """What was told in the cases filed from *since* on and before *until*, oldest first."""
        c = t.cases.c
        where = c.facts[("where", "text")].as_string()
        columns = (c.number, c.filed_at, c.person, c.facts["what"].as_string(), func.coalesce(where, ""))
        query = _of(select(*columns), institution).order_by(c.filed_at, c.number)
        if since is not None:
            query = query.where(c.filed_at >= since)
        if until is not None:
            query = query.where(c.filed_at < until)
        return [
            Account(number, at, who, what or "", place) for number, at, who, what, place in self._conn.execute(query)
        ]

    def counts(
        self, *, scope: Scope = EVERYTHING, institution: str | None = None, department: str | None = None
    ) -> dict[str, int]:
        """How many cases stand in each status, counted up to MOST_COUNTED; those with none are left out."""
        c = t.cases.c
        told = ((c.institution, institution), (c.department_id, department))
        narrowed = [column == wanted for column, wanted in told if wanted is not None]
        return newest.counts(self._conn, scope, [status.value for status in Status], narrowed)

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

    def _cases(self, numbers: Sequence[str]) -> list[Case]:
        """These cases in this order."""
        rows = self._conn.execute(select(*CASE).where(t.cases.c.number.in_(numbers)))
        found = {row.number: case_from(row) for row in rows}
        return [found[number] for number in numbers]


def _unsettled(scope: Scope) -> list[ColumnElement[bool]]:
    """What is true of such a notice; asked of its case afterwards, for few notices are unsettled and cases are many."""
    c = t.outbox.c
    case_ = visible(select(t.cases.c.number).where(t.cases.c.number == c.number), scope)
    return [c.state.in_(UNSETTLED), case_.correlate(t.outbox).exists()]


def _of(query: Select[Any], institution: str | None, department: str | None = None) -> Select[Any]:
    """Only what belongs there; None: everything."""
    for column, wanted in ((t.cases.c.institution, institution), (t.cases.c.department_id, department)):
        if wanted is not None:
            query = query.where(column == wanted)
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
