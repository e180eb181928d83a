"""A city with a page, a bot and an account, at the fake platforms: the settings, and the whole program that serves them."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import asynccontextmanager

import pytest

from backend import main
from backend.settings import Settings, TelegramSettings, WebSettings, WechatSettings
from tests.fakes.telegram import TOKEN


def a_bot(telegram, name="city-telegram", **more):
    return TelegramSettings(
        name=name, **{"token": TOKEN, "secret_token": "an-invented-secret", "api_base": telegram.url} | more
    )


def an_account(wechat, name="city-wechat", **more):
    account = wechat.account
    told = {"appid": account.appid, "secret": account.secret, "token": account.token, "aes_key": account.eak}
    return WechatSettings(name=name, **told | {"verified": True, "api_base": wechat.url} | more)


@pytest.fixture
def city(tmp_path, sqlite_url, telegram, wechat, virtual_clock):
    """Serve it with these channels: the site, ready."""

    @asynccontextmanager
    async def served(*channels):
        settings = Settings(
            database=sqlite_url,
            evidence=str(tmp_path / "evidence"),
            folder=tmp_path,
            listen="127.0.0.1:0",
            channel=(WebSettings(name="web"), *channels),
        )
        listening = main.listen(settings)
        settings = settings.model_copy(update={"listen": "{}:{}".format(*listening.getsockname())})
        wechat.account.callback_url = f"{settings.url}/hooks/city-wechat"
        site = main.compose(settings, clock=virtual_clock.utc)
        ready = asyncio.Event()
        serving = asyncio.create_task(main.serve(site, listening, ready=ready.set))
        try:
            await asyncio.wait_for(ready.wait(), 30)
            yield site
        finally:
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.wait_for(serving, 15)
            site.store.close()

    return served


async def soon(true, seconds=10.0):
    """Wait until that holds, and give what it gives."""
    for _ in range(int(seconds / 0.02)):
        if found := true():
            return found
        await asyncio.sleep(0.02)
    raise AssertionError("it did not happen in time")
