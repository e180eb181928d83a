"""Telegram, while a deployment lives: old buttons, a token revoked, two bots, the start (T25, T27–T30)."""

from __future__ import annotations

import pytest
import structlog
from aiohttp import ClientSession

from tests.channels.house import SECRET, STORY
from tests.channels.people import InTelegram
from tests.fakes.telegram_miniapp import init_data

DAYS = 86_400.0


async def until_the_end(house, citizen):
    """They tell everything and have only to press the last button."""
    await citizen.tells(STORY)
    for _ in range(12):
        if "提交" in citizen.offered:
            return
        words = ("同意", "没有", "匿名", "跳过")
        await citizen.tells(next((word for word in words if word in citizen.offered), "13800138000"))
    raise AssertionError(citizen.heard)


async def test_t25_a_button_pressed_twice_at_once_files_one_case(house, bob):
    await until_the_end(house, bob)
    bob.marks()
    bob.person.press("提交")
    bob.person.press("提交")
    await house.settles()

    assert len(house.cases("bot", "7")) == 1
    assert len([text for text in bob.heard if "编号 " in text]) == 1
    assert house.rows("cases") == 1


async def test_t25_a_button_of_three_days_ago_is_answered_kindly_and_does_nothing(house, bob):
    await until_the_end(house, bob)
    await bob.tells("提交")
    (number,) = house.cases("bot", "7")
    await house.later(3 * DAYS, step=DAYS)
    status = house.case(number).status
    bob.marks()
    with structlog.testing.capture_logs() as logs:
        bob.person.press("提交")
        await house.settles()

    assert [entry for entry in logs if entry["log_level"] == "error"] == []
    assert len(bob.heard) == 1
    assert (house.cases("bot", "7"), house.case(number).status) == ([number], status)
    assert [call.description for call in house.telegram.called("answerCallbackQuery")][-1:] == [""]


async def test_t25_a_tap_that_telegram_calls_too_old_hurts_nobody(house, bob):
    await until_the_end(house, bob)
    button = bob.person.press("提交")
    house.telegram.bot.callbacks[button["id"]] -= 1000
    bob.marks()
    await house.settles()

    assert "too old" in house.telegram.called("answerCallbackQuery")[-1].description
    assert len(house.cases("bot", "7")) == 1


@pytest.mark.parametrize("trouble", ["revoked", "not_found"])
async def test_t27_a_token_that_is_good_no_more_stops_the_sending_and_not_the_intake(house, bob, trouble):
    bot = house.telegram.bot
    estate = InTelegram(house, house.telegram.person(8, bot="estate_bot"), channel="estate-bot")
    fault = house.telegram.faults.order("not_found", method="sendMessage", chat_id=7, times=-1)
    bot.revoked, fault.times = trouble == "revoked", -1 if trouble == "not_found" else 0
    calls = len(house.telegram.calls)
    for text in ("路灯坏了", "在幸福里3栋门口"):
        bob.person.say(text)
        await house.later(5, step=1)

    assert house.journal("bot", "7") == ["路灯坏了", "在幸福里3栋门口"]
    assert house.telegram.sent(7) == []
    troubles = house.asks(lambda work: work.platforms.troubles(now=house.clock.utc()))
    assert (list(troubles), "token" in troubles["bot"]) == (["bot"], True)
    await house.later(40, step=5)
    assert len(list(house.telegram.calls)) - calls <= 3  # once a minute it is tried, by one message
    await estate.tells("你好")
    assert len(estate.heard) == 1

    bot.revoked, fault.times = False, 0
    await house.later(3600, step=60)
    replies = house.asks(lambda work: work.conn.exec_driver_sql("SELECT text FROM outbox ORDER BY id").fetchall())
    assert house.telegram.heard(7) == [text for (text,) in replies if text not in estate.heard]


@pytest.mark.parametrize("age", [0.0, 2 * DAYS])
async def test_t28_nothing_of_ours_takes_the_word_of_a_mini_app(house, bob, age):
    """There is none; right or old, its data get nobody in."""
    said, url = {"initData": init_data(bob.person, age=age)}, house.site.settings.url
    async with ClientSession() as session:
        for path in ("/miniapp", "/webapp", "/api/v1/miniapp", "/hooks/bot/miniapp", "/chat/bot/miniapp"):
            async with session.post(f"{url}{path}", data=said) as answer:
                assert answer.status == 404, path
        async with session.post(f"{url}/hooks/bot", data=said) as answer:
            assert answer.status == 403
    assert (house.rows("people"), house.rows("journal")) == (0, 0)


async def test_t29_one_person_with_two_bots_is_two_people_with_cases_of_their_own(house, bob):
    neighbour = InTelegram(house, house.telegram.person(7, bot="estate_bot"), channel="estate-bot")
    await bob.tells(STORY)
    await neighbour.tells("你好")
    first, second = await house.files(bob), await house.files(neighbour, "3栋电梯坏了两天了，老人下不了楼")

    assert house.cases("bot", "7") == [first]
    assert house.cases("estate-bot", "7") == [second]
    assert (house.case(first).institution, house.case(second).institution) == ("hotline", "property")
    assert STORY not in house.journal("estate-bot", "7")
    house.moves(second, "accepted", note="已受理")
    bob.marks()
    neighbour.marks()
    await house.settles()
    assert (bob.heard, len(neighbour.heard)) == ([], 1)


async def test_t29_who_blocks_one_bot_still_hears_the_other(house, bob):
    neighbour = InTelegram(house, house.telegram.person(7, bot="estate_bot"), channel="estate-bot")
    await neighbour.tells("你好")
    bob.person.block()
    await house.settles()
    await neighbour.tells("电梯坏了")

    assert len(neighbour.heard) == 1


async def test_t30_at_the_start_telegram_is_told_what_we_want_and_keeps_what_waits(open_house, telegram):
    telegram.person(7).say("路灯坏了")
    house = await open_house()
    await house.settles()

    (said, _) = telegram.called("setWebhook")
    assert said.args["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]
    assert (said.args["url"], said.args["secret_token"]) == (f"{house.site.settings.url}/hooks/bot", SECRET)
    assert str(said.args.get("drop_pending_updates", "false")).lower() == "false"
    assert house.journal("bot", "7") == ["路灯坏了"]

    await house.site.platforms["bot"].set_up()
    assert len(telegram.called("setWebhook")) == 2
