"""Seals: each fixes the heads of the cases changed since the one before; and what is needed to check them all.

How hashes are made and checked is ``backend.domain.audit``'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, text

from backend.store import tables as t
from backend.store.history import Chain, chains_of
from backend.store.upsert import insert_into

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Row

Head = tuple[str, int, str]
"""A case's number, the seq of its last event, and that event's hash."""


@dataclass(frozen=True, slots=True)
class Seal:
    """One seal; ``previous`` is the hash of the one before, empty for the first."""

    id: int
    at: datetime
    heads: tuple[Head, ...]  # sorted
    root: str
    previous: str
    hash: str
    upto: int  # the last event id it covers


class SealedMeanwhile(Exception):
    """Another job has added a seal since we read the last one."""

    def __init__(self, previous: str) -> None:
        super().__init__(f"a seal follows {previous or 'the beginning'} already")
        self.previous = previous


COLUMNS = tuple(t.seals.c[name] for name in Seal.__annotations__)


class Seals:
    """The seals, and the chains under them."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def last(self) -> Seal | None:
        """The newest seal."""
        row = self._conn.execute(select(*COLUMNS).order_by(t.seals.c.id.desc()).limit(1)).one_or_none()
        return None if row is None else _seal(row)

    def all(self) -> Iterator[Seal]:
        """Every seal, oldest first."""
        return (_seal(row) for row in self._conn.execute(select(*COLUMNS).order_by(t.seals.c.id)))

    def changed_heads(self, after_event_id: int) -> tuple[list[Head], int]:
        """The heads of the cases with events past that id, sorted, and the id of the last event there is.

        PostgreSQL gives out event ids before they are committed. So that none
        is passed over, this waits for the units that are adding events and
        lets no new one begin until the seal's unit ends.
        """
        if self._conn.dialect.name == "postgresql":
            self._conn.execute(text("LOCK TABLE events IN SHARE MODE"))
        c = t.cases.c
        changed = select(t.events.c.number).where(t.events.c.id > after_event_id)
        heads = select(c.number, c.seq, c.head).where(c.number.in_(changed))
        upto = self._conn.execute(select(func.coalesce(func.max(t.events.c.id), 0))).scalar_one()
        return sorted((number, seq, head) for number, seq, head in self._conn.execute(heads)), int(upto)

    def add(self, *, at: datetime, heads: Sequence[Head], root: str, previous: str, mark: str, upto: int) -> None:
        """Keep a seal whose hash is *mark*. Raises: SealedMeanwhile: *previous* has a successor already."""
        row = {"at": at, "heads": [list(head) for head in heads], "root": root, "previous": previous}
        entry = insert_into(self._conn, t.seals).values(row | {"hash": mark, "upto": upto})
        once = entry.on_conflict_do_nothing(index_elements=["previous"]).returning(t.seals.c.id)
        if self._conn.execute(once).one_or_none() is None:
            raise SealedMeanwhile(previous)

    def chains(self, *, after: str = "", limit: int = 500) -> list[Chain]:
        """The chains of the next cases after that number; ask again after the last until none comes."""
        number = t.cases.c.number
        numbers = self._conn.execute(select(number).where(number > after).order_by(number).limit(limit)).scalars()
        return chains_of(self._conn, list(numbers))


def _seal(row: Row[Any]) -> Seal:
    return Seal(**row._asdict() | {"heads": tuple((number, seq, head) for number, seq, head in row.heads)})
