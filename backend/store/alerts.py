"""What people at the desk are told of cases: a clock nearly over, one past its end, whatever else needs them.

An alert is for one user, or for whoever has a role (and works for a
department). Who has seen it takes it off everybody's list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, false, func, insert, or_, select, update

from backend.domain.scope import EVERYTHING
from backend.store import tables as t
from backend.store.visible import visible

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from backend.domain.scope import Scope


@dataclass(frozen=True, slots=True)
class Alert:
    """One line for the desk; its sentence is made from kind and detail."""

    institution: str
    number: str
    kind: str  # warned, late, resumed, supervised …
    at: datetime
    detail: dict[str, Any]
    role: str | None = None
    department: str | None = None  # only those of that role who work for it
    user: str | None = None  # this one alone
    id: int = 0
    seen_at: datetime | None = None
    seen_by: str | None = None


@dataclass(frozen=True, slots=True)
class For:
    """Whose alerts are asked for."""

    user: str
    roles: frozenset[str]
    institution: str | None  # None: every one
    departments: Collection[str] = ()  # none: every one
    stands_in: Collection[str] = ()  # officers who are away, whose alerts are theirs too
    scope: Scope = EVERYTHING  # of the cases that they may see


COLUMNS = tuple(t.alerts.c[name] for name in Alert.__annotations__)


class Alerts:
    """The alerts, newest first."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def add(self, alert: Alert) -> None:
        """Tell it, with the change that causes it."""
        row = {name: getattr(alert, name) for name in Alert.__annotations__ if name != "id"}
        self._conn.execute(insert(t.alerts).values(row))

    def unseen(self, reader: For, *, limit: int) -> list[Alert]:
        """What this reader has still to look at."""
        query = select(*COLUMNS).where(*_for(reader)).order_by(t.alerts.c.id.desc()).limit(limit)
        return [Alert(**row._asdict()) for row in self._conn.execute(query)]

    def count(self, reader: For, *, most: int) -> int:
        """How many there are, counted up to *most*."""
        some = select(t.alerts.c.id).where(*_for(reader)).limit(most).subquery()
        return int(self._conn.execute(select(func.count()).select_from(some)).scalar_one())

    def of(self, number: str) -> list[Alert]:
        """Everything told of one case, oldest first."""
        query = select(*COLUMNS).where(t.alerts.c.number == number).order_by(t.alerts.c.id)
        return [Alert(**row._asdict()) for row in self._conn.execute(query)]

    def see(self, reader: For, *, at: datetime, number: str | None = None, upto: int | None = None) -> int:
        """Mark as seen what this reader has: of one case, or up to an alert; how many there were."""
        narrowed = [*_for(reader)]
        if number is not None:
            narrowed.append(t.alerts.c.number == number)
        if upto is not None:
            narrowed.append(t.alerts.c.id <= upto)
        done = self._conn.execute(update(t.alerts).where(*narrowed).values(seen_at=at, seen_by=reader.user))
        return int(done.rowcount)


def _for(reader: For) -> list[ColumnElement[bool]]:
    c = t.alerts.c
    shared = and_(c.user.is_(None), c.role.in_(sorted(reader.roles)) if reader.roles else false())
    if reader.departments:
        shared = and_(shared, or_(c.department.is_(None), c.department.in_(sorted(reader.departments))))
    conditions: list[ColumnElement[bool]] = [
        c.seen_at.is_(None),
        or_(c.user.in_(sorted({reader.user, *reader.stands_in})), shared),
    ]
    if reader.institution is not None:
        conditions.append(c.institution == reader.institution)
    if reader.scope != EVERYTHING:
        seen = visible(select(t.cases.c.number), reader.scope).where(t.cases.c.number == c.number)
        conditions.append(seen.correlate(t.alerts).exists())
    return conditions
