"""Which cases somebody must be told of because of their clocks. What is told is ``alerts``'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from backend.store import tables as t

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection


class Clocks:
    """The cases by their next warning, as ``domain.running.next_alarm`` reckoned it when they were saved."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def due(self, at: datetime, *, limit: int) -> list[str]:
        """The numbers of cases whose next warning has come, longest waiting first."""
        c = t.cases.c
        query = select(c.number).where(c.next_warning <= at).order_by(c.next_warning, c.number).limit(limit)
        return list(self._conn.execute(query).scalars())

    def next(self) -> datetime | None:
        """When the next one comes."""
        at: datetime | None = self._conn.execute(select(func.min(t.cases.c.next_warning))).scalar_one()
        return at

    def put_off(self, number: str, until: datetime) -> None:
        """Look at that case again then; its version stays, since nothing of it changed."""
        self._conn.execute(update(t.cases).where(t.cases.c.number == number).values(next_warning=until))
