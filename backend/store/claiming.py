"""Which notices a worker may take, in SQL; outbox.py says the same in words.

The statements are built once, with the time as a parameter: building them
takes several times as long as running them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, case, exists, func, literal_column, or_, select, update

from backend.store import tables as t

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, FromClause, Select

NOW = bindparam("now", type_=t.Instant)
C, OLDER, HELD = t.outbox.c, t.outbox.alias("older"), t.outbox.alias("held")


def unfinished(rows: FromClause) -> ColumnElement[bool]:
    """Written out as in the index of unfinished rows, so that SQLite sees that it will do."""
    return rows.c.state.in_([literal_column("'queued'"), literal_column("'deferred'"), literal_column("'sending'")])


OLDEST = and_(unfinished(t.outbox), ~exists().where(unfinished(OLDER), OLDER.c.person == C.person, OLDER.c.id < C.id))
"""Unfinished, and nothing older of the same person is."""

LEASED = exists().where(
    unfinished(HELD), HELD.c.state == "sending", HELD.c.lease_until > NOW, HELD.c.person == C.person
)
"""Somebody is sending to the same person."""

LOST = and_(unfinished(t.outbox), C.state == "sending", C.lease_until <= NOW)
"""Whoever was sending it is gone."""

DUE = or_(and_(C.state.in_(["queued", "deferred"]), C.not_before <= NOW), LOST)
"""Its time has come."""

READY = and_(DUE, OLDEST, ~LEASED)
"""It may be claimed."""

GIVE_UP = (
    update(t.outbox)
    .where(LOST, C.kind == "survey")
    .values(state="uncertain", reason="发送中断，不清楚是否送达", owner="", lease_until=None, changed_at=NOW)
)
"""A question asked twice does more harm than one not asked."""

OPEN = t.people.c.channel.not_in(bindparam("paused", expanding=True))
"""Their platform lets us send."""


def _lock(*conditions: ColumnElement[bool]) -> Select[tuple[int]]:
    return (
        select(t.people.c.id)
        .join(t.outbox, C.person == t.people.c.id)
        .where(READY, OPEN, *conditions)
        .order_by(C.id)
        .limit(bindparam("limit"))
        # no key update: rows that only refer to the person can be added meanwhile
        .with_for_update(of=t.people, skip_locked=True, key_share=True)
    )


LOCK_PEOPLE = _lock()
"""Those who have something ready, longest first; no other worker can claim for them until the unit ends."""

LOCK_ANSWERED = _lock(C.kind == literal_column("'reply'"))
"""Those of them who wait for an answer to what they wrote: nobody in a talk waits behind a mass of notices."""

READY_ROWS = select(C.id).where(C.person.in_(bindparam("people", expanding=True)), READY)

TAKE = (
    update(t.outbox)
    .where(C.id.in_(bindparam("rows", expanding=True)), DUE)
    .values(state="sending", owner=bindparam("by"), lease_until=bindparam("until"), changed_at=NOW, tries=C.tries + 1)
)
"""Due is asked once more, of the row as it is: its sender may have been late and not dead."""

FIRST_DUE = select(func.min(case((C.state == "sending", C.lease_until), else_=C.not_before), type_=t.Instant)).where(
    OLDEST, ~LEASED
)
LEASE_OVER = select(func.min(C.lease_until)).where(unfinished(t.outbox), C.state == "sending", C.lease_until > NOW)
