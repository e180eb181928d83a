"""What citizens told lately, within what somebody may see: the words and places of cases, without who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from backend.store import tables as t
from backend.store.visible import visible
from backend.store.worklist import Account

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Select

    from backend.domain.scope import Scope


def told_lately(
    conn: Connection, scope: Scope, *, since: datetime, until: datetime | None = None, limit: int
) -> list[Account]:
    """The newest cases filed from *since* on (and before *until*), at most *limit*, the oldest of them first."""
    c = t.cases.c
    where = c.facts[("where", "text")].as_string()
    query: Select[Any] = select(c.number, c.filed_at, c.person, c.facts["what"].as_string(), func.coalesce(where, ""))
    query = query if until is None else query.where(c.filed_at < until)
    query = visible(query.where(c.filed_at >= since), scope).order_by(c.filed_at.desc(), c.number.desc()).limit(limit)
    rows = [Account(number, at, who, what or "", place) for number, at, who, what, place in conn.execute(query)]
    return rows[::-1]
