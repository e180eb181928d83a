"""A house with its platforms, and citizens before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from aiohttp.test_utils import TestClient, unused_port

from institutions.catalog import load_all
from nlp.understand import understand
from tests.channels.gates import Gate
from tests.channels.house import FIELDS, OTHER_TOKEN, build_house
from tests.channels.people import AtTheTerminal, AtTheWeb, InTelegram, InWechat

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path
    from typing import Any

    from tests.channels.house import House
    from tests.fakes.telegram import FakeTelegram
    from tests.fakes.wechat import FakeWechat


@pytest.fixture(scope="session", autouse=True)
def _warm() -> None:
    """Words are loaded before the first test, as before the first citizen."""
    understand("你好", now=datetime(2026, 11, 21, tzinfo=UTC), institution=load_all()["hotline"])


@pytest.fixture
async def open_house(
    tmp_path: Path, sqlite_url: str, wechat: FakeWechat, telegram: FakeTelegram
) -> AsyncIterator[Callable[..., Any]]:
    """Open houses with settings of one's own; the second is the first one started again."""
    opened: list[House] = []
    port = unused_port()
    telegram.add_bot(OTHER_TOKEN, "estate_bot")
    wechat.add_template("T1", *FIELDS)

    async def make(*, gate: bool = False, **changed: Any) -> House:
        house = build_house(tmp_path, sqlite_url, port, wechat, telegram, **changed)
        if gate:
            house.site = replace(house.site, store=Gate(house.site.store))
        opened.append(house)
        await house.opens()
        return house

    yield make
    for house in opened:
        await house.ends()


@pytest.fixture
async def house(open_house: Callable[..., Any]) -> House:
    """A verified service account in safe mode, two bots, a web page."""
    return await open_house()  # type: ignore[no-any-return]


@pytest.fixture
def alice(house: House) -> InWechat:
    """Somebody in WeChat."""
    return InWechat(house, house.wechat.person("oAlice"))


@pytest.fixture
def bob(house: House) -> InTelegram:
    """Somebody in Telegram."""
    return InTelegram(house, house.telegram.person(7))


@pytest.fixture
async def carol(house: House) -> AsyncIterator[AtTheWeb]:
    """Somebody at the web page."""
    assert house.server is not None
    async with TestClient(house.server) as browser:
        yield AtTheWeb(house, browser)


@pytest.fixture
def dave(house: House) -> AtTheTerminal:
    """Somebody at the terminal."""
    return AtTheTerminal(house)
