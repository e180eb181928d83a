"""Asking Telegram for updates, for a laptop that it cannot call: each is taken for good before the next is asked for.

The number of the next update confirms those before it, so it only moves on
when what came is stored; a crash between the two brings it again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from telegram.error import Conflict, InvalidToken, TelegramError

from bots.telegram_api.failures import Flood, as_ours
from bots.telegram_api.updates import KINDS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bots.telegram_api.request import AiohttpRequest

log = structlog.get_logger()

WAIT_SECONDS = 30
"""How long Telegram holds a call for which it has nothing yet."""
BACK_OFF = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
"""Seconds of silence after the first, second … trouble in a row."""
CONFLICT_SECONDS = 30.0
"""Somebody else asks for the same updates, or has them sent: only an operator can end that."""


class Poller:
    """``base``: what stands before a method's name, the token in it."""

    def __init__(
        self,
        request: AiohttpRequest,
        base: str,
        *,
        pause: Callable[[float], Awaitable[None]],
        wait: int = WAIT_SECONDS,
    ) -> None:
        self._request, self._base, self._pause, self._wait = request, base, pause, wait
        self._next = 0
        self._troubles = 0
        self._in_conflict = False

    async def run(self, handle: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        """For ever. *handle* stores an update, or raises, and then gets it again. Raises: ChannelDown."""
        while True:
            for update in await self._updates():
                await self._until_stored(handle, update)
                self._next = update["update_id"] + 1

    async def _until_stored(self, handle: Callable[[dict[str, Any]], Awaitable[None]], update: dict[str, Any]) -> None:
        """Nothing behind an update is taken before it is stored, or it would be confirmed and lost."""
        tries = 0
        while True:
            try:
                return await handle(update)
            except Exception as error:  # noqa: BLE001 - the store is away; a channel does not know its errors
                seconds = BACK_OFF[min(tries, len(BACK_OFF) - 1)]
                log.warning("telegram update not stored, tried again", error=type(error).__name__, seconds=seconds)
            tries += 1
            await self._pause(seconds)

    async def _updates(self) -> list[dict[str, Any]]:
        """What has come; nothing, after a while, where there is trouble."""
        asked = {"offset": self._next, "timeout": self._wait, "allowed_updates": KINDS}
        try:
            found = await self._request.call(f"{self._base}/getUpdates", asked, read_timeout=self._wait + 10)
        except InvalidToken as error:
            raise as_ours(error) from None
        except Conflict as error:
            await self._conflict(error)
            return []
        except TelegramError as error:
            await self._trouble(error)
            return []
        self._troubles, self._in_conflict = 0, False
        return [one for one in found if isinstance(one, dict) and isinstance(one.get("update_id"), int)]

    async def _conflict(self, error: Conflict) -> None:
        """Said once; a webhook that another instance uses is not ours to remove."""
        if not self._in_conflict:
            log.error("telegram: somebody else gets the updates of this bot; stop one of the two", said=error.message)
        self._in_conflict = True
        await self._pause(CONFLICT_SECONDS)

    async def _trouble(self, error: TelegramError) -> None:
        seconds = BACK_OFF[min(self._troubles, len(BACK_OFF) - 1)]
        if isinstance(error, Flood):
            seconds = max(seconds, error.seconds)
        if not self._troubles:
            log.warning("telegram does not answer, asked again", error=type(error).__name__, seconds=seconds)
        self._troubles += 1
        await self._pause(seconds)
