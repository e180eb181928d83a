"""Reports that are ready on their way outside the desk: one letter for each that somebody wants sent.

queued ──claim──> sending ──record──> sent
                     │                queued (not taken: again later) ──> failed, at last
                     └ lease over: claimed once more
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, or_, select, update

from backend.store import tables as t
from backend.store.upsert import insert_into

if TYPE_CHECKING:
    from sqlalchemy import Column, Connection, Select

    from backend.store.wishes import Wish

LEASE = timedelta(minutes=20)
"""Longer than the longest report takes to be made and a mail server to answer."""
C, N = t.report_letters.c, t.report_notices.c
SHOWN = 200
"""Of a person's newest letters, from which the last of each of their reports is told."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One report for one person, and where it goes."""

    notice: int
    user: str
    report: str
    institution: str  # empty: of all that they see
    first: date
    way: str
    address: str
    language: str
    state: str
    tries: int
    reason: str
    changed_at: datetime


LETTER: tuple[Column[Any], ...] = (
    C.notice, N.user, N.report, N.institution, N.first, C.way, C.address, C.language, C.state, C.tries, C.reason, C.changed_at,
)  # fmt: skip
WHOLE = t.report_letters.join(t.report_notices, N.id == C.notice)


class Letters:
    """The letters, from the day they are owed to their last state."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def owe(self, notice: int, wish: Wish, *, due: datetime, at: datetime) -> None:
        """Once for each notice."""
        told = {"notice": notice, "way": wish.way, "address": wish.address, "language": wish.language}
        entry = insert_into(self._conn, t.report_letters).values(
            told | {"state": "queued", "due_at": due, "changed_at": at}
        )
        self._conn.execute(entry.on_conflict_do_nothing(index_elements=["notice"]))

    def claim(self, owner: str, *, now: datetime) -> Letter | None:
        """The one that is due first is *owner*'s for a LEASE; None: nothing is due, or another took it just now."""
        free = or_(and_(C.state == "queued", C.due_at <= now), and_(C.state == "sending", C.lease_until <= now))
        found = self._conn.execute(select(C.notice).where(free).order_by(C.due_at, C.notice).limit(1)).scalar()
        if found is None:
            return None
        lease = {"state": "sending", "owner": owner, "lease_until": now + LEASE, "changed_at": now}
        taken = update(t.report_letters).where(C.notice == found, free).values(tries=C.tries + 1, **lease)
        if not self._conn.execute(taken).rowcount:
            return None
        return Letter(*self._conn.execute(select(*LETTER).select_from(WHOLE).where(C.notice == found)).one())

    def record(
        self, notice: int, *, owner: str, state: str, at: datetime, reason: str = "", due: datetime | None = None
    ) -> bool:
        """Keep what became of it; False: it is *owner*'s no longer."""
        values: dict[str, Any] = {"state": state, "reason": reason, "changed_at": at, "owner": "", "lease_until": None}
        if due is not None:
            values["due_at"] = due
        mine = (C.notice == notice, C.owner == owner, C.state == "sending")
        return self._conn.execute(update(t.report_letters).where(*mine).values(values)).rowcount > 0

    def of(self, user: str) -> list[Letter]:
        """Somebody's, the newest first."""
        query = select(*LETTER).select_from(WHOLE).where(N.user == user).order_by(N.at.desc(), N.id.desc())
        return [Letter(*row) for row in self._conn.execute(query.limit(SHOWN))]

    def readdress(self, wish: Wish) -> None:
        """What waits goes where they want it now; with no way, nowhere."""
        mine = _notices(wish.user, wish.report, wish.institution)
        waits = (C.notice.in_(mine), C.state.in_(("queued", "failed")))
        if not wish.way:
            self._conn.execute(delete(t.report_letters).where(*waits))
            return
        told = {"way": wish.way, "address": wish.address, "language": wish.language}
        self._conn.execute(update(t.report_letters).where(*waits).values(told))

    def again(self, user: str, report: str, institution: str, *, due: datetime, at: datetime) -> int:
        """Send once more what could not be sent; how many that is."""
        failed = (C.notice.in_(_notices(user, report, institution)), C.state == "failed")
        fresh = {"state": "queued", "tries": 0, "due_at": due, "changed_at": at}
        return self._conn.execute(update(t.report_letters).where(*failed).values(fresh)).rowcount


def _notices(user: str, report: str, institution: str) -> Select[tuple[int]]:
    return select(N.id).where(N.user == user, N.report == report, N.institution == institution)
