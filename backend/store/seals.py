"""Seals: each fixes the heads of the cases changed since the one before; and what is needed to check them all.

How hashes are made and checked is ``backend.domain.audit``'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, text

from backend.domain.standing import Standing
from backend.store import tables as t
from backend.store.history import Chain, chains_of
from backend.store.upsert import insert_into

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

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


STANDING = tuple(t.cases.c[name] for name in Standing.__annotations__)
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

    def numbers(self, *, after: str = "", limit: int = 500) -> list[str]:
        """The next cases after that number; ask again after the last until none comes."""
        number = t.cases.c.number
        query = select(number).where(number > after).order_by(number).limit(limit)
        return list(self._conn.execute(query).scalars())

    def chains(self, numbers: Sequence[str]) -> list[Chain]:
        """The chains of these cases."""
        return chains_of(self._conn, numbers)

    def standing(self, numbers: Sequence[str]) -> dict[str, tuple[Standing, dict[int, str]]]:
        """Each of these cases as its row tells it, and the SHA-256 of its files by their ids."""
        rows = self._conn.execute(select(*STANDING).where(t.cases.c.number.in_(numbers)))
        found: dict[str, tuple[Standing, dict[int, str]]] = {
            row.number: (Standing(**row._asdict()), {}) for row in rows
        }
        c = t.evidence.c
        for number, key, sha256 in self._conn.execute(select(c.number, c.id, c.sha256).where(c.number.in_(numbers))):
            found[number][1][key] = sha256
        return found

    def heads_between(self, after_event_id: int, upto: int) -> tuple[Head, ...]:
        """The heads of the cases with events past the first id and up to the second, as they were then, sorted."""
        c = t.events.c
        inside = (c.id > after_event_id, c.id <= upto)
        last = select(c.number, func.max(c.seq).label("seq")).where(*inside).group_by(c.number).subquery()
        joined = (c.number == last.c.number) & (c.seq == last.c.seq)
        rows = self._conn.execute(select(c.number, c.seq, c.hash).join(last, joined))
        return tuple(sorted((number, seq, mark) for number, seq, mark in rows))

    def has_event(self, event_id: int) -> bool:
        """Whether an event has that id; every seal reaches to one."""
        return self._conn.execute(select(t.events.c.id).where(t.events.c.id == event_id)).first() is not None

    def counters(self) -> list[tuple[str, date, int]]:
        """The last count of every institution's code and day."""
        c = t.counters.c
        rows = self._conn.execute(select(c.code, c.day, c.last).order_by(c.day, c.code))
        return [(code, day, last) for code, day, last in rows]

    def numbers_of(self, code: str, day: date) -> list[str]:
        """The numbers of the cases that bear that code and day."""
        c = t.cases.c
        begins = f"{day:%Y%m%d}-{code}-"
        return list(self._conn.execute(select(c.number).where(c.number.startswith(begins))).scalars())


def _seal(row: Row[Any]) -> Seal:
    return Seal(**row._asdict() | {"heads": tuple((number, seq, head) for number, seq, head in row.heads)})
