"""A real process, killed as a power cut would, right after a platform heard its 200: nothing is lost, nothing done twice."""

from __future__ import annotations

import asyncio
import time

from tests.channels.house import OTHER_TOKEN, SECRET, build_house
from tests.e2e.serving import Server
from tests.fakes.telegram import TOKEN
from tests.fakes.telegram_faults import FOREVER

PATIENCE = 120.0
"""Seconds that a start may take on a busy machine."""
LOOK = 0.02  # seconds
LEASES = 130.0  # seconds after which everything that the dead held is anybody's


async def test_t04_a_process_killed_after_the_200_lost_nothing_and_the_next_does_it_once(wechat, telegram, tmp_path):
    server = Server(tmp_path)
    with (tmp_path / "jiesu.toml").open("a") as told:
        told.write(f'[[channel]]\nname = "bot"\nkind = "telegram"\ntoken = "{TOKEN}"\nsecret_token = "{SECRET}"\n')
        told.write(f'api_base = "{telegram.url}"\n')
    telegram.add_bot(OTHER_TOKEN, "estate_bot")
    try:
        await asyncio.to_thread(server.start)
        await soon(telegram, lambda: telegram.bot.webhook)
        telegram.faults.order(method="sendMessage", http=500, times=FOREVER)
        for text in ("路灯坏了", "在幸福里3栋"):
            telegram.person(7).say(text)
        telegram.person(7).photo()
        await soon(telegram, lambda: len([push for push in telegram.line().pusher.log if push.status == 200]) == 3)
    finally:
        server.kill()

    telegram.faults.ordered.clear()
    telegram.clock.advance(time.time() + LEASES - telegram.clock.now())
    house = build_house(tmp_path, server.database_url, server.port, wechat, telegram)
    await house.opens()
    await house.settles()
    await house.later(60, step=5)
    texts, heard = [call.args["text"] for call in telegram.sent(7)], house.journal("bot", "7")
    await house.ends()

    assert (len(texts), len(set(texts)), heard) == (3, 3, ["路灯坏了", "在幸福里3栋", ""])


async def soon(telegram, so):
    """It is so within a time that a start of a process takes; the platform's time passes meanwhile, for its retries."""
    async with asyncio.timeout(PATIENCE):
        while not so():
            await asyncio.sleep(LOOK)
            telegram.clock.advance(LOOK)
