"""Calls to WeChat: one try each, a second one where the token was not good, and none while it makes no sense.

Errors carry neither token nor body: what aiohttp says of a failure may hold
the address, which holds the token, so only the failure's name is kept.
"""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import aiohttp

from bots import NotSent, Uncertain
from bots.wechat_api.failures import DOWN, SPENT, TOKEN, UNABLE, Refusal
from bots.wechat_api.tokens import AccessToken

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from bots.wechat_api.tokens import Tokens

T = TypeVar("T")

WAIT = aiohttp.ClientTimeout(total=None, sock_connect=3, sock_read=10)
"""Seconds; a file may take long as a whole, but not ten seconds without a byte."""
WHOLE_SECONDS = 4.0
"""For the rest of an answer in JSON once it has begun: a try that outlasts the lease of its message would be made twice."""
LARGEST = 1 << 20  # bytes of an answer in JSON
REST = timedelta(minutes=1)
"""So long nothing is called after the platform said that an operator must do something."""
REST_UNABLE = timedelta(hours=1)
"""So long a call is not made that the account may not make; meanwhile it may have been verified."""
BEIJING = ZoneInfo("Asia/Shanghai")
ALL = ""  # in the place of a path: every call

UNCONNECTED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
"""No byte of ours reached anybody."""
BROKEN = (aiohttp.ClientError, TimeoutError, OSError)


