"""Telegram knows where we are after the first start, and is left alone at the second."""

from __future__ import annotations

import json

import pytest

from bots import ChannelDown, NotSent
from bots.telegram_api.commands import MENUS
from bots.telegram_api.updates import KINDS


async def test_t30_the_hook_is_set_with_all_that_matters(telegram, channel):
    await channel.set_up()

    (call,) = telegram.called("setWebhook")
    assert (call.args["url"], call.args["secret_token"]) == (channel.hook_url, "a_secret-token")
    assert tuple(_list(call.args["allowed_updates"])) == KINDS
    assert str(call.args["drop_pending_updates"]).lower() == "false"


async def test_t30_a_second_start_changes_nothing(telegram, channel, open_bot):
    await channel.set_up()
    before = len(telegram.calls)
    await open_bot().set_up()

    asked = {call.method for call in list(telegram.calls)[before:]}
    assert asked == {"getMe", "getWebhookInfo", "getMyCommands"}


async def test_a_hook_that_answers_403_is_set_again_since_its_secret_may_be_another(telegram, channel):
    await channel.set_up()
    telegram.bot.webhook.last_error = "Wrong response from the webhook: 403 Forbidden"
    telegram.bot.webhook.last_error_at = telegram.clock.now()
    telegram.clock.advance(60)
    await channel.set_up()

    assert len(telegram.called("setWebhook")) == 2


async def test_commands_are_offered_in_each_language(telegram, channel):
    await channel.set_up()

    assert {language for _, language in telegram.bot.commands} == set(MENUS)


async def test_commands_that_cannot_be_set_stop_nothing(telegram, channel):
    telegram.faults.order(method="setMyCommands", http=500, times=-1)

    await channel.set_up()

    assert telegram.bot.webhook is not None


async def test_polling_removes_the_hook_because_the_settings_say_so_and_drops_nothing(telegram, channel, open_bot):
    await channel.set_up()
    telegram.clock.advance(2)
    await open_bot(mode="polling").set_up()

    assert telegram.bot.webhook is None
    assert str(telegram.called("deleteWebhook")[0].args["drop_pending_updates"]).lower() == "false"


async def test_a_hook_that_telegram_does_not_take_is_a_sentence(telegram, open_bot):
    telegram.local = False
    telegram.line().local = False

    with pytest.raises(ChannelDown, match="webhook"):
        await open_bot(hook_url="http://127.0.0.1:8080/hooks/city").set_up()


async def test_a_platform_that_is_away_is_tried_again_later(telegram, channel):
    await telegram.refuse()

    with pytest.raises(NotSent):
        await channel.set_up()


async def test_a_platform_that_gives_no_answer_is_tried_again_later(telegram, channel):
    telegram.faults.order(method="getMe", drop=True)

    with pytest.raises(NotSent):
        await channel.set_up()


async def test_t27_a_wrong_token_is_a_sentence(telegram, channel):
    telegram.bot.revoked = True

    with pytest.raises(ChannelDown, match="token"):
        await channel.set_up()


async def test_doctor_hears_of_a_hook_elsewhere_and_of_its_last_failure(telegram, channel):
    await channel.set_up()
    assert await channel.warnings() == {}

    telegram.bot.webhook.last_error = "Connection refused"
    telegram.bot.webhook.last_error_at = telegram.clock.now()
    channel.hook_url = "https://elsewhere.example.gov.cn/hooks/city"
    found = await channel.warnings()

    assert found.keys() == {"url", "last_error"}
    assert "Connection refused" in found["last_error"]


def _list(value):
    return json.loads(value) if isinstance(value, str) else value
