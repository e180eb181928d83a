"""The server of an account's owner, as small as can be: keeps what a platform posts, answers what a test tells it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from aiohttp import web

if TYPE_CHECKING:
    from types import TracebackType


@dataclass(frozen=True, slots=True)
class Posted:
    """A request that came."""

    method: str
    query: dict[str, str]
    body: str
    content_type: str


Answering = Callable[[Posted], Awaitable[str | tuple[int, str]]]


async def success(posted: Posted) -> str:
    """What a server says that has nothing to say; to a check of its address the echo."""
    return posted.query.get("echostr", "success")


class Owner:
    """``async with Owner() as owner``: ``owner.url``, ``owner.posted``; set ``owner.answer`` to say something else."""

    def __init__(self, answer: Answering = success) -> None:
        self.answer = answer
        self.posted: list[Posted] = []
        self.url = ""
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/hook", self._take)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/hook"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner:
            await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        posted = Posted(request.method, dict(request.query), await request.text(), request.content_type)
        self.posted.append(posted)
        answer = await self.answer(posted)
        status, text = answer if isinstance(answer, tuple) else (200, answer)
        return web.Response(status=status, text=text)
