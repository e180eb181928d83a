"""All that a test in Python can do at the fake Telegram, a page can do over HTTP."""

from __future__ import annotations

import base64
from typing import Any

import aiohttp
import pytest

from tests.fakes.soon import until
from tests.fakes.telegram import TOKEN
from tests.fakes.telegram_people import snapshot


class Page:
    """Calls the control API."""

    def __init__(self, telegram, session: aiohttp.ClientSession) -> None:
        self.telegram, self.session = telegram, session

    async def post(self, path: str, *, status: int = 200, **body: Any) -> Any:
        async with self.session.post(f"{self.telegram.control_url}/_ctl/{path}", json=body) as answer:
            assert answer.status == status, await answer.text()
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
            return (await answer.json())["result"] if status == 200 else await answer.text()

    async def get(self, path: str) -> Any:
        async with self.session.get(f"{self.telegram.control_url}/_ctl/{path}") as answer:
            return (await answer.json())["result"] if answer.content_type == "application/json" else await answer.read()


@pytest.fixture
async def page(telegram):
    async with aiohttp.ClientSession() as session:
        yield Page(telegram, session)


async def test_a_page_shows_a_chat_with_its_buttons_and_presses_them(telegram, page, bot):
    await page.post("user/7/start", payload="p_1", name="张三", language="zh-hans")
    keys = {"inline_keyboard": [[{"text": "是", "callback_data": "y"}]]}
    async with page.session.post(
        f"{telegram.base_url}{TOKEN}/sendMessage", json={"chat_id": 7, "text": "满意吗？", "reply_markup": keys}
    ) as answer:
        message_id = (await answer.json())["result"]["message_id"]
    pressed = await page.post("user/7/press", button="是", message_id=message_id)

    seen = await page.get("chat/7/view")

    assert pressed["data"] == "y"
    assert [(bubble["name"], bubble["text"]) for bubble in seen["messages"]] == [
        ("张三", "/start p_1"),
        ("jiesu_bot", "满意吗？"),
    ]
    assert seen["messages"][1]["buttons"] == keys["inline_keyboard"]
    assert [call["method"] for call in await page.get("sent?chat_id=7")] == ["sendMessage"]
    assert await page.get("sent?chat_id=8") == []


async def test_a_page_sends_pictures_and_shows_them(page):
    picture = snapshot(9)
    await page.post("user/7/photo", content=base64.b64encode(picture).decode(), caption="门坏了")
    await page.post("user/7/album", photos=2, caption="两张")
    seen = (await page.get("chat/7/view"))["messages"]

    assert [bubble["kind"] for bubble in seen] == ["photo"] * 3
    assert await page.get(f"file/{seen[0]['photo']}") == picture


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("say", {"text": "门坏了"}),
        ("document", {"filename": "票.pdf"}),
        ("video", {"size": 26_214_400}),
        ("voice", {}),
        ("location", {"lat": 31.2, "lon": 121.5}),
        ("live_location", {}),
        ("venue", {}),
        ("contact", {}),
        ("contact", {"own": False}),
        ("album", {"photos": 3, "late": 1, "gap": 0.5}),
        ("send_late", {}),
        ("block", {}),
        ("unblock", {}),
        ("delete_account", {}),
    ],
)
async def test_people_do_everything_by_name(page, action, body):
    await page.post(f"user/7/{action}", **body)


async def test_what_cannot_be_done_is_said(page):
    assert "no button '否'" in await page.post("user/7/press", button="否", status=400)
    await page.post("user/7/say", nonsense=1, status=400)
    await page.post("user/7/fly", status=404)


async def test_groups_are_made_joined_upgraded_and_deleted(telegram, page):
    await page.post("chat", id=-100, title="三号楼", members=[7])
    await page.post("user/7/add_bot", chat_id=-100)
    moved = await page.post("chat/-100/upgrade", user=7)
    await page.post(f"chat/{moved['id']}/delete")
    await page.post("chat", id=-200)
    await page.post("user/7/add_bot", chat_id=-200)
    await page.post("user/7/kick_bot", chat_id=-200)

    assert moved["type"] == "supergroup"
    assert telegram.world.chats[moved["id"]].deleted
    assert telegram.world.chats[-200].kicked == {telegram.bot.id}


async def test_faults_time_switches_and_logs_are_a_call_away(telegram, page, bot):
    await page.post("user/7/start")
    await page.post("fault", order="blocked", method="sendMessage")
    before = telegram.clock.now()
    assert (await page.post("clock", advance=172_800))["now"] == before + 172_800
    await page.post("bot/switches", duplicate_after_ok=1, reorder_across_queues=True)
    await page.post("bot/gap", by=7)
    await page.post("update", update={"message": {"message_id": 1}}, of=7)
    await page.post("bot/second_poller")
    await bot.set_webhook(f"{telegram.url}/nowhere")
    await page.post("clock", advance=1)
    await until(lambda: len(telegram.line().pusher.log) >= 2)

    assert telegram.bot.queue.switches.lag
    assert await page.post("push_raw", body={"update_id": 5}, times=2) == [404, 404]
    assert [push["status"] for push in await page.get("webhook_log")][:2] == [404, 404]
    assert [call["method"] for call in await page.get("calls?method=setWebhook")] == ["setWebhook"]


async def test_a_second_bot_a_revoked_one_and_a_place_that_refuses(telegram, page):
    assert (await page.post("bot", token="222:second", username="second_bot"))["id"] == 222
    await page.post("user/7/say", bot="second_bot", text="在吗")
    await page.post("bot/revoke", bot="222")
    await page.post("refuse")
    with pytest.raises(aiohttp.ClientConnectorError):
        await page.session.get(telegram.url)
    await page.post("refuse", on=False)
    assert (await page.session.post(f"{telegram.base_url}222:second/getMe")).status == 401
    await page.post("reset")

    assert list(telegram.world.bots) == [TOKEN]


async def test_a_page_from_elsewhere_may_ask(telegram, page):
    async with page.session.options(f"{telegram.control_url}/_ctl/clock") as answer:
        assert answer.headers["Access-Control-Allow-Headers"] == "Content-Type"
