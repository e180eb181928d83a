"""A fake Telegram, a bot of ours that talks to it, and a hook that does nothing but take what comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from bots import Call, Refused
from bots.telegram import Telegram
from tests.fakes.clock import VirtualClock
from tests.fakes.telegram import TOKEN, FakeTelegram

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bots import Taken
    from dialogs.messages import News

SECRET = "a_secret-token"


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """The platform; its clock stands still."""
    async with FakeTelegram(VirtualClock()) as fake:
        yield fake


@pytest.fixture
def news() -> list[News]:
    """What the channel told while it sent."""
    return []


@pytest.fixture
async def open_bot(telegram: FakeTelegram, news: list[News]) -> AsyncIterator[Callable[..., Telegram]]:
    """Make channels; all are closed in the end."""
    opened: list[Telegram] = []

    async def heard(one: News) -> None:
        news.append(one)

    def make(**settings: object) -> Telegram:
        told: dict[str, object] = {
            "token": TOKEN,
            "secret_token": SECRET,
            "clock": telegram.clock.utc,
            "api_base": telegram.url,
            "hook_url": "https://12345.example.gov.cn/hooks/city",
            "news": heard,
            "pause": telegram.clock.sleep,
        }
        opened.append(Telegram("city", **(told | settings)))  # type: ignore[arg-type]
        return opened[-1]

    yield make
    for channel in opened:
        await channel.close()


@pytest.fixture
def channel(open_bot: Callable[..., Telegram]) -> Telegram:
    """A bot in webhook mode that refuses groups."""
    return open_bot()


class Hook:
    """Takes calls as the hooks of the web do, and keeps what was taken."""

    def __init__(self, channel: Telegram, telegram: FakeTelegram) -> None:
        self.channel, self.telegram = channel, telegram
        self.taken: list[Taken] = []
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        at = self.telegram.clock.utc()
        call = Call(request.method, dict(request.query), headers, await request.read(), at)
        try:
            self.taken.append(self.channel.read(call))
        except Refused as refused:
            return web.Response(status=refused.status)
        body = self.channel.acknowledged(call)
        return web.Response(body=body, content_type="application/json" if body else "text/plain")


@pytest.fixture
async def open_hook(telegram: FakeTelegram) -> AsyncIterator[Callable[..., object]]:
    """Put a hook of a channel on a port."""
    runners = []

    async def make(channel: Telegram) -> Hook:
        hook = Hook(channel, telegram)
        app = web.Application()
        app.router.add_post("/hooks/city", hook.take)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        runners.append(runner)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hooks/city"
        channel.hook_url = hook.url
        await channel.set_up()
        return hook

    yield make
    for runner in runners:
        await runner.cleanup()


@pytest.fixture
async def hook(channel: Telegram, open_hook: Callable[..., object]) -> Hook:
    """A hook of the channel, which Telegram knows."""
    return await open_hook(channel)  # type: ignore[misc, no-any-return]
