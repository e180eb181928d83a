"""The fake Telegram calls a webhook as the platform's server does."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiohttp import web
from telegram.error import BadRequest, Conflict, RetryAfter

from tests.fakes.soon import until
from tests.fakes.telegram_pusher import SECRET


class Hook:
    """The server of the bot's owner: keeps what comes, answers with the next of ``answers``, then with 200."""

    def __init__(self) -> None:
        self.answers: list[web.Response] = []
        self.updates: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.held: asyncio.Event | None = None  # set: nobody is answered before
        self.always = 200
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        self.headers.append(dict(request.headers))
        self.updates.append(await request.json())
        if self.held:
            await self.held.wait()
        return self.answers.pop(0) if self.answers else web.Response(status=self.always)

    @property
    def texts(self) -> list[str]:
        return [
            update.get("message", {}).get("text", next(k for k in update if k != "update_id"))
            for update in self.updates
        ]


@pytest.fixture
async def hook(telegram, bot):
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await bot.set_webhook(hook.url, secret_token="s3cret-_A")
    telegram.clock.advance(1)
    yield hook
    if hook.held:
        hook.held.set()
    await telegram.line().pusher.stop()
    await runner.cleanup()


async def pushes(telegram, seconds: float = 0.0) -> list[Any]:
    """The log after so many seconds."""
    telegram.clock.advance(seconds)
    await asyncio.sleep(0)
    await telegram.idle()
    log: list[Any] = telegram.line().pusher.log
    return log


async def test_an_update_is_posted_with_the_secret_and_the_bare_content_type(telegram, hook):
    telegram.person().say("门坏了")

    (push,) = await pushes(telegram)

    assert (push.status, hook.texts) == (200, ["门坏了"])
    assert hook.headers[0][SECRET] == "s3cret-_A"
    assert hook.headers[0]["Content-Type"] == "application/json"
    assert hook.headers[0]["Accept-Encoding"] == "gzip, deflate"


async def test_what_is_not_taken_comes_again_at_once_then_after_2_4_8_and_so_on_seconds(telegram, hook):
    hook.always = 500
    telegram.person().say("门坏了")
    await pushes(telegram)
    for _ in range(6):
        await pushes(telegram, telegram.line().pusher.log[-1].next_in)

    waits = [push.next_in for push in telegram.line().pusher.log]

    assert waits[:7] == [0, 2, 4, 8, 16, 32, pytest.approx(62, abs=2)]
    assert {update["update_id"] for update in hook.updates} == {100_000_001}


async def test_the_delay_ends_between_one_and_two_minutes(telegram, hook):
    hook.always = 503
    telegram.person().say("门坏了")
    await pushes(telegram)
    for _ in range(20):
        await pushes(telegram, telegram.line().pusher.log[-1].next_in)

    waits = [push.next_in for push in telegram.line().pusher.log[7:]]
    assert all(60 <= wait <= 120 for wait in waits)
    assert len(set(waits)) > 5


async def test_after_a_day_an_update_is_dropped(telegram, hook, bot):
    hook.answers = [web.Response(status=503, headers={"Retry-After": "3600"}) for _ in range(30)]
    telegram.person().say("门坏了")
    await pushes(telegram)
    while (wait := telegram.line().pusher.log[-1].next_in) is not None:
        await pushes(telegram, wait)

    assert len(hook.updates) == 25
    assert (await bot.get_webhook_info()).pending_update_count == 0


async def test_a_wish_for_a_delay_is_heard_up_to_an_hour(telegram, hook):
    hook.answers = [web.Response(status=503, headers={"Retry-After": wish}) for wish in ("5", "9999")]
    telegram.person().say("门坏了")
    await pushes(telegram)

    log = await pushes(telegram, 5)
    assert [push.next_in for push in log] == [5, 3600]
    await pushes(telegram, 3599)
    assert len(log) == 2
    await pushes(telegram, 1)
    assert log[-1].status == 200


async def test_a_chat_waits_behind_its_first_message_and_others_do_not(telegram, hook):
    hook.answers = [web.Response(status=500), web.Response(status=500)]
    telegram.person(7).say("一")
    telegram.person(7).say("二")
    await pushes(telegram)
    telegram.person(8).say("别人")
    await pushes(telegram)

    assert hook.texts == ["一", "一", "别人"]
    await pushes(telegram, 2)
    assert hook.texts[3:] == ["一", "二"]


