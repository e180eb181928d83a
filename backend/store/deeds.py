"""What people did in the office beside the cases: users, tokens, models, absences, and who read the record.

Rows are only ever added. What happened to cases is ``history``'s and read by ``auditing``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from backend.store import tables as t

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that somebody did."""

    at: datetime
    by: str
    what: str  # user_added, token_revoked, audit_read …
    subject: str  # whom or what it was done to
    institution: str | None  # None: every one's affair
    detail: Mapping[str, Any]


COLUMNS = tuple(t.deeds.c[name] for name in Deed.__annotations__)


class Deeds:
    """The office's own record."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def add(self, deed: Deed) -> None:
        """Keep it."""
        row = {name: getattr(deed, name) for name in Deed.__annotations__}
        self._conn.execute(insert(t.deeds).values(row | {"detail": dict(deed.detail)}))

    def last(self, by: str, what: str, subject: str, *, since: datetime) -> Deed | None:
        """The newest such thing that this person did since then."""
        c = t.deeds.c
        same = (c.by == by, c.at >= since, c.what == what, c.subject == subject)
        row = self._conn.execute(select(*COLUMNS).where(*same).order_by(c.id.desc()).limit(1)).one_or_none()
        return None if row is None else Deed(**row._asdict())
