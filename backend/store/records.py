"""The records of many cases, for ledgers: what was done to each beside moving it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from backend.store import tables as t

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Recorded:
    """One case's record, with what ledgers sort it by."""

    number: str
    kind: str
    category_id: str
    matter_id: str | None
    department_id: str
    officer: str | None
    record: dict[str, Any]


COLUMNS = tuple(t.cases.c[name] for name in Recorded.__annotations__)


class Records:
    """Reads only."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def filed(self, institution: str, *, since: datetime, until: datetime) -> list[Recorded]:
        """Those of the cases filed in that time, oldest first."""
        c = t.cases.c
        query = select(*COLUMNS).where(c.institution == institution, c.filed_at >= since, c.filed_at < until)
        return [Recorded(*row) for row in self._conn.execute(query.order_by(c.filed_at, c.number))]
