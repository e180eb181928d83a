"""The server of an account's owner, behind the fake WeChat; the library's bot, before the fake Telegram."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram import Bot

from tests.fakes.owner import Owner
from tests.fakes.telegram import TOKEN
from tests.fakes.wechat_official import Client

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.fakes.telegram import FakeTelegram
    from tests.fakes.wechat import FakeWechat


@pytest.fixture
async def owner(wechat: FakeWechat) -> AsyncIterator[Owner]:
    """The server behind the fake's first account; it says ``success`` to everything."""
    async with Owner() as owner:
        wechat.account.callback_url = owner.url
        yield owner


@pytest.fixture
async def bot(telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    """A bot of python-telegram-bot's at the fake Telegram."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else it warns about itself
    async with Bot(TOKEN, base_url=telegram.base_url, base_file_url=telegram.base_file_url) as bot:
        yield bot


@pytest.fixture
def client(wechat: FakeWechat) -> Iterator[Client]:
    """wechatpy's client for the fake's first account."""
    client = Client(wechat)
    yield client
    client.close()
