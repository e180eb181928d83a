"""Every kind of message and event, as the dialog and the ledger take it."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots import Platform, Refused
from dialogs.messages import Choice, Granted, Opening, Result, Say
from tests.bots.wechat_api.hook import at, channel, plain_call, text_push
from tests.fakes.clock import VirtualClock
from tests.fakes.wechat import FakeWechat
from tests.fakes.wechat_world import Account

TAP = Opening(3, timedelta(minutes=1))


@pytest.mark.parametrize("kind", ["xml", "json"])
async def test_every_push_of_the_platform_is_taken(wechat, hook, kind):
    wechat.account.format = kind
    wechat.account.menu = {
        "button": [
            {"type": "scancode_waitmsg", "name": "扫码", "key": "SCAN"},
            {"type": "pic_weixin", "name": "照片", "key": "PICS"},
        ]
    }
    alice = wechat.person("oAlice")

    await alice.image()
    await alice.video()
    await alice.video(short=True)
    await alice.link("标题", "描述", "https://example.org/1")
    await alice.mini_program("小程序", "pages/a")
    await alice.file("合同.pdf", b"%PDF")
    await alice.open_page("https://example.org")
    await alice.report_location(31.23, 121.47)
    await alice.pictures_by_menu("PICS", [b"\xff\xd8\xff1", b"\xff\xd8\xff2"], "pic_weixin")
    await alice.staff_takes_over()
    await alice.staff_closes()

    assert [(message.text, [file.kind for file in message.media]) for message in hook.messages] == [
        ("", ["photo"]), ("", ["video"]), ("", ["video"]), ("标题\n描述\nhttps://example.org/1", []), ("小程序", []),
        ("", ["document"]), ("", ["photo"]), ("", ["photo"]),
    ]  # fmt: skip
    assert not any(taken.unknown for taken in hook.taken)


async def test_a_tap_on_a_choice_is_the_choice_and_opens_a_minute(wechat, hook):
    alice = wechat.person("oAlice")
    await alice.say("你好")

    await alice.say("满意", menu_id="visit:20261121-HL-000412-7:solved:yes")

    said = hook.messages[-1]
    assert (said.choice, said.text, said.opens) == ("visit:20261121-HL-000412-7:solved:yes", "", TAP)


async def test_items_of_our_menu_say_their_words(wechat, hook):
    await hook.channel.make_menu()
    alice = wechat.person("oAlice")

    for key in ("JIESU_FILE", "JIESU_PROGRESS", "JIESU_MINE"):
        await alice.click(key)

    assert [message.text for message in hook.messages] == ["投诉", "进度", "我的投诉"]


def test_an_item_that_is_not_ours_is_answered_and_told_unknown(wechat):
    body = text_push(MsgType="event", Event="CLICK", EventKey="OLD", MsgId="")

    taken = channel(wechat, mode="plain").read(plain_call(wechat, body))

    assert (taken.unknown, taken.messages[0].text) == ("menu OLD", "你好")


@pytest.mark.parametrize(
    ("changed", "unknown"),
    [({"MsgType": "hologram"}, "hologram"), ({"Content": "【收到不支持的消息类型，暂无法显示】"}, "text"),
     ({"MsgType": "location", "Location_X": "nan", "Location_Y": "1"}, "location"), ({"MsgType": "link"}, "link")],
)  # fmt: skip
def test_a_message_of_an_unknown_kind_is_an_empty_one_so_that_its_sender_is_answered(wechat, changed, unknown):
    taken = channel(wechat, mode="plain").read(plain_call(wechat, text_push(**changed)))

    assert (taken.unknown, taken.messages[0].text, taken.messages[0].message_id) == (unknown, "", "23456789012345678")
    assert taken.raw


def test_an_unknown_event_is_kept_and_answers_nobody(wechat):
    body = text_push(MsgType="event", Event="guide_qrcode_scan_event")

    taken = channel(wechat, mode="plain").read(plain_call(wechat, body))

    assert (taken.unknown, taken.messages, taken.raw["body"]) == ("event guide_qrcode_scan_event", (), body)


@pytest.mark.parametrize("kind", ["xml", "json"])
async def test_consents_to_notices_are_news(wechat, hook, kind):
    wechat.account.format = kind
    alice = wechat.person("oAlice")

    await alice.accept("S1")
    await alice.accept("S1", "S2")
    await alice.reject("S3")
    wechat.settings.change_event_wrapper = "SubscribeMsgPopupEvent"
    await alice.turn_off("S1")

    granted = [(news.template, news.more) for news in hook.news if isinstance(news, Granted)]
    assert granted == [("S1", 1), ("S1", 1), ("S2", 1), ("S3", 0), ("S1", 0)]


@pytest.mark.parametrize(
    ("status", "delivered", "reason"),
    [("success", True, ""), ("failed:user block", False, "用户拒收公众号的消息（failed:user block）"),
     ("failed: system failed", False, "微信系统发送失败（failed: system failed）"),
     ("failed:freq limit", False, "用户短时间内收到的消息太多，微信没有送达（failed:freq limit）"),
     ("odd", False, "odd"), ("", False, "微信没有说明原因")],
)  # fmt: skip
def test_what_became_of_a_template_is_news_for_the_desk(wechat, status, delivered, reason):
    body = text_push(MsgType="event", Event="TEMPLATESENDJOBFINISH", MsgID="200228332", Status=status, MsgId="")

    (news,) = channel(wechat, mode="plain").read(plain_call(wechat, body)).news

    assert news == Result("city-wechat", "200228332", delivered, reason, at(1_760_000_000))


def test_an_account_that_may_not_fetch_files_takes_the_address_of_a_picture(wechat):
    body = text_push(MsgType="image", MediaId="m1", PicUrl="http://mmbiz.qpic.cn/1")

    mine, theirs = (
        channel(wechat, mode="plain", verified=verified).read(plain_call(wechat, body)).messages[0].media[0].ref
        for verified in (True, False)
    )

    assert (mine, theirs) == ("m1 http://mmbiz.qpic.cn/1", "http://mmbiz.qpic.cn/1")


def test_the_journal_keeps_the_kind_but_no_second_copy_of_who_said_what(wechat):
    (message,) = channel(wechat, mode="plain").read(plain_call(wechat, text_push("我的话", Idx="1"))).messages

    assert message.raw == {"MsgType": "text", "MsgId": "23456789012345678", "Idx": "1"}


def test_choices_of_who_may_only_answer_are_numbered_lines(wechat):
    says = [Say("您同意吗？", (Choice("y", "同意"), Choice("n", "不同意")))]
    reader = channel(wechat, mode="plain")

    body = reader.passive(plain_call(wechat, text_push()), says)

    assert body is not None
    assert "您同意吗？\n回复数字选择：\n1 同意\n2 不同意" in body.decode()


def test_what_is_too_long_for_an_answer_is_not_answered_there(wechat):
    reader, call = channel(wechat, mode="plain"), plain_call(wechat, text_push())

    assert reader.passive(call, [Say("字" * 682)]) is not None
    assert reader.passive(call, [Say("字" * 683)]) is None
    assert reader.passive(call, []) is None


NAMES = st.sampled_from(
    "ToUserName FromUserName CreateTime MsgType MsgId Event EventKey Content MediaId PicUrl Location_X Location_Y "
    "Label Title bizmsgmenuid List SubscribeMsgPopupEvent SubscribeMsgSentEvent TemplateId MsgID ErrorCode Status "
    "Encrypt".split()
)
WORDS = st.sampled_from(
    "text image location event subscribe SCAN CLICK unsubscribe subscribe_msg_popup_event subscribe_msg_sent_event "
    "TEMPLATESENDJOBFINISH 1760000000 oAlice gh_1 31.2 121.4 nan accept".split()
) | st.text(max_size=9)  # fmt: skip
VALUES = st.recursive(
    WORDS | st.integers() | st.floats() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=8,
)


def outcome(wechat, body):
    """What was taken, as what a store keeps; how it was refused."""
    try:
        return asdict(channel(wechat).read(plain_call(wechat, body)))
    except Refused as refused:
        return {"refused": {400: "damaged"}[refused.status]}


@given(st.dictionaries(NAMES, VALUES, max_size=12))
def test_whatever_stands_in_a_push_is_taken_or_refused_and_can_be_stored(fields):
    account = Account(mode="plain")
    wechat = FakeWechat(VirtualClock(), account)
    told = {"ToUserName": "gh_1", "FromUserName": "oAlice", "CreateTime": 1_760_000_000, "MsgType": "text"} | fields

    taken = outcome(wechat, json.dumps(told))

    assert "\\u0000" not in json.dumps(taken, default=str, ensure_ascii=False).encode().decode()


def test_the_channel_is_a_platform(wechat):
    platform: Platform = channel(wechat)

    assert platform.patient
