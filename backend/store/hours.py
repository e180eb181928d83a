"""Cases counted by category, place and hour, for what is usual and what rises. What is sealed is never counted."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, and_, case, delete, func, insert, select, type_coerce

from backend.store import tables as t
from backend.store.columns import EPOCH

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Select

HOUR = timedelta(hours=1)
MICROSECONDS = 3_600_000_000
LONGEST = 136
"""Characters of a place."""
Row = tuple[Any, ...]


class Hours:
    """The counts. A case counts with the category and place it has while its hour is counted."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def upto(self, institution: str) -> datetime | None:
        """The last hour that has a count; None: there is none."""
        c = t.hours.c
        query = select(func.max(c.hour)).where(c.institution == institution)
        found: datetime | None = self._conn.execute(query).scalar_one()
        return found

    def first_case(self, institution: str) -> datetime | None:
        """When its first case was filed."""
        c = t.cases.c
        query = select(func.min(c.filed_at)).where(c.institution == institution)
        found: datetime | None = self._conn.execute(query).scalar_one()
        return found

    def count(self, institution: str, *, since: datetime, until: datetime) -> int:
        """Count these whole hours anew; how many rows that made."""
        c, place = t.hours.c, place_of()
        self._conn.execute(delete(t.hours).where(c.institution == institution, c.hour >= since, c.hour < until))
        number = type_coerce(t.cases.c.filed_at, BigInteger) // MICROSECONDS
        query = select(number, t.cases.c.category_id, place, func.count()).where(*_plain(institution, since, until))
        found: Counter[tuple[int, str, str]] = Counter()
        for hour, category, told, n in self._conn.execute(query.group_by(number, t.cases.c.category_id, place)):
            found[int(hour), category, told[:LONGEST]] += int(n)
        rows = [
            {"institution": institution, "hour": EPOCH + hour * HOUR, "category": category, "place": told, "count": n}
            for (hour, category, told), n in sorted(found.items())
        ]
        if rows:
            self._conn.execute(insert(t.hours), rows)
        return len(rows)

    def lately(self, institution: str, *, since: datetime, until: datetime) -> list[tuple[str, str, int]]:
        """Category, place and count of the cases filed from *since* on and before *until*, as they stand now."""
        c, place = t.cases.c, place_of()
        query = select(c.category_id, place, func.count()).where(*_plain(institution, since, until))
        rows = self._conn.execute(query.group_by(c.category_id, place))
        return [(category, told[:LONGEST], int(n)) for category, told, n in rows]

    def rows(self, institution: str, *, since: datetime, until: datetime) -> list[tuple[datetime, str, str, int]]:
        """Hour, category, place and count."""
        c = t.hours.c
        query = select(c.hour, c.category, c.place, c["count"])
        query = query.where(c.institution == institution, c.hour >= since, c.hour < until)
        return [(hour, category, place, n) for hour, category, place, n in self._conn.execute(query)]

    def numbers(
        self, institution: str, category: str, place: str, *, since: datetime, until: datetime, limit: int
    ) -> list[str]:
        """The cases of a cell, newest first."""
        c = t.cases.c
        query: Select[Any] = select(c.number).where(*_plain(institution, since, until), c.category_id == category)
        if place:
            query = query.where(_at(place))
        return list(self._conn.execute(query.order_by(c.filed_at.desc(), c.number.desc()).limit(limit)).scalars())

    def tally(self, institution: str, category: str, place: str, *, since: datetime, until: datetime) -> int:
        """How many there are."""
        c = t.cases.c
        query: Select[Any] = select(func.count()).where(*_plain(institution, since, until), c.category_id == category)
        if place:
            query = query.where(_at(place))
        return int(self._conn.execute(query).scalar_one())

    def forget(self, *, before: datetime) -> int:
        """Drop what nothing is learnt from any more."""
        return int(self._conn.execute(delete(t.hours).where(t.hours.c.hour < before)).rowcount)


def place_of() -> ColumnElement[str]:
    """A case's district and street, as far as they are told; a street without a district is nowhere."""
    c = t.cases.c
    street = func.coalesce(c.facts[("where", "pieces", "street")].as_string(), "")
    return case((and_(c.district != "", street != ""), c.district + "/" + street), else_=c.district)


def _at(place: str) -> ColumnElement[bool]:
    district, _, street = place.partition("/")
    here = t.cases.c.district == district
    return and_(here, place_of() == place) if street else here


def _plain(institution: str, since: datetime, until: datetime) -> list[ColumnElement[bool]]:
    c = t.cases.c
    return [c.institution == institution, c.filed_at >= since, c.filed_at < until, c.sealed.is_(False)]
