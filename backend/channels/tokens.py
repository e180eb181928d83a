"""The access tokens of WeChat accounts, in the store: what one process fetches serves all."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from backend.store.errors import Busy, StoreUnavailable
from bots import NotSent
from bots.wechat_api.tokens import Kept

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from backend.store.engine import Store
    from backend.store.platforms import Token
    from backend.store.work import UnitOfWork

T = TypeVar("T")


class StoredTokens:
    """As bots.wechat_api.tokens.Tokens wants it. Without the database nothing can be sent. Raises: NotSent."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock

    async def get(self, channel: str) -> Kept | None:
        """The newest that was kept."""
        found = await _tried(self._store.read(_token, channel))
        return None if found is None else Kept(found.value, found.until)

    async def keep(self, channel: str, token: str, until: datetime) -> None:
        """Put it in the place of the one before."""
        await _tried(self._store.run(_keep, channel, token, until))

    async def lease(self, channel: str, owner: str, until: datetime) -> bool:
        """Whether *owner* alone may fetch one now."""
        return await _tried(self._store.run(_lease, channel, owner, self._clock(), until))

    async def release(self, channel: str, owner: str) -> None:
        """Let the next one fetch."""
        await _tried(self._store.run(_release, channel, owner))


async def _tried(asked: Awaitable[T]) -> T:
    try:
        return await asked
    except (Busy, StoreUnavailable) as error:
        raise NotSent(f"数据库暂时不能用（{type(error).__name__}）") from error


def _token(work: UnitOfWork, channel: str) -> Token | None:
    return work.platforms.token(channel)


def _keep(work: UnitOfWork, channel: str, token: str, until: datetime) -> None:
    work.platforms.keep_token(channel, token, until=until)


def _lease(work: UnitOfWork, channel: str, owner: str, now: datetime, until: datetime) -> bool:
    return work.platforms.lease(channel, owner, now=now, until=until)


def _release(work: UnitOfWork, channel: str, owner: str) -> None:
    work.platforms.release(channel, owner)
