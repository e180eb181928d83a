"""Which citizens want a bulletin each month, of what, and the newest month they were told of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, or_, select, update

from backend.store import tables as t
from backend.store.upsert import insert_into

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Connection


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One that somebody wants."""

    person: int
    institution: str
    about: str  # all, department, place
    key: str  # a department's id, a place's name; empty: all
    since: datetime


C = t.bulletin_wishes.c
COLUMNS = tuple(C[name] for name in Bulletin.__annotations__)


class Bulletins:
    """Reading and changing them."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def of(self, person: int, institution: str) -> list[Bulletin]:
        """Somebody's, of one institution."""
        mine = (C.person == person, C.institution == institution)
        return [Bulletin(*row) for row in self._conn.execute(select(*COLUMNS).where(*mine).order_by(C.about, C.key))]

    def want(self, one: Bulletin) -> bool:
        """From now on; False: they wanted it before."""
        told = {name: getattr(one, name) for name in Bulletin.__annotations__}
        entry = insert_into(self._conn, t.bulletin_wishes).values(told).on_conflict_do_nothing()
        return self._conn.execute(entry.returning(C.person)).one_or_none() is not None

    def drop(self, person: int, institution: str | None = None) -> int:
        """No more of that institution's (None: of any); how many there were."""
        gone = delete(t.bulletin_wishes).where(C.person == person)
        return self._conn.execute(gone if institution is None else gone.where(C.institution == institution)).rowcount

    def all_of(self, person: int) -> list[Bulletin]:
        """Somebody's, of every institution."""
        query = select(*COLUMNS).where(C.person == person).order_by(C.institution, C.about, C.key)
        return [Bulletin(*row) for row in self._conn.execute(query)]

    def outdated(self, institution: str, *, before: datetime) -> int:
        """No more for those who wanted it before then and have said nothing since; how many wishes."""
        j = t.journal.c
        heard = exists().where(j.person == C.person, j.received_at >= before)
        old = delete(t.bulletin_wishes).where(C.institution == institution, C.since < before, ~heard)
        return self._conn.execute(old).rowcount

    def owed(self, institution: str, first: date, *, before: datetime, limit: int) -> list[Bulletin]:
        """Those wanted *before* then that were not told of the month from *first* on; those of one subject together."""
        query = select(*COLUMNS).where(C.institution == institution, C.since < before, _untold(first))
        rows = self._conn.execute(query.order_by(C.about, C.key, C.person).limit(limit))
        return [Bulletin(*row) for row in rows]

    def tell(self, one: Bulletin, first: date) -> bool:
        """They are told of that month now; False: they were before, or want it no longer."""
        mine = (C.person == one.person, C.institution == one.institution, C.about == one.about, C.key == one.key)
        return (
            self._conn.execute(update(t.bulletin_wishes).where(*mine, _untold(first)).values(told=first)).rowcount > 0
        )


def _untold(first: date) -> ColumnElement[bool]:
    return or_(C.told.is_(None), C.told < first)
