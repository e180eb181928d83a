"""What waits for a person's next word, because their channel lets us say something only in answer to one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from backend.store import tables as t
from backend.store.missed import SETTLED
from backend.store.outbox import ARRIVED, COLUMNS, Row

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Connection, Select

KINDS = ("reply", "status", "message")
"""Of what a person missed, what is still worth saying; a reminder or a question that is over is not."""
WAITING = ("queued", "deferred", "undelivered")
C = t.outbox.c


class Unread:
    """Reading and changing it; all of it is rows of the outbox."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def entry(self, person_id: int, message_id: str) -> int | None:
        """The journal id of a message."""
        j = t.journal.c
        found: int | None = self._conn.execute(
            select(j.id).where(j.person == person_id, j.message_id == message_id)
        ).scalar()
        return found

    def of(self, person_id: int) -> list[Row]:
        """What they have not had, and nobody has told them else, oldest first."""
        mine = select(*COLUMNS).where(C.person == person_id, C.state.in_(WAITING), C.kind.in_(KINDS), ~SETTLED)
        return self._rows(mine.order_by(C.created_at, C.id))

    def given(self, entry: int, *, way: str) -> list[Row]:
        """What went out in answer to that message, in order."""
        told = select(*COLUMNS).where(C.answers == entry, C.state.in_(ARRIVED), C.way == way)
        return self._rows(told.order_by(C.created_at, C.id))

    def hold(self, rows: Collection[int], entry: int, *, until: datetime) -> None:
        """They go out in answer to that message, so nobody else sends them before *until*."""
        held = {"state": "queued", "reason": "", "not_before": until, "answers": entry}
        self._conn.execute(update(t.outbox).where(C.id.in_(rows), C.state.in_(WAITING)).values(held))

    def leave(self, rows: Collection[int], *, reason: str, at: datetime) -> None:
        """They wait for the next word; *reason* is for the desk."""
        left = {"state": "undelivered", "reason": reason, "changed_at": at}
        self._conn.execute(update(t.outbox).where(C.id.in_(rows), C.state.in_(WAITING)).values(left))

    def divide(self, row: Row, head: str, rest: str) -> Row:
        """Make the beginning of a text a row of its own, before what is left of it; that row."""
        self._conn.execute(update(t.outbox).where(C.id == row.id).values(text=rest))
        copied: dict[str, Any] = {
            name: getattr(row, name)
            for name in ("person", "number", "kind", "fields", "state", "not_before", "changed_at", "answers")
        }
        copied |= {"text": head, "choices": [], "created_at": row.created_at - timedelta(microseconds=1)}
        made = self._conn.execute(t.outbox.insert().values(copied).returning(*COLUMNS)).one()
        return Row(**made._asdict() | {"choices": ()})

    def _rows(self, query: Select[Any]) -> list[Row]:
        return [Row(**row._asdict() | {"choices": tuple(row.choices)}) for row in self._conn.execute(query)]
