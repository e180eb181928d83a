"""Statements that every message runs: compiled once for each database, then handed to its driver as they are.

SQLAlchemy takes five times as long to run a statement as SQLite does. What is
said with it stays the one place where SQL, types and dialects are written down;
here only its way to the driver is shorter. No lists of unknown length ("IN").
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError

from backend.store.errors import TransactionEnded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection, Dialect, Executable
    from sqlalchemy.sql.compiler import SQLCompiler

    Convert = Callable[[Any], Any] | None


class Prepared:
    """``made``: the statement, for each dialect where it differs; ``given``: names of values that an insert takes.

    ``answers``: the columns of its rows; none: it has none.
    """

    def __init__(
        self,
        made: Executable | Mapping[str, Executable],
        answers: Sequence[ColumnElement[Any]] = (),
        *,
        given: Sequence[str] = (),
    ) -> None:
        self._made, self._answers, self._given = made, answers, list(given) or None
        self._forms: dict[str, _Form] = {}

    def rows(self, conn: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Run it; its rows, as Python's values."""
        form = self._form(conn)
        return form.read(form.run(conn, values).fetchall())

    def change(self, conn: Connection, values: Mapping[str, Any]) -> int:
        """Run it; how many rows it changed."""
        return int(self._form(conn).run(conn, values).rowcount)

    def each(self, conn: Connection, values: Iterable[Mapping[str, Any]]) -> None:
        """Run it for each of them, in one call of the driver."""
        self._form(conn).run_each(conn, values)

    def _form(self, conn: Connection) -> _Form:
        name = conn.dialect.name
        form = self._forms.get(name)
        if form is None:
            made = self._made[name] if hasattr(self._made, "keys") else self._made  # type: ignore[index]
            compiled = made.compile(dialect=conn.dialect, column_keys=self._given)  # type: ignore[union-attr]
            form = self._forms[name] = (_Sqlite if name == "sqlite" else _Form)(compiled, conn.dialect, self._answers)
        return form


class _Form:
    """The statement as one database takes it, its values by name."""

    def __init__(self, compiled: SQLCompiler, dialect: Dialect, answers: Sequence[ColumnElement[Any]]) -> None:
        self.sql = str(compiled)
        self.fixed = dict(compiled.params)
        self.names = list(compiled.positiontup or self.fixed)
        self.write = {
            name: bound.type.dialect_impl(dialect).bind_processor(dialect) for name, bound in compiled.binds.items()
        }
        reads = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in answers]
        self.reads: list[tuple[int, Callable[[Any], Any]]] = [(i, read) for i, read in enumerate(reads) if read]

    def run(self, conn: Connection, values: Mapping[str, Any]) -> Any:
        """A cursor."""
        return conn.exec_driver_sql(self.sql, self._by_name(values))

    def run_each(self, conn: Connection, values: Iterable[Mapping[str, Any]]) -> None:
        """Several at once."""
        if rows := [self._by_name(each) for each in values]:
            conn.exec_driver_sql(self.sql, rows)

    def read(self, rows: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Rows of the driver as Python's values."""
        if not self.reads:
            return [tuple(row) for row in rows]
        found = []
        for row in rows:
            told = list(row)
            for i, read in self.reads:
                told[i] = read(told[i])
            found.append(tuple(told))
        return found

    def _by_name(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self._value(name, values) for name in self.names}

    def _value(self, name: str, values: Mapping[str, Any]) -> Any:
        value = values[name] if name in values else self.fixed[name]
        write = self.write[name]
        return value if write is None else write(value)


class _Sqlite(_Form):
    """Its values by place, straight to the driver."""

    def run(self, conn: Connection, values: Mapping[str, Any]) -> Any:
        told = [self._value(name, values) for name in self.names]
        try:
            return _driver(conn).execute(self.sql, told)
        except sqlite3.Error as error:
            raise self._known(conn, error) from error

    def run_each(self, conn: Connection, values: Iterable[Mapping[str, Any]]) -> None:
        told = [[self._value(name, each) for name in self.names] for each in values]
        try:
            _driver(conn).executemany(self.sql, told)
        except sqlite3.Error as error:
            raise self._known(conn, error) from error

    def _known(self, conn: Connection, error: sqlite3.Error) -> BaseException:
        """The same error as SQLAlchemy tells it, without the values, which are citizens' words."""
        return DBAPIError.instance(self.sql, None, error, sqlite3.Error, hide_parameters=True, dialect=conn.dialect)


def _driver(conn: Connection) -> Any:
    """SQLite's connection, in a transaction. Raises: TransactionEnded."""
    if not conn.in_transaction():
        conn.begin()
    driver = conn.connection.driver_connection
    if not driver.in_transaction:  # type: ignore[union-attr]
        raise TransactionEnded
    return driver
