"""Notices of cases that did not arrive: which nobody has looked after yet, and what was done about each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, literal_column, or_, select

from backend.domain.planning import Bound
from backend.store import tables as t
from backend.store.upsert import insert_into

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Connection

    from backend.store.outbox import Row

C, OUT = t.missed.c, t.outbox.c
UNDELIVERED = OUT.state == literal_column("'undelivered'")
OWED = and_(OUT.state.in_([literal_column("'uncertain'"), literal_column("'undelivered'")]), UNDELIVERED)
"""Said so that the index of what is unsettled is used."""
LOOKED_AFTER = exists().where(C.notice == OUT.id, C.at >= OUT.changed_at).correlate(t.outbox)
SETTLED = exists().where(C.notice == OUT.id, C.done_at >= OUT.changed_at).correlate(t.outbox)
"""Somebody saw to it after it failed for the last time."""


class MissedNotices:
    """Reading and changing it."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def fresh(self, kinds: Collection[str], *, limit: int) -> list[int]:
        """The notices of those kinds that failed since somebody looked, oldest first."""
        lost = and_(OWED, OUT.number.is_not(None), OUT.kind.in_(kinds), ~LOOKED_AFTER)
        return [
            int(key) for key in self._conn.execute(select(OUT.id).where(lost).order_by(OUT.id).limit(limit)).scalars()
        ]

    def bound(self, row: Row) -> list[Bound]:
        """Everybody who follows its case, and what became of the same notice there."""
        same = or_(OUT.created_at == row.created_at, OUT.text == row.text)
        mine = and_(
            OUT.person == t.bindings.c.person, OUT.number == row.number, OUT.kind == row.kind, OUT.id != row.id, same
        )
        state = select(OUT.state).where(mine).order_by(OUT.id.desc()).limit(1).scalar_subquery()
        people = t.bindings.join(t.people, t.people.c.id == t.bindings.c.person)
        columns = (t.bindings.c.person, t.bindings.c.role, t.bindings.c.at, t.people.c.gone_at, state.label("told"))
        query = select(*columns).select_from(people).where(t.bindings.c.number == row.number)
        return [
            Bound(person, role, at, gone is not None, told or "")
            for person, role, at, gone, told in self._conn.execute(query)
        ]

    def look_after(self, row: Row, *, at: datetime, instead: int | None = None, how: str = "") -> None:
        """Somebody has looked: it went another way, *how*, or is a task from now on."""
        at = max(at, row.changed_at)  # clocks of two machines differ
        done: dict[str, object] = {"done_at": at if how else None, "how": how}
        self._keep(row.id, {"number": row.number, "at": at, "instead": instead, "done_by": None, "note": ""} | done)

    def settle(self, row: Row, *, by: str, how: str, note: str, at: datetime) -> None:
        """Somebody has told the citizen in another way, or says why nobody need."""
        at = max(at, row.changed_at)
        self._keep(row.id, {"number": row.number, "at": at, "done_at": at, "done_by": by, "how": how, "note": note})

    def settled(self, notices: Collection[int]) -> set[int]:
        """Those of these that somebody saw to after they failed for the last time."""
        query = select(OUT.id).where(OUT.id.in_(notices), SETTLED)
        return set(self._conn.execute(query).scalars()) if notices else set()

    def waits(self, number: str) -> bool:
        """Whether another notice of that case is a task already."""
        task = and_(C.number == number, C.done_at.is_(None), C.notice == OUT.id, UNDELIVERED)
        return (
            self._conn.execute(
                select(C.notice).select_from(t.missed.join(t.outbox, C.notice == OUT.id)).where(task)
            ).first()
            is not None
        )

    def _keep(self, notice: int, values: dict[str, object]) -> None:
        row = insert_into(self._conn, t.missed).values(values | {"notice": notice})
        self._conn.execute(row.on_conflict_do_update(index_elements=["notice"], set_=values))
