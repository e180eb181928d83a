"""Alarms about what rises, who looked at them and what they said, and cases at a place where one was closed lately."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, insert, or_, select, update

from backend.store import tables as t
from backend.store.upsert import insert_into
from backend.store.visible import visible

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from backend.domain.scope import Scope

NONE = "none"
"""The verdict that it is not one matter."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm; ``count`` of ``expected`` cases in the ``hours`` before ``at``."""

    id: int
    institution: str
    category: str
    place: str
    since: datetime
    at: datetime
    hours: int
    count: int
    expected: float
    ended_at: datetime | None
    verdict: str


@dataclass(frozen=True, slots=True)
class RiseAct:
    """Somebody did something about an alarm."""

    rise: int
    at: datetime
    by: str
    what: str
    note: str


@dataclass(frozen=True, slots=True)
class Again:
    """A case at the place of one that was closed lately; ``metres`` is None where it is the address."""

    number: str
    before: str
    filed_at: datetime
    metres: int | None


COLUMNS = tuple(t.rises.c[name] for name in Alarm.__annotations__)


class Rises:
    """The alarms, and places that came back."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def on(self, institution: str) -> list[Alarm]:
        """Those that have not ended, oldest first."""
        c = t.rises.c
        query = select(*COLUMNS).where(c.institution == institution, c.ended_at.is_(None)).order_by(c.id)
        return [Alarm(*row) for row in self._conn.execute(query)]

    def lately(self, institution: str | None, *, since: datetime, limit: int) -> list[Alarm]:
        """Those on, and those that ended after *since*, newest first."""
        c = t.rises.c
        ways: list[ColumnElement[bool]] = [or_(c.ended_at.is_(None), c.ended_at >= since)]
        ways += [c.institution == institution] if institution is not None else []
        query = select(*COLUMNS).where(*ways).order_by(c.at.desc(), c.id.desc()).limit(limit)
        return [Alarm(*row) for row in self._conn.execute(query)]

    def get(self, id: int) -> Alarm | None:  # noqa: A002 - a row's id
        """That alarm."""
        row = self._conn.execute(select(*COLUMNS).where(t.rises.c.id == id)).one_or_none()
        return None if row is None else Alarm(*row)

    def begin(self, told: dict[str, Any], *, resumed: datetime) -> tuple[int, bool] | None:
        """Tell it; one of the cell that ended after *resumed* goes on instead. Its id, and whether it is new.

        None: another process has told it already.
        """
        c = t.rises.c
        cell = and_(*(c[key] == told[key] for key in ("institution", "category", "place")))
        last = select(c.id).where(cell, c.ended_at >= resumed).order_by(c.id.desc()).limit(1)
        old = self._conn.execute(last).scalar_one_or_none()
        if old is not None:
            self._conn.execute(update(t.rises).where(c.id == old).values(ended_at=None))
            return int(old), False
        entry = insert_into(self._conn, t.rises).values(**told)
        made = entry.on_conflict_do_nothing().returning(t.rises.c.id)
        new = self._conn.execute(made).scalar_one_or_none()
        return None if new is None else (int(new), True)

    def end(self, id: int, *, at: datetime) -> None:  # noqa: A002 - as above
        """It rises no more."""
        self._conn.execute(update(t.rises).where(t.rises.c.id == id, t.rises.c.ended_at.is_(None)).values(ended_at=at))

    def judge(self, id: int, verdict: str) -> None:  # noqa: A002 - as above
        """One incident, or not one matter."""
        self._conn.execute(update(t.rises).where(t.rises.c.id == id).values(verdict=verdict))

    def note(self, act: RiseAct) -> None:
        """Somebody looked, or said something."""
        told = {name: getattr(act, name) for name in RiseAct.__annotations__}
        self._conn.execute(insert(t.rise_acts).values(told))

    def acts(self, rises: list[int]) -> list[RiseAct]:
        """What was done about these, oldest first."""
        c = t.rise_acts.c
        query = select(*(c[name] for name in RiseAct.__annotations__)).where(c.rise.in_(rises)).order_by(c.id)
        return [RiseAct(*row) for row in self._conn.execute(query)]

    def looked_upto(self, institution: str) -> tuple[datetime, str] | None:
        """The last case that was looked at for a place that came back."""
        c = t.looked_again.c
        row = self._conn.execute(select(c.filed_at, c.number).where(c.institution == institution)).one_or_none()
        return None if row is None else (row.filed_at, row.number)

    def look_on(self, institution: str, upto: tuple[datetime, str]) -> None:
        """Cases were looked at up to this one."""
        values = {"filed_at": upto[0], "number": upto[1]}
        entry = insert_into(self._conn, t.looked_again).values(institution=institution, **values)
        self._conn.execute(entry.on_conflict_do_update(index_elements=["institution"], set_=values))

    def fresh(
        self, institution: str, *, after: tuple[datetime, str], until: datetime, limit: int
    ) -> list[tuple[str, datetime, str, str, Any, bool]]:
        """Number, time, category, district, place and whether it is sealed, of the next cases."""
        c = t.cases.c
        later = or_(c.filed_at > after[0], and_(c.filed_at == after[0], c.number > after[1]))
        query = select(c.number, c.filed_at, c.category_id, c.district, c.facts["where"], c.sealed)
        query = query.where(c.institution == institution, later, c.filed_at < until).order_by(c.filed_at, c.number)
        return [tuple(row) for row in self._conn.execute(query.limit(limit))]

    def closed(
        self, institution: str, category: str, district: str, *, since: datetime, until: datetime, limit: int
    ) -> list[tuple[str, Any]]:
        """Number and place of the newest cases of that kind and district that were closed then, the last first."""
        c = t.cases.c
        query = select(c.number, c.facts["where"]).where(
            c.institution == institution, c.category_id == category, c.district == district, c.sealed.is_(False),
            c.closed_at >= since, c.closed_at < until, c.status.in_(("closed", "archived")),
        )  # fmt: skip
        rows = self._conn.execute(query.order_by(c.filed_at.desc()).limit(limit))
        return [(number, where) for number, where in rows]

    def came_back(self, found: list[Again]) -> None:
        """Mark them; twice is once."""
        if found:
            rows = [{name: getattr(one, name) for name in Again.__annotations__} for one in found]
            self._conn.execute(insert_into(self._conn, t.again).on_conflict_do_nothing(), rows)

    def marks(self, number: str, scope: Scope) -> list[Again]:
        """What is marked on a case: it came back, or its place did; the newest first."""
        c = t.again.c
        query = select(*(c[name] for name in Again.__annotations__)).where(or_(c.number == number, c.before == number))
        both = [visible(select(t.cases.c.number), scope).where(t.cases.c.number == key) for key in (c.number, c.before)]
        query = query.where(*(one.correlate(t.again).exists() for one in both)).order_by(c.filed_at.desc())
        return [Again(*row) for row in self._conn.execute(query)]

    def backs(self, scope: Scope, institution: str | None, *, since: datetime, limit: int) -> list[Again]:
        """Places that came back since then, the newest first, both cases within that scope."""
        c = t.again.c
        query = select(*(c[name] for name in Again.__annotations__)).where(c.filed_at >= since)
        both = [visible(select(t.cases.c.number), scope).where(t.cases.c.number == key) for key in (c.number, c.before)]
        if institution is not None:
            both = [one.where(t.cases.c.institution == institution) for one in both]
        query = query.where(*(one.correlate(t.again).exists() for one in both))
        return [Again(*row) for row in self._conn.execute(query.order_by(c.filed_at.desc(), c.number).limit(limit))]

    def back_rates(self, scope: Scope, institution: str | None, *, since: datetime) -> list[tuple[str, int, int]]:
        """District, cases that came back and all cases filed since then, the most that came back first."""
        c, a = t.cases.c, t.again.c
        marked = select(a.number).where(a.number == c.number).correlate(t.cases).exists()
        some = visible(select(c.number, c.district, marked.label("back")).where(c.filed_at >= since), scope)
        some = some.where(c.sealed.is_(False))
        if institution is not None:
            some = some.where(c.institution == institution)
        rows = some.subquery()
        back = func.count().filter(rows.c.back)
        query = select(rows.c.district, back, func.count()).group_by(rows.c.district)
        return sorted(
            ((district, int(n), int(every)) for district, n, every in self._conn.execute(query)),
            key=lambda row: (-row[1], row[0]),
        )
