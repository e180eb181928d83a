"""How long we wait for the rest of a request that somebody began to send.

Whoever stops in the middle would keep a connection from others, and those who
wait behind it. Connections that send no request at all: connections.py.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler, Middleware

SECONDS = 60.0
"""Between two pieces of a body."""
LOOKS = 6  # in that time


class TooSlow(TimeoutError):
    """The client began a request and sent no more of it. A TimeoutError: aiohttp then waits no longer for the rest."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"nothing more of the request came for {seconds:.0f} s; send it again")
        self.seconds = seconds


def middleware(*, seconds: float = SECONDS) -> Middleware:
    """Ends the wait for a body that stands still: whoever reads it gets TooSlow, and the connection is closed."""

    @web.middleware
    async def patient(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.content.is_eof():  # most bodies come with their header
            return await handler(request)
        watch = asyncio.create_task(_watch(request, seconds))
        try:
            return await handler(request)
        finally:
            watch.cancel()

    return patient


async def _watch(request: web.Request, seconds: float) -> None:
    """A transport that does not read waits for us, not we for it."""
    content, seen, still = request.content, -1, 0
    while not content.is_eof():
        transport = request.transport
        waiting = transport is not None and transport.is_reading()
        still = still + 1 if waiting and content.total_raw_bytes == seen else 0
        seen = content.total_raw_bytes
        if still >= LOOKS:
            content.set_exception(TooSlow(seconds))
            return
        await asyncio.sleep(seconds / LOOKS)
