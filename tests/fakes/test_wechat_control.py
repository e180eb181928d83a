"""The fake WeChat's remote control, as the demo page uses it."""

from __future__ import annotations

import base64
from typing import Any

import aiohttp
import pytest

from tests.fakes.wechat_official import ask, refused

PNG = b"\x89PNG\r\n" + bytes(20)


class Remote:
    """GET and POST of JSON below /_ctl."""

    def __init__(self, session, url):
        self.session, self.url = session, url

    async def get(self, path, **query):
        async with self.session.get(f"{self.url}/_ctl/{path}", params=query) as answer:
            assert answer.status == 200
            return await answer.json()

    async def post(self, path, status=200, **body):
        async with self.session.post(f"{self.url}/_ctl/{path}", json=body) as answer:
            assert answer.status == status, await answer.text()
            return await answer.json() if status == 200 else await answer.text()


@pytest.fixture
async def remote(wechat):
    async with aiohttp.ClientSession() as session:
        yield Remote(session, wechat.url)


async def test_the_view_shows_a_conversation_in_order(wechat, owner, client, remote):
    items = [{"id": "a", "content": "是"}, {"id": "b", "content": "否"}]
    menu = {"head_content": "对吗？", "list": items, "tail_content": ""}

    await remote.post("user/oAlice/say", text="水管漏水")
    await ask(client.message.send_text, "oAlice", "在哪里？")
    await ask(client.post, "message/custom/send", data={"touser": "oAlice", "msgtype": "msgmenu", "msgmenu": menu})
    push = await remote.post("user/oAlice/tap", id="a")
    view = await remote.get("users/oAlice/view")

    assert push["message"]["bizmsgmenuid"] == "a"
    bubbles = view["bubbles"]
    assert [(one["who"], one["kind"], one["text"]) for one in bubbles] == [
        ("me", "text", "水管漏水"),
        ("account", "text", "在哪里？"),
        ("account", "menu", "对吗？"),
        ("me", "text", "是"),
    ]
    assert bubbles[2]["items"] == items
    assert [one["seq"] for one in bubbles] == sorted(one["seq"] for one in bubbles)
    assert {one["at"] for one in bubbles} == {wechat.clock.now()}
    newer = await remote.get("users/oAlice/view", after=bubbles[1]["seq"])
    assert [one["text"] for one in newer["bubbles"]] == ["对吗？", "是"]


@pytest.mark.parametrize("how", ["form", "base64"])
async def test_a_picture_is_taken_and_shown(owner, remote, how):
    if how == "form":
        form = aiohttp.FormData()
        form.add_field("file", PNG, filename="a.png", content_type="image/png")
        form.add_field("content_type", "image/png")
        async with remote.session.post(f"{remote.url}/_ctl/user/oAlice/image", data=form) as answer:
            assert answer.status == 200
    else:
        await remote.post("user/oAlice/image", base64=base64.b64encode(PNG).decode(), content_type="image/png")
    view = await remote.get("users/oAlice/view")

    async with remote.session.get(remote.url + view["bubbles"][0]["url"]) as answer:
        assert (await answer.read(), answer.content_type) == (PNG, "image/png")


ACTIONS: dict[str, dict[str, Any]] = {
    "voice": {},
    "video": {},
    "location": {"lat": 31.23, "lon": 121.47, "label": "人民广场"},
    "link": {"title": "a", "url": "https://example.org"},
    "file": {"title": "a.pdf"},
    "click": {"key": "JIESU_FILE"},
    "view": {"url": "https://example.org"},
    "scan": {"scene": "p_8f3k"},
    "follow": {"scene": "p_8f3k"},
    "unfollow": {},
    "accept_sub": {"templates": ["S1"]},
    "reject_sub": {"templates": ["S1"]},
    "turn_off_sub": {"templates": ["S1"]},
    "scancode": {"key": "k", "result": "1"},
    "pictures": {"key": "k"},
    "location_select": {"key": "k", "lat": 31.23, "lon": 121.47},
    "report_location": {"lat": 31.23, "lon": 121.47},
    "kf_create": {},
    "kf_switch": {"kf_account": "kf2@a"},
    "kf_close": {},
}


