"""Our transport under the library's own client: what it sends, and what it makes of trouble."""

from __future__ import annotations

import io

import pytest
from telegram import Bot
from telegram.error import BadRequest, InvalidToken

from bots.telegram_api.failures import Busy, NoAnswer, NotConnected
from bots.telegram_api.request import AiohttpRequest
from tests.fakes.dripping import dripping
from tests.fakes.telegram import TOKEN


@pytest.fixture
async def request_(telegram):
    carrier = AiohttpRequest(read_timeout=0.2)
    yield carrier
    await carrier.shutdown()


@pytest.fixture
def bot(telegram, request_):
    return Bot(TOKEN, telegram.base_url, telegram.base_file_url, request=request_, get_updates_request=request_)


async def test_the_client_of_the_library_works_over_it(telegram, bot):
    telegram.person(7).start()

    sent = await bot.send_message(7, "路灯坏了 😀 \ud83d")

    assert (await bot.get_me()).username == "jiesu_bot"
    assert telegram.heard() == [sent.text]


async def test_files_are_sent_as_well(telegram, bot):
    telegram.person(7).start()

    sent = await bot.send_document(7, io.BytesIO(b"%PDF"), filename="答复.pdf")

    assert sent.document.file_name == "答复.pdf"


async def test_a_library_error_stays_what_it_is(telegram, bot):
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(404, "您好")


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"html502": True}, Busy),
        ({"http": 500}, Busy),
        ({"http": 404}, InvalidToken),
        ({"delay_s": 60}, NoAnswer),
        ({"slow_s": 60}, NoAnswer),
        ({"truncate": True}, NoAnswer),
        ({"drop": True}, NoAnswer),
    ],
    ids=str,
)
async def test_trouble_is_told_apart_and_no_error_tells_the_token(telegram, bot, fault, error):
    telegram.faults.order(method="getMe", **fault)

    with pytest.raises(error) as raised:
        await bot.get_me()

    assert TOKEN not in f"{raised.value!r} {raised.value.__cause__!r}"


async def test_an_answer_that_never_ends_is_waited_for_no_longer_than_for_its_beginning(request_):
    async with dripping() as url:
        with pytest.raises(NoAnswer):
            await request_.call(url, {})


async def test_who_is_not_there_was_asked_nothing(telegram, bot):
    await telegram.refuse()

    with pytest.raises(NotConnected):
        await bot.get_me()


async def test_a_name_that_nobody_has_was_asked_nothing(request_):
    with pytest.raises(NotConnected):
        await request_.call(f"http://api.telegram.invalid/bot{TOKEN}/getMe", {})


async def test_it_can_be_used_again_after_it_was_closed(telegram, bot, request_):
    await bot.get_me()
    await request_.shutdown()

    assert (await bot.get_me()).id == telegram.bot.id
