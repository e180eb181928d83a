"""Who wants which report of each period, and the reports that are ready for them: each period once, whoever asks how often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select, update

from backend.store import tables as t
from backend.store.upsert import insert_into

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Wish:
    """A report that somebody wants. ``institution`` empty: of all that they see."""

    user: str
    report: str
    institution: str
    since: datetime
    way: str = ""  # outside the desk too: "mail", "place:NAME"; empty: there alone
    address: str = ""  # their own, for mail
    language: str = "zh"


@dataclass(frozen=True, slots=True)
class Ready:
    """One that is ready."""

    id: int
    report: str
    institution: str
    first: date
    at: datetime
    seen_at: datetime | None


WISH = tuple(t.report_wishes.c[name] for name in Wish.__annotations__)
READY = tuple(t.report_notices.c[name] for name in Ready.__annotations__)


class Wishes:
    """Both tables."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def all(self) -> list[Wish]:
        """Everybody's."""
        return [Wish(*row) for row in self._conn.execute(select(*WISH).order_by(*WISH[:3]))]

    def of(self, user: str) -> list[Wish]:
        """Somebody's."""
        return [Wish(*row) for row in self._conn.execute(select(*WISH).where(WISH[0] == user).order_by(*WISH[1:3]))]

    def want(self, wish: Wish) -> None:
        """From now on; again changes nothing but the way."""
        told = {name: getattr(wish, name) for name in Wish.__annotations__}
        key, way = ("user", "report", "institution"), ("way", "address", "language")
        entry = insert_into(self._conn, t.report_wishes).values(told)
        self._conn.execute(entry.on_conflict_do_update(index_elements=key, set_={name: told[name] for name in way}))

    def drop(self, user: str, report: str, institution: str) -> None:
        """No more."""
        c = t.report_wishes.c
        mine = (c.user == user, c.report == report, c.institution == institution)
        self._conn.execute(delete(t.report_wishes).where(*mine))

    def ready(self, wish: Wish, first: date, *, at: datetime) -> int | None:
        """The report of the period from *first* on is ready: its notice; None: it was told before."""
        told: dict[str, Any] = {"user": wish.user, "report": wish.report, "institution": wish.institution}
        entry = insert_into(self._conn, t.report_notices).values(told | {"first": first, "at": at})
        kept = entry.on_conflict_do_nothing(index_elements=["user", "report", "institution", "first"])
        found: int | None = self._conn.execute(kept.returning(t.report_notices.c.id)).scalar()
        return found

    def waiting(self, user: str, *, most: int) -> list[Ready]:
        """The newest that are ready for them."""
        c = t.report_notices.c
        query = select(*READY).where(c.user == user).order_by(c.at.desc(), c.id.desc()).limit(most)
        return [Ready(*row) for row in self._conn.execute(query)]

    def unseen(self, user: str) -> int:
        """How many they have not looked at."""
        c = t.report_notices.c
        query = select(func.count()).select_from(t.report_notices).where(c.user == user, c.seen_at.is_(None))
        return int(self._conn.execute(query).scalar_one())

    def see(self, user: str, report: str, institution: str, first: date, *, at: datetime) -> None:
        """They have looked at it."""
        c = t.report_notices.c
        mine = (c.user == user, c.report == report, c.institution == institution, c.first == first, c.seen_at.is_(None))
        self._conn.execute(update(t.report_notices).where(*mine).values(seen_at=at))
