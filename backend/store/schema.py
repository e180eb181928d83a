"""Making, changing and checking the schema. Tables are in tables/, steps in migrations/."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from alembic import command
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from backend.store import postgres, revision, sqlite
from backend.store.engine import StoreUnavailable, parse_url
from backend.store.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alembic.config import Config
    from sqlalchemy import Connection

    from backend.store.engine import Store
    from backend.store.work import UnitOfWork


def upgrade(url: str, to: str = "head") -> None:
    """Bring the database to revision *to*, all or nothing; a second one at the same time waits and does nothing.

    Raises:
        StoreUnavailable: as open_store, or made by a newer program.
    """
    with _migrating(url) as conn:
        command.upgrade(_alembic(conn), to)


migrate = upgrade
"""The name that the command line has for it."""


def downgrade(url: str, to: str) -> None:
    """Take the database back to revision *to* (``base``: empty), all or nothing. Data of dropped columns is lost."""
    with _migrating(url) as conn:
        command.downgrade(_alembic(conn), to)


def create(store: Store) -> None:
    """All tables at once, for a store that is thrown away: tests, ``jiesu chat --script``."""
    store.run_now(_create)


def require_current(store: Store) -> None:
    """Raises: StoreUnavailable: the schema is not the one that this program needs."""
    if not store.is_current():
        found = store.version()
        if found is not None and not revision.known(found):
            raise _newer(found)
        raise StoreUnavailable(
            f"the database's schema is {found or 'not there yet'}, this program needs {revision.head()}",
            "run jiesu migrate",
        )


def is_current(store: Store) -> bool:
    """Whether the schema is the one that this program needs."""
    return store.is_current()


@contextmanager
def _migrating(url: str) -> Iterator[Connection]:
    """A connection in one transaction, beside which nobody else migrates."""
    parsed = parse_url(url)
    engine = sqlite if parsed.get_backend_name() == "sqlite" else postgres
    with engine.migrating(parsed) as conn:
        found = revision.current(conn)
        if found is not None and not revision.known(found):
            raise _newer(found)
        if found is None and (there := set(inspect(conn).get_table_names()) & set(metadata.tables)):
            raise StoreUnavailable(
                f"the database has tables such as {min(there)} and does not say which jiesu made them",
                "name an empty database, or restore a backup of this one",
            )
        yield conn


def _newer(found: str) -> StoreUnavailable:
    return StoreUnavailable(f"the database was made by a newer jiesu (schema {found})", "install that version")


def _alembic(conn: Connection) -> Config:
    config = revision.configuration()
    config.attributes["connection"] = conn  # env.py takes it from there
    return config


def _create(work: UnitOfWork) -> None:
    metadata.create_all(work.conn)
    MigrationContext.configure(work.conn).stamp(revision.scripts(), revision.head())
