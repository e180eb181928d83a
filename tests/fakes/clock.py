"""The time of a fake platform: it stands still until a test moves it, or runs as fast as it is told to.

Rules of the platforms (windows, tokens, retries, the five seconds) are all measured on this clock, none on the
machine's, so that two days pass in an instant and a slow machine changes no verdict.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Coroutine

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
        self._sleepers: dict[tuple[float, int], asyncio.Future[None]] = {}  # by when, then by who came first
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

    def sleep(self, seconds: float) -> Coroutine[Any, Any, None]:
        """Return when this clock is so much later than at this call, even where a task awaits it only afterwards."""
        return self.until(self.now() + seconds)

    async def until(self, due: float) -> None:
        """Return when it is that time."""
        key = (due, next(self._order))
        try:
            while (left := due - self.now()) > 0:
                self._sleepers[key] = asyncio.get_running_loop().create_future()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._sleepers[key], left / self.rate if self.rate else None)
        finally:
            self._sleepers.pop(key, None)  # who gave up sleeping is remembered no more

    def _wake(self) -> None:
        for due, order in sorted(self._sleepers):
            woken = self._sleepers[due, order]
            if due <= self.now() and not woken.done():
                woken.set_result(None)
