"""Who beside the lead has to do with a case: departments that help, officers who may open a sealed one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from backend.store import tables as t

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection


class Involved:
    """Kept beside the case's record, so that lists can be narrowed down by them."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def set_cohosts(self, number: str, departments: Collection[str]) -> None:
        """These departments help, and no others."""
        self._conn.execute(delete(t.cohosts).where(t.cohosts.c.number == number))
        if departments:
            self._conn.execute(insert(t.cohosts), [{"number": number, "department": key} for key in departments])

    def cohosts(self, number: str) -> list[str]:
        """The departments that help, in order."""
        c = t.cohosts.c
        return list(self._conn.execute(select(c.department).where(c.number == number).order_by(c.department)).scalars())

    def set_named(self, number: str, users: Collection[str]) -> None:
        """These officers may open it, and no others."""
        self._conn.execute(delete(t.named_officers).where(t.named_officers.c.number == number))
        if users:
            self._conn.execute(insert(t.named_officers), [{"number": number, "user": name} for name in users])

    def named(self, number: str) -> list[str]:
        """Who may open it, in order."""
        c = t.named_officers.c
        return list(self._conn.execute(select(c.user).where(c.number == number).order_by(c.user)).scalars())
