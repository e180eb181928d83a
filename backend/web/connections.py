"""The connections beneath the requests: how many there may be, how long a silent one may stay, and what is told to
those who speak no HTTP.

Everything that is a request is the application's (app.py, errors.py).
"""

from __future__ import annotations

import asyncio
import json
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import structlog
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from backend.web.errors import STATUSES
from backend.web.problems import CONTENT_TYPE

try:
    import resource
except ImportError:  # Windows, which has no such limit
    resource = None  # type: ignore[assignment]

if TYPE_CHECKING:
    import socket

    from aiohttp.typedefs import Handler
    from aiohttp.web_request import BaseRequest

log = structlog.get_logger()

HEADER_SECONDS = 20.0
"""For the whole header of a connection's first request."""
IDLE_SECONDS = 75.0
"""Between two requests of a connection; longer than a reverse proxy keeps its own side open (nginx: 60)."""
WINDOWS = 8192
"""What Microsoft's C runtime can hold."""
UNLIMITED = 1_000_000
"""Where the system names no limit: more than we ever need."""
WAITING = 1024
"""Connections that the system holds for us until we take them."""


@web.middleware
async def as_sent(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Take no packed body: one megabyte of them becomes a thousand, and unpacking it would hold up everybody."""
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise web.RequestPayloadError("the body is packed")
    return await handler(request)


class Connection(web.RequestHandler):
    """One connection. Not HTTP, or something that aiohttp itself cannot answer: one line in the log, without the
    client's words, which may hold cookies and tokens.
    """

    def __init__(self, server: web.Server, *, header_seconds: float, **how: Any) -> None:
        super().__init__(server, **how)
        self._header_seconds = header_seconds
        self._silent: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody is there."""
        super().connection_made(transport)
        self._silent = self._loop.call_later(self._header_seconds, self._end_if_silent)

    def connection_lost(self, exc: BaseException | None) -> None:
        """They have gone."""
        if self._silent is not None:
            self._silent.cancel()
        super().connection_lost(exc)

    def handle_error(
        self, request: BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        """A sentence in place of the parser's words, which repeat what was sent."""
        del message
        self.log_exception("a request could not be answered", exc_info=exc)
        if request.writer.output_size > 0:
            raise ConnectionError("the answer has begun already")
        trouble = STATUSES[400 if status < HTTPStatus.INTERNAL_SERVER_ERROR else 500]
        told = {"type": "about:blank", "title": HTTPStatus(trouble.status).phrase, "status": trouble.status}
        body = json.dumps(told | {"detail": trouble.zh}, ensure_ascii=False)
        answer = web.Response(text=body, status=trouble.status, content_type=CONTENT_TYPE, headers={"Server": "jiesu"})
        answer.force_close()
        return answer

    def log_exception(self, *args: Any, **how: Any) -> None:
        """A fault of theirs is one line; a fault of ours comes with its traceback."""
        error = how.get("exc_info")
        if isinstance(error, HttpProcessingError | web.RequestPayloadError):
            log.warning("a request was no proper HTTP", why=type(error).__name__)
        else:
            log.error("a connection failed", exc_info=error if error is not None else True)

    def _end_if_silent(self) -> None:
        if self._request_count == 0:
            self.force_close()


async def listen(
    runner: web.AppRunner, listening: socket.socket, *, header_seconds: float = HEADER_SECONDS
) -> asyncio.Server:
    """Answer those who connect, until the server is closed; ``runner`` is set up."""
    loop = asyncio.get_running_loop()
    how: dict[str, Any] = {"loop": loop, "access_log": None, "keepalive_timeout": IDLE_SECONDS}
    how |= {"header_seconds": header_seconds, "auto_decompress": False}  # see as_sent
    connection = partial(Connection, runner.server, **how)  # type: ignore[arg-type] # set up: there is a server
    return await loop.create_server(connection, sock=listening, backlog=WAITING)


def raise_limit() -> int:
    """Let this process open as many files as it ever may; how many that are."""
    if resource is None:
        return most_open()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        except (OSError, ValueError) as error:  # macOS names a hard limit that it does not grant
            log.warning("the limit of open files stays", limit=soft, why=str(error))
    return most_open()


def most_open() -> int:
    """How many files and connections this process may have open now."""
    return _limits()[0]


def most_ever() -> int:
    """How many it may have open after ``raise_limit``."""
    return _limits()[1]


def _limits() -> tuple[int, int]:
    if resource is None:
        return WINDOWS, WINDOWS
    soft, hard = (
        UNLIMITED if each == resource.RLIM_INFINITY else each for each in resource.getrlimit(resource.RLIMIT_NOFILE)
    )
    return soft, hard
