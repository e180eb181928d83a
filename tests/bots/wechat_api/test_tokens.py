"""The token that all processes share."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bots import NotSent
from bots.wechat_api import tokens
from bots.wechat_api.tokens import AccessToken, Alone, Kept

NOW = datetime(2026, 11, 22, tzinfo=UTC)
HOURS = timedelta(hours=2)


class Platform:
    """Gives a new token each time, or the same."""

    def __init__(self, *, same: bool = False):
        self.asked, self.same, self.now = 0, same, NOW

    async def fetch(self):
        self.asked += 1
        await asyncio.sleep(0)
        return ("T" if self.same else f"T{self.asked}"), HOURS

    def clock(self):
        return self.now


class Busy(Alone):
    """Somebody else is fetching."""

    async def lease(self, channel, owner, until):
        return False


def token(platform, kept=None):
    return AccessToken("c", kept or Alone(), platform.fetch, owner="me", clock=platform.clock)


async def test_one_is_fetched_and_then_remembered():
    platform = Platform()
    one = token(platform)

    assert [await one.current() for _ in range(3)] == ["T1"] * 3


async def test_one_that_ends_in_five_minutes_is_renewed():
    platform = Platform()
    one = token(platform)
    await one.current()
    platform.now += HOURS - timedelta(minutes=4)

    assert await one.current() == "T2"


async def test_another_process_finds_it_in_the_store():
    platform, shared = Platform(), Alone()
    await token(platform, shared).current()

    assert await token(platform, shared).current() == "T1"


async def test_a_refused_one_is_looked_for_in_the_store_before_the_platform_is_asked():
    platform, shared = Platform(), Alone()
    one = token(platform, shared)
    refused = await one.current()
    await shared.keep("c", "newer", NOW + HOURS)

    assert (await one.instead(refused), platform.asked) == ("newer", 1)


async def test_one_that_the_platform_insists_on_is_not_asked_for_again_within_a_minute():
    platform = Platform(same=True)
    one = token(platform)
    refused = await one.current()

    assert [await one.instead(refused) for _ in range(5)] == ["T"] * 5
    assert platform.asked == 2
    platform.now += timedelta(seconds=61)
    await one.instead(refused)
    assert platform.asked == 3


async def test_whoever_waits_takes_what_another_process_has_fetched(monkeypatch):
    monkeypatch.setattr(tokens, "PAUSE", 0.001)
    platform, busy = Platform(), Busy()
    waiting = asyncio.create_task(token(platform, busy).current())
    await asyncio.sleep(0.01)

    await busy.keep("c", "theirs", NOW + HOURS)

    assert (await waiting, platform.asked) == ("theirs", 0)


async def test_whoever_waits_in_vain_says_so(monkeypatch):
    monkeypatch.setattr(tokens, "PAUSE", 0.0)

    with pytest.raises(NotSent, match="另一个进程"):
        await token(Platform(), Busy()).current()


async def test_a_store_that_has_an_old_one_does_not_help():
    platform, shared = Platform(), Alone()
    await shared.keep("c", "old", NOW - timedelta(hours=1))

    assert await token(platform, shared).current() == "T1"
    assert await shared.get("c") == Kept("T1", NOW + HOURS)
