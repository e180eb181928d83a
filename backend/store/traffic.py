"""What channels took in and sent lately, as counts: for the desk and the metrics. Nobody stands here.

Only the newest rows are looked at, so that it costs the same in a big city.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from backend.store import tables as t

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

NEWEST = 20_000
"""Rows of the journal and of the outbox that are looked at."""
MOST = 0.95
ANSWERED = ("accepted", "delivered")


@dataclass(slots=True)
class Traffic:
    """One channel. ``sent``: (way, state) -> messages; ``answered``: seconds within which 95 % of the answers were sent."""

    received: int = 0
    sent: Counter[tuple[str, str]] = field(default_factory=Counter)
    answered: float | None = None
    open: int = 0  # people who can be written to because of what they did
    gone: int = 0
    waiting: int = 0  # messages whose files are still with the platform


def lately(conn: Connection, *, since: datetime, now: datetime) -> dict[str, Traffic]:
    """By channel; those of which there is nothing to tell are missing."""
    found: dict[str, Traffic] = defaultdict(Traffic)
    _heard(conn, found, since, now)
    _sent(conn, found, since)
    gone = select(t.people.c.channel, func.count()).where(t.people.c.gone_at.is_not(None)).group_by(t.people.c.channel)
    for channel, count in conn.execute(gone):
        found[channel].gone = count
    waiting = select(t.inbox.c.channel, func.count()).where(t.inbox.c.state == "waiting").group_by(t.inbox.c.channel)
    for channel, count in conn.execute(waiting):
        found[channel].waiting = count
    return dict(found)


def _heard(conn: Connection, found: dict[str, Traffic], since: datetime, now: datetime) -> None:
    j = t.journal.c
    newest: Any = select(j.person, j.received_at, j.free_until).order_by(j.id.desc()).limit(NEWEST).subquery()
    query = select(t.people.c.channel, func.count()).join(t.people, newest.c.person == t.people.c.id)
    for channel, count in conn.execute(query.where(newest.c.received_at >= since).group_by(t.people.c.channel)):
        found[channel].received = count
    people = select(t.people.c.channel, func.count(newest.c.person.distinct()))
    can = people.join(t.people, newest.c.person == t.people.c.id).where(
        newest.c.free_until > now, t.people.c.gone_at.is_(None)
    )
    for channel, count in conn.execute(can.group_by(t.people.c.channel)):
        found[channel].open = count


def _sent(conn: Connection, found: dict[str, Traffic], since: datetime) -> None:
    o, p = t.outbox.c, t.people.c
    newest: Any = (
        select(o.person, o.kind, o.way, o.state, o.created_at, o.changed_at)
        .order_by(o.id.desc())
        .limit(NEWEST)
        .subquery()
    )
    n = newest.c
    query = select(p.channel, n.kind, n.way, n.state, n.created_at, n.changed_at).join(t.people, n.person == p.id)
    took: dict[str, list[float]] = defaultdict(list)
    for channel, kind, way, state, created_at, changed_at in conn.execute(query.where(n.created_at >= since)):
        found[channel].sent[way, state] += 1
        if kind == "reply" and state in ANSWERED:
            took[channel].append((changed_at - created_at).total_seconds())
    for channel, seconds in took.items():
        found[channel].answered = sorted(seconds)[math.ceil(len(seconds) * MOST) - 1]
