"""INSERT … ON CONFLICT in the dialect at hand; both databases spell it the same, SQLAlchemy does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table


def insert_into(conn: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that can say what happens when the row is already there."""
    return sqlite.insert(table) if conn.dialect.name == "sqlite" else postgresql.insert(table)