@pytest.mark.parametrize("action", ACTIONS)
async def test_everything_a_person_does_can_be_done_from_outside(owner, remote, action):
    push = await remote.post(f"user/oAlice/{action}", **ACTIONS[action])

    assert push["verdict"] == "success"
    assert (await remote.get("pushes", openid="oAlice"))[-1]["message"] == push["message"]


async def test_a_page_need_not_wait(wechat, owner, remote):
    assert await remote.post("user/oAlice/say", text="你好", wait=False) == {}
    await wechat.settled()

    assert len(owner.posted) == 1


async def test_a_person_blocks_and_is_blacklisted(wechat, remote):
    await remote.post("user/oAlice/block")
    await remote.post("user/oAlice/blacklist")

    user = wechat.person("oAlice").user
    assert (user.blocked_receive, user.blacklisted) == (True, True)
    assert [one["openid"] for one in await remote.get("users")] == ["oAlice"]


async def test_time_moves_and_results_come(wechat, owner, client, remote):
    await remote.post("template", id="T1", fields=["thing1"], title="进度")
    wechat.person("oAlice")
    await ask(client.message.send_template, "oAlice", "T1", {"thing1": {"value": "水管"}})

    now = await remote.post("clock", advance=3600)

    assert now == {"now": wechat.clock.now()}
    assert [push["message"]["Event"] for push in await remote.get("pushes")] == ["TEMPLATESENDJOBFINISH"]


async def test_faults_tokens_and_calls_are_steered(wechat, client, remote):
    await remote.post("fault", endpoint="getcallbackip", errcode=-1)
    assert await refused(client.misc.get_wechat_ips) == -1
    await remote.post("token/invalidate", appid=wechat.account.appid, by="other_process")
    assert await refused(client.misc.get_wechat_ips) == 40001

    calls = await remote.get("calls", endpoint="getcallbackip")

    assert [call["answer"]["errcode"] for call in calls] == [-1, 40001]


async def test_anything_can_be_pushed(owner, remote):
    forged = await remote.post("push_raw", body="<xml/>", query={"signature": "0"})
    await remote.post("push_raw", body="<xml/>", at=1)

    assert forged == {"status": 200, "body": "success"}
    assert owner.posted[0].query == {"signature": "0"}
    assert owner.posted[1].query["timestamp"] == "1"


async def test_accounts_are_added_changed_and_checked(wechat, owner, remote):
    await remote.post("account", appid="wx2", gh_id="gh_2", kind="subscription", verified=False, callback_url=owner.url)
    await remote.post("account", appid="wx2", name="城管")
    await remote.post("user/oAlice/say", text="你好", appid="wx2")

    accounts = {one["appid"]: one for one in await remote.get("accounts")}
    assert (accounts["wx2"]["name"], accounts["wx2"]["verified"]) == ("城管", False)
    assert "secret" not in accounts["wx2"]
    assert (await remote.post("verify", appid="wx2"))["ok"] is True
    assert wechat.person("oAlice").view == []


async def test_settings_are_chosen(wechat, remote):
    await remote.post("settings", quota_rule="apart", job_results=["never"])

    assert wechat.settings.quota_rule == "apart"
    assert "has no poems" in await remote.post("settings", status=400, poems=1)


async def test_after_a_reset_nobody_was_ever_here(wechat, owner, client, remote):
    wechat.add_template("T1", "thing1")
    await remote.post("user/oAlice/say", text="你好")

    await remote.post("reset")

    assert (wechat.world.users, wechat.pusher.pushes, wechat.calls()) == ({}, [], [])
    assert len(wechat.world.templates) == 1


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("user/oAlice/sing", {}, 404),
        ("user/oAlice/say", {}, 400),
        ("user/oAlice/tap", {"id": "x"}, 400),
        ("fault", {"endpoint": "x", "poem": 1}, 400),
        ("account", {"poem": 1}, 400),
    ],
)
async def test_a_wrong_order_is_told(remote, path, body, status):
    assert await remote.post(path, status=status, **body)


async def test_a_page_of_another_port_may_look(remote):
    async with remote.session.options(f"{remote.url}/_ctl/users/oAlice/view") as answer:
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


async def test_the_codes_that_can_be_scanned_are_listed(client, remote):
    scene = {"scene": {"scene_str": "p_8f3k"}}
    await ask(client.qrcode.create, {"action_name": "QR_LIMIT_STR_SCENE", "action_info": scene})

    assert [qr["scene"] for qr in await remote.get("qr")] == ["p_8f3k"]
