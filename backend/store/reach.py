"""Whether and how a person can be reached: gone or there, what their last words let us send, what they allowed.

What they let us send is not counted anywhere: it follows from the journal, which
says what each message opened, and from the outbox, which says what went out since.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, func, literal_column, or_, select, update

from backend.store import tables as t
from backend.store.missed import SETTLED
from backend.store.prepared import Prepared
from backend.store.upsert import insert_into

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

USED = ("accepted", "delivered", "uncertain", "sending")
"""States of a message that the platform may have counted."""

TOLD_LATER = ("template", "subscription")
"""The ways whose platform says later what became of a message."""


MISSED = Prepared(
    select(t.outbox.c.id)
    .where(
        t.outbox.c.person == bindparam("whose"),
        t.outbox.c.state == "undelivered",
        or_(t.outbox.c.kind == "status", t.outbox.c.kind == "message"),
        ~SETTLED,
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Reach:
    """One person, as the plan of delivery sees them."""

    gone: str = ""  # blocked, unfollowed; empty: they are there
    free: int = 0  # messages that may be sent now because of what they did
    until: datetime | None = None  # … and until when
    grants: Mapping[str, int] = field(default_factory=dict)  # template -> messages left


class Reaches:
    """Reading and changing it."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def of(self, person_id: int, *, now: datetime, way: str) -> Reach:
        """As it stands; *way*: the one whose messages are counted."""
        p, g = t.people.c, t.grants.c
        gone = self._conn.execute(select(p.gone_why).where(p.id == person_id, p.gone_at.is_not(None))).scalar()
        grants = self._conn.execute(select(g.template, g.left).where(g.person == person_id, g.left > 0))
        free, until = self._free(person_id, now, way)
        return Reach(gone or "", free, until, {row.template: row.left for row in grants})

    def open_until(self, people: Sequence[int], *, now: datetime) -> dict[int, datetime]:
        """Until when those of *people* can be written to whose platform sets a limit; who is missing cannot be now."""
        j = t.journal.c
        query = select(j.person, func.max(j.free_until, type_=t.Instant).label("until")).where(
            j.person.in_(people), j.free_until > now
        )
        return {row.person: row.until for row in self._conn.execute(query.group_by(j.person))}

    def _free(self, person_id: int, now: datetime, way: str) -> tuple[int, datetime | None]:
        """The newest of what is still open, less what went out since; a second opening adds nothing to the first."""
        j, o = t.journal.c, t.outbox.c
        opened = select(j.received_at, j.free_messages, j.free_until).where(j.person == person_id, j.free_until > now)
        best: tuple[int, datetime | None] = (0, None)
        for at, messages, until in self._conn.execute(opened.order_by(j.id.desc()).limit(5)):
            sent = and_(o.person == person_id, o.way == way, o.state.in_(USED), o.changed_at >= at)
            left = messages - int(self._conn.execute(select(func.sum(o.cost)).where(sent)).scalar_one() or 0)
            if left > 0 and (best[1] is None or until > best[1]):
                best = (left, until)
        return best

    def leave(self, person_id: int, *, at: datetime, why: str) -> int:
        """Nothing reaches them from now on; how many messages that leaves undelivered."""
        self._conn.execute(update(t.people).where(t.people.c.id == person_id).values(gone_at=at, gone_why=why))
        o = t.outbox.c
        owed = update(t.outbox).where(o.person == person_id, o.state.in_(["queued", "deferred"]))
        return self._conn.execute(owed.values(state="undelivered", reason=GONE[why], changed_at=at)).rowcount

    def come_back(self, person_id: int, *, at: datetime) -> int:
        """They can be reached again: what they missed meanwhile is owed once more; how many messages."""
        there = update(t.people).where(t.people.c.id == person_id, t.people.c.gone_at.is_not(None))
        self._conn.execute(there.values(gone_at=None, gone_why=""))
        return self.owe_again(person_id, at=at)

    def owe_again(self, person_id: int, *, at: datetime) -> int:
        """Queue once more what never reached them of their cases, and nobody has told them else; how many messages."""
        o = t.outbox.c
        missed = update(t.outbox).where(
            o.person == person_id, o.state == "undelivered", o.kind.in_(["status", "message"]), ~SETTLED
        )
        again = {"state": "queued", "reason": "", "not_before": at, "created_at": at, "changed_at": at}
        return self._conn.execute(missed.values(again)).rowcount

    def missed(self, person_id: int) -> bool:
        """Whether anything of their cases never reached them."""
        return bool(MISSED.rows(self._conn, {"whose": person_id}))

    def grant(self, person_id: int, template: str, more: int, *, at: datetime) -> None:
        """They allow *more* messages of it; 0: they take it all back. What is not newer than the last was told before."""
        g = t.grants.c
        row = insert_into(self._conn, t.grants).values(person=person_id, template=template, left=more, at=at)
        changed = {"left": g.left + more if more else 0, "at": at}
        newer = or_(g.at.is_(None), g.at < at)
        self._conn.execute(row.on_conflict_do_update(index_elements=["person", "template"], set_=changed, where=newer))

    def spend(self, person_id: int, template: str) -> None:
        """One message of it went out, or the platform says that none is left to send."""
        g = t.grants.c
        self._conn.execute(
            update(t.grants).where(g.person == person_id, g.template == template, g.left > 0).values(left=g.left - 1)
        )

    def move(self, channel: str, old: str, new: str) -> None:
        """The platform gave a chat another address; where that is taken already, nothing changes."""
        p = t.people.c
        taken = select(p.id).where(p.channel == channel, p.address == new)
        if self._conn.execute(taken).first() is None:
            self._conn.execute(update(t.people).where(p.channel == channel, p.address == old).values(address=new))

    def heard_since(self, person_id: int, at: datetime) -> bool:
        """Whether they wrote after that."""
        j = t.journal.c
        return (
            self._conn.execute(select(j.id).where(j.person == person_id, j.received_at > at).limit(1)).first()
            is not None
        )

    def give_up(self, *, before: datetime, reason: str, at: datetime, limit: int = 200) -> int:
        """The platform took them before then and never said what became of them: nobody knows; how many."""
        o = t.outbox.c
        # written out, as in the index of what is awaited
        awaited = and_(
            o.state == literal_column("'accepted'"), o.way.in_([literal_column(f"'{w}'") for w in TOLD_LATER])
        )
        late = (
            select(o.id).where(awaited, o.platform_id != "", o.changed_at <= before).order_by(o.changed_at).limit(limit)
        )
        rows = self._conn.execute(late.with_for_update(skip_locked=True)).scalars().all()
        values = {"state": "uncertain", "reason": reason, "changed_at": at}
        return self._conn.execute(update(t.outbox).where(o.id.in_(rows)).values(values)).rowcount if rows else 0

    def result(self, channel: str, platform_id: str, *, delivered: bool, reason: str, at: datetime) -> int | None:
        """What the platform says later of a message that it took; the row's id, or None: it is none of ours."""
        o, p = t.outbox.c, t.people.c
        known = select(o.id).join(t.people, o.person == p.id).where(p.channel == channel, o.platform_id == platform_id)
        rows = self._conn.execute(known.order_by(o.id)).scalars().all()  # several went in one message
        if rows:
            state = "delivered" if delivered else "undelivered"
            told = update(t.outbox).where(o.id.in_(rows), o.state.in_(["accepted", "uncertain"]))
            self._conn.execute(told.values(state=state, reason=reason, changed_at=at))
        return int(rows[0]) if rows else None

    def numbered(
        self, person_id: int, template: str, platform_id: str, *, delivered: bool, reason: str, at: datetime
    ) -> int | None:
        """The same of a message that had no id when it was taken: the first of that template that nothing is known of.

        It has this id from now on, so that the same told again changes nothing. The row's id, or None: there is none.
        """
        o = t.outbox.c
        open_ = and_(o.person == person_id, o.platform_id == template, o.state.in_(["accepted", "uncertain"]))
        first = self._conn.execute(
            select(o.id, o.changed_at).where(open_).order_by(o.id).limit(1).with_for_update()
        ).one_or_none()
        if first is None:
            return None
        state = "delivered" if delivered else "undelivered"
        told = {"state": state, "reason": reason, "changed_at": at, "platform_id": platform_id}
        along = and_(open_, o.cost == 0, o.changed_at == first.changed_at)
        self._conn.execute(update(t.outbox).where(or_(o.id == first.id, along)).values(told))
        return int(first.id)


GONE = {
    "blocked": "市民已停用机器人，请改用其他方式联系市民。",
    "unfollowed": "用户已取关，请改用其他方式联系市民。",
}
"""Why nothing reaches them, for the desk."""
