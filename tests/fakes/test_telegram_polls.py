"""The fake Telegram gives updates to who asks for them, one at a time, and is strict with who asks badly."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from telegram.error import Conflict

from tests.fakes.soon import until
from tests.fakes.telegram import TOKEN


async def test_a_poll_waits_for_the_first_update(telegram, bot):
    polling = asyncio.create_task(bot.get_updates(timeout=50))
    await until(lambda: telegram.line().polling.busy)
    telegram.person().say("门坏了")

    assert [update.message.text for update in await polling] == ["门坏了"]


async def test_a_poll_ends_empty_when_its_time_is_over(telegram, bot):
    polling = asyncio.create_task(bot.get_updates(timeout=50))
    await until(lambda: telegram.line().polling.busy)
    telegram.clock.advance(50)

    assert await polling == ()


async def test_an_offset_confirms_what_came_before(telegram, bot):
    for text in ("一", "二", "三"):
        telegram.person().say(text)
    first = await bot.get_updates(limit=2)

    rest = await bot.get_updates(offset=first[-1].update_id + 1)

    assert [update.message.text for update in (*first, *rest)] == ["一", "二", "三"]
    assert (await bot.get_webhook_info()).pending_update_count == 1


async def test_a_negative_offset_forgets_all_but_the_newest(telegram, bot):
    for text in ("一", "二", "三"):
        telegram.person().say(text)

    assert [update.message.text for update in await bot.get_updates(offset=-1)] == ["三"]
    assert len(await bot.get_updates()) == 1


async def test_the_same_offset_again_at_once_gives_one_update(telegram, bot):
    telegram.bot.queue.next_id = 10
    for text in ("一", "二"):
        telegram.person().say(text)

    assert [len(await bot.get_updates(offset=10)) for _ in range(2)] == [2, 1]


async def test_the_same_offset_again_soon_waits_three_seconds(telegram, bot):
    assert await bot.get_updates(offset=5) == ()
    again = asyncio.create_task(bot.get_updates(offset=5))
    await until(lambda: telegram.line().polling.busy)
    await asyncio.sleep(0.01)

    assert not again.done()
    telegram.clock.advance(3)
    assert await again == ()


async def test_of_two_who_poll_the_first_is_told_off(telegram, bot):
    first = asyncio.create_task(bot.get_updates(timeout=50))
    await until(lambda: telegram.line().polling.busy)
    async with aiohttp.ClientSession() as session:
        url, timeout = f"{telegram.base_url}{TOKEN}/getUpdates", {"timeout": "50"}
        second = asyncio.create_task(session.get(url, params=timeout))
        await until(lambda: len(telegram.called("getUpdates")) == 2)
        telegram.person().say("门坏了")
        assert len((await (await second).json())["result"]) == 1

    with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure that only one bot instance"):
        await first


async def test_who_sets_a_hook_ends_the_poll_and_a_second_conflict_comes_three_seconds_late(telegram, bot):
    first = asyncio.create_task(bot.get_updates(timeout=50))
    await until(lambda: telegram.line().polling.busy)
    await bot.set_webhook("http://127.0.0.1:9/hook")
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await first

    again = asyncio.create_task(bot.get_updates())
    await until(lambda: len(telegram.called("getUpdates")) == 2)
    await asyncio.sleep(0.01)
    assert not again.done()
    telegram.clock.advance(3)
    with pytest.raises(Conflict, match="webhook is active"):
        await again


async def test_what_nobody_fetched_for_a_day_is_gone(telegram, bot):
    telegram.person().say("门坏了")
    telegram.clock.advance(86_401)

    assert await bot.get_updates() == ()


async def test_parts_of_an_album_come_with_their_gaps(telegram, bot):
    telegram.person().album(3, gap=1.4)

    seen = []
    for _ in range(3):
        seen.append(len(await bot.get_updates()))
        telegram.clock.advance(1.4)

    assert seen == [1, 2, 3]
