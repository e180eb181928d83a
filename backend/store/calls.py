"""Handing a unit to the database's threads: four ways in, the same for every engine.

A unit is a plain function ``f(work, …)``. What runs it, and when it commits,
is the engine's business (sqlite.py, postgres.py).
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from concurrent.futures import Future, ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from backend.store import revision
from backend.store.errors import Busy, closed

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.store.work import UnitOfWork

P = ParamSpec("P")
T = TypeVar("T")


class Calls(ABC):
    """The awaiting and the blocking twins over an engine's two queues."""

    @abstractmethod
    def _write(self, unit: Callable[[UnitOfWork], T]) -> Future[T]:
        """Queue a unit that may write. Raises: Busy, StoreUnavailable."""

    @abstractmethod
    def _read(self, unit: Callable[[UnitOfWork], T]) -> Future[T]:
        """Queue a unit that only reads. Raises: Busy, StoreUnavailable."""

    async def run(self, f: Callable[Concatenate[UnitOfWork, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run *f* in one transaction and answer after COMMIT; see engine.Store."""
        return await asyncio.wrap_future(self._write(lambda work: f(work, *args, **kwargs)))

    async def read(self, f: Callable[Concatenate[UnitOfWork, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run *f* on a read-only connection; see engine.Store."""
        return await asyncio.wrap_future(self._read(lambda work: f(work, *args, **kwargs)))

    def run_now(self, f: Callable[Concatenate[UnitOfWork, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Block until *f* is committed. Never from inside a unit or an event loop."""
        return self._write(lambda work: f(work, *args, **kwargs)).result()

    def read_now(self, f: Callable[Concatenate[UnitOfWork, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Block until *f* has read. Never from inside a unit or an event loop."""
        return self._read(lambda work: f(work, *args, **kwargs)).result()

    def version(self) -> str | None:
        """The migration that the database stands at; None: no schema of ours."""
        return self.read_now(lambda work: revision.current(work.conn))

    def is_current(self) -> bool:
        """Whether the schema is the one that this program needs."""
        return self.version() == revision.head()


class Threads:
    """A pool of threads with a bounded queue."""

    def __init__(self, name: str, count: int, *, waiting: int) -> None:
        self._pool = ThreadPoolExecutor(count, thread_name_prefix=name)
        self._places = BoundedSemaphore(count + waiting)

    def submit(self, do: Callable[[], T]) -> Future[T]:
        """Raises: Busy: the queue is full; StoreUnavailable: the pool is closed."""
        if not self._places.acquire(blocking=False):
            raise Busy("too many calls wait for the database")
        try:
            answer = self._pool.submit(do)
        except RuntimeError:
            self._places.release()
            raise closed() from None
        answer.add_done_callback(lambda _: self._places.release())  # cancelled ones too
        return answer

    def close(self) -> None:
        """Finish what was submitted, then end the threads."""
        self._pool.shutdown(wait=True)
