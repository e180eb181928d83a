"""News of cases on its way to people at the desk: like the outbox, written once for each place, sent by a job.

queued ──claim──> sending ──record──> sent
                     │                queued (not taken: again later) ──> failed, after a day
                     └ lease over: claimed once more
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select, update

from backend.store import tables as t
from backend.store.upsert import insert_into

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Connection

LEASE = timedelta(minutes=3)
"""Longer than a service may take to answer."""
ONE = 1
C = t.notifications.c


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of a case, and where the case stands now."""

    id: int
    at: datetime
    what: str
    detail: dict[str, Any]
    number: str
    institution: str
    category_id: str
    department_id: str
    district: str
    sealed: bool
    next_due: datetime | None


@dataclass(frozen=True, slots=True)
class Owed:
    """One piece of news for one place."""

    id: int
    number: str
    kind: str
    told: dict[str, Any]
    at: datetime
    tries: int


COLUMNS = tuple(C[name] for name in Owed.__annotations__)


class Notifications:
    """The news, from the event to its last state."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def upto(self) -> int | None:
        """How far the events have been looked at; None: never."""
        found: int | None = self._conn.execute(select(t.notified.c.upto)).scalar()
        return found

    def begin(self) -> int:
        """Look at what happens from now on."""
        newest = int(self._conn.execute(select(func.coalesce(func.max(t.events.c.id), 0))).scalar_one())
        row = insert_into(self._conn, t.notified).values(id=ONE, upto=newest)
        self._conn.execute(row.on_conflict_do_nothing(index_elements=["id"]))
        return newest

    def reach(self, upto: int) -> None:
        """They have been looked at that far."""
        self._conn.execute(update(t.notified).where(t.notified.c.upto < upto).values(upto=upto))

    def happened(self, after: int, what: Collection[str], *, limit: int) -> list[Happened]:
        """The next events of those sorts, oldest first."""
        event, case = t.events.c, t.cases.c
        columns = (event.id, event.at, event.what, event.detail, case.number, case.institution, case.category_id)
        placed = (case.department_id, case.district, case.sealed, case.next_due)
        query = select(*columns, *placed).select_from(t.events.join(t.cases, event.number == case.number))
        query = query.where(event.id > after, event.what.in_(what)).order_by(event.id).limit(limit)
        return [Happened(*row) for row in self._conn.execute(query)]

    def owe(self, rows: Sequence[dict[str, Any]]) -> int:
        """Owe this news to its places, each once; how many of it were new."""
        if not rows:
            return 0
        entry = insert_into(self._conn, t.notifications).values([row | {"state": "queued"} for row in rows])
        new = entry.on_conflict_do_nothing(index_elements=["place", "event"]).returning(C.id)
        return len(self._conn.execute(new).all())

    def claim(self, place: str, owner: str, *, now: datetime, limit: int) -> list[Owed]:
        """All that is owed to a place, once the first of it is due; they are *owner*'s for a LEASE. Danger goes alone."""
        lost = and_(C.state == "sending", C.lease_until <= now)
        waits = and_(C.place == place, or_(C.state == "queued", lost))
        # due first, so that what failed and waits for its next try is not pulled along with what is new
        due = self._conn.execute(
            select(C.id, C.kind).where(waits, or_(C.due_at <= now, lost)).order_by(C.due_at, C.id).limit(limit)
        ).all()
        danger = [row.id for row in due if row.kind == "danger"]
        ids: Sequence[int] = danger or [row.id for row in due]
        if ids and not danger:
            fresh = and_(waits, C.tries == 0, C.kind != "danger")
            more = select(C.id).where(fresh, C.id.not_in(ids)).order_by(C.id).limit(limit - len(ids))
            ids = [*ids, *self._conn.execute(more).scalars()]
        if not ids:
            return []
        taken = update(t.notifications).where(C.id.in_(ids), or_(C.state == "queued", lost))
        lease = {
            "state": "sending",
            "owner": owner,
            "lease_until": now + LEASE,
            "changed_at": now,
            "tries": C.tries + 1,
        }
        return [Owed(*row) for row in self._conn.execute(taken.values(lease).returning(*COLUMNS))]

    def record(
        self, ids: Sequence[int], *, owner: str, state: str, at: datetime, reason: str = "", due: datetime | None = None
    ) -> int:
        """Keep what became of them; how many were still *owner*'s, or arrived."""
        values: dict[str, Any] = {"state": state, "reason": reason, "changed_at": at, "owner": "", "lease_until": None}
        mine = C.id.in_(ids) if state == "sent" else and_(C.id.in_(ids), C.owner == owner)
        if due is not None:
            values["due_at"] = due
        return self._conn.execute(update(t.notifications).where(mine).values(values)).rowcount

    def forget(self, *, before: datetime) -> int:
        """Delete what was over before then."""
        over = and_(C.state.in_(["sent", "failed"]), C.changed_at < before)
        return self._conn.execute(t.notifications.delete().where(over)).rowcount
