"""Scenarios of the platform reference that concern what an account receives, by their numbers."""

from __future__ import annotations

import base64
import json
import time
from datetime import timedelta
from pathlib import Path

import pytest

from bots import Call, Refused
from dialogs.messages import Back, Left, Media, Opening, Say
from tests.bots.wechat_api.hook import at, channel, plain_call, sealed_call, text_push
from tests.fakes import wechat_crypto as crypto

OFFICIAL = json.loads((Path(__file__).parents[2] / "fixtures" / "wechat_official.json").read_text(encoding="utf-8"))
TALK, TAP = Opening(5, timedelta(hours=48)), Opening(3, timedelta(minutes=1))


def official(wechat, **changed):
    keys = {"token": OFFICIAL["token"], "aes_key": OFFICIAL["encoding_aes_key"], "appid": OFFICIAL["appid"]}
    return channel(wechat, **(keys | changed))


def test_w01_the_check_of_the_address_is_answered_with_its_echo(wechat):
    check = OFFICIAL["address_check"]
    query = {name: check[name] for name in ("timestamp", "nonce", "echostr", "signature")}

    taken = official(wechat).read(Call("GET", query, {}, b"", at(check["timestamp"])))

    assert taken.echo == check["echostr"].encode()


async def test_w02_a_forged_check_is_refused_without_the_echo(wechat, hook):
    assert (await wechat.pusher.verify(wechat.account))[0] == 200

    status, body, _ = await wechat.pusher.verify(wechat.account, forged=True)

    assert (status, body) == (403, "")


@pytest.mark.parametrize("kind", ["xml", "json"])
@pytest.mark.parametrize("mode", ["plain", "compat", "safe"])
async def test_w03_a_text_is_read_and_answered_at_once_in_every_mode(wechat, owner_of, mode, kind):
    wechat.account.mode, wechat.account.format = mode, kind
    hook = await owner_of()
    hook.says = [Say("请问在哪里？")]
    alice = wechat.person("oAlice")

    push = await alice.say("12路公交车门坏了")

    (message,) = hook.messages
    assert (message.text, message.peer.address, message.peer.channel) == ("12路公交车门坏了", "oAlice", "city-wechat")
    assert (message.message_id, message.opens) == (str(push.message["MsgId"]), TALK)
    assert message.sent_at == wechat.clock.utc()
    assert (push.verdict, alice.read) == ("reply", ["请问在哪里？"])


async def test_w05_a_push_that_comes_again_is_the_same_message_with_the_same_answer(wechat, hook):
    hook.says = [Say("您好")]
    wechat.fault("push", cut=True)

    push = await wechat.person("oAlice").say("你好")

    assert [one.verdict for one in push.tries] == ["cut", "reply"]
    assert len({message.message_id for message in hook.messages}) == 1
    assert wechat.person("oAlice").read == ["您好"]


async def test_w06_a_follow_that_comes_twice_is_one_and_a_tap_in_the_same_second_another(wechat, hook):
    alice = wechat.person("oAlice", follows=False)
    wechat.fault("push", duplicate=True)

    await alice.follow()
    await hook.channel.make_menu()
    await alice.click("JIESU_FILE")

    first, again, tapped = hook.messages
    assert first.message_id == again.message_id != tapped.message_id
    assert first.sent_at == tapped.sent_at
    assert (first.text, tapped.text, tapped.opens) == ("你好", "投诉", TAP)


async def test_w07_a_forged_signature_is_refused(wechat, hook):
    body, query = b"<xml><Encrypt>a</Encrypt></xml>", {"encrypt_type": "aes", "msg_signature": "0" * 40}
    query |= {"timestamp": str(int(wechat.clock.now())), "nonce": "1"}

    status, text = await wechat.pusher.raw(wechat.account, body, query)

    assert (status, text, hook.taken) == (403, "", [])


