"""Who is on duty on which day, and who was away when, with whom in their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from backend.store import tables as t
from backend.store.upsert import insert_into

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody's day on duty."""

    day: date
    user: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    """One time that somebody was away, or said to have come back (``until`` is ``since``)."""

    user: str
    deputy: str | None
    since: datetime
    until: datetime
    by: str


ABSENCE = tuple(t.absences.c[name] for name in Absence.__annotations__)


class Duty:
    """The roster of each institution, and the ledger of absences, to which lines are only added."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def put(self, institution: str, turn: Turn) -> None:
        """That user is on duty that day; once more changes the note."""
        row = {"institution": institution, "day": turn.day, "user": turn.user, "note": turn.note}
        entry = insert_into(self._conn, t.duty).values(row)
        keys = ["institution", "day", "user"]
        self._conn.execute(entry.on_conflict_do_update(index_elements=keys, set_={"note": turn.note}))

    def remove(self, institution: str, day: date, user: str) -> None:
        """They are not on duty that day."""
        c = t.duty.c
        self._conn.execute(delete(t.duty).where(c.institution == institution, c.day == day, c.user == user))

    def turns(self, institution: str, first: date, last: date) -> list[Turn]:
        """Everybody on duty from that day to that one, in order."""
        c = t.duty.c
        within = (c.institution == institution, c.day >= first, c.day <= last)
        rows = self._conn.execute(select(c.day, c.user, c.note).where(*within).order_by(c.day, c.user))
        return [Turn(*row) for row in rows]

    def on(self, institution: str, day: date) -> list[str]:
        """Who of those on duty that day can still use the desk."""
        c = t.duty.c
        live = select(c.user).join(t.users, t.users.c.name == c.user).where(~t.users.c.disabled)
        rows = self._conn.execute(live.where(c.institution == institution, c.day == day).order_by(c.user))
        return list(rows.scalars())

    def note_absence(self, absence: Absence) -> None:
        """Keep that somebody is away, or back."""
        row = {name: getattr(absence, name) for name in Absence.__annotations__}
        self._conn.execute(insert(t.absences).values(row))

    def absences(self, user: str) -> list[Absence]:
        """Every one of theirs, oldest first."""
        rows = self._conn.execute(select(*ABSENCE).where(t.absences.c.user == user).order_by(t.absences.c.id))
        return [Absence(*row) for row in rows]
