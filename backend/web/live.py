"""Who is listening to the chat now, and one task that wakes them when something was said.

The task asks the store each second who has been told something since; a
stream then reads its own person's bubbles. So a stream holds no database
connection, and ten thousand silent ones cost one small query a second.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import TYPE_CHECKING

import structlog
from aiohttp import web

from backend.store.errors import Busy, StoreUnavailable
from backend.web.connections import most_open
from backend.web.limits import TooMany

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from backend.store.engine import Store
    from backend.store.work import UnitOfWork

log = structlog.get_logger()

EVERY = 1.0  # seconds between two looks
AGAIN = 5.0
"""Seconds that are looked at again: PostgreSQL commits rows out of their numbers' order."""
MOST_OF_ONE = 6
"""Pages that one person may have open; the next one asks from time to time instead."""
MOST = 10_000
"""Streams of one process, where the system lets it have so many connections."""
SHARE = 0.75
"""Of all connections; the rest is left for those who come to say something."""


class Listener:
    """One open page, which has the person's bubbles up to number ``seen``. ``gone`` tells whether it was closed."""

    def __init__(self, person: int, seen: int, gone: Callable[[], bool]) -> None:
        self.person, self.seen, self.gone = person, seen, gone
        self._news = asyncio.Event()
        self.over = False

    def wake(self, *, over: bool = False) -> None:
        """There may be something new; or ``over``: we are shutting down."""
        self.over = self.over or over
        self._news.set()

    async def wait(self, seconds: float) -> None:
        """Until there may be something new, at most so long."""
        try:
            await asyncio.wait_for(self._news.wait(), seconds)
        except TimeoutError:
            return
        self._news.clear()


class Live:
    """All listeners of this process."""

    def __init__(self, store: Store, *, every: float = EVERY, most: int = MOST) -> None:
        self._store = store
        self._every = every  # seconds
        self._most = most
        self._listeners: dict[int, set[Listener]] = {}
        self._fresh: dict[Listener, float] = {}  # when they came; only those of the last seconds
        self._looks: deque[tuple[float, int]] = deque()  # (when, the newest row then)
        self._needed = asyncio.Event()
        self.count = 0

    def add(self, person: int, seen: int, gone: Callable[[], bool] = lambda: False) -> Listener:
        """Somebody listens from now on. Raises: TooMany."""
        self._sweep(person)
        if len(self._listeners.get(person, ())) >= MOST_OF_ONE or self.count >= self._most:
            raise TooMany("chat.streams", 60)
        listener = Listener(person, seen, gone)
        self._listeners.setdefault(person, set()).add(listener)
        self._fresh[listener] = time.monotonic()
        self.count += 1
        self._needed.set()
        return listener

    def remove(self, listener: Listener) -> None:
        """They are gone."""
        mine = self._listeners.get(listener.person, set())
        if listener not in mine:
            return
        mine.remove(listener)
        self._fresh.pop(listener, None)
        self.count -= 1
        if not mine:
            del self._listeners[listener.person]

    def close(self) -> None:
        """End every stream."""
        for mine in list(self._listeners.values()):
            for listener in mine:
                listener.wake(over=True)

    async def run(self) -> None:
        """Look each second while anybody listens, until cancelled."""
        while True:
            if not self._listeners:
                self._looks.clear()
                self._needed.clear()
                await self._needed.wait()
            try:
                await self._look(time.monotonic())
            except (Busy, StoreUnavailable) as error:
                log.warning("chat pages wait for the database", why=str(error))
            except Exception:
                log.exception("chat pages were not looked after")
            await asyncio.sleep(self._every)

    def _sweep(self, person: int) -> None:
        """A page that was closed or reloaded is noticed at the next heartbeat only; its place is free now."""
        for listener in [one for one in self._listeners.get(person, ()) if one.gone()]:
            listener.wake(over=True)
            self.remove(listener)

    async def _look(self, now: float) -> None:
        since = self._floor(now)
        told, newest = await self._store.read(_told, since)
        self._looks.append((now, newest))
        for person, seq in told.items():
            for listener in self._listeners.get(person, ()):
                if listener.seen < seq:
                    listener.wake()
        # what was being committed when somebody came is below our floor: for some seconds they read for themselves
        self._fresh = {listener: at for listener, at in self._fresh.items() if at > now - AGAIN - self._every}
        for listener in self._fresh:
            listener.wake()

    def _floor(self, now: float) -> int | None:
        """The newest row of a look some seconds ago; None: there was none."""
        while len(self._looks) > 1 and self._looks[1][0] <= now - AGAIN:
            self._looks.popleft()
        return self._looks[0][1] if self._looks else None


LIVE = web.AppKey("live", Live)


def setup(app: web.Application, store: Store) -> None:
    """Run the task as long as the application runs."""
    app[LIVE] = Live(store, most=min(MOST, int(most_open() * SHARE)))
    app.cleanup_ctx.append(_running)
    app.on_shutdown.append(_end)


async def _running(app: web.Application) -> AsyncIterator[None]:
    task = asyncio.create_task(app[LIVE].run(), name="chat-live")
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _end(app: web.Application) -> None:
    app[LIVE].close()


def _told(work: UnitOfWork, since: int | None) -> tuple[dict[int, int], int]:
    return ({}, work.journal.newest()) if since is None else work.journal.told_since(since)