@pytest.mark.parametrize("minutes", [-61, -11, 11, 15])
def test_w08_a_call_from_another_time_is_refused(wechat, minutes):
    call = plain_call(wechat, text_push())
    late = Call("POST", call.query, {}, call.body, call.at - timedelta(minutes=minutes))

    with pytest.raises(Refused, match="stale") as refused:
        channel(wechat, mode="plain").read(late)

    assert refused.value.status == 403


def test_w08_a_replayed_query_with_another_body_is_the_message_that_it_says_it_is(wechat):
    reader = channel(wechat, mode="plain")

    first, forged = (reader.read(plain_call(wechat, text_push(text))).messages[0] for text in ("我的话", "别人的话"))

    assert first.message_id == forged.message_id


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><xml><Content>&b;</Content></xml>'
XXE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><Content>&a;</Content></xml>'
DAMAGED = {
    "bomb": BOMB,
    "foreign entity": XXE,
    "remote document type": '<!DOCTYPE xml SYSTEM "http://127.0.0.1/x.dtd"><xml/>',
    "doubled kind": text_push().replace("</xml>", "<MsgType>event</MsgType></xml>"),
    "doubled text": text_push().replace("</xml>", "<Content>b</Content></xml>"),
    "nested text": text_push().replace("</xml>", "<MsgId><a>1</a></MsgId></xml>"),
    "empty": "",
    "only a root": "<xml></xml>",
    "another root": "<a/>",
    "no kind": text_push(MsgType=""),
    "no sender": text_push(FromUserName=""),
    "a sender in Chinese": text_push(FromUserName="甲"),
    "a time in words": text_push(CreateTime="今天"),
    "a time beyond the calendar": text_push(CreateTime="999999999999"),
    "not XML": "hello",
    "half": text_push()[:80],
    "two roots": text_push() * 2,
    "deep": "<xml>" + "<a>" * 80_000,
    "wide": "<xml>" + "<a/>" * 50_000 + "</xml>",
    "JSON list": "[1]",
    "half JSON": '{"MsgType": "text"',
    "deep JSON": '{"a":' * 30_000,
    "doubled JSON": '{"MsgType":"text","MsgType":"event"}',
    "nested JSON": '{"ToUserName":"g","FromUserName":"o","CreateTime":1,"MsgType":["text"]}',
    "other letters": text_push().encode("gbk"),
    "nothing but zeros": b"\0" * 1000,
}


@pytest.mark.parametrize("body", DAMAGED.values(), ids=DAMAGED)
def test_w09_what_is_damaged_or_a_trap_is_refused_at_once(wechat, body):
    reader, call = channel(wechat, mode="plain"), plain_call(wechat, body)
    began = time.perf_counter()

    with pytest.raises(Refused) as refused:
        reader.read(call)

    assert (refused.value.status, time.perf_counter() - began < 0.1) == (400, True)
    assert "root:" not in str(refused.value)


@pytest.mark.parametrize("megabytes", [1, 2, 5])
def test_w09_what_is_too_large_is_refused_unread(wechat, megabytes):
    with pytest.raises(Refused, match="large") as refused:
        channel(wechat, mode="plain").read(plain_call(wechat, b"x" * (megabytes << 20)))

    assert refused.value.status == 413


def test_w10_the_published_push_is_opened(wechat):
    push = OFFICIAL["sealed_push"]
    query = {name: push[name] for name in ("timestamp", "nonce", "signature", "msg_signature")}
    body = json.dumps({"ToUserName": "gh_97417a04a28d", "Encrypt": push["encrypt"]}).encode()

    taken = official(wechat).read(Call("POST", query | {"encrypt_type": "aes"}, {}, body, at(push["timestamp"])))

    assert (taken.unknown, len(taken.raw["body"].encode())) == ("event debug_demo", 167)


def test_w11_a_message_for_another_account_is_refused_without_its_words(wechat):
    with pytest.raises(Refused) as refused:
        channel(wechat).read(sealed_call(wechat, text_push("秘密"), appid="wx0000000000000000"))

    assert (refused.value.status, "秘密" in str(refused.value)) == (403, False)


