"""SQLite: one file in WAL mode, one writing connection, some reading ones.

Group commit is in writer.py. Any number of processes may use one file.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from sqlalchemy import Connection, Engine, QueuePool, StaticPool, create_engine, event
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.exc import DBAPIError

from backend.store.calls import Calls, Threads
from backend.store.errors import Busy, OnlyReads, StoreUnavailable, TransactionEnded
from backend.store.turns import Turns
from backend.store.work import UnitOfWork
from backend.store.writer import GROUP_UNITS, WAITING_UNITS, Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from sqlalchemy import URL, FromClause

T = TypeVar("T")

BUSY_SECONDS = 5.0
READERS = 4
BEGIN = "BEGIN IMMEDIATE"

TROUBLE = {
    sqlite3.SQLITE_FULL: ("the disk that holds {path} is full", "free some space"),
    sqlite3.SQLITE_IOERR: ("the disk that holds {path} fails", "look at the system's log"),
    sqlite3.SQLITE_READONLY: ("{path} cannot be written", "let the user that runs this write it and its folder"),
    sqlite3.SQLITE_PERM: ("{path} may not be opened", "let the user that runs this read and write it"),
    sqlite3.SQLITE_CANTOPEN: ("{path} cannot be opened", "let the user that runs this write it and its folder"),
    sqlite3.SQLITE_NOTADB: ("{path} is not a SQLite database", "name another file, or move this one away"),
    sqlite3.SQLITE_CORRUPT: ("{path} is damaged", "restore the last backup"),
}
"""What is wrong and what to do, for the primary result codes that concern the file and not the unit."""


class Hinted(SQLiteCompiler):
    """SQLAlchemy's own drops for SQLite what ``with_hint`` says of a table, without a word."""

    def get_from_hint_text(self, table: FromClause, text: str | None) -> str | None:
        """Behind the table's name: INDEXED BY an index."""
        return text


class SqliteStore(Calls):
    """A store in a file, or in memory where the URL names none; see engine.Store."""

    def __init__(
        self,
        url: URL,
        salt: Callable[[], bytes],
        *,
        group: int = GROUP_UNITS,
        waiting: int = WAITING_UNITS,
        busy_seconds: float = BUSY_SECONDS,
        several: bool = False,
    ) -> None:
        """``several``: other processes write as much as this one, and all take turns."""
        self._path = path_of(url)
        self._salt = salt
        self._engine = writing_engine(self._path, busy_seconds=busy_seconds)
        conn = connect(self._engine, self._path)
        self._turns = Turns(f"{self._path}-turns" if several and self._path else "")
        self._writer = Writer(
            conn, salt, lambda e: explain(e, self._path), group=group, waiting=waiting, turns=self._turns
        )
        self._readers = reading_engine(self._path, busy_seconds=busy_seconds) if self._path else None
        self._threads = Threads("store-reader", READERS, waiting=waiting)

    def close(self) -> None:
        """Refuse new units, finish those that wait, then let go of the file."""
        self._threads.close()
        if self._readers is not None:
            self._readers.dispose()  # first: only the last writing connection folds the WAL into the file
        self._writer.close()
        self._turns.close()
        self._engine.dispose()

    def _write(self, unit: Callable[[UnitOfWork], T]) -> Future[T]:
        return self._writer.submit(unit)

    def _read(self, unit: Callable[[UnitOfWork], T]) -> Future[T]:
        readers = self._readers
        if readers is None:  # what is in memory belongs to one connection
            return self._writer.submit(lambda work: _without_writing(unit, work))
        return self._threads.submit(lambda: self._snapshot(readers, unit))

    def _snapshot(self, readers: Engine, unit: Callable[[UnitOfWork], T]) -> T:
        with explained(self._path), readers.connect() as conn, _only_reading():
            return unit(UnitOfWork(conn, salt=self._salt))


def path_of(url: URL) -> str:
    """The file that *url* names; empty: in memory."""
    return "" if url.database in {None, "", ":memory:"} else str(Path(str(url.database)).expanduser())


def explain(error: BaseException, path: str) -> BaseException:
    """A sentence in place of a driver's error that concerns the whole file; others as they are."""
    code = _code(error)
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        found: BaseException = Busy(f"another process keeps {path} locked")
    elif code in TROUBLE:
        what, do = TROUBLE[code]
        found = StoreUnavailable(what.format(path=path), do, full=code == sqlite3.SQLITE_FULL)
    elif isinstance(error, TransactionEnded):
        found = StoreUnavailable(f"SQLite gave up a transaction on {path}", "look at the log for what came before")
    else:
        return error
    found.__cause__ = error
    return found


