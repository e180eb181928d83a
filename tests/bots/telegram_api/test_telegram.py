"""The channel at its hook: only Telegram gets in, everything it says is taken, courtesies are done on the way."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bots import Call, ChannelError, Platform, Refused, Taken, Way
from dialogs.messages import Back, ChatMoved, Choice, Left, Media, Outbound, Peer, Say
from tests.fakes.telegram import TOKEN

if TYPE_CHECKING:
    from bots.telegram import Telegram

HEADERS = {"x-telegram-bot-api-secret-token": "a_secret-token", "content-type": "application/json"}
BODY = b'{"update_id":1,"poll":{}}'


@pytest.fixture
def call(telegram):
    return Call("POST", {}, HEADERS, BODY, telegram.clock.utc())


def test_it_is_a_platform_with_one_way_which_is_always_open(channel: Telegram) -> None:
    platform: Platform = channel

    assert not platform.patient
    assert (channel.name, channel.ways, channel.window) == ("city", (Way("message"),), None)


@pytest.mark.parametrize("shown", ["", "a_secret-toke", "a_secret-token ", "密", "\udcff"])
def test_t01_a_wrong_secret_is_refused(channel, call, shown):
    with pytest.raises(Refused) as refused:
        channel.read(replace(call, headers={"x-telegram-bot-api-secret-token": shown}))

    assert refused.value.status == 403


def test_t01_a_missing_secret_is_refused_also_where_none_was_set(channel, open_bot, call):
    for bot in (channel, open_bot(secret_token="")):
        with pytest.raises(Refused):
            bot.read(replace(call, headers={}))


def test_t06_what_is_no_json_is_refused_and_what_is_unknown_is_kept(channel, call):
    with pytest.raises(Refused) as refused:
        channel.read(replace(call, body=b"<xml/>"))

    assert refused.value.status == 400
    assert channel.read(call) == Taken(unknown="poll", raw={"update_id": 1, "poll": {}})


def test_an_answer_says_nothing(channel, call):
    assert channel.passive(call, [Say("您好")]) is None
    assert channel.acknowledged(call) == b""


async def test_a_whole_talk_of_every_kind_comes_through_the_hook(telegram, hook):
    person = telegram.person(7, language="en")
    person.start("p_8f3k")
    said = person.say("路灯坏了")
    person.photo(caption="现场")
    person.document()
    person.video()
    person.voice()
    person.venue()
    person.live_location(moves=2)
    person.contact()
    person.edit(said["message_id"], "路灯全坏了")
    await telegram.idle()

    heard = [message for taken in hook.taken for message in taken.messages]
    assert [push.status for push in telegram.line().pusher.log] == [200] * 12
    assert (heard[0].text, heard[0].place) == ("hello", "p_8f3k")
    assert [one.kind for message in heard for one in message.media] == ["photo", "document", "video", "voice"]
    assert [bool(message.location) for message in heard].count(True) == 2
    assert heard[-2].contact == "+8613800138000"
    assert (heard[-1].edited, heard[-1].message_id) == (True, heard[1].message_id)
    assert {message.peer for message in heard} == {Peer("city", "7")}


async def test_t10_an_album_keeps_its_order_whatever_came_first(telegram, hook):
    telegram.person(7).album(10, caption="现场", order=[3, 1, 0, 2, 9, 8, 7, 6, 5, 4])
    await telegram.idle()

    heard = [message for taken in hook.taken for message in taken.messages]
    assert (len(heard), len({message.album for message in heard})) == (10, 1)
    assert [message.text for message in sorted(heard, key=lambda one: one.message_id)] == ["现场", *[""] * 9]


async def test_t18_blocking_and_unblocking_are_told(telegram, hook):
    person = telegram.person(7)
    person.start()
    person.block()
    person.unblock()
    await telegram.idle()

    news = [one for taken in hook.taken for one in taken.news]
    assert [type(one) for one in news] == [Left, Back]


async def test_a_pressed_button_stops_turning_without_a_call_of_ours(telegram, channel, hook):
    person = telegram.person(7)
    person.start()
    await channel.send(Outbound(Peer("city", "7"), Say("您同意吗？", (Choice("consent.yes", "同意"),)), "k"))
    person.press("同意")
    await telegram.idle()

    assert hook.taken[-1].messages[0].choice == "consent.yes"
    (answer,) = telegram.called("answerCallbackQuery")
    assert (answer.accepted, answer.hook) == (True, True)


async def test_t25_a_button_pressed_twice_has_two_ids_and_three_days_later_does_no_harm(telegram, channel, hook):
    person = telegram.person(7)
    person.start()
    await channel.send(Outbound(Peer("city", "7"), Say("您同意吗？", (Choice("consent.yes", "同意"),)), "k"))
    person.press("同意")
    person.press("同意")
    await telegram.idle()
    telegram.clock.advance(3 * 86_400)
    person.press("同意")
    await telegram.idle()

    pressed = [message for taken in hook.taken for message in taken.messages if message.choice]
    assert [one.choice for one in pressed] == ["consent.yes"] * 3
    assert len({one.message_id for one in pressed}) == 3


async def test_a_group_is_told_to_talk_in_private_once_and_is_not_taken(telegram, hook):
    group = telegram.group(-100, with_bot=False)
    person = telegram.person(7, chat_id=group.id)
    person.add_bot()
    person.say("/start")
    await telegram.idle()

    assert len(telegram.heard(-100)) == 1
    assert "https://t.me/jiesu_bot" in str(telegram.sent(-100)[0].args["reply_markup"])
    assert [taken for taken in hook.taken if taken != Taken()] == []


async def test_t24_a_bound_group_is_heard_and_keeps_its_people_when_its_number_changes(telegram, open_bot, open_hook):
    hook = await open_hook(open_bot(groups="bind"))
    group = telegram.group(-100)
    person = telegram.person(7, chat_id=group.id)
    person.say("/progress@jiesu_bot")
    new = person.upgrade()
    await telegram.idle()

    heard = [message for taken in hook.taken for message in taken.messages]
    news = [one for taken in hook.taken for one in taken.news]
    assert [(message.peer.address, message.text) for message in heard] == [("-100", "progress")]
    assert set(news) == {ChatMoved("city", "-100", str(new.id))}


async def test_t15_no_log_and_no_error_tells_the_token(telegram, open_bot, caplog, capsys):
    caplog.set_level("DEBUG")
    channel = open_bot()
    await channel.set_up()
    telegram.person(7).start()
    stored = telegram.bot.keep(b"jpeg", name="photo.jpg", kind="photo")
    message = Outbound(Peer("city", "7"), Say("您好"), "k")
    await channel.send(message)
    await channel.fetch(Media("photo", stored["file_id"]), most=100)
    for fault in ({"html502": True}, {"drop": True}, {"http": 404}):
        for method in ("sendMessage", "file"):
            telegram.faults.order(method=method, **fault)
        for doing in (channel.send(message), channel.fetch(Media("photo", stored["file_id"]), most=100)):
            try:
                await doing
            except ChannelError:
                logging.getLogger("a job").exception("it did not work")

    seen = f"{caplog.text} {capsys.readouterr()}"
    assert "it did not work" in seen
    assert TOKEN.partition(":")[2] not in seen


async def test_t29_two_bots_know_the_same_person_apart(telegram, open_bot, open_hook):
    telegram.add_bot("220201543:BBHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", "other_bot")
    here = await open_hook(open_bot())
    there = await open_hook(open_bot(token="220201543:BBHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"))
    telegram.person(7).say("一")
    telegram.person(7, bot="other_bot").say("一")
    await telegram.idle()

    names = [hook.taken[0].messages[0].message_id for hook in (here, there)]
    assert len(set(names)) == 2