def test_w12_what_no_key_opens_is_refused_as_damaged(wechat):
    good = crypto.encrypt(wechat.account.eak, wechat.account.appid, text_push().encode(), b"r" * 16)
    short = base64.b64encode(base64.b64decode(good)[:-16]).decode()
    padded = base64.b64encode(base64.b64decode(good)[:-32] + b"x" * 32).decode()
    reader = channel(wechat)
    calls = [sealed_call(wechat, "", encrypted=damaged) for damaged in (good[:-5], short, padded, "你好", "A" * 4)]
    calls += [sealed_call(wechat, text_push(), key=character * 43) for character in "ABCDEFGHIJ"]

    for call in calls:
        with pytest.raises(Refused) as refused:
            reader.read(call)
        assert refused.value.status == 400


async def test_w12_while_the_key_is_changed_the_old_one_opens_and_answers(wechat, owner_of):
    account = wechat.account
    account.prev_eak, account.push_with_previous = "K" * 43, True
    hook = await owner_of(previous_aes_key="K" * 43)
    hook.says = [Say("收到")]

    push = await wechat.person("oAlice").say("你好")

    assert (push.verdict, [message.text for message in hook.messages]) == ("reply", ["你好"])


def test_w13_a_plain_message_is_refused_in_safe_mode(wechat):
    for changed in ({}, {"encrypt_type": "raw"}, {"encrypt_type": ""}):
        with pytest.raises(Refused) as refused:
            channel(wechat).read(plain_call(wechat, text_push(), **changed))
        assert refused.value.status == 403


def test_w14_in_compatible_mode_what_is_encrypted_counts(wechat):
    call = sealed_call(wechat, text_push("封好的"))
    body = call.body.replace(b"<xml>", text_push("露在外面的").encode().removesuffix(b"</xml>"))

    (message,) = channel(wechat, mode="plain").read(Call("POST", call.query, {}, body, call.at)).messages

    assert message.text == "封好的"


async def test_w15_words_that_look_like_xml_are_shown_as_they_are(wechat, hook):
    words = "a]]></Content><MsgType>event</MsgType>]]>]]]]>\x01\x0b<b>&amp;"
    hook.says = [Say(words)]
    alice = wechat.person("oAlice")

    push = await alice.say(words.replace("\x01\x0b", ""))

    assert (push.verdict, hook.messages[0].text) == ("reply", words.replace("\x01\x0b", ""))
    assert alice.read == [words.replace("\x01\x0b", "")]


async def test_w16_a_voice_note_without_words_is_a_file_to_fetch(wechat, hook):
    push = await wechat.person("oAlice").voice()

    assert hook.messages[0].media == (Media("voice", push.message["MediaId"]),)


async def test_w18_who_follows_or_scans_comes_with_the_place_of_the_code(wechat, hook):
    alice = wechat.person("oAlice", follows=False)

    await alice.follow(scene="p_8f3k")
    await alice.scan(scene="p_8f3k")

    assert [(message.place, message.text, message.opens) for message in hook.messages] == [("p_8f3k", "你好", TAP)] * 2
    assert hook.news == [Back(hook.messages[0].peer, wechat.clock.utc())]


async def test_w19_a_place_chosen_from_the_menu_is_one_pin_on_the_worlds_map(wechat, hook):
    wechat.account.menu = {"button": [{"type": "location_select", "name": "位置", "key": "WHERE"}]}

    await wechat.person("oAlice").location_by_menu("WHERE", 31.17530398364597, 121.531541859215, "浦东")

    (message,) = hook.messages
    assert message.location is not None
    assert (message.location.lat, message.location.lon) == pytest.approx((31.1774276, 121.5272106), abs=1e-5)
    assert message.location.label == "浦东"


async def test_w27_who_leaves_is_told_as_news(wechat, hook):
    alice = wechat.person("oAlice")

    await alice.unfollow()

    (news,) = hook.news
    assert isinstance(news, Left)
    assert (news.peer.address, news.why, hook.messages) == ("oAlice", "unfollowed", [])
