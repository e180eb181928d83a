"""INSERT … ON CONFLICT in the dialect at hand; both databases spell it the same, SQLAlchemy does not.

What every message runs is built once (``built``), with its values as
parameters: building a statement takes several times as long as running it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import Connection, Table
    from sqlalchemy.sql.dml import ReturningInsert


def insert_into(conn: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that can say what happens when the row is already there."""
    return sqlite.insert(table) if conn.dialect.name == "sqlite" else postgresql.insert(table)


def built(table: Table, conflict: Callable[[Any], Any]) -> Mapping[str, ReturningInsert[Any]]:
    """An insert for each dialect, by its name; *conflict* adds what happens when the row is already there."""
    return {"sqlite": conflict(sqlite.insert(table)), "postgresql": conflict(postgresql.insert(table))}
