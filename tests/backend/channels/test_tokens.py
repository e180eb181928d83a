"""The token of an account lies in the store: one process fetches it, all use it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from backend.channels.tokens import StoredTokens
from backend.store.engine import open_store
from bots import NotSent
from bots.wechat_api.tokens import AccessToken, Kept

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def tokens(store):
    return StoredTokens(store, lambda: NOW)


async def test_what_one_process_keeps_another_finds(tokens):
    assert await tokens.get("city-wechat") is None

    await tokens.keep("city-wechat", "t" * 512, NOW + timedelta(hours=2))

    assert await tokens.get("city-wechat") == Kept("t" * 512, NOW + timedelta(hours=2))
    assert await tokens.get("estate-wechat") is None


async def test_one_at_a_time_may_fetch_until_it_lets_go(tokens):
    until = NOW + timedelta(seconds=20)

    assert await tokens.lease("city-wechat", "one", until)
    assert not await tokens.lease("city-wechat", "two", until)
    await tokens.release("city-wechat", "one")
    assert await tokens.lease("city-wechat", "two", until)


async def test_a_process_that_died_holds_nobody_up_for_long(store):
    now = [NOW]
    tokens = StoredTokens(store, lambda: now[0])
    await tokens.lease("city-wechat", "dead", NOW + timedelta(seconds=20))

    now[0] += timedelta(seconds=21)

    assert await tokens.lease("city-wechat", "two", now[0] + timedelta(seconds=20))


async def test_eight_processes_that_start_together_fetch_one_token(store):
    fetched = []

    async def fetch():
        fetched.append("t")
        return "token", timedelta(hours=2)

    each = [
        AccessToken("city-wechat", StoredTokens(store, lambda: NOW), fetch, owner=str(n), clock=lambda: NOW)
        for n in range(8)
    ]

    assert {await one.current() for one in each} == {"token"}
    assert len(fetched) == 1


async def test_without_the_database_nothing_is_sent_now(sqlite_url):
    store = open_store(sqlite_url)
    store.close()

    with pytest.raises(NotSent):
        await StoredTokens(store, lambda: NOW).get("city-wechat")
