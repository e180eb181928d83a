"""What we owe citizens: written with the change that causes it, sent by a job, in order for each person.

    queued ──claim──> sending ──record──> accepted ──> delivered
                         │                deferred (until not_before) ──claim──> sending
                         │                queued (no byte went out) ──claim──> sending
                         │                undelivered, uncertain ──again──> queued
                         └ lease over: claimed once more, but a survey question becomes uncertain

A row is unfinished while queued, deferred or sending. Only the oldest
unfinished row of a person may be claimed, and only while none of theirs is
leased, so nothing overtakes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, case, exists, func, insert, or_, select, update

from backend.store import tables as t

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sqlalchemy
    from sqlalchemy import Connection, Select

LEASE = timedelta(seconds=20)
UNFINISHED = ("queued", "deferred", "sending")
ARRIVED = ("accepted", "delivered")


@dataclass(frozen=True, slots=True)
class Row:
    """One bubble on its way to one person."""

    id: int
    person: int
    number: str | None
    kind: str  # status, message, survey, nudge
    text: str
    choices: tuple[dict[str, Any], ...]
    state: str
    reason: str  # for the desk, in words
    way: str  # web, customer_service, template …
    tries: int  # claims so far; more than 1: it may have arrived twice
    not_before: datetime
    created_at: datetime
    changed_at: datetime


COLUMNS = tuple(t.outbox.c[name] for name in Row.__annotations__)


class Outbox:
    """The rows, from queueing to their last state."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def queue(
        self,
        person_id: int,
        *,
        number: str | None,
        kind: str,
        text: str,
        choices: Sequence[dict[str, Any]] = (),
        at: datetime,
        not_before: datetime | None = None,
    ) -> int:
        """Owe the person one bubble, after all that is owed already; its id."""
        row = {"person": person_id, "number": number, "kind": kind, "text": text, "choices": list(choices)}
        when = {"not_before": not_before or at, "created_at": at, "changed_at": at}
        return int(
            self._conn.execute(
                insert(t.outbox).values(row | when | {"state": "queued"}).returning(t.outbox.c.id)
            ).scalar_one()
        )

    def claim(self, owner: str, *, now: datetime, lease: timedelta = LEASE, limit: int = 20) -> list[Row]:
        """Take up to *limit* rows, of as many people, oldest first; they are *owner*'s until *now* + *lease*."""
        self._give_up_surveys(now)
        people = self._lock_people(now, limit)
        # asked again now that nobody else can claim for them: what we saw before we held the lock may be over
        ready = self._conn.execute(select(t.outbox.c.id).where(t.outbox.c.person.in_(people), _ready(now))).scalars()
        mine = {"state": "sending", "owner": owner, "lease_until": now + lease, "changed_at": now}
        # due is asked once more, of the row as it is: its sender may have been late and not dead
        claimed = update(t.outbox).where(t.outbox.c.id.in_(list(ready)), _due(now))
        claimed = claimed.values(mine | {"tries": t.outbox.c.tries + 1})
        return sorted(map(_row, self._conn.execute(claimed.returning(*COLUMNS))), key=lambda row: row.id)

    def record(
        self,
        row_id: int,
        *,
        state: str,
        at: datetime,
        reason: str = "",
        way: str = "",
        platform_id: str = "",
        not_before: datetime | None = None,
        owner: str | None = None,
    ) -> bool:
        """Keep what became of a row.

        False and nothing kept: *owner* was given, has lost the row meanwhile,
        and does not know that it arrived.
        """
        c = t.outbox.c
        values: dict[str, Any] = {"state": state, "reason": reason, "way": way, "platform_id": platform_id}
        values |= {"owner": "", "lease_until": None, "changed_at": at}
        if not_before is not None:
            values["not_before"] = not_before
        row = update(t.outbox).where(c.id == row_id).values(values)
        if owner is not None and state not in ARRIVED:
            row = row.where(c.state == "sending", c.owner == owner)
        return bool(self._conn.execute(row).rowcount)

    def of_case(self, number: str) -> list[Row]:
        """Every notice of a case, oldest first."""
        return self._rows(select(*COLUMNS).where(t.outbox.c.number == number).order_by(t.outbox.c.id))

    def again(self, row_id: int, *, at: datetime) -> bool:
        """Queue once more what is uncertain or undelivered; False: it is neither."""
        c = t.outbox.c
        stuck = update(t.outbox).where(c.id == row_id, c.state.in_(["uncertain", "undelivered"]))
        return bool(
            self._conn.execute(
                stuck.values(state="queued", reason="", not_before=at, owner="", lease_until=None, changed_at=at)
            ).rowcount
        )

    def next_due(self, now: datetime) -> datetime | None:
        """When the next claim can find something, as things stand; not after *now*: at once. None: nothing is owed."""
        c = t.outbox.c
        when = case((c.state == "sending", c.lease_until), else_=c.not_before)
        first = select(func.min(when, type_=t.Instant)).where(_oldest(), ~_leased(now))
        over = select(func.min(c.lease_until)).where(c.state == "sending", c.lease_until > now)
        times = [self._conn.execute(query).scalar_one() for query in (first, over)]
        return min((at for at in times if at is not None), default=None)

    def delivered_upto(self, person_id: int, seq: int, *, at: datetime) -> int:
        """The person has seen bubble *seq* and all before it; how many accepted rows that makes delivered."""
        said = t.sayings.c
        seen = select(said.notice).where(said.person == person_id, said.seq <= seq, said.notice.is_not(None))
        c = t.outbox.c
        rows = update(t.outbox).where(c.state == "accepted", c.person == person_id, c.id.in_(seen))
        return self._conn.execute(rows.values(state="delivered", changed_at=at)).rowcount

    def _give_up_surveys(self, now: datetime) -> None:
        """Whoever was sending these is gone; a question asked twice does more harm than one not asked."""
        c = t.outbox.c
        lost = update(t.outbox).where(c.state == "sending", c.kind == "survey", c.lease_until <= now)
        why = "发送中断，不清楚是否送达"
        self._conn.execute(lost.values(state="uncertain", reason=why, owner="", lease_until=None, changed_at=now))

    def _lock_people(self, now: datetime, limit: int) -> list[int]:
        """The people who have something ready, longest first; no other worker can claim for them now."""
        c = t.outbox.c
        query = select(t.people.c.id).join(t.outbox, c.person == t.people.c.id).where(_ready(now)).order_by(c.id)
        # no key update: rows that only refer to the person can be added meanwhile
        locked = query.limit(limit).with_for_update(of=t.people, skip_locked=True, key_share=True)
        return list(self._conn.execute(locked).scalars())

    def _rows(self, query: Select[Any]) -> list[Row]:
        return [_row(row) for row in self._conn.execute(query)]


def _row(row: sqlalchemy.Row[Any]) -> Row:
    return Row(**row._asdict() | {"choices": tuple(row.choices)})


def _oldest() -> ColumnElement[bool]:
    """Unfinished, and nothing older of the same person is."""
    c, older = t.outbox.c, t.outbox.alias("older")
    before = (older.c.state.in_(UNFINISHED), older.c.person == c.person, older.c.id < c.id)
    return and_(c.state.in_(UNFINISHED), ~exists().where(*before))


def _leased(now: datetime) -> ColumnElement[bool]:
    """Somebody is sending to the same person."""
    held = t.outbox.alias("held")
    return exists().where(held.c.state == "sending", held.c.person == t.outbox.c.person, held.c.lease_until > now)


def _due(now: datetime) -> ColumnElement[bool]:
    """Its time has come, or whoever was sending it is gone."""
    c = t.outbox.c
    waits = and_(c.state.in_(["queued", "deferred"]), c.not_before <= now)
    return or_(waits, and_(c.state == "sending", c.lease_until <= now))


def _ready(now: datetime) -> ColumnElement[bool]:
    """It may be claimed."""
    return and_(_due(now), _oldest(), ~_leased(now))
