"""An institution's words as they were written at the desk: versions, one after the other, none ever changed.

Whether they may be said, and how they are laid over the file, is not decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, insert, select

from backend.store import tables as t

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    Words = tuple[tuple[str, str, str, str], ...]
    Changes = tuple[tuple[str, str, str, str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """One version. ``words``: all that differs from the file, as (part, key, language, text)."""

    institution: str
    number: int
    at: datetime
    by: str
    why: str
    words: Words
    changes: Changes  # (part, key, language, before, after); after None: as the file has it again
    restores: int | None  # the version whose words these are once more; 0: the file alone


COLUMNS = tuple(t.wordings.c[name] for name in Wording.__annotations__)


class Wordings:
    """The versions of every institution."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def lock(self, institution: str) -> None:
        """Wait until nobody else changes this institution's words; on SQLite only one unit writes anyway."""
        if self._conn.dialect.name == "postgresql":
            key = func.hashtext(f"wordings {institution}")
            self._conn.execute(select(func.pg_advisory_xact_lock(key)))

    def marks(self) -> dict[str, int]:
        """The number of each institution's newest version; read every second, so nothing else is."""
        c = t.wordings.c
        rows = self._conn.execute(select(c.institution, func.max(c.number)).group_by(c.institution))
        return {institution: int(number) for institution, number in rows}

    def live(self) -> dict[str, Wording]:
        """The newest version of each institution that has one."""
        c = t.wordings.c
        newest = select(c.institution, func.max(c.number).label("number")).group_by(c.institution).subquery()
        same = and_(newest.c.institution == c.institution, newest.c.number == c.number)
        rows = self._conn.execute(select(*COLUMNS).join(newest, same))
        return {row.institution: _wording(row) for row in rows}

    def newest(self, institution: str) -> Wording | None:
        """Its newest version; None: nothing was ever written."""
        return next(iter(self.all(institution, limit=1)), None)

    def get(self, institution: str, number: int) -> Wording | None:
        """That version."""
        c = t.wordings.c
        query = select(*COLUMNS).where(c.institution == institution, c.number == number)
        row = self._conn.execute(query).one_or_none()
        return None if row is None else _wording(row)

    def all(self, institution: str, *, limit: int, below: int | None = None, above: int | None = None) -> list[Wording]:
        """Its versions, newest first; *below* and *above*: only those between these numbers."""
        c = t.wordings.c
        query = select(*COLUMNS).where(c.institution == institution)
        if below is not None:
            query = query.where(c.number < below)
        if above is not None:
            query = query.where(c.number > above)
        return [_wording(row) for row in self._conn.execute(query.order_by(c.number.desc()).limit(limit))]

    def add(
        self,
        institution: str,
        *,
        words: Sequence[Sequence[str]],
        changes: Sequence[Sequence[str | None]],
        why: str,
        by: str,
        at: datetime,
        restores: int | None = None,
    ) -> int:
        """Keep a new version; its number. Lock first."""
        c = t.wordings.c
        last = select(func.coalesce(func.max(c.number), 0)).where(c.institution == institution)
        number = int(self._conn.execute(last).scalar_one()) + 1
        row = {
            "institution": institution,
            "number": number,
            "at": at,
            "by": by,
            "why": why,
            "words": [list(one) for one in words],
            "changes": [list(one) for one in changes],
            "restores": restores,
        }
        self._conn.execute(insert(t.wordings).values(row))
        return number


def _wording(row: Any) -> Wording:
    values = row._asdict()
    values["words"] = tuple(tuple(one) for one in values["words"])
    values["changes"] = tuple(tuple(one) for one in values["changes"])
    return Wording(**values)