async def test_messages_of_one_chat_go_one_by_one_and_those_of_many_at_once(telegram, hook):
    hook.held = asyncio.Event()
    for text in ("一", "二", "三"):
        telegram.person(7).say(text)
        telegram.person(8).say(text)

    await until(lambda: len(hook.updates) == 2)
    await asyncio.sleep(0.01)
    assert hook.texts == ["一", "一"]
    hook.held.set()
    await telegram.idle()

    assert hook.texts == ["一", "一", *sorted(hook.texts[2:4]), *hook.texts[4:]]
    assert sorted(hook.texts) == sorted("一二三" * 2)


async def test_no_more_requests_are_open_than_the_owner_wants(telegram, hook, bot):
    await bot.set_webhook(hook.url, max_connections=2)
    hook.held = asyncio.Event()
    for person in range(5):
        telegram.person(1 + person).say("在吗")

    await until(lambda: len(hook.updates) == 2)
    await asyncio.sleep(0.01)
    assert len(hook.updates) == 2
    hook.held.set()
    await telegram.idle()
    assert len(hook.updates) == 5


async def test_who_does_not_answer_for_a_minute_is_asked_again(telegram, hook, bot):
    hook.held = asyncio.Event()
    telegram.person().say("门坏了")
    await until(lambda: hook.updates)
    telegram.clock.advance(60)
    await until(lambda: len(hook.updates) == 2)

    assert (await bot.get_webhook_info()).last_error_message == "Read timeout expired"


async def test_a_pressed_button_is_too_old_after_150_seconds_and_a_message_is_not(telegram, hook, bot):
    hook.always = 500
    telegram.person().start()
    telegram.bot.write(
        {"id": 7, "type": "private"},
        {"text": "？"},
        author=telegram.bot.as_json(),
        at=telegram.clock.now(),
        markup={"inline_keyboard": [[{"text": "是", "callback_data": "y"}]]},
    )
    telegram.person().press("是")
    for _ in range(8):
        await pushes(telegram, 30)
    hook.always = 200
    hook.updates.clear()

    await pushes(telegram, 120)

    assert hook.texts == ["/start"]


async def test_a_button_may_overtake_a_message(telegram, hook):
    telegram.bot.queue.switches.reorder_across_queues = True
    telegram.person().say("一")
    telegram.person().block()
    await pushes(telegram)

    await pushes(telegram, 1)

    assert hook.texts == ["my_chat_member", "一"]


async def test_order_can_be_lost_altogether_and_nothing_else(telegram, hook):
    telegram.bot.queue.switches.ignore_order = True
    said = [str(number) for number in range(10)]
    for text in said:
        telegram.person().say(text)

    await pushes(telegram)
    for _ in range(20):
        await pushes(telegram, 0.01)

    assert hook.texts != said
    assert sorted(hook.texts) == said


async def test_what_was_taken_can_come_again(telegram, hook):
    telegram.bot.queue.switches.duplicate_after_ok = 2
    telegram.person().say("门坏了")

    await pushes(telegram)

    assert [update["update_id"] for update in hook.updates] == [100_000_001] * 3


async def test_a_method_in_an_answer_is_carried_out(telegram, hook):
    hook.answers = [
        web.json_response({"method": "sendMessage", "chat_id": 7, "text": "收到"}),
        web.json_response({"method": "deleteWebhook"}),
        web.json_response({"method": "sendMessage", "chat_id": 7, "text": ""}),
    ]
    for text in ("一", "二", "三"):
        telegram.person().say(text)

    await pushes(telegram)

    assert telegram.heard() == ["收到"]
    assert telegram.bot.webhook is not None
    assert [(call.hook, call.description) for call in telegram.called("sendMessage")] == [
        (True, ""),
        (True, "Bad Request: message text is empty"),
    ]


