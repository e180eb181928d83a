"""What handlers corrected and nobody has learnt from yet, and which learnt words a person would not have.

Cases are told by their numbers, and only those that the asker may see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from backend.store import tables as t
from backend.store.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Select

    from backend.domain.scope import Scope

LOOKED_THROUGH = 2000
"""The newest corrections of an institution that are looked through for a word; others are old."""
ESCAPE = "\\"


class Lessons:
    """Corrections as material, and people's word on words."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def corrected(self, institution: str, *, scope: Scope, since: datetime | None, limit: int) -> list[str]:
        """Cases whose category was corrected after *since*, the latest correction first, each once."""
        query = _corrections(institution, since).group_by(t.cases.c.number).order_by(func.max(t.events.c.id).desc())
        return [row.number for row in self._conn.execute(visible(query, scope).limit(limit))]

    def saying(self, institution: str, category: str, word: str, *, scope: Scope, limit: int) -> list[str]:
        """Corrected cases of that category that say *word*, the latest correction first."""
        newest = (
            _corrections(institution, None)
            .where(t.cases.c.category_id == category)
            .group_by(t.cases.c.number)
            .order_by(func.max(t.events.c.id).desc())
            .limit(LOOKED_THROUGH)
            .subquery()
        )
        what = t.cases.c.facts["what"].as_string()
        query = select(t.cases.c.number).join(newest, newest.c.number == t.cases.c.number).where(_holds(what, word))
        query = visible(query, scope).order_by(newest.c.at.desc(), t.cases.c.number).limit(limit)
        return [row.number for row in self._conn.execute(query)]

    def judge(self, institution: str, words: Iterable[tuple[str, str]], *, wanted: bool, by: str, at: datetime) -> None:
        """Somebody wants these words, as (category id, word), or does not; the newest word on it counts."""
        rows = [
            {"institution": institution, "category_id": key, "word": word, "wanted": wanted, "by": by, "at": at}
            for key, word in words
        ]
        if rows:
            self._conn.execute(insert(t.word_verdicts), rows)

    def judged(self, institution: str) -> dict[tuple[str, str], tuple[bool, str, datetime]]:
        """The newest word on each word: (category id, word) -> whether it is wanted, who said so, when."""
        c = t.word_verdicts.c
        query = select(c.category_id, c.word, c.wanted, c.by, c.at).where(c.institution == institution).order_by(c.id)
        return {(row.category_id, row.word): (row.wanted, row.by, row.at) for row in self._conn.execute(query)}


def _corrections(institution: str, since: datetime | None) -> Select[tuple[str, datetime]]:
    event = t.events.c
    at = func.max(event.at).label("at")
    query = (
        select(t.cases.c.number, at)
        .join(t.events, event.number == t.cases.c.number)
        .where(
            t.cases.c.institution == institution,
            event.what == "corrected",
            event.detail[("category_id", 1)].as_string().is_not(None),
        )
    )
    return query if since is None else query.where(event.at > since)


def _holds(column: ColumnElement[str], word: str) -> ColumnElement[bool]:
    bare = word.replace(ESCAPE, ESCAPE * 2).replace("%", ESCAPE + "%").replace("_", ESCAPE + "_")
    return column.like(f"%{bare}%", escape=ESCAPE)
