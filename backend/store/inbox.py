"""Messages that cannot be worked on at once: their files are still with the platform, or an earlier one of theirs waits.

A row is kept before the platform hears that we have the message, and is done in
the unit that works on it. Only the oldest of a person is ever claimed, so that
nothing overtakes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, exists, func, literal_column, or_, select, update

from backend.store import tables as t
from backend.store.prepared import Prepared
from backend.store.upsert import insert_into

if TYPE_CHECKING:
    from sqlalchemy import Connection

LEASE = timedelta(seconds=120)
"""Longer than any file takes to fetch."""

RESULT = "result of "
C, OLDER = t.inbox.c, t.inbox.alias("older")
WAITS = C.state == literal_column("'waiting'")  # written out, as in the index of what waits
THEIRS = Prepared(
    select(C.id).where(C.channel == bindparam("channel"), C.address == bindparam("address"), WAITS).limit(1), (C.id,)
)
FAILED = (
    # from the small index of what failed, never through all that ever waited
    t.journal.join(t.people, and_(t.journal.c.person == t.people.c.id, t.journal.c.state == literal_column("'failed'")))
).join(
    t.inbox,
    and_(C.channel == t.people.c.channel, C.address == t.people.c.address, C.message_id == t.journal.c.message_id),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One message that waits."""

    id: int
    channel: str
    address: str
    message: dict[str, Any]
    received_at: datetime
    tries: int  # claims so far


COLUMNS = tuple(C[name] for name in Entry.__annotations__)


class Inbox:
    """The rows, from the platform's call to the unit that works on them."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def add(self, channel: str, address: str, message_id: str, message: dict[str, Any], *, at: datetime) -> int | None:
        """Keep a message; its id, or None: it is already there."""
        row = {"channel": channel, "address": address, "message_id": message_id, "message": message}
        entry = insert_into(self._conn, t.inbox).values(row | {"received_at": at, "due_at": at, "state": "waiting"})
        once = entry.on_conflict_do_nothing(index_elements=["channel", "address", "message_id"])
        return self._conn.execute(once.returning(C.id)).scalar_one_or_none()

    def set_aside(self, channel: str, raw: dict[str, Any], *, at: datetime) -> None:
        """Keep a call that nobody understands, whole and once."""
        told = json.dumps(raw, sort_keys=True, default=str)
        key = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()
        row = {"channel": channel, "address": "", "message_id": key, "message": json.loads(told)}
        entry = insert_into(self._conn, t.inbox).values(row | {"received_at": at, "due_at": at, "state": "unknown"})
        self._conn.execute(entry.on_conflict_do_nothing(index_elements=["channel", "address", "message_id"]))

    def hold_result(self, channel: str, platform_id: str, result: dict[str, Any], *, at: datetime) -> None:
        """Keep what became of a message of which we do not know yet that the platform took it."""
        row = {"channel": channel, "address": "", "message_id": f"{RESULT}{platform_id}", "message": result}
        entry = insert_into(self._conn, t.inbox).values(row | {"received_at": at, "due_at": at, "state": "early"})
        self._conn.execute(entry.on_conflict_do_nothing(index_elements=["channel", "address", "message_id"]))

    def take_result(self, channel: str, platform_id: str) -> dict[str, Any] | None:
        """What was held of that message, which is then held no more; None: nothing."""
        early = t.inbox.delete().where(C.channel == channel, C.address == "", C.message_id == f"{RESULT}{platform_id}")
        found: dict[str, Any] | None = self._conn.execute(early.returning(C.message)).scalar_one_or_none()
        return found

    def waits(self, channel: str, address: str) -> bool:
        """Whether anything of this person still waits."""
        return bool(THEIRS.rows(self._conn, {"channel": channel, "address": address}))

    def claim(self, owner: str, *, now: datetime, limit: int = 8, only: int | None = None) -> list[Entry]:
        """Take what is due, the oldest of each person, for *owner* alone; ``only``: that row and no other."""
        free = or_(C.lease_until.is_(None), C.lease_until <= now)
        oldest = ~exists().where(
            OLDER.c.channel == C.channel, OLDER.c.address == C.address, OLDER.c.state == "waiting", OLDER.c.id < C.id
        )
        due = select(C.id).where(WAITS, C.due_at <= now, free, oldest).order_by(C.due_at, C.id).limit(limit)
        if only is not None:
            due = due.where(C.id == only)
        rows = self._conn.execute(due.with_for_update(skip_locked=True)).scalars().all()
        if not rows:
            return []
        mine = update(t.inbox).where(C.id.in_(rows), free)
        taken = mine.values(owner=owner, lease_until=now + LEASE, tries=C.tries + 1).returning(*COLUMNS)
        return sorted((Entry(*row) for row in self._conn.execute(taken)), key=lambda entry: entry.id)

    def done(self, entry_id: int) -> None:
        """It was worked on; the journal has it now."""
        row = update(t.inbox).where(C.id == entry_id)
        self._conn.execute(row.values(state="done", message={}, owner="", lease_until=None))

    def again(self, entry_id: int, *, due: datetime) -> None:
        """Its files could not be fetched yet: try again then."""
        self._conn.execute(update(t.inbox).where(C.id == entry_id).values(due_at=due, owner="", lease_until=None))

    def retry(
        self, channel: str, address: str, message_id: str, message: dict[str, Any], *, at: datetime, due: datetime
    ) -> None:
        """Keep a message that stands in the journal as failed; it is to be tried again then."""
        row = {"channel": channel, "address": address, "message_id": message_id, "received_at": at}
        state = {"message": message, "state": "failed", "due_at": due, "tries": 0, "owner": "", "lease_until": None}
        entry = insert_into(self._conn, t.inbox).values(row | state)
        self._conn.execute(entry.on_conflict_do_update(index_elements=["channel", "address", "message_id"], set_=state))

    def claim_failed(self, owner: str, *, now: datetime, limit: int = 8) -> list[Entry]:
        """Take what failed and is due to be tried again, for *owner* alone; each claim is one try."""
        free = or_(C.lease_until.is_(None), C.lease_until <= now)
        due = select(C.id).select_from(FAILED).where(C.state == "failed", C.due_at <= now, free)
        rows = self._conn.execute(
            due.order_by(C.id).limit(limit).with_for_update(of=t.inbox, skip_locked=True)
        ).scalars()
        mine = update(t.inbox).where(C.id.in_(rows.all()), free)
        taken = mine.values(owner=owner, lease_until=now + LEASE, tries=C.tries + 1).returning(*COLUMNS)
        return sorted((Entry(*row) for row in self._conn.execute(taken)), key=lambda entry: entry.id)

    def next_due(self) -> datetime | None:
        """When the next one should be looked at; None: nothing waits."""
        first: datetime | None = self._conn.execute(
            select(func.min(C.due_at, type_=t.Instant)).where(WAITS)
        ).scalar_one()
        return first

    def forget(self, channel: str, address: str) -> int:
        """Drop all of a person, what waits too; how many rows."""
        return self._conn.execute(t.inbox.delete().where(C.channel == channel, C.address == address)).rowcount

    def forget_done(self, *, before: datetime) -> int:
        """Drop what was worked on, or set aside, before then: the journal knows a redelivery too; how many rows."""
        old = t.inbox.delete().where(C.state != "waiting", C.received_at < before)
        return self._conn.execute(old).rowcount