@contextmanager
def explained(path: str) -> Iterator[None]:
    """Raise what ``explain`` makes of a driver's error."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        found = explain(error, path)
        if found is error:
            raise
        raise found from error


def _code(error: BaseException) -> int:
    """The primary result code of SQLite; 0: this did not come from it."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return int(getattr(cause, "sqlite_errorcode", 0)) & 0xFF


def writing_engine(path: str, *, foreign_keys: bool = True, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """One connection whose transactions begin by BEGIN IMMEDIATE, sent by us."""
    settings = (
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "PRAGMA secure_delete = ON",  # what is erased leaves the file; not every build of SQLite begins so
        f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}",
    )
    engine = create_engine(
        "sqlite://",
        poolclass=StaticPool,
        hide_parameters=True,  # citizens' words stay out of tracebacks
        creator=lambda: _open(f"file:{quote(path)}" if path else ":memory:", settings, busy_seconds),
    )
    engine.dialect.statement_compiler = Hinted
    event.listen(engine, "begin", lambda conn: conn.exec_driver_sql(BEGIN))
    event.listen(engine, "before_cursor_execute", _refuse_outside_transaction)
    return engine


def reading_engine(path: str, *, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """Connections that cannot write; each transaction is one snapshot."""
    engine = create_engine(
        "sqlite://",
        poolclass=QueuePool,
        hide_parameters=True,
        pool_size=READERS,
        max_overflow=0,
        creator=lambda: _open(f"file:{quote(path)}?mode=ro", ("PRAGMA query_only = ON",), busy_seconds),
    )
    engine.dialect.statement_compiler = Hinted
    event.listen(engine, "begin", lambda conn: conn.exec_driver_sql("BEGIN"))
    return engine


@contextmanager
def migrating(url: URL) -> Iterator[Connection]:
    """One transaction that may rebuild tables. Raises: Busy, StoreUnavailable."""
    path = path_of(url)
    engine = writing_engine(path, foreign_keys=False)  # alembic fills a new table and drops the old one
    try:
        with explained(path), connect(engine, path) as conn, conn.begin():
            yield conn
            broken = conn.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise AssertionError(f"the migration leaves rows that point nowhere: {broken[:5]}")
    finally:
        engine.dispose()


def connect(engine: Engine, path: str) -> Connection:
    """Make the folder if need be, open the file and prove that it can be written. Raises: Busy, StoreUnavailable."""
    _make_folder(path)
    until = monotonic() + BUSY_SECONDS
    while True:
        try:
            with explained(path):
                return _writable(engine)
        except Busy:  # turning WAL on takes a lock for which SQLite does not wait by itself
            engine.dispose()
            if monotonic() > until:
                raise
            sleep(0.01)
        except BaseException:
            engine.dispose()
            raise


def _writable(engine: Engine) -> Connection:
    conn = engine.connect()
    with conn.begin() as attempt:
        conn.exec_driver_sql("PRAGMA user_version = 1")  # BEGIN IMMEDIATE alone passes on a read-only file
        attempt.rollback()
    return conn


def _open(uri: str, settings: tuple[str, ...], busy_seconds: float) -> sqlite3.Connection:
    conn = sqlite3.connect(uri, uri=True, timeout=busy_seconds, isolation_level=None, check_same_thread=False)
    try:
        answers = [conn.execute(setting).fetchone() for setting in settings]
    except BaseException:
        conn.close()
        raise
    if ("delete",) in answers:
        conn.close()
        raise StoreUnavailable(f"the disk under {uri} cannot do write-ahead logging", "put it on a local disk")
    return conn


def _make_folder(path: str) -> None:
    folder = Path(path).parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(
            f"the folder {folder} cannot be made: {error.strerror}", "name another place, or make it by hand"
        ) from error


def _refuse_outside_transaction(_conn: Connection, cursor: sqlite3.Cursor, statement: str, *_: object) -> None:
    """On a full disk SQLite may roll everything back by itself; what followed would commit statement by statement."""
    if not cursor.connection.in_transaction and statement != BEGIN:
        raise TransactionEnded


@contextmanager
def _only_reading() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if _code(error) == sqlite3.SQLITE_READONLY:
            raise OnlyReads from error
        raise


def _without_writing(unit: Callable[[UnitOfWork], T], work: UnitOfWork) -> T:
    work.conn.exec_driver_sql("PRAGMA query_only = ON")
    try:
        with _only_reading():
            return unit(work)
    finally:
        work.conn.exec_driver_sql("PRAGMA query_only = OFF")
