"""What becomes of each question that citizens are asked, as counts: nobody and no word of theirs stands here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from backend.store import tables as t
from backend.store.prepared import Prepared
from backend.store.upsert import built

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from sqlalchemy import Connection

KEYS = [column.name for column in t.steps.primary_key]
MORE = Prepared(
    built(
        t.steps,
        lambda row: row.on_conflict_do_update(
            index_elements=KEYS, set_={"count": t.steps.c.count + row.excluded.count}
        ),
    ),
    given=(*KEYS, "count"),
)


class Steps:
    """Sums by institution, local day, channel, step and what became of it."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def add(self, institution: str, day: date, channel: str, tally: Iterable[tuple[str, str, int]]) -> None:
        """Add those (step, what, how often), each pair once: one statement, its rows always in one order.

        The rows are parameters, so that the statement is compiled once and not for each number of rows.
        """
        row = {"institution": institution, "day": day, "channel": channel}
        rows = [row | {"step": step, "what": what, "count": n} for step, what, n in sorted(tally)]
        MORE.each(self._conn, rows)

    def silent(self, before: datetime, *, limit: int = 200) -> list[tuple[int, str]]:
        """Person and institution where a question about something told is open, and was not answered since then."""
        c = t.conversations.c
        waits = (c.due_at.is_not(None), c.updated_at <= before)
        walk = (c.state[("walk", "at")].as_string() != "", c.state[("walk", "left")].as_boolean().is_(False))
        query = select(c.person, c.institution).where(*waits, *walk).order_by(c.updated_at, c.person).limit(limit)
        return [(person, institution) for person, institution in self._conn.execute(query)]
