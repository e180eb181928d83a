"""Whose turn it is to write to a SQLite file, where several processes do.

SQLite itself lets who waits sleep and try again, up to a tenth of a second, and
whoever has just committed is mostly first again. Here the system wakes who
waits, and who comes back stands behind those who wait: they hold the door.
Only an order among ourselves: what guards the file is SQLite's own lock.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

try:
    import fcntl
except ImportError:  # Windows: SQLite's own waiting must do
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator

DOOR, ROOM = 0, 1
"""Bytes of the file that are locked; nothing is ever written to it."""


class Turns:
    """``path``: of a file beside the database; empty: nobody else writes there."""

    def __init__(self, path: str) -> None:
        self._file = _open(path) if path and fcntl is not None else None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Be the one who writes, as far as the others ask too."""
        if self._file is None:
            yield
            return
        self._take(DOOR)
        try:
            self._take(ROOM)
        finally:
            self._leave(DOOR)
        try:
            yield
        finally:
            self._leave(ROOM)

    def close(self) -> None:
        """Ask no more."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _take(self, place: int) -> None:
        fcntl.lockf(self._file, fcntl.LOCK_EX, 1, place)  # type: ignore[arg-type]

    def _leave(self, place: int) -> None:
        fcntl.lockf(self._file, fcntl.LOCK_UN, 1, place)  # type: ignore[arg-type]


def _open(path: str) -> int | None:
    """None: a file there cannot be had; SQLite's own waiting must do."""
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        return None
