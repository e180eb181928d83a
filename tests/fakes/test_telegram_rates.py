"""Who writes too much waits, and who does not wait waits on."""

from __future__ import annotations

import aiohttp
import pytest
from telegram.error import RetryAfter

from tests.fakes.telegram import TOKEN


async def refused(bot, chat: int) -> float | None:
    """Seconds to wait; None: it was sent."""
    try:
        await bot.send_message(chat, "您好")
    except RetryAfter as early:
        return early.retry_after.total_seconds()  # type: ignore[union-attr]
    return None


async def test_a_person_gets_five_at_once_and_then_one_a_second(telegram, bot):
    telegram.person().start()

    assert [await refused(bot, 7) for _ in range(6)] == [None] * 5 + [1]
    telegram.clock.advance(1)
    assert [await refused(bot, 7) for _ in range(2)] == [None, 1]


async def test_a_bot_sends_thirty_a_second_to_all(telegram, bot):
    for person in range(1, 32):
        telegram.person(person).start()

    assert [await refused(bot, person) for person in range(1, 32)] == [None] * 30 + [1]


async def test_a_group_gets_twenty_a_minute(telegram, bot):
    telegram.group(-100)
    sent = 0
    for _ in range(60):
        sent += await refused(bot, -100) is None
        telegram.clock.advance(0.5)

    assert 20 <= sent <= 31  # those twenty, and what half a minute brings
    telegram.clock.advance(60)
    assert await refused(bot, -100) is None


async def test_measurements_know_no_limits(telegram, bot):
    telegram.bot.rates.on = False
    telegram.person().start()

    assert [await refused(bot, 7) for _ in range(40)] == [None] * 40


@pytest.mark.parametrize("chat", [None, 7])
async def test_who_was_told_to_wait_is_told_so_until_then(telegram, bot, chat):
    telegram.person(7).start()
    telegram.person(8).start()
    telegram.faults.order("flood_30", method="sendMessage", chat_id=chat)

    assert await refused(bot, 7) == 30
    telegram.clock.advance(10)
    assert await refused(bot, 7) == 20
    assert await refused(bot, 8) == (20 if chat is None else None)
    telegram.clock.advance(20)
    assert await refused(bot, 7) is None


async def test_the_answer_says_it_in_its_header_too(telegram):
    telegram.person().start()
    telegram.faults.order("flood_3600")
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{telegram.base_url}{TOKEN}/sendMessage", json={"chat_id": 7, "text": "您好"}) as answer,
    ):
        assert (answer.status, answer.headers["Retry-After"]) == (429, "3600")
        assert await answer.json() == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 3600",
            "parameters": {"retry_after": 3600},
        }


async def test_the_fault_comes_at_the_call_that_was_meant(telegram, bot):
    telegram.person().start()
    telegram.faults.order(method="sendMessage", nth=2, times=2, retry_after=1)
    seen = []
    for _ in range(4):
        seen.append(await refused(bot, 7))
        telegram.clock.advance(1)

    assert seen == [None, 1, 1, None]
