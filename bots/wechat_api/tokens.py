"""The access token of an account, which all processes share: one fetches it, one at a time.

WeChat gives every caller of ``stable_token`` the same token while it is valid,
and counts the calls. What is shared is kept by whoever implements Tokens; the
platform's call itself is the client's.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol, TypeGuard

from bots import NotSent

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

EARLY = timedelta(minutes=5)
"""So long before its end a token is renewed; the platform keeps both valid for that time."""
LEASE = timedelta(seconds=20)
"""So long one process may fetch before another believes it dead; its calls time out after 15 s."""
AGAIN = timedelta(minutes=1)
"""So long the platform is not asked again for a token that it insists on."""
LOOKS, PAUSE = 100, 0.2
"""How often, and every how many seconds, it is looked whether another process is done."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A token, and when it ends."""

    token: str
    until: datetime


class Tokens(Protocol):
    """Where the token is kept, for all processes. The token is at most 512 characters."""

    async def get(self, channel: str) -> Kept | None:
        """The newest that was kept."""
        ...

    async def keep(self, channel: str, token: str, until: datetime) -> None:
        """Put it in the place of the one before."""
        ...

    async def lease(self, channel: str, owner: str, until: datetime) -> bool:
        """Whether *owner* alone may fetch one now: nobody else's lease is running."""
        ...

    async def release(self, channel: str, owner: str) -> None:
        """Let the next one fetch."""
        ...


class Alone:
    """For one process: a command, or a test."""

    def __init__(self) -> None:
        self._kept: Kept | None = None

    async def get(self, channel: str) -> Kept | None:
        """The newest that was kept."""
        return self._kept

    async def keep(self, channel: str, token: str, until: datetime) -> None:
        """Put it in the place of the one before."""
        self._kept = Kept(token, until)

    async def lease(self, channel: str, owner: str, until: datetime) -> bool:
        """There is nobody else."""
        return True

    async def release(self, channel: str, owner: str) -> None:
        """There is nobody to wait for it."""


class AccessToken:
    """The token as one process sees it. ``fetch`` asks the platform: the token, and for how long it holds."""

    def __init__(
        self,
        channel: str,
        tokens: Tokens,
        fetch: Callable[[], Awaitable[tuple[str, timedelta]]],
        *,
        owner: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._channel, self._tokens, self._fetch, self._owner, self._clock = channel, tokens, fetch, owner, clock
        self._known: Kept | None = None
        self._insisted: Kept | None = None  # a refused token that the platform gave again, and until when we believe it
        self._one_at_a_time = asyncio.Lock()

    async def current(self) -> str:
        """A token that should be good. Raises: what ``fetch`` raises, NotSent."""
        if self._good(known := self._known):
            return known.token
        async with self._one_at_a_time:
            if self._good(known := self._known):
                return known.token
            return await self._shared(refused="")

    async def instead(self, refused: str) -> str:
        """Another one than that, which the platform does not take; the same, if it insists. Raises: as above."""
        async with self._one_at_a_time:
            if self._good(known := self._known) and known.token != refused:
                return known.token
            again = self._insisted
            if again is not None and again.token == refused and self._clock() < again.until:
                return refused  # it was asked a moment ago: asking once for each waiting message changes nothing
            token = await self._shared(refused=refused)
            self._insisted = Kept(token, self._clock() + AGAIN) if token == refused else None
            return token

    async def _shared(self, *, refused: str) -> str:
        for _ in range(LOOKS):
            if (kept := await self._newer(refused)) is not None:
                return kept.token
            if await self._tokens.lease(self._channel, self._owner, self._clock() + LEASE):
                try:
                    return await self._fetched(refused)
                finally:
                    await self._tokens.release(self._channel, self._owner)
            await asyncio.sleep(PAUSE)
        en = "another process is fetching an access_token from WeChat and has none yet"
        raise NotSent("另一个进程正在向微信换取 access_token，还没有结果", retry_after=5, everybody=True, en=en)

    async def _fetched(self, refused: str) -> str:
        if (kept := await self._newer(refused)) is not None:
            return kept.token  # between our look and our lease another had fetched it
        token, lasts = await self._fetch()
        self._known = Kept(token, self._clock() + lasts)
        await self._tokens.keep(self._channel, token, self._known.until)
        return token

    async def _newer(self, refused: str) -> Kept | None:
        kept = await self._tokens.get(self._channel)
        if not self._good(kept) or kept.token == refused:
            return None
        self._known = kept
        return kept

    def _good(self, kept: Kept | None) -> TypeGuard[Kept]:
        return kept is not None and kept.until - self._clock() >= EARLY
