"""So many messages a second and no more: Telegram takes about thirty from a bot, and refuses all that come above."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

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
