"""getUpdates: one poll at a time, and what the platform does to those who poll badly."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from tests.fakes.telegram_errors import HOOK_ACTIVE, OTHER_POLL, SET_HOOK, Failure, Json, conflict
from tests.fakes.telegram_line import allowed
from tests.fakes.telegram_queue import SLACK

if TYPE_CHECKING:
    from tests.fakes.clock import VirtualClock
    from tests.fakes.telegram_requests import Query
    from tests.fakes.telegram_world import Bot

LONGEST, MOST = 50, 100  # seconds, updates
AGAIN, AT_ONCE = 3.0, 0.5  # seconds after which the same offset is not impolite


class Polling:
    """The polls of one bot."""

    def __init__(self, bot: Bot, clock: VirtualClock) -> None:
        self.bot, self.clock = bot, clock
        self._running: asyncio.Future[Failure] | None = None  # set to the reason that ends it
        self._changed = asyncio.Event()
        self._last_offset, self._started, self._finished = 0, -AGAIN, -AGAIN
        self._last_conflict = -AGAIN

    def wake(self) -> None:
        self._changed.set()

    @property
    def busy(self) -> bool:
        """Whether somebody polls now."""
        return self._running is not None and not self._running.done()

    def end(self, why: str = SET_HOOK) -> None:
        """Whoever polls now is told off."""
        if self._running is not None and not self._running.done():
            self._running.set_result(conflict(why))

    async def poll(self, query: Query) -> list[Json]:
        """Raises: Failure."""
        if self.bot.webhook is not None:
            raise await self._told_off(conflict(HOOK_ACTIVE))
        self.end(OTHER_POLL)
        offset, limit = query.number("offset"), min(MOST, max(1, query.number("limit", MOST)))
        timeout = float(min(LONGEST, max(0, query.number("timeout"))))
        timeout, limit = self._slowed(offset, timeout, limit)
        if "allowed_updates" in query.args:
            self.bot.queue.allowed = allowed(query, [])
        self.bot.queue.confirm(offset)
        self._last_offset, self._started = offset, self.clock.now()
        self._running = mine = asyncio.get_running_loop().create_future()
        try:
            return await self._wait(mine, timeout, limit)
        finally:
            mine.cancel()
            self._finished = self.clock.now()

    def _slowed(self, offset: int, timeout: float, limit: int) -> tuple[float, int]:
        """Who asks for the same again too soon waits, and gets one."""
        if not offset or offset != self._last_offset:
            return timeout, limit
        if timeout < AGAIN and self.clock.now() < self._started + AGAIN:
            timeout = AGAIN
        return timeout, 1 if self.clock.now() < self._finished + AT_ONCE else limit

    async def _wait(self, mine: asyncio.Future[Failure], timeout: float, limit: int) -> list[Json]:
        until = self.clock.now() + timeout
        while True:
            self._changed.clear()
            if mine.done():
                raise await self._told_off(mine.result())
            if updates := self.bot.queue.visible()[:limit]:
                return [update.body for update in updates]
            if self.clock.now() >= until - SLACK:
                return []
            await self._any(mine, until)

    async def _any(self, mine: asyncio.Future[Failure], until: float) -> None:
        """Until something came, the time is over, or it is told off."""
        soon = min([until, *(update.wake_at for update in self.bot.queue.pending.values())])
        waiters: list[asyncio.Future[Any]] = [
            asyncio.ensure_future(self._changed.wait()),
            asyncio.ensure_future(self.clock.until(soon - SLACK / 2)),
        ]
        try:
            await asyncio.wait([mine, *waiters], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for waiter in waiters:
                waiter.cancel()

    async def _told_off(self, failure: Failure) -> Failure:
        """A second conflict within three seconds is told three seconds later."""
        if self.clock.now() < self._last_conflict + AGAIN:
            await self.clock.sleep(AGAIN)
        self._last_conflict = self.clock.now()
        return failure
