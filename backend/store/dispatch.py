"""Who looks at which undecided case: a lease each, which one press takes and time ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, or_, select, update

from backend.store import tables as t
from backend.store.upsert import insert_into
from backend.store.visible import visible

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from backend.domain.scope import Scope

C = t.dispatch_looks.c


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody has that case before them."""

    number: str
    user: str
    since: datetime
    until: datetime


COLUMNS = tuple(C[name] for name in Look.__annotations__)


class DispatchLooks:
    """At most one row a case; one that is over counts for nothing."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def take(self, number: str, user: str, *, at: datetime, until: datetime) -> bool:
        """Of two who try at once one gets True, as does who has it already; the other waits, then finds it taken."""
        row = {"number": number, "user": user, "since": at, "until": until}
        entry = insert_into(self._conn, t.dispatch_looks).values(row)
        free = or_(C.until <= at, C.user == user)
        taken = entry.on_conflict_do_update(
            index_elements=["number"], set_={"user": user, "since": at, "until": until}, where=free
        )
        return self._conn.execute(taken.returning(C.number)).first() is not None

    def stay(self, number: str, user: str, *, at: datetime, until: datetime, begun: datetime) -> bool:
        """Go on with it, where it is still theirs and they took it after *begun*."""
        mine = (C.number == number, C.user == user, C.until > at, C.since > begun)
        return bool(self._conn.execute(update(t.dispatch_looks).where(*mine).values(until=until)).rowcount)

    def holder(self, number: str, *, at: datetime) -> str | None:
        """Who has it now; None: nobody."""
        found = select(C.user).where(C.number == number, C.until > at)
        return self._conn.execute(found).scalar_one_or_none()

    def others(self, user: str, *, at: datetime, scope: Scope, limit: int = 20) -> list[Look]:
        """What everybody else has before them, of the cases within that scope; who began first comes first."""
        joined = t.dispatch_looks.join(t.cases, t.cases.c.number == C.number)
        query = visible(select(*COLUMNS).select_from(joined), scope).where(C.user != user, C.until > at)
        return [Look(*row) for row in self._conn.execute(query.order_by(C.since, C.number).limit(limit))]

    def leave(self, user: str, *, but: str = "") -> None:
        """They look at none of theirs any more, but for that one."""
        self._conn.execute(delete(t.dispatch_looks).where(C.user == user, C.number != but))