async def test_a_hook_that_is_gone_for_23_hours_is_removed_and_its_updates_wait(telegram, hook, bot):
    hook.answers = [web.Response(status=410, headers={"Retry-After": "1800"}) for _ in range(60)]
    telegram.person().say("门坏了")
    await pushes(telegram)
    while telegram.bot.webhook is not None:
        await pushes(telegram, telegram.line().pusher.log[-1].next_in)

    log = telegram.line().pusher.log
    assert log[-1].at - log[0].at == 23.5 * 3600
    assert (await bot.get_webhook_info()).pending_update_count == 1


async def test_what_stands_wrong_with_the_hook_is_told(telegram, hook, bot):
    hook.answers = [web.Response(status=403)]
    telegram.person().say("门坏了")
    await pushes(telegram)

    info = await bot.get_webhook_info()

    assert info.last_error_message == "Wrong response from the webhook: 403 Forbidden"
    assert info.last_error_date.timestamp() == int(telegram.clock.now())
    assert (info.url, info.max_connections) == (hook.url, 40)


async def test_a_hook_where_nobody_listens_is_told_too(telegram, bot):
    await bot.set_webhook("http://127.0.0.1:9/hook")
    telegram.person().say("门坏了")
    await pushes(telegram)

    assert (await bot.get_webhook_info()).last_error_message == "Connection refused"


async def test_setting_the_same_hook_again_changes_nothing(telegram, hook, bot):
    await bot.set_webhook(hook.url, secret_token="s3cret-_A")
    telegram.clock.advance(1)
    await bot.delete_webhook()

    said = [call.description for call in telegram.called("setWebhook")]
    assert said == ["", ""]
    with pytest.raises(RetryAfter) as early:
        await bot.delete_webhook()
    assert str(early.value) == "Flood control exceeded. Retry in 0:00:01"


async def test_dropping_what_waits_drops_it_and_else_it_stays(telegram, hook, bot):
    hook.always = 500
    telegram.person().say("门坏了")
    await pushes(telegram)
    await bot.delete_webhook()
    assert (await bot.get_webhook_info()).pending_update_count == 1
    telegram.clock.advance(1)

    await bot.set_webhook(hook.url, drop_pending_updates=True)

    assert (await bot.get_webhook_info()).pending_update_count == 0


async def test_only_wanted_kinds_come_and_some_must_be_wanted(telegram, hook, bot):
    await bot.set_webhook(hook.url, allowed_updates=["message", "nonsense"])
    telegram.person().say("一")
    telegram.person().block()
    await pushes(telegram)

    assert hook.texts == ["一"]
    assert (await bot.get_webhook_info()).allowed_updates == ("message",)


@pytest.mark.parametrize(
    ("url", "secret", "why"),
    [
        ("https://example.gov.cn/h", "a" * 257, "Secret token is too long"),
        ("https://example.gov.cn/h", "密", "Secret token contains unallowed characters"),
        ("http://example.gov.cn/h", "a", "Bad webhook: an https url must be provided for webhook"),
        (
            "https://example.gov.cn:444/h",
            "a",
            "Bad webhook: webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
    ],
)
async def test_the_platform_takes_only_some_hooks(telegram, bot, url, secret, why):
    telegram.line().local = False

    with pytest.raises(BadRequest) as refused:
        await bot.set_webhook(url, secret_token=secret)

    assert refused.value.message.lower() == why.lower()


async def test_numbers_may_be_left_out_and_kinds_that_nobody_knows_come(telegram, hook):
    telegram.bot.queue.next_id += 5
    telegram.update({"quantum_message": {"spin": 1}})
    telegram.update({"message": {"message_id": 1, "new_field": True}})

    await pushes(telegram)

    assert [update["update_id"] for update in hook.updates] == [100_000_006, 100_000_007]
    assert hook.updates[0]["quantum_message"] == {"spin": 1}


async def test_anything_can_be_posted_with_any_secret(telegram, hook):
    assert await telegram.push_raw("{", secret="wrong", times=3) == [500, 500, 500]
    assert await telegram.push_raw({"update_id": 1, "message": {}}, secret="") == [200]
    assert SECRET not in hook.headers[-1]


async def test_polls_and_a_hook_exclude_each_other(telegram, hook, bot):
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active; use deleteWebhook"):
        await bot.get_updates()
