"""The desk's preview of a message is what arrives: the same parts, the same rows of buttons."""

from __future__ import annotations

import pytest

from bots import Bubble
from dialogs.messages import Choice, Outbound, Peer, Say

LONG = "\n\n".join(letter * 3000 for letter in "一二三")
CHOICES = (Choice("a", "看进度"), Choice("b", "补充"), Choice("c", "这是一个很长很长的按钮，单独一行"))


def bubble(text="您好", *choices, chat="7"):
    return Outbound(Peer("city", chat), Say(text, tuple(choices)), "k1", kind="message")


@pytest.mark.parametrize("text", ["您好", "很长的话。" * 2000, LONG, "🏠" * 3000])
async def test_what_is_previewed_arrives(telegram, channel, text):
    telegram.person(7).start()
    shown = channel.preview(bubble(text, *CHOICES))

    receipt = await channel.send(bubble(text, *CHOICES))

    assert receipt is not None
    assert [one.text for one in shown.bubbles] == telegram.heard()


async def test_short_buttons_stand_side_by_side_and_a_long_one_alone(channel):
    assert channel.preview(bubble("您好", *CHOICES)).bubbles == (
        Bubble("您好", (("看进度", "补充"), ("这是一个很长很长的按钮，单独一行",))),
    )


async def test_the_size_is_counted_as_telegram_counts(channel):
    shown = channel.preview(bubble("🏠" * 3))

    assert (shown.looks, shown.size, shown.most, shown.unit) == ("telegram", 6, 4096, "characters")


async def test_keys_that_share_a_phone_stand_below_the_field(channel):
    shown = channel.preview(bubble("请留电话", Choice("contact", "发送我的手机号")))

    assert shown.bubbles[0].keys
