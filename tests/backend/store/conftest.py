"""Units that are thrown away: a test of one part of the store needs no commit."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import make_url

from backend.store import postgres, sqlite
from backend.store.work import UnitOfWork

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager


@pytest.fixture
def scratch(store_url: str) -> Iterator[Callable[[], AbstractContextManager[UnitOfWork]]]:
    """Makes units of work on each kind of database that end in a roll-back."""
    url = make_url(store_url)
    sqlite_file = url.get_backend_name() == "sqlite"
    engine = sqlite.writing_engine(str(url.database)) if sqlite_file else postgres.writing_engine(url)
    salts = count(1)

    @contextmanager
    def begin() -> Iterator[UnitOfWork]:
        with engine.connect() as conn, conn.begin() as transaction:
            yield UnitOfWork(conn, salt=lambda: next(salts).to_bytes(16))
            transaction.rollback()

    yield begin
    engine.dispose()


@pytest.fixture
def work(scratch: Callable[[], AbstractContextManager[UnitOfWork]]) -> Iterator[UnitOfWork]:
    """One unit for one test."""
    with scratch() as unit:
        yield unit
