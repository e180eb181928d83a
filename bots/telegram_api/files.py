"""Files of citizens: asked for, then streamed, with an end where they are larger than they may be.

The address of a file holds the token: it is used here and told nobody.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import quote

import aiohttp
from telegram.error import BadRequest, InvalidToken, TelegramError

from bots import Fetched, Gone, NotSent, TooLarge
from bots.telegram_api.failures import Busy, Flood, NoAnswer, NotConnected, as_ours

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from telegram import Bot

    from bots import ChannelError
    from bots.telegram_api.request import AiohttpRequest
    from dialogs.messages import Media

TRIES = 3
PAUSE_SECONDS = 1.0
PIECE_BYTES = 256 * 1024
LIMITS = aiohttp.ClientTimeout(total=None, connect=5, sock_connect=5, sock_read=20)


class Files:
    """``base``: what stands before a file's path, the token in it."""

    def __init__(
        self, bot: Bot, request: AiohttpRequest, base: str, *, pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._bot, self._request, self._base, self._pause = bot, request, base, pause

    async def fetch(self, media: Media, *, most: int) -> Fetched:
        """A file of at most that many bytes. Raises: NotSent, Gone, TooLarge, ChannelDown."""
        for _ in range(2):  # a link may be dead, then a new one is asked for
            path = await self._path(media.ref, most)
            answer = await self._open(path)
            if answer is not None:
                return Fetched(media.filename or path.rpartition("/")[2], _pieces(answer, most))
        raise Gone("Telegram 上的文件已经没有了", code="404")

    async def _path(self, ref: str, most: int) -> str:
        """Where the file is. What may pass is asked again, as Telegram says "temporarily unavailable"."""
        for left in reversed(range(TRIES)):
            try:
                found = await self._bot.get_file(ref)
            except TelegramError as error:
                if not left or not _may_pass(error):
                    raise _refusal(error, most) from None
            else:
                if found.file_size is not None and found.file_size > most:
                    raise too_large(most)
                return (found.file_path or "").removeprefix(self._base).lstrip("/")  # the library puts it before
            await self._pause(PAUSE_SECONDS)
        raise AssertionError("the last try returns or raises")

    async def _open(self, path: str) -> aiohttp.ClientResponse | None:
        """The answer, its body still to be read; None: the link is dead. Raises: NotSent."""
        try:
            answer = await self._request.session.get(
                f"{self._base}/{quote(path)}", timeout=LIMITS, allow_redirects=False
            )
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise NotSent("连不上 Telegram 的文件服务器", code="connect") from None
        if answer.status == 200:
            return answer
        answer.release()
        if 400 <= answer.status < 500:
            return None
        raise NotSent(f"Telegram 的文件服务器暂时不可用（{answer.status}）", code=str(answer.status))


def too_large(most: int) -> TooLarge:
    """The refusal, with the limit as people say it."""
    return TooLarge(f"文件超过 {most // (1024 * 1024)} MB，Telegram 不让机器人下载", code="large")


async def _pieces(answer: aiohttp.ClientResponse, most: int) -> AsyncIterator[bytes]:
    """The body; the size that was told before may be wrong. Raises: NotSent, TooLarge."""
    taken = 0
    async with answer:
        try:
            async for piece in answer.content.iter_chunked(PIECE_BYTES):
                taken += len(piece)
                if taken > most:
                    raise too_large(most)
                yield piece
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise NotSent("Telegram 的文件没有传完", code="cut") from None


def _may_pass(error: TelegramError) -> bool:
    """Asking where a file is can be repeated, whatever became of it the first time."""
    for_now = isinstance(error, NotConnected | NoAnswer | Busy)
    return for_now or (isinstance(error, BadRequest) and "temporarily" in error.message.casefold())


def _refusal(error: TelegramError, most: int) -> ChannelError:
    match error:
        case NoAnswer() | NotConnected() | Busy():
            return NotSent("Telegram 暂时给不出文件", code="busy")
        case Flood() | InvalidToken():
            return as_ours(error)
        case BadRequest() if "too big" in error.message.casefold():
            return too_large(most)
    return Gone("Telegram 上没有这个文件", code="400")
