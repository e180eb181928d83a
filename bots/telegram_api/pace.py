"""So many messages a second and no more: Telegram takes about thirty from a bot, one in a chat, and refuses the rest."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

A_SECOND = 20.0
"""Notices; the rest is for answers, which never wait here."""


class Pace:
    """Turns that follow one another at even distances, whoever asks for them."""

    def __init__(self, a_second: float, *, pause: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._apart, self._pause, self._next = 1 / a_second, pause, 0.0

    async def turn(self) -> None:
        """Wait for one's turn; the first one of a quiet time comes at once."""
        now = asyncio.get_running_loop().time()
        mine = max(now, self._next)
        self._next = mine + self._apart
        if mine > now:
            await self._pause(mine - now)


APART = timedelta(seconds=1)
"""Of messages in one chat, as Telegram asks; it lets a few follow faster."""
MANY = timedelta(seconds=3)
"""Who is so far ahead of that has hit the limit of their own chat."""
CHATS = 10_000
"""Of which we remember how much they got."""


class Crowded:
    """Which chats get more than a chat may: whoever floods us is refused alone, and the bot goes on for all others."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._paid: dict[int, datetime] = {}  # when what a chat got would have been due, at that distance

    def sent(self, chat: int) -> None:
        """One more message went there."""
        now = self._clock()
        self._paid[chat] = max(now, self._paid.pop(chat, now)) + APART
        if len(self._paid) > CHATS:
            self._paid.pop(next(iter(self._paid)))

    def __contains__(self, chat: int) -> bool:
        """Whether a refusal is meant for this chat."""
        now = self._clock()
        return self._paid.get(chat, now) - now > MANY
