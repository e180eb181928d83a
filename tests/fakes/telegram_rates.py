"""How often a bot may send, and what follows when it does not listen.

The platform publishes no exact figures; these are the ones that it names in its FAQ. Whoever was told to wait and
does not is told again, for what is left.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.fakes.telegram_errors import too_many

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass
class Bucket:
    """So many at once, and so many a second after that."""

    room: float
    rate: float
    level: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until one more fits; nothing is taken."""
        self.level = min(self.room, self.level + (now - self.at) * self.rate)
        self.at = now
        return max(0.0, (1 - self.level) / self.rate)


CHAT, BOT, GROUP = (5, 1.0), (30, 30.0), (20, 20 / 60)  # room, a second


@dataclass
class Rates:
    """The limits of one bot. ``on``: off for measurements."""

    now: Callable[[], float]
    on: bool = True
    chat: tuple[float, float] = CHAT
    bot: tuple[float, float] = BOT
    group: tuple[float, float] = GROUP
    bans: dict[int | None, float] = field(default_factory=dict)  # chat, or None for all → until when
    _buckets: dict[tuple[str, int], Bucket] = field(default_factory=dict)

    def ban(self, seconds: float, chat: int | None = None) -> None:
        """From now on everything there (None: everywhere) is refused for so long."""
        self.bans[chat] = self.now() + seconds

    def listen(self, chat: int | None) -> None:
        """Raises: Failure: it was told to wait, and the time is not over."""
        left = max(self.bans.get(None, 0.0), self.bans.get(chat, 0.0)) - self.now()
        if left > 0:
            raise too_many(math.ceil(left))

    def take(self, chat: int, *, group: bool = False) -> None:
        """One message goes out. Raises: Failure: too many of them."""
        if not self.on:
            return
        limits = [("chat", chat, self.chat), ("bot", 0, self.bot), *([("group", chat, self.group)] if group else [])]
        buckets = [self._bucket(name, number, limit) for name, number, limit in limits]
        if (wait := max(bucket.wait(self.now()) for bucket in buckets)) > 0:
            raise too_many(math.ceil(wait))
        for bucket in buckets:
            bucket.level -= 1

    def _bucket(self, name: str, number: int, limit: tuple[float, float]) -> Bucket:
        room, rate = limit
        return self._buckets.setdefault((name, number), Bucket(room, rate, room, self.now()))
