"""The configured store, for commands that ask it or change it once; none of them makes one."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from backend.cli import surroundings
from backend.store import schema
from backend.store.engine import open_store
from backend.store.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.store.engine import Store


def require_there(url: str) -> None:
    """Raises: StoreUnavailable: a SQLite file that would have to be made first."""
    scheme, _, path = url.partition(":///")
    try:
        there = scheme != "sqlite" or Path(path.partition("?")[0]).exists()
    except OSError as error:
        raise StoreUnavailable(f"{path[:80]}… cannot be looked at: {error.strerror}", "name another file") from error
    if not there:
        raise StoreUnavailable(f"{path} is not there yet", "run jiesu migrate")


@contextmanager
def opened() -> Iterator[Store]:
    """Open it, and close it again. Raises: BadSettings, StoreUnavailable: also when its schema is not ours."""
    url = surroundings.settings().database_url
    require_there(url)
    store = open_store(url)
    try:
        schema.require_current(store)
        yield store
    finally:
        store.close()
