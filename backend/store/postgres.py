"""PostgreSQL through psycopg 3: a thread for each connection, deadlocks repeated.

Units run side by side and take their locks in the order that work.py names; a
deadlock between two that do not is found by the server and one runs again.
"""

from __future__ import annotations

from contextlib import contextmanager
from time import sleep
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError

from backend.store.calls import Calls, Threads
from backend.store.errors import Busy, OnlyReads, StoreUnavailable
from backend.store.work import UnitOfWork

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from sqlalchemy import URL

T = TypeVar("T")

CONNECTIONS = 8
READERS = 4
WAITING_UNITS = 1024
REPEATS = 3
LOCK_SECONDS = 5.0

CONNECT: dict[str, object] = {"connect_timeout": 5, "client_encoding": "utf8", "application_name": "jiesu"}
ONE_MIGRATES = 0x6A69657375  # "jiesu": the advisory lock of whoever migrates

SERIALIZATION, DEADLOCK, LOCKED = "40001", "40P01", "55P03"
READ_ONLY = "25006"
NO_CONNECTION = ("08", "28", "3D", "57P")  # classes: connection, authorization, no such database, shutdown
FULL = "53100"
TROUBLE = {
    FULL: ("PostgreSQL's disk is full", "free some space there"),
    "53200": ("PostgreSQL has no memory left", "give it more, or lower its settings"),
    "53300": ("PostgreSQL has no connection left for us", "raise its max_connections"),
    READ_ONLY: ("this PostgreSQL only reads (a standby?)", "name the primary in the database URL"),
    "42501": ("PostgreSQL refuses us a right", "grant it to the user in the database URL"),
}
"""What is wrong and what to do, by SQLSTATE, for what concerns the server and not the unit."""


class PostgresStore(Calls):
    """A store on a PostgreSQL server; see engine.Store."""

    def __init__(
        self,
        url: URL,
        salt: Callable[[], bytes],
        *,
        connections: int = CONNECTIONS,
        waiting: int = WAITING_UNITS,
        lock_seconds: float = LOCK_SECONDS,
    ) -> None:
        self._salt = salt
        self._place = place_of(url)
        self._engine = writing_engine(url, connections=connections, lock_seconds=lock_seconds)
        self._readers = reading_engine(url)
        check(self._engine, self._place)
        self._threads = Threads("store-writer", connections, waiting=waiting)
        self._read_threads = Threads("store-reader", READERS, waiting=waiting)

    def close(self) -> None:
        """Refuse new units, finish those that wait, then hang up."""
        self._threads.close()
        self._read_threads.close()
        self._engine.dispose()
        self._readers.dispose()

    def _write(self, unit: Callable[[UnitOfWork], T]) -> Future[T]:
        return self._threads.submit(lambda: self._repeat(unit))

    def _read(self, unit: Callable[[UnitOfWork], T]) -> Future[T]:
        return self._read_threads.submit(lambda: self._snapshot(unit))

    def _repeat(self, unit: Callable[[UnitOfWork], T]) -> T:
        tried = 0
        with explained(self._place):
            while True:
                try:
                    return self._commit(unit)
                except DBAPIError as error:
                    if tried == REPEATS or not may_repeat(error):
                        raise
                sleep(0.01 * 2**tried)  # the other side of the deadlock gets ahead meanwhile
                tried += 1

    def _commit(self, unit: Callable[[UnitOfWork], T]) -> T:
        with self._engine.connect() as conn:
            value = unit(UnitOfWork(conn, salt=self._salt))
            try:
                conn.commit()
            except DBAPIError as error:
                if error.connection_invalidated:
                    raise StoreUnavailable(
                        f"{self._place} hung up while it committed, so nobody knows whether it did",
                        "send again: what is known already changes nothing",
                    ) from error
                raise
            return value

    def _snapshot(self, unit: Callable[[UnitOfWork], T]) -> T:
        with explained(self._place):
            try:
                return self._look(unit)
            except DBAPIError as error:
                if state_of(error) == READ_ONLY:
                    raise OnlyReads from error
                if not error.connection_invalidated:
                    raise
            return self._look(unit)  # the connection had died while nobody used it; now there is a new one

    def _look(self, unit: Callable[[UnitOfWork], T]) -> T:
        with self._readers.connect() as conn:
            return unit(UnitOfWork(conn, salt=self._salt))


