"""What the desk asks across cases: how many stand where, what changed lately, which notices need a hand.

Lists of cases themselves are ``cases.page``'s. Nothing here changes anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from backend.store import tables as t
from backend.store.outbox import COLUMNS, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

UNSETTLED = ("uncertain", "undelivered")
"""States of a notice that nobody but a person can bring further."""


@dataclass(frozen=True, slots=True)
class Change:
    """One line was added to a case's history."""

    event: int  # the events' own numbering: of any case, in the order they were written
    number: str
    institution: str
    version: int  # of the case as it stands now


class Worklist:
    """Counts and lists over the cases of one institution (None: of all)."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def counts(self, *, institution: str | None = None) -> dict[str, int]:
        """How many cases stand in each status; those with none are left out."""
        c = t.cases.c
        query = select(c.status, func.count()).group_by(c.status)
        if institution is not None:
            query = query.where(c.institution == institution)
        return {str(status): int(count) for status, count in self._conn.execute(query)}

    def evidence(self, numbers: Sequence[str]) -> dict[str, dict[str, int]]:
        """How many pieces of each kind these cases have: number -> kind -> count."""
        c = t.evidence.c
        query = select(c.number, c.kind, func.count()).where(c.number.in_(numbers)).group_by(c.number, c.kind)
        found: dict[str, dict[str, int]] = {}
        for number, kind, count in self._conn.execute(query.order_by(c.number, c.kind)):
            found.setdefault(number, {})[kind] = count
        return found

    def unsettled(self, *, institution: str | None = None, limit: int) -> list[Row]:
        """The notices of cases that may not have arrived, or did not, newest first."""
        c = t.outbox.c
        query = select(*COLUMNS).select_from(t.outbox.join(t.cases, t.cases.c.number == c.number))
        query = query.where(c.state.in_(UNSETTLED)).order_by(c.id.desc()).limit(limit)
        if institution is not None:
            query = query.where(t.cases.c.institution == institution)
        return [Row(**row._asdict() | {"choices": tuple(row.choices)}) for row in self._conn.execute(query)]

    def unsettled_count(self, *, institution: str | None = None) -> int:
        """How many there are of them."""
        c = t.outbox.c
        query = select(func.count()).select_from(t.outbox.join(t.cases, t.cases.c.number == c.number))
        query = query.where(c.state.in_(UNSETTLED))
        if institution is not None:
            query = query.where(t.cases.c.institution == institution)
        return int(self._conn.execute(query).scalar_one())

    def last_event(self) -> int:
        """The number of the newest event of all; 0: there is none."""
        return int(self._conn.execute(select(func.coalesce(func.max(t.events.c.id), 0))).scalar_one())

    def changes(self, after: int, *, limit: int) -> list[Change]:
        """The events past that number, oldest first.

        On PostgreSQL a unit that began earlier may commit later: who follows
        along asks again from a few seconds back.
        """
        event, case = t.events.c, t.cases.c
        joined = t.events.join(t.cases, event.number == case.number)
        query = select(event.id, case.number, case.institution, case.version).select_from(joined)
        return [
            Change(*row) for row in self._conn.execute(query.where(event.id > after).order_by(event.id).limit(limit))
        ]
