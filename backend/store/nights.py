"""Work that is done once a night for each institution, by whichever process comes first.

Whoever begins it has a lease; where they die, another may begin again when
the lease is over. What was done stays done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, select, update

from backend.store import tables as t
from backend.store.upsert import insert_into

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Connection


class Nights:
    """What was begun and done in which night."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def taken(self, job: str, day: date, *, now: datetime) -> set[str]:
        """The institutions for which that day's work is done, or somebody is at it."""
        c = t.nights.c
        at_it = c.done_at.is_not(None) | (c.lease_until > now)
        query = select(c.institution).where(c.job == job, c.day == day, at_it)
        return set(self._conn.execute(query).scalars())

    def begin(self, job: str, institution: str, day: date, *, owner: str, now: datetime, until: datetime) -> bool:
        """Take that day's work until then; False: it is done, or another is at it."""
        c = t.nights.c
        row = {"job": job, "institution": institution, "day": day, "owner": owner, "lease_until": until}
        entry = insert_into(self._conn, t.nights).values(row)
        free = and_(c.done_at.is_(None), c.lease_until <= now)
        taken = entry.on_conflict_do_update(
            index_elements=["job", "institution", "day"],
            set_={"owner": owner, "lease_until": entry.excluded.lease_until},
            where=free,
        )
        return self._conn.execute(taken.returning(c.owner)).one_or_none() is not None

    def end(self, job: str, institution: str, day: date, *, owner: str, now: datetime) -> bool:
        """That day's work is done; False: another has taken it over meanwhile."""
        done = update(t.nights).where(_of(job, institution, day), t.nights.c.owner == owner).values(done_at=now)
        return bool(self._conn.execute(done).rowcount)


def _of(job: str, institution: str, day: date) -> ColumnElement[bool]:
    c = t.nights.c
    return and_(c.job == job, c.institution == institution, c.day == day)