def place_of(url: URL) -> str:
    """The server and database, without the password, for sentences."""
    return f"PostgreSQL at {url.host or url.query.get('host', 'the local socket')}, database {url.database}"


def state_of(error: DBAPIError) -> str:
    """The SQLSTATE; empty where the server said none, as when it cannot be reached."""
    return str(getattr(error.orig, "sqlstate", None) or "")


def may_repeat(error: DBAPIError) -> bool:
    """Whether the unit was rolled back whole through no fault of its own."""
    return error.connection_invalidated or state_of(error) in {SERIALIZATION, DEADLOCK}


def explain(error: DBAPIError, place: str) -> Exception:
    """A sentence in place of a driver's error that concerns the server; others as they are."""
    state = state_of(error)
    if state in {SERIALIZATION, DEADLOCK, LOCKED}:
        return Busy(f"others keep what this needs in {place} locked")
    if state in TROUBLE:
        what, do = TROUBLE[state]
        return StoreUnavailable(f"{what} ({place})", do, full=state == FULL)
    if isinstance(error, OperationalError) and (not state or state.startswith(NO_CONNECTION)):
        return unreachable(error, place)
    return error


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Raise what ``explain`` makes of a driver's error."""
    try:
        yield
    except DBAPIError as error:
        found = explain(error, place)
        if found is error:
            raise
        raise found from error


def writing_engine(url: URL, *, connections: int = CONNECTIONS, lock_seconds: float = LOCK_SECONDS) -> Engine:
    """As many connections as threads, so that no thread waits for one."""
    engine = create_engine(
        _psycopg(url),
        pool_size=connections,
        max_overflow=0,
        connect_args=CONNECT,
        hide_parameters=True,  # citizens' words stay out of tracebacks
    )
    event.listen(engine, "connect", lambda driver, _: _limit_lock_waits(driver, lock_seconds))
    return engine


def reading_engine(url: URL) -> Engine:
    """Connections that cannot write; each transaction is one snapshot, as SQLite's are."""
    return create_engine(
        _psycopg(url),
        hide_parameters=True,
        pool_size=READERS,
        max_overflow=0,
        connect_args=CONNECT,
        execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
    )


@contextmanager
def migrating(url: URL) -> Iterator[Connection]:
    """One transaction that nobody migrates beside; it waits for locks as long as it takes. Raises: StoreUnavailable."""
    place = place_of(url)
    engine = create_engine(_psycopg(url), poolclass=NullPool, connect_args=CONNECT)
    check(engine, place)
    with explained(place), engine.begin() as conn:
        conn.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_MIGRATES})
        yield conn


def check(engine: Engine, place: str) -> None:
    """Raises: StoreUnavailable: nobody answers there, or not as we need it."""
    try:
        with engine.connect() as conn:
            encoding = conn.exec_driver_sql("SHOW server_encoding").scalar_one()
    except DBAPIError as error:
        engine.dispose()
        raise unreachable(error, place) from error
    if encoding != "UTF8":
        engine.dispose()
        raise StoreUnavailable(f"{place} is kept in {encoding}", "create it again with ENCODING 'UTF8'")


def unreachable(error: DBAPIError, place: str) -> StoreUnavailable:
    """Why we cannot connect, in the server's own words."""
    reason = " ".join(str(error.orig).split())
    return StoreUnavailable(f"{place} does not let us in: {reason}", "start it, or correct the database URL")


def _psycopg(url: URL) -> URL:
    return url.set(drivername="postgresql+psycopg")


def _limit_lock_waits(driver: Any, seconds: float) -> None:
    driver.autocommit = True
    driver.execute(f"SET lock_timeout = {int(seconds * 1000)}")
    driver.autocommit = False
