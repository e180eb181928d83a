"""Pages of cases, newest first, and how many there are: as quick among a million as among a hundred.

A question over several statuses or ways to see a case is asked once for each,
in the order of an index, and the answers are merged: a database that is asked
for all at once sorts every case it has.
"""

from __future__ import annotations

from heapq import nlargest
from itertools import product
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, literal, select, tuple_

from backend.store import tables as t
from backend.store.visible import branches, elsewhere

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from backend.domain.scope import Scope

MOST_COUNTED = 10_000
"""Cases of one status that are counted; what is more is told as so many."""


def newest(
    conn: Connection,
    scope: Scope,
    statuses: Collection[str],
    narrowed: Collection[ColumnElement[bool]],
    *,
    before: tuple[datetime, str] | None,
    limit: int,
) -> list[str]:
    """The numbers of up to *limit* such cases, newest first; no *statuses*: of any."""
    c = t.cases.c
    behind = [] if before is None else [tuple_(c.filed_at, c.number) < _literal(*before)]
    found: list[tuple[datetime, str]] = []
    for status, way in product(_each(statuses), _ways(conn, scope)):
        query = select(c.filed_at, c.number).where(*status, *way, *narrowed, *behind)
        rows = conn.execute(query.order_by(c.filed_at.desc(), c.number.desc()).limit(limit))
        found += [(at, number) for at, number in rows]
    return [number for _, number in nlargest(limit, found)]


def counts(
    conn: Connection, scope: Scope, statuses: Collection[str], narrowed: Collection[ColumnElement[bool]]
) -> dict[str, int]:
    """How many such cases stand in each status, counted up to MOST_COUNTED; those with none are left out."""
    c, found = t.cases.c, {}
    ways = _ways(conn, scope)
    for status in statuses:
        count = 0
        for way in ways:
            some = select(c.number).where(c.status == status, *way, *narrowed).limit(MOST_COUNTED).subquery()
            count += int(conn.execute(select(func.count()).select_from(some)).scalar_one())
        if count:
            found[status] = min(count, MOST_COUNTED)
    return found


def _ways(conn: Connection, scope: Scope) -> list[list[ColumnElement[bool]]]:
    """What is asked one after the other. Looked up first: the few sealed cases that somebody is named for, and those they have elsewhere."""
    named = t.named_officers.c
    narrow = bool(scope.departments and scope.officers)
    had = list(conn.execute(elsewhere(scope)).scalars()) if narrow else None
    if scope.named is None:
        return branches(scope, had=had)
    opened = conn.execute(select(named.number).where(named.user == scope.named)).scalars()
    return branches(scope, list(opened), had)


def _each(statuses: Collection[str]) -> list[list[ColumnElement[bool]]]:
    return [[t.cases.c.status == str(status)] for status in statuses] or [[]]


def _literal(at: datetime, number: str) -> Any:
    return tuple_(literal(at, t.Instant), literal(number))