class Client:
    """One account's calls. ``owner`` names this process to the others that share the token."""

    def __init__(
        self,
        channel: str,
        *,
        appid: str,
        secret: str,
        api_base: str,
        session: Callable[[], aiohttp.ClientSession],
        tokens: Tokens,
        clock: Callable[[], datetime],
        owner: str,
        wait: aiohttp.ClientTimeout = WAIT,
    ) -> None:
        self.api_base, self._clock, self._wait = api_base.rstrip("/"), clock, wait
        self._credentials = {"grant_type": "client_credential", "appid": appid, "secret": secret}
        self._make_session = session
        self._session: aiohttp.ClientSession | None = None
        self._token = AccessToken(channel, tokens, self._fetch_token, owner=owner, clock=clock)
        self._resting: dict[str, tuple[datetime, Refusal]] = {}

    async def ask(
        self, path: str, body: Mapping[str, Any] | None = None, *, params: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """POST *body*, or GET without one. Raises: Refusal, NotSent, Uncertain: it may have been done."""

        async def once(token: str) -> dict[str, Any]:
            query = {"access_token": token, **(params or {})}
            return await self._exchange(path, query, body)

        return await self.with_token(path, once)

    async def with_token(self, path: str, call: Callable[[str], Awaitable[T]]) -> T:
        """What *call* gives with a token, tried twice where the first was not good. Raises: what it raises, Refusal."""
        self._check(path)
        token = await self._token_for(path)
        try:
            return await call(token)
        except Refusal as refused:
            if refused.code not in TOKEN:
                raise self._noted(path, refused) from None
        another = await self._token_for(path, refused=token)
        try:
            return await call(another)
        except Refusal as refused:
            raise self._noted(path, refused) from None

    async def get(
        self, url: str, params: Mapping[str, str] | None = None, *, redirects: bool = False
    ) -> aiohttp.ClientResponse:
        """A file's answer as it begins; whoever reads it closes it. Raises: NotSent."""
        try:
            return await self.session.get(url, params=params, timeout=self._wait, allow_redirects=redirects)
        except BROKEN as error:
            en = f"no file comes from WeChat ({type(error).__name__})"
            raise NotSent(f"从微信取不到文件（{type(error).__name__}）", en=en) from None

    @property
    def session(self) -> aiohttp.ClientSession:
        """Made when it is first needed, inside the running loop."""
        if self._session is None or self._session.closed:
            self._session = self._make_session()
        return self._session

    async def close(self) -> None:
        """Let go of connections."""
        if self._session is not None:
            await self._session.close()

    async def _token_for(self, path: str, *, refused: str = "") -> str:
        try:
            return await (self._token.instead(refused) if refused else self._token.current())
        except Refusal as error:
            raise self._noted(path, error) from None

    async def _fetch_token(self) -> tuple[str, timedelta]:
        """Never with force_refresh: that ends the token of everybody else. Raises: Refusal, NotSent."""
        self._check(ALL)
        try:
            told = await self._exchange("/cgi-bin/stable_token", {}, self._credentials)
        except Uncertain as error:
            en = f"no access_token came from WeChat: {error.en}"
            raise NotSent(f"向微信换取 access_token 没有成功（{error}）", code=error.code, en=en) from None
        token, lasts = told.get("access_token"), told.get("expires_in")
        if not isinstance(token, str) or not token or not isinstance(lasts, int):
            raise NotSent("微信的回答里没有 access_token", en="WeChat's answer holds no access_token")
        return token, timedelta(seconds=lasts)

    async def _exchange(self, path: str, params: Mapping[str, str], body: Mapping[str, Any] | None) -> dict[str, Any]:
        """One call. Raises: Refusal, NotSent, Uncertain."""
        method, data = ("GET", None) if body is None else ("POST", written(body))
        headers = {"Content-Type": "application/json; charset=utf-8"} if data else {}
        url = self.api_base + path
        try:
            async with self.session.request(
                method, url, params=params, data=data, headers=headers, timeout=self._wait, allow_redirects=False
            ) as response:
                async with asyncio.timeout(min(WHOLE_SECONDS, self._wait.sock_read or WHOLE_SECONDS)):
                    told, status = await whole(response), response.status
        except UNCONNECTED as error:
            en = f"WeChat cannot be reached ({type(error).__name__})"
            raise NotSent(f"连不上微信（{type(error).__name__}）", en=en) from None
        except BROKEN as error:
            en = f"WeChat does not answer ({type(error).__name__})"
            raise Uncertain(f"微信没有回音（{type(error).__name__}）", en=en) from None
        return answered(told, status)

    def _check(self, path: str) -> None:
        """Raises: Refusal: the platform said no a moment ago and would say so again."""
        for place in (ALL, path):
            if place in self._resting:
                until, refusal = self._resting[place]
                if self._clock() < until:
                    raise Refusal(refusal.code, refusal.said, before=True)
                del self._resting[place]

    def _noted(self, path: str, refusal: Refusal) -> Refusal:
        now = self._clock()
        if refusal.before:
            return refusal
        if refusal.code in DOWN:
            self._resting[ALL] = now + REST, refusal
        elif refusal.code == UNABLE:
            self._resting[path] = now + REST_UNABLE, refusal
        elif refusal.code == SPENT:
            self._resting[path] = tomorrow(now), refusal
        return refusal


def written(body: Mapping[str, Any]) -> bytes:
    r"""JSON in raw UTF-8: the platform takes no \uXXXX, and no half of a character."""
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")


def answered(told: bytes, status: int) -> dict[str, Any]:
    """An answer in JSON, whatever its headers call it. Raises: Refusal, Uncertain: it is none."""
    try:
        answer = json.loads(told)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict) or not 200 <= status < 300:
        en = f"WeChat's answer cannot be read (HTTP {status})"
        raise Uncertain(f"微信的回答读不懂（HTTP {status}）", code=f"http {status}", en=en)
    code = answer.get("errcode", 0)
    if not isinstance(code, int):
        raise Uncertain("微信的回答读不懂（errcode）", en="WeChat's answer cannot be read (errcode)")
    if code:
        raise Refusal(code, str(answer.get("errmsg", "")))
    return answer


def tomorrow(now: datetime) -> datetime:
    """When the day's quota begins anew: at midnight in Beijing, as is generally held."""
    local = now.astimezone(BEIJING) + timedelta(days=1)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


async def whole(response: aiohttp.ClientResponse) -> bytes:
    """The body; empty if it is larger than any answer of the platform."""
    read = bytearray()
    async for piece in response.content.iter_any():
        read += piece
        if len(read) > LARGEST:
            return b""
    return bytes(read)
