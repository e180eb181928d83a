"""Citizens who wait for a person or have one: who, why, since when, who came, and what was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, case, func, insert, select, update

from backend.store import tables as t
from backend.store.prepared import Prepared

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Select

C = t.handovers.c
LONGEST = 200
"""Rows of the desk's list; more than so many citizens wait for nobody."""


class NoSuchHandover(Exception):
    """Nobody waits or waited under that id."""

    def __init__(self, handover: int) -> None:
        super().__init__(f"there is no handover {handover}")
        self.handover = handover


@dataclass(frozen=True, slots=True)
class Handover:
    """One citizen who waits, has somebody, or had."""

    id: int
    person: int
    institution: str
    kind: str  # danger, person
    reason: str  # danger, self_harm, asked, stuck, abuse
    number: str | None
    state: str  # waiting, missed, taken, ended
    asked_at: datetime
    due_at: datetime | None
    taken_by: str | None


COLUMNS = tuple(C[name] for name in Handover.__annotations__)
OPEN_OF = Prepared(
    select(*COLUMNS).where(
        C.person == bindparam("whose"),
        C.institution == bindparam("here"),
        C.kind == bindparam("sort"),
        C.ended_at.is_(None),
    ),
    COLUMNS,
)


class Handovers:
    """The rows. A person has at most one open row of each kind with an institution."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def ask(
        self,
        person_id: int,
        institution: str,
        *,
        kind: str,
        reason: str,
        number: str | None,
        at: datetime,
        due: datetime | None,
    ) -> Handover:
        """Let them wait; whoever waits already goes on waiting, from now on."""
        if (open_ := self.open_of(person_id, institution, kind)) is not None:
            if open_.state == "missed":
                self._set(open_.id, state="waiting", due_at=due)
            return self.get(open_.id)
        row = {"person": person_id, "institution": institution, "kind": kind, "reason": reason, "number": number}
        new = insert(t.handovers).values(row | {"state": "waiting", "asked_at": at, "due_at": due}).returning(C.id)
        key = int(self._conn.execute(new).scalar_one())
        self.note(key, "asked", by="citizen", at=at)
        return self.get(key)

    def get(self, handover: int) -> Handover:
        """Raises: NoSuchHandover."""
        row = self._conn.execute(select(*COLUMNS).where(C.id == handover)).one_or_none()
        if row is None:
            raise NoSuchHandover(handover)
        return Handover(*row)

    def open_of(self, person_id: int, institution: str, kind: str) -> Handover | None:
        """The one that has not ended."""
        rows = OPEN_OF.rows(self._conn, {"whose": person_id, "here": institution, "sort": kind})
        return Handover(*rows[0]) if rows else None

    def open(self, *, institution: str | None) -> list[Handover]:
        """All that have not ended: danger first, then who waits longest, then who has somebody."""
        rank = case((C.kind == "danger", 0), (C.reason == "self_harm", 1), (C.state == "taken", 3), else_=2)
        rows = self._conn.execute(_open(institution).order_by(rank, C.asked_at, C.id).limit(LONGEST))
        return [Handover(*row) for row in rows]

    def waiting(self, *, institution: str | None) -> int:
        """How many of them have nobody yet."""
        rows = _open(institution).where(C.state != "taken").subquery()
        return int(self._conn.execute(select(func.count()).select_from(rows)).scalar_one())

    def due(self, at: datetime, *, limit: int = 100) -> list[Handover]:
        """Those whose time is up by then, longest first."""
        late = _open(None).where(C.due_at <= at)
        return [Handover(*row) for row in self._conn.execute(late.order_by(C.due_at, C.id).limit(limit))]

    def next_due(self) -> datetime | None:
        """When the time of the first of them is up; None: nobody's is."""
        waits = (C.ended_at.is_(None), C.state == "waiting")
        first: datetime | None = self._conn.execute(
            select(func.min(C.due_at, type_=t.Instant)).where(*waits)
        ).scalar_one()
        return first

    def miss(self, handover: int, *, at: datetime) -> None:
        """Nobody came in time; the row stays on the desk."""
        self._set(handover, state="missed", due_at=None)
        self.note(handover, "missed", by="system", at=at)

    def take(self, handover: int, *, by: str, at: datetime, due: datetime) -> None:
        """Somebody is with them now, at most until *due* without a word."""
        self._set(handover, state="taken", taken_by=by, due_at=due)
        self.note(handover, "taken", by=by, at=at)

    def put_off(self, handover: int, due: datetime) -> None:
        """Look at it then and no sooner."""
        self._set(handover, due_at=due)

    def end(self, handover: int, *, by: str, at: datetime) -> None:
        """They wait no more and have nobody."""
        self._set(handover, state="ended", ended_at=at, due_at=None)
        self.note(handover, "ended", by=by, at=at)

    def about(self, handover: int, number: str) -> None:
        """There is a case now that it is about."""
        self._set(handover, number=number)

    def note(self, handover: int, what: str, *, by: str, at: datetime, notice: int | None = None) -> None:
        """Add a line to its record."""
        row = {"handover": handover, "what": what, "by": by, "at": at, "notice": notice}
        self._conn.execute(insert(t.handover_moves).values(row))

    def moves(self, handover: int) -> list[tuple[datetime, str, str]]:
        """Its record, oldest first: when, by whom, what."""
        c = t.handover_moves.c
        rows = self._conn.execute(select(c.at, c.by, c.what).where(c.handover == handover).order_by(c.id))
        return [(at, by, what) for at, by, what in rows]

    def _set(self, handover: int, **values: object) -> None:
        self._conn.execute(update(t.handovers).where(C.id == handover).values(**values))


def _open(institution: str | None) -> Select[*tuple[Any, ...]]:
    rows = select(*COLUMNS).where(C.ended_at.is_(None))
    return rows if institution is None else rows.where(C.institution == institution)
