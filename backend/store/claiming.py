"""Which notices a worker may take, in SQL; outbox.py says the same in words.

The statements are built once, with the time as a parameter: building them
takes several times as long as running them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    and_,
    any_,
    bindparam,
    case,
    false,
    func,
    literal_column,
    not_,
    or_,
    select,
    text,
    update,
)

from backend.store import tables as t

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, FromClause, Select

NOW = bindparam("now", type_=t.Instant)
C, OLDER, HELD = t.outbox.c, t.outbox.alias("older"), t.outbox.alias("held")


def unfinished(rows: FromClause) -> ColumnElement[bool]:
    """Written out as in the index of unfinished rows, so that SQLite sees that it will do."""
    return rows.c.state.in_([literal_column("'queued'"), literal_column("'deferred'"), literal_column("'sending'")])


def none(rows: FromClause, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether there is none, asked row by row, for a claim needs few: PostgreSQL would make a join of NOT EXISTS,

    over the whole outbox; and it takes what is not compared to anything for likely, so that it stops early.
    """
    first: Select[tuple[bool]] = select(literal_column("true")).select_from(rows).where(*conditions).limit(1)
    return not_(func.coalesce(first.correlate(t.outbox).scalar_subquery(), false(), type_=Boolean))


OLDEST = and_(unfinished(t.outbox), none(OLDER, unfinished(OLDER), OLDER.c.person == C.person, OLDER.c.id < C.id))
"""Unfinished, and nothing older of the same person is."""

LEASE_ENDS = func.coalesce(HELD.c.lease_until, NOW)
FREE = none(HELD, unfinished(HELD), HELD.c.state == "sending", LEASE_ENDS > NOW, HELD.c.person == C.person)
"""Nobody is sending to the same person, whose rows are few; the leases of all are not (no index fits LEASE_ENDS)."""

BY_AGE = text("SELECT set_config('enable_bitmapscan', 'off', true), set_config('enable_seqscan', 'off', true)")
"""For PostgreSQL, whose statistics are behind when very much is owed at once: it would sort all of it for each claim."""

SENDING = C.state == literal_column("'sending'")  # written out as in the index of those

LOST = and_(SENDING, C.lease_until <= NOW)
"""Whoever was sending it is gone."""

DUE = or_(and_(C.state != "sending", C.not_before <= NOW), LOST)
"""An unfinished row's time has come. No index fits that, so that unfinished rows are gone through by their age."""

READY = and_(DUE, OLDEST, FREE)
"""It may be claimed."""

GIVE_UP = (
    update(t.outbox)
    .where(LOST, C.kind.in_(["survey", "campaign"]))
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


def _among(column: ColumnElement[int], *, array: bool) -> ColumnElement[bool]:
    """Whose id is given: as one value where the database has such, for a list of hundreds is slow to write out."""
    if array:
        return column == any_(bindparam("people", type_=ARRAY(BigInteger)))
    return column.in_(bindparam("people", expanding=True))


TAKE = {
    dialect: update(t.outbox)
    .where(_among(C.person, array=dialect == "postgresql"), READY)
    .values(state="sending", owner=bindparam("by"), lease_until=bindparam("until"), changed_at=NOW, tries=C.tries + 1)
    for dialect in ("sqlite", "postgresql")
}
"""Asked again now that nobody else can claim for these people: what was seen before their lock was held may be over."""

FIRST_DUE = select(func.min(case((C.state == "sending", C.lease_until), else_=C.not_before), type_=t.Instant)).where(
    OLDEST, FREE
)
LEASE_OVER = select(func.min(C.lease_until)).where(unfinished(t.outbox), C.state == "sending", C.lease_until > NOW)
