"""Daily totals: what is kept of them, how far they have come, and the events that they are made of."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, text, update

from backend.domain.tally import Happened, Spot
from backend.store import tables as t
from backend.store.upsert import insert_into

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection

KEYS = tuple(Spot.__annotations__)
ONE = 1
EVER = date(1, 1, 1)
"""Instead of a day: the sum of all days, departments and sources, kept beside them since everybody reads it."""
COARSE = frozenset({"institution", "category", "what"})


class TotalledMeanwhile(Exception):
    """Another process has counted those events."""

    def __init__(self, upto: int) -> None:
        super().__init__(f"the totals have come further than event {upto} already")
        self.upto = upto


class Totals:
    """The totals."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def horizon(self) -> int:
        """The last event below which none can come any more; waits for who is adding events.

        PostgreSQL gives out event ids before they are committed.
        """
        if self._conn.dialect.name == "postgresql":
            self._conn.execute(text("LOCK TABLE events IN SHARE MODE"))
        return int(self._conn.execute(select(func.coalesce(func.max(t.events.c.id), 0))).scalar_one())

    def upto(self) -> int:
        """The last event that they hold; 0: none."""
        return int(self._conn.execute(select(t.totalled.c.upto)).scalar_one_or_none() or 0)

    def fresh(self, *, after: int, upto: int, limit: int) -> list[tuple[int, str]]:
        """The id and case of the next events, in order."""
        c = t.events.c
        query = select(c.id, c.number).where(c.id > after, c.id <= upto).order_by(c.id).limit(limit)
        return [(int(key), str(number)) for key, number in self._conn.execute(query)]

    def histories(self, numbers: Collection[str], *, upto: int) -> dict[str, tuple[str, str, list[Happened]]]:
        """Of each of these cases its institution, source, and events up to that one."""
        case, event = t.cases.c, t.events.c
        joined = t.cases.join(t.events, event.number == case.number)
        columns = (case.number, case.institution, case.source, event.id, event.at, event.what, event.detail)
        query = select(*columns).select_from(joined).where(case.number.in_(numbers), event.id <= upto)
        found: dict[str, tuple[str, str, list[Happened]]] = {}
        for number, home, source, *told in self._conn.execute(query.order_by(case.number, event.seq)):
            found.setdefault(number, (home, source, []))[2].append(Happened(*told))
        return found

    def add(self, changed: Counter[Spot], *, after: int, upto: int) -> None:
        """Count these in and come as far as that event. Raises: TotalledMeanwhile: they were not at *after* any more."""
        moved = update(t.totalled).where(t.totalled.c.id == ONE, t.totalled.c.upto == after).values(upto=upto)
        if not self._conn.execute(moved).rowcount:
            entry = insert_into(self._conn, t.totalled).values(id=ONE, upto=upto)
            begun = entry.on_conflict_do_nothing(index_elements=["id"]).returning(t.totalled.c.id)
            if after or self._conn.execute(begun).one_or_none() is None:
                raise TotalledMeanwhile(after)
        c = t.totals.c
        ever: Counter[Spot] = Counter()
        for spot, n in changed.items():
            ever[replace(spot, day=EVER, department="", source="")] += n
        both = [*changed.items(), *((spot, n) for spot, n in ever.items() if n)]
        rows = [{key: getattr(spot, key) for key in KEYS} | {"count": n} for spot, n in both]
        if rows:
            more = insert_into(self._conn, t.totals)
            more = more.on_conflict_do_update(index_elements=KEYS, set_={"count": c.count + more.excluded.count})
            self._conn.execute(more, sorted(rows, key=lambda row: tuple(str(row[key]) for key in KEYS)))
            self._conn.execute(delete(t.totals).where(c.count == 0))

    def everything(self) -> dict[Spot, int]:
        """All of them, by day."""
        c = t.totals.c
        rows = self._conn.execute(select(*(c[key] for key in KEYS), c.count).where(c.day != EVER))
        return {Spot(*row[:-1]): int(row[-1]) for row in rows}

    def summed(
        self,
        by: Collection[str],
        *,
        first: date | None = None,
        last: date | None = None,
        institution: str | None = None,
    ) -> dict[tuple[str, ...], int]:
        """The counts added up over all but these keys of a Spot, from *first* to *last* day."""
        c = t.totals.c
        columns = [c[key] for key in by]
        whole = first is None and last is None and COARSE.issuperset(by)
        query = select(*columns, func.sum(c.count)).where((c.day == EVER) if whole else (c.day != EVER))
        query = query.group_by(*columns)
        if first is not None:
            query = query.where(c.day >= first)
        if last is not None:
            query = query.where(c.day <= last)
        if institution is not None:
            query = query.where(c.institution == institution)
        return {tuple(row[:-1]): int(row[-1]) for row in self._conn.execute(query)}

    def clear(self) -> None:
        """Begin anew."""
        self._conn.execute(delete(t.totals))
        self._conn.execute(delete(t.totalled))
        self._conn.execute(insert(t.totalled).values(id=ONE, upto=0))
