"""What the fake WeChat pushes, as wechatpy reads it; and what an account's server may answer."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from wechatpy import create_reply, parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidSignatureException
from wechatpy.replies import TransferCustomerServiceReply
from wechatpy.utils import check_signature

from tests.fakes.wechat_people import NoFollower
from tests.fakes.wechat_pusher import SORRY

ACTIONS: dict[str, tuple[Any, str, dict[str, Any]]] = {
    "text": (lambda who: who.say("12路公交车门坏了"), "text", {"content": "12路公交车门坏了"}),
    "cdata end": (lambda who: who.say("a]]></Content><b>"), "text", {"content": "a]]></Content><b>"}),
    "image": (lambda who: who.image(), "image", {}),
    "voice": (lambda who: who.voice(), "voice", {"format": "amr", "recognition": None}),
    "video": (lambda who: who.video(), "video", {}),
    "short video": (lambda who: who.video(short=True), "shortvideo", {}),
    "location": (lambda who: who.location(31.23, 121.47, "人民广场"), "location", {"location": ("31.23", "121.47")}),
    "link": (lambda who: who.link("标题", "描述", "https://example.org"), "link", {"url": "https://example.org"}),
    "mini program": (lambda who: who.mini_program("小程序", "pages/a"), "miniprogrampage", {"page_path": "pages/a"}),
    "file": (lambda who: who.file("合同.pdf", b"%PDF"), "unknown", {}),
    "unknown kind": (lambda who: who.unheard_of(), "unknown", {}),
    "mass sending": (lambda who: who.happens("MASSSENDJOBFINISH", Status="sendsuccess"), "masssendjobfinish", {}),
    "scan": (lambda who: who.scan(scene="p_8f3k"), "scan", {"scene_id": "p_8f3k"}),
    "follow": (lambda who: who.follow(), "subscribe", {}),
    "follow by code": (lambda who: who.follow(scene="p_8f3k"), "subscribe_scan", {"scene_id": "p_8f3k"}),
    "unfollow": (lambda who: who.unfollow(), "unsubscribe", {}),
    "click": (lambda who: who.click("JIESU_FILE"), "click", {"key": "JIESU_FILE"}),
    "view": (lambda who: who.open_page("https://example.org"), "view", {"url": "https://example.org"}),
    "position": (lambda who: who.report_location(31.23, 121.47), "location", {"latitude": 31.23, "longitude": 121.47}),
    "scan code": (lambda who: who.scan_by_menu("k", "1"), "scancode_waitmsg", {"scan_result": "1"}),
    "take over": (lambda who: who.staff_takes_over("kf1@a"), "kf_create_session", {"account": "kf1@a"}),
    "pass on": (lambda who: who.staff_passes_on("kf2@a"), "kf_switch_session", {"to_account": "kf2@a"}),
    "hand back": (lambda who: who.staff_closes(), "kf_close_session", {}),
}


def opened(account, posted):
    """A push as wechatpy makes it out."""
    query = posted.query
    if account.mode == "plain":
        check_signature(account.token, query["signature"], query["timestamp"], query["nonce"])
        return parse_message(posted.body)
    seal = WeChatCrypto(account.token, account.eak, account.appid)
    return parse_message(seal.decrypt_message(posted.body, query["msg_signature"], query["timestamp"], query["nonce"]))


def kind_of(message):
    return message.event if message.type == "event" else message.type


@pytest.mark.parametrize("mode", ["plain", "compat", "safe"])
@pytest.mark.parametrize("action", ACTIONS)
async def test_wechatpy_reads_what_a_person_does(wechat, owner, mode, action):
    wechat.account.mode = mode
    act, kind, facts = ACTIONS[action]

    push = await act(wechat.person("oAlice"))

    message = opened(wechat.account, owner.posted[0])
    assert (push.verdict, kind_of(message), message.source) == ("success", kind, "oAlice")
    assert {name: getattr(message, name) for name in facts} == facts
    assert message.id == push.message.get("MsgId", 0)
    assert message.time == int(wechat.clock.now())


async def test_chosen_pictures_and_places_come_as_an_event_and_as_messages(wechat, owner):
    alice = wechat.person("oAlice")

    await alice.pictures_by_menu("k", [b"\xff\xd8\xff1", b"\xff\xd8\xff2"], "pic_weixin")
    await alice.location_by_menu("k", 31.23, 121.47, "人民广场")

    read = [opened(wechat.account, posted) for posted in owner.posted]
    assert [kind_of(message) for message in read] == ["pic_weixin", "image", "image", "location_select", "location"]
    assert len(read[0].pictures) == 2
    assert read[3].location == ("31.23", "121.47")


async def test_a_safe_push_shows_nothing_outside_and_a_compatible_one_shows_it_twice(wechat, owner):
    alice = wechat.person("oAlice")

    await alice.say("水管漏水")
    wechat.account.mode = "compat"
    await alice.say("水管漏水")

    safe, compat = (posted.body for posted in owner.posted)
    assert "水管漏水" not in safe
    assert "水管漏水" in compat
    assert "<Encrypt>" in compat


async def test_an_account_may_have_chosen_json(wechat, owner):
    wechat.account.mode, wechat.account.format = "plain", "json"
    alice = wechat.person("oAlice")

    await alice.say("水管漏水")
    await alice.accept("T1")
    await alice.accept("T1", "T2")

    text, one, two = (json.loads(posted.body) for posted in owner.posted)
    assert (text["Content"], owner.posted[0].content_type) == ("水管漏水", "application/json")
    assert one["SubscribeMsgPopupEvent"]["List"]["TemplateId"] == "T1"
    assert [row["TemplateId"] for row in two["SubscribeMsgPopupEvent"]["List"]] == ["T1", "T2"]


async def test_a_consent_wechatpy_does_not_know_is_there_all_the_same(wechat, owner):
    await wechat.person("oAlice").accept("T1")

    message = opened(wechat.account, owner.posted[0])
    assert message.type == "unknown"
    assert message._data["SubscribeMsgPopupEvent"]["List"]["SubscribeStatusString"] == "accept"


async def test_a_tap_in_a_msgmenu_is_a_text_with_its_id(wechat, owner):
    await wechat.person("oAlice").say("满意", menu_id="c123:5")

    message = opened(wechat.account, owner.posted[0])
    assert (message.content, message._data["bizmsgmenuid"]) == ("满意", "c123:5")


async def test_the_old_key_is_used_for_a_while_after_it_was_changed(wechat, owner):
    account = wechat.account
    account.prev_eak, account.push_with_previous = "B" * 43, True

    await wechat.person("oAlice").say("你好")

    query = owner.posted[0].query
    seal = WeChatCrypto(account.token, account.prev_eak, account.appid)
    text = seal.decrypt_message(owner.posted[0].body, query["msg_signature"], query["timestamp"], query["nonce"])
    assert parse_message(text).content == "你好"


async def test_in_safe_mode_the_plain_signature_does_not_cover_the_message(wechat, owner):
    await wechat.person("oAlice").say("你好")

    posted = owner.posted[0]
    seal = WeChatCrypto(wechat.account.token, wechat.account.eak, wechat.account.appid)
    with pytest.raises(InvalidSignatureException):
        seal.decrypt_message(posted.body, posted.query["signature"], posted.query["timestamp"], posted.query["nonce"])


@pytest.mark.parametrize("mode", ["plain", "compat", "safe"])
async def test_an_answer_of_wechatpy_reaches_the_phone(wechat, owner, mode):
    wechat.account.mode = mode

    async def answer(posted):
        reply = create_reply("您好，请讲。", opened(wechat.account, posted)).render()
        if mode == "plain":
            return reply
        seal = WeChatCrypto(wechat.account.token, wechat.account.eak, wechat.account.appid)
        return seal.encrypt_message(reply, posted.query["nonce"], posted.query["timestamp"])

    owner.answer = answer
    alice = wechat.person("oAlice")
    push = await alice.say("你好")

    assert push.verdict == "reply"
    assert alice.read == ["您好，请讲。"]
    assert [shown.way for shown in alice.view] == ["", "passive"]


def answering(body):
    async def answer(posted):
        return body

    return answer


def text_reply(content, to="oAlice", sender="gh_0123456789ab", more=""):
    return (
        f"<xml><ToUserName>{to}</ToUserName><FromUserName>{sender}</FromUserName><CreateTime>1</CreateTime>"
        f"<MsgType>text</MsgType><Content>{content}</Content>{more}</xml>"
    )


WRONG_ANSWERS = {
    "JSON": '{"ok": true}',
    "HTML": "<html><body>500</body></html>",
    "not XML": "OK",
    "to somebody else": text_reply("好", to="oBob"),
    "from another account": text_reply("好", sender="gh_other"),
    "empty": text_reply(""),
    "too long": text_reply("长" * 683),
    "doubled field": text_reply("好", more="<MsgType>text</MsgType>"),
    "broken CDATA": text_reply("<![CDATA[a]]>b<x>]]>"),
    "unknown kind": text_reply("好").replace("text", "poem"),
    "gone picture": text_reply("")
    .replace("text", "image")
    .replace("<Content></Content>", "<Image><MediaId>x</MediaId></Image>"),
    "HTTP 500": (500, "success"),
    "HTTP 403": (403, ""),
}


@pytest.mark.parametrize("wrong", WRONG_ANSWERS)
async def test_a_wrong_answer_is_asked_three_times_and_then_the_person_reads_an_apology(wechat, owner, wrong):
    wechat.account.mode = "plain"
    owner.answer = answering(WRONG_ANSWERS[wrong])
    alice = wechat.person("oAlice")

    push = await alice.say("你好")

    assert [one.verdict in {"invalid", "failed"} for one in push.tries] == [True, True, True]
    assert len({parse_message(posted.body).id for posted in owner.posted}) == 1
    assert [shown.text for shown in alice.view if shown.who == "system"] == [SORRY]


@pytest.mark.parametrize("body", ["", "success", text_reply("长" * 682)])
async def test_silence_success_and_an_answer_of_2046_bytes_are_well(wechat, owner, body):
    wechat.account.mode = "plain"
    owner.answer = answering(body)

    push = await wechat.person("oAlice").say("你好")

    assert push.answered
    assert len(push.tries) == 1


async def test_a_plain_answer_in_safe_mode_is_wrong(wechat, owner):
    owner.answer = answering(text_reply("好"))

    push = await wechat.person("oAlice").say("你好")

    assert [one.why for one in push.tries] == ["plain answer in safe mode"] * 3


async def test_a_person_handed_over_talks_to_staff_until_it_closes_or_half_an_hour_is_over(wechat, owner):
    wechat.account.mode = "plain"
    alice = wechat.person("oAlice")

    async def hand_over(posted):
        return TransferCustomerServiceReply(message=parse_message(posted.body)).render()

    owner.answer = hand_over
    assert (await alice.say("转人工")).verdict == "handover"
    owner.answer = answering("success")
    assert (await alice.say("有人吗")).verdict == "success"  # nobody has taken it yet
    await alice.staff_takes_over()
    assert (await alice.say("我要投诉")).tries == []
    wechat.clock.advance(1801)
    assert (await alice.say("还在吗")).verdict == "success"


async def test_who_does_not_follow_cannot_write(wechat, owner):
    alice = wechat.person("oAlice")
    await alice.unfollow()

    with pytest.raises(NoFollower):
        await alice.say("你好")


async def test_the_console_checks_an_address(wechat, owner):
    status, body, echo = await wechat.pusher.verify(wechat.account)

    assert (status, body) == (200, echo)
    query = owner.posted[0].query
    check_signature(wechat.account.token, query["signature"], query["timestamp"], query["nonce"])


async def test_forgeries_can_be_posted(wechat, owner):
    owner.answer = answering((403, ""))

    status, _ = await wechat.pusher.raw(wechat.account, b"<!DOCTYPE a>", {"signature": "0"})

    assert (status, owner.posted[0].body, owner.posted[0].query) == (403, "<!DOCTYPE a>", {"signature": "0"})


async def test_the_platforms_own_clock_may_be_wrong(wechat, owner):
    wechat.settings.skew = -900

    await wechat.person("oAlice").say("你好")

    assert int(owner.posted[0].query["timestamp"]) == int(wechat.clock.now()) - 900


async def test_an_account_without_an_address_hears_nothing(wechat):
    push = await wechat.person("oAlice").say("你好")

    assert push.tries == []
    await asyncio.sleep(0)


async def test_a_voice_message_shows_the_words_that_were_recognised_below_it(wechat):
    who = wechat.person("oAlice")
    await who.voice(recognition="路灯坏了")
    await who.voice()

    assert [(shown.kind, shown.text) for shown in who.view] == [("voice", "路灯坏了"), ("voice", "")]
