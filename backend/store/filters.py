"""Lists that people come back to: a name and what the list is narrowed down to, each one's own, or shared with colleagues."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, func, insert, or_, select, update

from backend.store import tables as t

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement, Connection


@dataclass(frozen=True, slots=True)
class Filter:
    """One of them."""

    id: int
    user: str
    institution: str | None  # whose people see it where it is shared; None: everybody
    name: str
    query: Mapping[str, str] = field(default_factory=dict)  # as the list's address has it
    shared: bool = False


COLUMNS = tuple(t.saved_filters.c[name] for name in Filter.__annotations__)


class Filters:
    """Rows, one a saved list."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def of(self, user: str, institution: str | None) -> list[Filter]:
        """Their own, in the order they were made, then what colleagues share with them; institution None: all that is shared."""
        c = t.saved_filters.c
        theirs = [] if institution is None else [or_(c.institution == institution, c.institution.is_(None))]
        seen = or_(c.user == user, and_(c.shared.is_(True), *theirs))
        query = select(*COLUMNS).where(seen).order_by(c.user != user, c.id)
        return [Filter(*row) for row in self._conn.execute(query)]

    def count(self, user: str) -> int:
        """How many they have of their own."""
        query = select(func.count()).select_from(t.saved_filters).where(t.saved_filters.c.user == user)
        return int(self._conn.execute(query).scalar_one())

    def add(self, user: str, institution: str | None, name: str, query: Mapping[str, str], *, shared: bool) -> None:
        """Keep a new one."""
        told = {"user": user, "institution": institution, "name": name, "query": dict(query), "shared": shared}
        self._conn.execute(insert(t.saved_filters).values(told))

    def change(self, key: int, user: str, *, name: str, shared: bool) -> bool:
        """Call it so, share it or not; False: they have none of that number."""
        done = self._conn.execute(update(t.saved_filters).where(*_own(key, user)).values(name=name, shared=shared))
        return done.rowcount > 0

    def drop(self, key: int, user: str) -> bool:
        """It is gone; False: they have none of that number."""
        return self._conn.execute(delete(t.saved_filters).where(*_own(key, user))).rowcount > 0


def _own(key: int, user: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return t.saved_filters.c.id == key, t.saved_filters.c.user == user
