"""What was learnt of clocks that were kept or broken, and the cases that it is learnt from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from backend.store import tables as t
from backend.store.upsert import insert_into

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from sqlalchemy import Connection, Row

FIELDS = ("category_id", "department_id", "grade", "kind", "filed_at", "closed_at", "due", "record")


class Forecasts:
    """One row an institution, replaced each night."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def keep(self, institution: str, told: dict[str, Any], *, at: datetime) -> None:
        """The newest."""
        entry = insert_into(self._conn, t.forecasts).values(institution=institution, made_at=at, told=told)
        self._conn.execute(
            entry.on_conflict_do_update(index_elements=["institution"], set_={"made_at": at, "told": told})
        )

    def of(self, institution: str) -> tuple[datetime, dict[str, Any]] | None:
        """When it was learnt, and what; None: nothing was yet."""
        c = t.forecasts.c
        row = self._conn.execute(select(c.made_at, c.told).where(c.institution == institution)).one_or_none()
        return None if row is None else (row.made_at, row.told)

    def institutions(self, *, since: date) -> set[str]:
        """Those with cases filed since that day."""
        c = t.cases.c
        return set(self._conn.execute(select(c.institution).where(c.filed_day >= since).distinct()).scalars())

    def cases(self, institution: str, *, since: datetime, most: int) -> Iterator[Row[Any]]:
        """The newest cases filed since then: where they went, when they were open, how their clocks went."""
        c = t.cases.c
        query = select(*(c[name] for name in FIELDS)).where(c.institution == institution, c.filed_at >= since)
        yield from self._conn.execute(query.order_by(c.filed_at.desc(), c.number.desc()).limit(most))
