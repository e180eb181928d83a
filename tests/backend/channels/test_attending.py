"""A platform that is down at the start stops nothing: it is told again, and the desk knows why nothing goes out."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from backend.channels.attending import attend, close
from backend.store.engine import open_store
from bots import ChannelDown, NotSent, Taken
from tests.backend.channels.conftest import soon


class Bot:
    """A channel whose platform says *troubles* one after another before it works."""

    name = "city-telegram"

    def __init__(self, *troubles, mode="webhook", came=()):
        self.troubles, self.mode, self.came = list(troubles), mode, came
        self.told = 0
        self.closed = False

    async def set_up(self):
        self.told += 1
        if self.troubles:
            raise self.troubles.pop(0)

    async def poll(self, handle):
        for taken in self.came:
            await handle(taken)
        await asyncio.Event().wait()

    async def close(self):
        self.closed = True


class Started:
    """Channels that are attended to, over a store of their own."""

    def __init__(self, store, clock):
        self.store, self.clock = store, clock
        self.stop = asyncio.Event()
        self.counted: list[tuple[str, int]] = []
        self.tasks: list[asyncio.Future[None]] = []

    def __call__(self, bot):
        site: Any = SimpleNamespace(
            platforms={bot.name: bot}, store=self.store, clock=self.clock, ring=asyncio.Event(), channels={}
        )
        self.tasks.append(asyncio.ensure_future(attend(site, self.stop, count=self._count, again=(0.01,))))
        return site

    def _count(self, name, messages):
        self.counted.append((name, messages))


@pytest.fixture
def started(sqlite_url, virtual_clock):
    store = open_store(sqlite_url)
    yield Started(store, virtual_clock.utc)
    store.close()


async def ended(start):
    start.stop.set()
    await asyncio.wait_for(asyncio.gather(*start.tasks), 5)


async def test_it_is_told_again_until_it_works_and_then_no_more(started):
    bot = Bot(NotSent("连不上"), NotSent("连不上"))

    started(bot)
    await soon(lambda: bot.told == 3)
    await asyncio.sleep(0.05)

    assert bot.told == 3
    await ended(started)


async def test_while_only_an_operator_can_help_nothing_is_sent_and_the_desk_knows_why(started, virtual_clock):
    bot = Bot(*[ChannelDown("token 已被吊销")] * 1000)

    site = started(bot)
    await soon(lambda: bot.told > 1)

    troubles = await site.store.read(lambda work: work.platforms.troubles(now=virtual_clock.utc()))
    assert troubles == {"city-telegram": "token 已被吊销"}
    await ended(started)


async def test_a_fault_of_ours_ends_no_channel(started):
    bot = Bot(RuntimeError("a fault"))

    started(bot)

    await soon(lambda: bot.told == 2)
    await ended(started)


async def test_a_bot_that_asks_counts_what_came_and_rings(started):
    bot = Bot(mode="polling", came=[Taken()])

    site = started(bot)
    await asyncio.wait_for(site.ring.wait(), 5)

    assert started.counted == [("city-telegram", 0)]
    await ended(started)


async def test_at_the_end_connections_are_let_go(started):
    bot = Bot()

    await close(started(bot))

    assert bot.closed
    await ended(started)
