"""One call to WeChat, and how long it is waited for."""

from __future__ import annotations

from datetime import UTC, datetime

import aiohttp
import pytest

from bots import NotSent
from bots.wechat_api.client import Client
from bots.wechat_api.tokens import Alone
from tests.fakes.dripping import dripping


async def test_an_answer_that_never_ends_is_not_waited_for():
    async with dripping() as url:
        client = Client(
            "city-wechat",
            appid="wx0",
            secret="s",
            api_base=url,
            session=aiohttp.ClientSession,
            tokens=Alone(),
            clock=lambda: datetime(2026, 11, 22, tzinfo=UTC),
            owner="worker",
            wait=aiohttp.ClientTimeout(total=None, sock_connect=1, sock_read=0.2),
        )
        with pytest.raises(NotSent, match="TimeoutError"):
            await client.ask("/cgi-bin/message/custom/send", {})
        await client.close()
