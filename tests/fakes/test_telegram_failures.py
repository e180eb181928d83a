"""What goes wrong at the fake Telegram has the name that python-telegram-bot gives it."""

from __future__ import annotations

import pytest
from telegram import (
    Bot,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import HTTPXRequest

from tests.fakes.telegram_errors import ORDERS

EXPECTED = {
    **dict.fromkeys(("blocked", "deactivated", "kicked", "no_first_word"), Forbidden),
    **dict.fromkeys(("chat_not_found", "empty", "too_long", "entities", "unchanged", "old_query"), BadRequest),
    **dict.fromkeys(("wrong_file", "file_too_big"), BadRequest),
    **dict.fromkeys(("unauthorized", "not_found"), InvalidToken),
    **dict.fromkeys(("hook_active", "other_poll", "set_hook", "long_poll"), Conflict),
    **dict.fromkeys(("server", "html", "accepted_then_silence", "cut_body"), NetworkError),
    **dict.fromkeys(("flood_1", "flood_30", "flood_3600"), RetryAfter),
    "misdirected": NetworkError,
}


async def test_who_blocks_is_out_of_reach_and_who_comes_back_is_not(telegram, bot):
    person = telegram.person()
    person.start()
    person.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(7, "在吗")
    person.start("p_1")

    await bot.send_message(7, "欢迎回来")

    changes = [update.my_chat_member for update in await bot.get_updates() if update.my_chat_member]
    assert [change.new_chat_member.status for change in changes] == ["kicked", "member"]


async def test_who_never_wrote_is_gone_or_unknown_cannot_be_written_to(telegram, bot):
    telegram.person(8)
    telegram.person(9).start()
    telegram.person(9).delete_account()
    telegram.group(-100)
    telegram.person(7, chat_id=-100).kick_bot()
    telegram.group(-200, with_bot=False)

    for chat, error, why in [
        (1, BadRequest, "Chat not found"),
        (8, Forbidden, "Forbidden: bot can't initiate conversation with a user"),
        (9, Forbidden, "Forbidden: user is deactivated"),
        (-100, Forbidden, "Forbidden: bot was kicked from the group chat"),
        (-200, Forbidden, "Forbidden: bot is not a member of the group chat"),
    ]:
        with pytest.raises(error) as refused:
            await bot.send_message(chat, "在吗")
        assert refused.value.message == why


async def test_a_group_that_was_upgraded_says_where_it_went(telegram, bot):
    telegram.group(-100)
    new = telegram.person(7, chat_id=-100).upgrade()

    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(-100, "在吗")

    assert moved.value.new_chat_id == new.id == -1_000_000_000_100
    assert (await bot.send_message(new.id, "在")).chat.type == "supergroup"
    updates = await bot.get_updates()
    assert [update.message.migrate_to_chat_id for update in updates] == [new.id, None]
    assert updates[1].message.migrate_from_chat_id == -100


@pytest.mark.parametrize("order", sorted(EXPECTED))
async def test_what_is_ordered_to_go_wrong_the_library_calls_by_its_name(telegram, bot, order):
    telegram.person().start()
    telegram.faults.order(order, method="sendMessage")

    with pytest.raises(TelegramError) as failed:
        await bot.send_message(7, "您好")

    assert type(failed.value) is EXPECTED[order]
    assert telegram.heard() == (["您好"] if order in {"accepted_then_silence", "cut_body"} else [])


def test_every_order_has_been_tried():
    assert set(EXPECTED) | {"slow_body"} == set(ORDERS)


async def test_what_was_accepted_without_an_answer_stands_in_the_chat(telegram, bot):
    telegram.person().start()
    telegram.faults.order(method="sendMessage", delay_s=60.0)

    with pytest.raises(TimedOut):
        await bot.send_message(7, "您好", read_timeout=0.05)

    assert telegram.heard() == ["您好"]
    telegram.clock.advance(60)


async def test_a_place_that_refuses_connections_is_a_network_error_and_nothing_is_sent(telegram, bot):
    telegram.person().start()
    await telegram.refuse()
    with pytest.raises(NetworkError, match="ConnectError"):
        await bot.send_message(7, "您好")
    await telegram.listen()

    await bot.send_message(7, "又在了")

    assert telegram.heard() == ["又在了"]


async def test_a_revoked_token_and_one_that_is_none_open_nothing(telegram, bot):
    telegram.bot.revoked = True

    with pytest.raises(InvalidToken, match="Unauthorized"):
        await bot.get_me()
    for token in ("999:unknown", "nothing"):
        async with HTTPXRequest() as request:
            with pytest.raises(InvalidToken):
                await Bot(token, base_url=telegram.base_url, request=request).get_me()
