"""The time of a fake platform: it stands still until a test moves it, or runs as fast as it is told to.

Rules of the platforms (windows, tokens, retries, the five seconds) are all measured on this clock, none on the
machine's, so that two days pass in an instant and a slow machine changes no verdict.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from contextlib import suppress
from datetime import UTC, datetime

START = 1_760_000_000.0  # 2025-10-09 08:53:20 UTC


class VirtualClock:
    """Seconds since 1970 at a place of its own.

    ``rate``: virtual seconds that each real one brings along. 0: only ``advance`` moves it, and whoever sleeps on it
    sleeps until then. 1 from ``start=time.time()``: a clock on the wall, for the demo. 100: five seconds take 50 ms.
    """

    def __init__(self, start: float = START, *, rate: float = 0.0) -> None:
        self.rate = rate
        self._at = start  # what it showed at _since
        self._since = time.monotonic()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = itertools.count()

    def now(self) -> float:
        """Seconds since 1970, UTC."""
        return self._at + self.rate * (time.monotonic() - self._since)

    def utc(self) -> datetime:
        """The same as an aware time; what a channel takes as its clock."""
        return datetime.fromtimestamp(self.now(), UTC)

    def advance(self, seconds: float) -> None:
        """Move on; whoever slept until then wakes, the earliest first."""
        self._at += seconds
        self._wake()

    async def sleep(self, seconds: float) -> None:
        """Return when this clock is so much later."""
        due = self.now() + seconds
        while (left := due - self.now()) > 0:
            woken = asyncio.get_running_loop().create_future()
            heapq.heappush(self._sleepers, (due, next(self._order), woken))
            with suppress(TimeoutError):
                await asyncio.wait_for(woken, left / self.rate if self.rate else None)

    def _wake(self) -> None:
        while self._sleepers and self._sleepers[0][0] <= self.now():
            _, _, woken = heapq.heappop(self._sleepers)
            if not woken.done():
                woken.set_result(None)
