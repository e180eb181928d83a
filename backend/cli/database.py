"""The configured store, for commands that ask it or change it once."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from backend.cli import surroundings
from backend.store import schema
from backend.store.engine import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.store.engine import Store


@contextmanager
def opened() -> Iterator[Store]:
    """Open it, and close it again. Raises: BadSettings, StoreUnavailable: also when its schema is not ours."""
    store = open_store(surroundings.settings().database_url)
    try:
        schema.require_current(store)
        yield store
    finally:
        store.close()
