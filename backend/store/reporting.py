"""The rows of a report's query, for those who write them out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.store import tables as t

if TYPE_CHECKING:
    from sqlalchemy import Select

    from backend.store.work import UnitOfWork


def rows(work: UnitOfWork, query: Select[Any], *, institution: str | None = None) -> list[dict[str, Any]]:
    """Each row as label to value; of one institution, or of all. The query is over ``cases`` or ``steps``."""
    if institution is not None:
        table = t.steps if t.steps in query.get_final_froms() else t.cases
        query = query.where(table.c.institution == institution)
    return [dict(row._mapping) for row in work.conn.execute(query)]  # noqa: SLF001 - SQLAlchemy's own way
