"""wechatpy's own client, turned to the fake: what it can do there, the fake does as the platform."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from wechatpy import WeChatClient
from wechatpy.exceptions import WeChatClientException

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.wechat import FakeWechat
    from tests.fakes.wechat_world import Account


class Client(WeChatClient):  # type: ignore[misc] # wechatpy ships no types
    """``retries``: whether it takes a new token by itself, without end, as it does by default."""

    def __init__(self, fake: FakeWechat, account: Account | None = None, *, retries: bool = False) -> None:
        account = account or fake.account
        self.base = fake.url
        self.API_BASE_URL = f"{fake.url}/cgi-bin/"
        super().__init__(account.appid, account.secret, timeout=5, auto_retry=retries)

    def fetch_access_token(self) -> dict[str, Any]:
        """The token of /cgi-bin/token; wechatpy has the platform's address fixed here."""
        query = {"grant_type": "client_credential", "appid": self.appid, "secret": self.secret}
        given: dict[str, Any] = self._fetch_access_token(f"{self.base}/cgi-bin/token", query)
        return given

    def close(self) -> None:
        self._http.close()


async def ask(call: Callable[..., Any], *args: Any, **named: Any) -> Any:
    """Its calls block; the fake lives in this loop."""
    return await asyncio.to_thread(call, *args, **named)


async def refused(call: Callable[..., Any], *args: Any, **named: Any) -> int:
    """The number with which the platform refuses; its text must carry a trace id."""
    with pytest.raises(WeChatClientException) as caught:
        await ask(call, *args, **named)
    assert caught.value.errmsg.split(" rid: ")[1].count("-") == 2
    return int(caught.value.errcode)


def form(**values: str) -> dict[str, dict[str, str]]:
    """The ``data`` of a template."""
    return {key: {"value": value} for key, value in values.items()}
