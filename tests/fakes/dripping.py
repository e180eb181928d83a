"""A server that answers a letter at a time and never ends, as an overloaded or hostile one does."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web
from aiohttp.test_utils import TestServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

APART = 0.05  # seconds between two letters


async def _drip(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse()
    await answer.prepare(request)
    while True:
        await answer.write(b" ")
        await asyncio.sleep(APART)


@asynccontextmanager
async def dripping() -> AsyncIterator[str]:
    """Its address while it runs."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", _drip)
    async with TestServer(app) as server:
        yield str(server.make_url("/"))
