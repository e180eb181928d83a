"""Telegram for a laptop that it cannot call: what is asked for takes the same way as what is brought (T26, and more)."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
import structlog
from aiohttp import ClientSession

from backend import main
from backend.channels import attending
from backend.services.talks import arriving, intake
from backend.settings import TelegramSettings
from tests.channels.gates import Gate
from tests.channels.house import House, settings
from tests.channels.people import InTelegram
from tests.fakes.soon import until
from tests.fakes.telegram import TOKEN
from tests.fakes.telegram_people import snapshot


@pytest.fixture
async def laptop(tmp_path, sqlite_url, wechat, telegram):
    """A house that asks, behind no address that Telegram could call."""
    told = settings(tmp_path, sqlite_url, 8080, wechat, telegram)
    bot = TelegramSettings(name="bot", token=TOKEN, mode="polling", api_base=telegram.url)
    site = main.compose(told.model_copy(update={"channel": (bot,)}), clock=wechat.clock.utc)
    house = House(replace(site, store=Gate(site.store), ring=asyncio.Event()), wechat, telegram, 8080)
    yield house
    await house.ends()


@asynccontextmanager
async def asking(house):
    """While it asks."""
    stop, arrived = asyncio.Event(), []
    task = asyncio.create_task(attending.attend(house.site, stop, count=lambda *told: arrived.append(told)))
    yield arrived
    stop.set()
    await task


def confirmed(telegram):
    """Whether Telegram holds nothing back for us any more."""
    return not telegram.bot.queue.pending


class Asked(InTelegram):
    """Somebody whose words are asked for."""

    async def tells(self, text, *, again=False):
        await super().tells(text, again=again)
        await until(lambda: confirmed(self.house.telegram))
        await self.house.settles()


async def test_a_talk_by_polling_files_a_case(laptop, telegram):
    bob = Asked(laptop, telegram.person(7))
    async with asking(laptop) as arrived:
        number = await laptop.files(bob)
        bob.person.photo(snapshot(1))
        await until(lambda: laptop.rows("inbox"))
        await laptop.later(5)

    assert laptop.cases("bot", "7") == [number]
    assert laptop.evidence("bot", "7") == 1
    assert sum(many for _, many in arrived) == len(laptop.journal("bot", "7"))
    assert telegram.called("setWebhook") == []


async def test_an_update_is_confirmed_only_when_it_stands_in_the_journal(laptop, telegram):
    gate = laptop.site.store
    gate.holds = lambda f, *_: f is arriving.arrive
    telegram.person(7).say("路灯坏了")
    async with asking(laptop):
        await until(lambda: gate.waiting)
        await asyncio.sleep(0.05)
        assert (confirmed(telegram), laptop.journal("bot", "7")) == (False, [])

    # the process is gone; the next one gets the same again
    gate.open()
    async with asking(laptop):
        await until(lambda: confirmed(telegram))
    await laptop.settles()
    assert laptop.journal("bot", "7") == ["路灯坏了"]
    assert len(telegram.sent(7)) == 1


async def test_while_the_database_is_down_nothing_is_confirmed_and_nothing_lost(laptop, telegram):
    gate = laptop.site.store
    gate.down = True
    telegram.person(7).say("路灯坏了")
    async with asking(laptop):
        await until(lambda: telegram.called("getUpdates"))
        await asyncio.sleep(0.1)
        assert not confirmed(telegram)
        gate.down = False
        await until(lambda: laptop.journal("bot", "7") == ["路灯坏了"])


async def test_t05_an_update_that_we_stumble_over_holds_up_nobody_who_is_asked_for(laptop, telegram):
    def poisoned(f, *args):
        found = [one for one in args if isinstance(one, intake.Prepared)]
        return f is arriving.arrive and found[0].message.text == "毒"

    laptop.site.store.faulty = poisoned
    for text in ("毒", "路灯坏了"):
        telegram.person(7).say(text)
    telegram.update({"update_id": 990_000_000, "hologram": {"text": "你好"}})
    telegram.person(8).say("电梯坏了")
    async with asking(laptop):
        await until(lambda: confirmed(telegram))
    await laptop.settles()

    assert laptop.journal("bot", "7") == ["毒", "路灯坏了"]
    assert laptop.journal("bot", "8") == ["电梯坏了"]
    assert len(telegram.heard(7)) == 2


async def test_t26_a_second_poller_is_told_of_once_and_nobody_hurries(laptop, telegram):
    with structlog.testing.capture_logs() as logs:
        async with asking(laptop):
            await until(lambda: telegram.called("getUpdates"))
            telegram.faults.order("other_poll", method="getUpdates", times=-1)
            telegram.person(7).say("路灯坏了")
            await until(lambda: any(call.status == 409 for call in telegram.called("getUpdates")))
            await asyncio.sleep(0.2)

    assert len([entry for entry in logs if entry["log_level"] == "error"]) == 1
    assert len([call for call in telegram.called("getUpdates") if call.status == 409]) == 1


async def test_t26_a_webhook_that_somebody_sets_meanwhile_stays(laptop, telegram):
    async with asking(laptop):
        await until(lambda: telegram.line().polling.busy)
        elsewhere = "http://127.0.0.1:9/hooks/bot"
        told = telegram.called("deleteWebhook")
        await telegram_sets(telegram, elsewhere)
        await until(lambda: any(call.status == 409 for call in telegram.called("getUpdates")))
        await asyncio.sleep(0.1)

    assert telegram.bot.webhook.url == elsewhere
    assert telegram.called("deleteWebhook") == told


async def telegram_sets(telegram, url):
    """Another deployment takes the bot."""
    async with (
        ClientSession() as session,
        session.post(f"{telegram.base_url}{TOKEN}/setWebhook", json={"url": url}) as answer,
    ):
        assert answer.status == 200


async def test_t26_two_deployments_with_one_hook_and_the_doctor_sees_it(house):
    """Two deployments with one bot: the one that finds the hook pointing elsewhere says so and takes it."""
    channel = house.site.platforms["bot"]
    house.telegram.bot.webhook.url = "http://127.0.0.1:9/hooks/bot"

    assert "url" in await channel.warnings()
    house.clock.advance(2)
    await channel.set_up()
    assert house.telegram.bot.webhook.url == f"{house.site.settings.url}/hooks/bot"
    assert await channel.warnings() == {}
