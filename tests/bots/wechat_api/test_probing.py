"""What an account can do, its menu and its codes, against the fake platform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import pytest

from bots import ChannelDown, NotThisWay
from bots.wechat_api import qr
from bots.wechat_api.account import CAPABILITIES
from bots.wechat_api.qr import BadScene
from tests.bots.wechat_api.hook import channel

if TYPE_CHECKING:
    from bots.wechat_api.client import Client

KINDS = [("service", True), ("service", False), ("subscription", True), ("subscription", False)]


@pytest.mark.parametrize(("kind", "verified"), KINDS)
async def test_w25_each_kind_of_account_is_found_to_do_what_the_table_says(wechat, kind, verified):
    wechat.account.kind, wechat.account.verified = kind, verified
    asked = channel(wechat)

    found = {one.capability: one.answer for one in await asked.probe()}

    assert found == {name: asked.account.may(name) for name in CAPABILITIES}
    assert not [bubble for user in wechat.world.users.values() for bubble in user.view]
    await asked.close()


async def test_w25_what_is_missing_is_told_with_what_it_means(wechat):
    wechat.account.verified = False
    asked = channel(wechat, verified=True)

    found = {one.capability: one for one in await asked.probe()}

    assert found["template"].answer == "no"
    assert "48 hours" in found["template"].why
    assert "settings" in found["template"].why
    assert found["receiving"].why == ""
    await asked.close()


async def test_w28_what_stands_in_the_way_of_asking_is_told(wechat):
    wechat.account.ip_whitelist = frozenset()
    asked = channel(wechat)

    found = {one.capability: one for one in await asked.probe()}

    assert (found["menu"].answer, "127.0.0.1" in found["menu"].why) == ("perhaps", True)
    assert len(wechat.calls("stable_token")) == 1
    await asked.close()


async def test_the_menu_is_put_under_the_chat(wechat, hook):
    await hook.channel.make_menu()

    assert wechat.account.menu is not None
    assert [item["name"] for item in wechat.account.menu["button"]] == ["投诉", "查进度", "我的"]


async def test_a_code_brings_the_place_it_was_made_for(wechat, hook):
    code = await hook.channel.make_code("p_8f3k")
    (ticket,) = wechat.world.qr
    alice = wechat.person("oAlice", follows=False)

    await alice.follow(ticket=ticket)

    assert hook.messages[0].place == "p_8f3k"
    assert code.picture == f"{wechat.url}/cgi-bin/showqrcode?ticket={ticket.replace('=', '%3D')}"
    assert code.url.startswith("http://weixin.qq.com/q/")


@pytest.mark.parametrize("host", ["api", "api2", "sh.api"])
async def test_wechat_draws_its_codes_at_another_address_than_it_makes_them(host):
    @dataclass
    class Platform:
        api_base: str = f"https://{host}.weixin.qq.com"

        async def ask(self, _path, _body):
            return {"ticket": "gQ=", "url": "http://weixin.qq.com/q/1"}

    made = await qr.create(cast("Client", Platform()), "p_8f3k")

    assert made.picture == "https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket=gQ%3D"


@pytest.mark.parametrize("scene", ["", "有字", "a b", "a" * 65])
async def test_a_scene_that_wechat_would_refuse_is_not_asked_for(wechat, hook, scene):
    with pytest.raises(BadScene):
        await hook.channel.make_code(scene)

    assert wechat.calls() == []


async def test_an_account_without_codes_says_so(wechat, hook):
    wechat.account.kind = "subscription"

    with pytest.raises(NotThisWay, match="权限"):
        await hook.channel.make_code("p_8f3k")


async def test_a_wrong_secret_is_named(wechat):
    asked = channel(wechat, secret="wrong")

    with pytest.raises(ChannelDown, match="secret 不对"):
        await asked.make_menu()
    await asked.close()
