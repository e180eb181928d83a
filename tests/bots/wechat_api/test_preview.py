"""The desk's preview of a message is what WeChat shows: parts, buttons or numbers, and forms with what they cut."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bots import Bubble, Filled
from dialogs.messages import Choice
from tests.bots.wechat_api.hook import channel, message

YES, NO = Choice("y", "同意"), Choice("n", "不同意")


@pytest.mark.parametrize("text", ["您同意吗？", "很长的话，" * 300])
@pytest.mark.parametrize("menus", [True, False])
async def test_what_is_previewed_arrives(wechat, hook, text, menus):
    alice = wechat.person("oAlice")
    await alice.say("你好")
    wechat.account.msgmenu = menus
    if not menus:
        await hook.channel.send(message("先", YES, NO))  # then the account knows that it may not
    before = len(alice.read)
    shown = hook.channel.preview(message(text, YES, NO))

    receipt = await hook.channel.send(message(text, YES, NO))

    assert [one.text for one in shown.bubbles] == alice.read[before:]
    assert len(shown.bubbles) == receipt.cost
    assert shown.numbered is not menus


async def test_choices_of_a_menu_stand_one_a_line(wechat):
    shown = channel(wechat).preview(message("您同意吗？", YES, NO))

    assert shown.bubbles == (Bubble("您同意吗？", (("同意",), ("不同意",))),)
    assert (shown.looks, shown.size, shown.most, shown.unit) == ("wechat", 15, 2047, "bytes")


async def test_a_form_says_what_of_it_is_cut(wechat):
    told = message("…", way="template")
    long = replace(told, fields={**told.fields, "note": "请在十一月二十五日之前把购物小票和现场照片一起发给我们"})

    shown = channel(wechat).preview(told)
    cut = channel(wechat).preview(long)

    assert shown.bubbles == ()
    assert shown.form[-1] == Filled("note", "店家已拆除音响")
    assert not any(one.cut for one in shown.form)
    assert cut.form[-1].cut
    assert len(cut.form[-1].text) == 20
