"""Checks of every history and seal that were asked for: who is at one, how far it is, and what it found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, or_, select, update

from backend.store import tables as t

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Row


@dataclass(frozen=True, slots=True)
class Check:
    """One of them."""

    id: int
    asked_at: datetime
    by: str
    lease_until: datetime | None  # somebody is at it until then; None: nobody has begun
    done: int  # cases
    of: int
    upto: int  # the last event there was when it began
    found: int  # how many things are wrong
    wrong: tuple[str, ...]  # the first of them, in sentences
    seal: str  # the last seal's hash then; empty: there was none
    ended_at: datetime | None


COLUMNS = tuple(t.checks.c[name] for name in Check.__annotations__)


class Checks:
    """What was asked for, and what came of it."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def ask(self, *, by: str, at: datetime) -> bool:
        """Ask for one; False: one waits or is under way already."""
        if self._conn.execute(select(t.checks.c.id).where(t.checks.c.ended_at.is_(None)).limit(1)).first():
            return False
        self._conn.execute(insert(t.checks).values(asked_at=at, by=by))
        return True

    def newest(self, *, ended: bool = False) -> Check | None:
        """The last one asked for, or the last that ended."""
        c = t.checks.c
        query = select(*COLUMNS).order_by(c.id.desc()).limit(1)
        row = self._conn.execute(query.where(c.ended_at.is_not(None)) if ended else query).one_or_none()
        return None if row is None else _check(row)

    def waiting(self, *, now: datetime) -> bool:
        """Whether one waits for somebody who does it."""
        return self._conn.execute(select(t.checks.c.id).where(*_free(now)).limit(1)).first() is not None

    def begin(self, *, owner: str, now: datetime, until: datetime) -> Check | None:
        """Take the oldest that nobody is at, until then, with how many cases there are; None: there is none."""
        c = t.checks.c
        row = self._conn.execute(select(c.id).where(*_free(now)).order_by(c.id).limit(1)).one_or_none()
        if row is None:
            return None
        cases = self._conn.execute(select(func.count()).select_from(t.cases)).scalar_one()
        upto = self._conn.execute(select(func.coalesce(func.max(t.events.c.id), 0))).scalar_one()
        told = {"owner": owner, "lease_until": until, "done": 0, "of": cases, "upto": upto, "found": 0, "wrong": []}
        taken = update(t.checks).where(c.id == row.id, *_free(now)).values(told).returning(*COLUMNS)
        found = self._conn.execute(taken).one_or_none()
        return None if found is None else _check(found)

    def tell(self, key: int, *, owner: str, until: datetime, done: int, found: int, wrong: Sequence[str]) -> bool:
        """How far it is; False: another has taken it over."""
        told = {"lease_until": until, "done": done, "found": found, "wrong": list(wrong)}
        return self._change(key, owner, told)

    def end(self, key: int, *, owner: str, at: datetime, found: int, wrong: Sequence[str], seal: str) -> bool:
        """It is over; False: another has taken it over."""
        return self._change(key, owner, {"ended_at": at, "found": found, "wrong": list(wrong), "seal": seal})

    def _change(self, key: int, owner: str, told: dict[str, Any]) -> bool:
        c = t.checks.c
        mine = (c.id == key, c.owner == owner, c.ended_at.is_(None))
        return bool(self._conn.execute(update(t.checks).where(*mine).values(told)).rowcount)


def _free(now: datetime) -> tuple[Any, ...]:
    c = t.checks.c
    return c.ended_at.is_(None), or_(c.lease_until.is_(None), c.lease_until <= now)


def _check(row: Row[Any]) -> Check:
    return Check(**row._asdict() | {"wrong": tuple(row.wrong)})
