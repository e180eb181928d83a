"""The rows of invented.py into a database: many at once, a chunk a transaction; what is there already stays."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any, Protocol

import psycopg
from sqlalchemy import make_url

from backend.store import tables as t
from bench.large.invented import CHUNK, chunks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from institutions.model import Institution

ORDER = ("people", "cases", "events", "event_texts", "bindings", "searchable", "evidence", "outbox", "surveys")
NUMBERED = ("people", "events", "searchable", "evidence", "outbox")


@dataclass(slots=True)
class Filled:
    """What it took."""

    cases: int = 0
    events: int = 0
    telling: float = 0.0  # seconds of making rows
    writing: float = 0.0


class Target(Protocol):
    """A database that takes rows."""

    def cases(self) -> int:
        """How many are there."""

    def take(self, rows: Mapping[str, Sequence[tuple[Any, ...]]]) -> None:
        """All of them in one transaction."""

    def finish(self) -> None:
        """Tell the database to look at what it has."""


def fill(target: Target, cases: int, institutions: Mapping[str, Institution]) -> Filled:
    """Bring the database to so many cases, beginning where it stopped."""
    done = Filled()
    there, at = target.cases(), perf_counter()
    if there >= cases:
        return done
    for chunk in chunks(cases, institutions, first=there // CHUNK):
        told = perf_counter()
        target.take(chunk.rows)
        done.cases += len(chunk.rows["cases"])
        done.events += len(chunk.rows["events"])
        done.telling += told - at
        at = perf_counter()
        done.writing += at - told
        print(
            f"{there + done.cases:>9} cases, {done.events:>9} events, {done.telling + done.writing:6.0f} s", flush=True
        )
    target.finish()
    done.writing += perf_counter() - at
    return done


def target_of(url: str) -> Target:
    """The database that this URL names; its schema is there."""
    found = make_url(url)
    return InFile(str(found.database)) if found.get_backend_name() == "sqlite" else OnServer(url)


def columns(table: str, rows: Sequence[tuple[Any, ...]]) -> list[str]:
    """Of a table, in the order in which the rows have them; what a migration added behind has a default."""
    names = [column.name for column in t.metadata.tables[table].columns]
    return names[: len(rows[0])] if rows else names


class InFile:
    """SQLite: nobody else has the file, and a power cut may cost all of it."""

    def __init__(self, path: str) -> None:
        self._conn = sqlite3.connect(path)
        for setting in ("synchronous = OFF", "cache_size = -300000", "foreign_keys = OFF"):
            self._conn.execute(f"PRAGMA {setting}")

    def cases(self) -> int:
        """How many are there."""
        return int(self._conn.execute("SELECT count(*) FROM cases").fetchone()[0])

    def take(self, rows: Mapping[str, Sequence[tuple[Any, ...]]]) -> None:
        """All of them in one transaction."""
        with self._conn:
            for table in ORDER:
                names = columns(table, rows.get(table, ()))
                into = f'INSERT INTO "{table}" ({", ".join(f"{chr(34)}{name}{chr(34)}" for name in names)}) '
                values = f"VALUES ({', '.join('?' * len(names))})"
                self._conn.executemany(into + values, [_flat(table, row) for row in rows.get(table, ())])

    def finish(self) -> None:
        """SQLite's planner goes by what ANALYZE has counted."""
        with self._conn:
            self._conn.execute("INSERT INTO found_words(found_words) VALUES ('optimize')")
        self._conn.execute("PRAGMA analysis_limit = 1000")
        self._conn.execute("ANALYZE")
        self._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._conn.close()


class OnServer:
    """PostgreSQL, by COPY."""

    def __init__(self, url: str) -> None:
        self._conn = psycopg.connect(url.replace("postgresql+psycopg", "postgresql"))

    def cases(self) -> int:
        """How many are there."""
        with self._conn.transaction():
            row = self._conn.execute("SELECT count(*) FROM cases").fetchone()
        return int(row[0]) if row else 0

    def take(self, rows: Mapping[str, Sequence[tuple[Any, ...]]]) -> None:
        """All of them in one transaction."""
        with self._conn.transaction(), self._conn.cursor() as cursor:
            for table in ORDER:
                names = ", ".join(f'"{name}"' for name in columns(table, rows.get(table, ())))
                with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                    for row in rows.get(table, ()):
                        copy.write_row(_tokens(table, row, "'{}'"))

    def finish(self) -> None:
        """Ids go on behind ours; the planner looks at what there is."""
        self._conn.autocommit = True
        for table in NUMBERED:
            self._conn.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
        self._conn.execute("VACUUM ANALYZE")
        self._conn.close()


def _flat(table: str, row: tuple[Any, ...]) -> tuple[Any, ...]:
    return _tokens(table, row, "{}")


def _tokens(table: str, row: tuple[Any, ...], form: str) -> tuple[Any, ...]:
    """The words that a case is found by, as columns.Tokens writes them."""
    return row if table != "searchable" else (*row[:-1], " ".join(form.format(word) for word in row[-1]))
