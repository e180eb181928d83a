"""Asking for updates loses none, takes none twice, and is never impatient."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest
import structlog

from bots import ChannelDown
from dialogs.messages import Left


class Desk:
    """Stores what it gets, unless told to fail."""

    def __init__(self):
        self.stored = []
        self.fails = 0

    async def __call__(self, taken):
        if self.fails:
            self.fails -= 1
            raise OSError("the disk is full")
        self.stored.append(taken)

    @property
    def texts(self):
        return [message.text for taken in self.stored for message in taken.messages]


@pytest.fixture
async def polling(open_bot):
    channel = open_bot(mode="polling")
    await channel.set_up()
    return channel


@asynccontextmanager
async def running(channel, desk):
    task = asyncio.ensure_future(channel.poll(desk))
    yield task
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def until(true, telegram=None, *, step=0.0):
    """Wait for something; *step*: seconds that the fake's clock moves each time."""
    async with asyncio.timeout(10):
        while not true():
            if telegram is not None and step:
                telegram.clock.advance(step)
            await asyncio.sleep(0.002)


async def test_what_people_say_is_taken_in_order(telegram, polling):
    desk, person = Desk(), telegram.person(7)

    async with running(polling, desk):
        for text in "一二三":
            person.say(text)
        await until(lambda: len(desk.texts) == 3)

    assert desk.texts == ["一", "二", "三"]


async def test_news_come_as_well(telegram, polling):
    desk = Desk()
    telegram.person(7).start()
    telegram.person(7).block()

    async with running(polling, desk):
        await until(lambda: len(desk.stored) == 2)

    assert isinstance(desk.stored[-1].news[0], Left)


async def test_what_could_not_be_stored_comes_again_and_nothing_overtakes_it(telegram, polling):
    desk, person = Desk(), telegram.person(7)
    desk.fails = 3

    async with running(polling, desk):
        person.say("一")
        person.say("二")
        await until(lambda: len(desk.texts) == 2, telegram, step=1)

    assert desk.texts == ["一", "二"]


async def test_what_was_not_stored_when_we_died_comes_after_the_restart(telegram, polling, open_bot):
    dying, desk = Desk(), Desk()
    dying.fails = 1_000_000
    telegram.person(7).say("一")
    async with running(polling, dying):
        await until(lambda: dying.fails < 1_000_000)

    async with running(open_bot(mode="polling"), desk):
        await until(lambda: desk.texts, telegram, step=1)

    assert desk.texts == ["一"]


async def test_a_pressed_button_stops_turning(telegram, polling):
    person = telegram.person(7)
    person.start()
    await telegram_says(telegram, polling)
    desk = Desk()

    async with running(polling, desk):
        person.press("同意")
        await until(lambda: telegram.called("answerCallbackQuery"))

    assert [message.choice for taken in desk.stored for message in taken.messages][-1] == "consent.yes"


async def telegram_says(telegram, channel):
    keyboard = {"inline_keyboard": [[{"text": "同意", "callback_data": "consent.yes"}]]}
    await channel._request.call(
        f"{channel._base}/sendMessage", {"chat_id": 7, "text": "您同意吗？", "reply_markup": keyboard}
    )


async def test_t06_an_update_that_nobody_can_read_stops_nothing(telegram, polling):
    desk = Desk()
    telegram.update({"message": {"message_id": "?"}})
    telegram.person(7).say("一")

    async with running(polling, desk):
        await until(lambda: desk.texts)

    assert (desk.stored[0].unknown, desk.texts) == ("message", ["一"])


async def test_t26_while_a_hook_is_set_nothing_is_removed_and_asked_for_without_haste(telegram, channel, open_bot):
    await channel.set_up()
    before = telegram.clock.now()

    async with running(open_bot(mode="polling"), Desk()):
        await until(lambda: len(telegram.called("getUpdates")) == 3, telegram, step=0.5)

    assert telegram.clock.now() - before >= 60
    assert telegram.bot.webhook is not None


async def test_t26_the_conflict_is_logged_once_and_polling_goes_on_when_it_ends(telegram, polling):
    desk = Desk()
    telegram.faults.order(method="getUpdates", http=409, description="Conflict: terminated by other", times=3)
    telegram.person(7).say("一")

    with structlog.testing.capture_logs() as logs:
        async with running(polling, desk):
            await until(lambda: desk.texts, telegram, step=1)

    assert [entry["log_level"] for entry in logs if "stop one of the two" in entry["event"]] == ["error"]


@pytest.mark.parametrize("fault", [{"http": 500}, {"html502": True}, {"drop": True}, {"retry_after": 40}])
async def test_a_platform_in_trouble_is_asked_again_more_and_more_slowly(telegram, polling, fault):
    desk = Desk()
    telegram.faults.order(method="getUpdates", times=4, **fault)
    telegram.person(7).say("一")

    async with running(polling, desk):
        await until(lambda: desk.texts, telegram, step=0.5)

    calls = [call.at for call in telegram.called("getUpdates")]
    gaps = [then - first for first, then in pairwise(calls)][:4]
    least = [40] * 4 if "retry_after" in fault else [1, 2, 5, 10]
    assert all(gap >= wanted for gap, wanted in zip(gaps, least, strict=True))


async def test_t27_a_revoked_token_ends_it(telegram, polling):
    telegram.bot.revoked = True

    with pytest.raises(ChannelDown):
        await polling.poll(Desk())
