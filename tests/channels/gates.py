"""A store that is slow, down, or meets a fault of ours when a test says so; else it is the real one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from backend.store.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.store.engine import Store


class Fault(Exception):
    """A fault of ours, which nobody foresaw."""


class Gate:
    """Before a store. ``holds``: units that wait while ``shut``; ``faulty``: those that fail; ``down``: all do."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.holds: Callable[..., bool] = lambda *_: False
        self.faulty: Callable[..., bool] = lambda *_: False
        self.down = False
        self.failing = 0  # so many of the next ones fail for the disk
        self.waiting = 0
        self._opened = asyncio.Event()

    def open(self) -> None:
        """Let those go on that wait."""
        self.holds = lambda *_: False
        self._opened.set()

    async def run(self, f: Any, *args: Any, **kwargs: Any) -> Any:
        """See Store."""
        if self.down or self.failing:
            self.failing -= not self.down
            raise StoreUnavailable("the disk that holds the database is full", "free some space")
        if self.holds(f, *args):
            self.waiting += 1
            await self._opened.wait()
        if self.faulty(f, *args):
            raise Fault
        return await self.store.run(f, *args, **kwargs)

    async def read(self, f: Any, *args: Any, **kwargs: Any) -> Any:
        """See Store."""
        if self.down:
            raise StoreUnavailable("the disk that holds the database is full", "free some space")
        return await self.store.read(f, *args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)
