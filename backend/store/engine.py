"""The store as its users see it: units go in, answers come out after COMMIT.

Not here: the SQL (work.py and its sub-stores) and how each database commits
(sqlite.py, postgres.py).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from backend.store.errors import Busy, OnlyReads, StoreUnavailable
from backend.store.postgres import PostgresStore
from backend.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import URL

    from backend.store.work import UnitOfWork

__all__ = ["Busy", "OnlyReads", "Store", "StoreUnavailable", "open_store", "parse_url"]

P = ParamSpec("P")
T = TypeVar("T")


class Store(Protocol):
    """Runs units of work, plain functions ``f(work, …)``, against one database."""

    async def run(self, f: Callable[Concatenate[UnitOfWork, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run *f* in one transaction; answer only after COMMIT.

        *f* may run more than once, so it has no effect outside the database. Its
        own exception rolls back its own changes only, and is raised here. A
        caller that is cancelled hurts nobody: its unit is dropped when it has
        not begun, else it is committed unheard.

        Raises:
            Busy: too much waits, or the locks were not to be had; nothing was done.
            StoreUnavailable: the disk is full, the server is down …
        """
        ...

    async def read(self, f: Callable[Concatenate[UnitOfWork, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run *f* on a read-only connection: one snapshot, with everything committed before.

        Raises:
            Busy, StoreUnavailable: as run; OnlyReads: *f* tried to write.
        """
        ...

    def run_now(self, f: Callable[Concatenate[UnitOfWork, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The blocking twin of run, for the command line and scripts."""
        ...

    def read_now(self, f: Callable[Concatenate[UnitOfWork, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The blocking twin of read."""
        ...

    def version(self) -> str | None:
        """The migration that the database stands at; None: no schema of ours."""
        ...

    def is_current(self) -> bool:
        """Whether the schema is the one that this program needs."""
        ...

    def close(self) -> None:
        """Refuse new units, finish those that wait, then let go of the database."""
        ...


def parse_url(url: str) -> URL:
    """Raises: StoreUnavailable: it is no URL, or of a database that we do not know."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # the text may hold a password: it is not repeated
        raise StoreUnavailable("the database URL cannot be read", EXAMPLES) from None
    if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise StoreUnavailable(f"we do not know databases of the kind {parsed.get_backend_name()}", EXAMPLES)
    return parsed


EXAMPLES = "write sqlite:///var/jiesu.db or postgresql://user:password@host/database"


def open_store(url: str, *, salt: Callable[[], bytes] = lambda: os.urandom(16), several: bool = False) -> Store:
    """Connect to the database that *url* names; ``sqlite://`` is a throw-away one in memory.

    The folder of a SQLite file is made when it is missing. The schema is not
    looked at: see is_current and schema.py. ``several``: that many processes
    write that they had better take turns, where the database sees to none.

    Raises:
        StoreUnavailable: a wrong URL, a folder or file that cannot be written, a server that is down.
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        return SqliteStore(parsed, salt, several=several)
    return PostgresStore(parsed, salt)
