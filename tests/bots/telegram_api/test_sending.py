"""What we send arrives once, whole and in order, or we know how far it got."""

from __future__ import annotations

import asyncio

import pytest

from bots import ChannelDown, NotSent, NotThisWay, Uncertain, Unreachable
from dialogs.messages import ChatMoved, Choice, Outbound, Peer, Receipt, Say
from tests.fakes.telegram import TOKEN

YES, NO = Choice("consent.yes", "同意"), Choice("consent.no", "不同意")
LONG = "\n\n".join(letter * 3000 for letter in "一二三")


@pytest.fixture
def citizen(telegram):
    person = telegram.person(7)
    person.start()
    return person


def bubble(text="您好", *choices, chat="7", key="k1", kind="reply"):
    return Outbound(Peer("city", chat), Say(text, tuple(choices)), key, kind=kind)


async def test_a_bubble_arrives_with_its_buttons_and_the_receipt_names_it(telegram, citizen, channel):
    receipt = await channel.send(bubble("您同意吗？", YES, NO))

    assert telegram.heard() == ["您同意吗？"]
    assert receipt == Receipt("message", str(telegram.sent(7)[0].result["message_id"]))
    assert citizen.press("同意")["data"] == "consent.yes"


PHONE = Choice("contact", "发送我的手机号")


@pytest.mark.parametrize(
    ("text", "parts"), [("记下了。\n同意吗？", ["记下了。", "同意吗？"]), ("同意吗？", ["✓", "同意吗？"])]
)
async def test_keys_of_the_question_before_do_not_stay_below_an_answer_with_buttons(
    telegram, citizen, channel, text, parts
):
    await channel.send(bubble("手机号是？", PHONE, key="k1"))
    assert telegram.view(7)["keyboard"]

    await channel.send(bubble(text, YES, NO, key="k2"))
    await channel.send(bubble("您同意吗？", YES, NO, key="k3"))

    assert telegram.heard()[1:] == [*parts, "您同意吗？"]
    assert not telegram.view(7)["keyboard"]
    assert citizen.press("同意")["data"] == "consent.yes"


async def test_a_notice_leaves_the_keys_of_an_open_question_where_they_are(telegram, citizen, channel):
    await channel.send(bubble("手机号是？", PHONE, key="k1"))
    await channel.send(bubble("已受理。", YES, key="k2", kind="status"))

    assert telegram.heard() == ["手机号是？", "已受理。"]
    assert telegram.view(7)["keyboard"]


async def test_t23_signs_of_html_arrive_as_they_are(telegram, citizen, channel):
    await channel.send(bubble('<b & "x"> 20261122-HL-000001-7'))

    assert telegram.heard() == ['<b & "x"> 20261122-HL-000001-7']


async def test_t23_a_long_text_arrives_in_parts_with_the_buttons_under_the_last(telegram, citizen, channel):
    await channel.send(bubble(LONG, YES))

    calls = telegram.sent(7)
    assert [len(text) for text in telegram.heard()] == [3000, 3000, 3000]
    assert ["reply_markup" in call.args for call in calls[:2]] == [False, False]
    assert "inline_keyboard" in str(calls[2].args["reply_markup"])


async def test_t23_a_part_that_fails_leaves_the_rest_for_later_and_none_comes_twice(telegram, citizen, channel):
    telegram.faults.order(method="sendMessage", nth=2, http=500)

    with pytest.raises(NotSent, match="共3段，已发出1段，还剩2段"):
        await channel.send(bubble(LONG))
    await channel.send(bubble(LONG))

    assert [text[0] for text in telegram.heard()] == ["一", "二", "三"]


async def test_t23_text_whose_marks_are_refused_is_sent_once_more_without_marks(telegram, citizen, channel):
    refusal = "Bad Request: can't parse entities: unexpected end tag"
    telegram.faults.order(method="sendMessage", http=400, description=refusal)

    await channel.send(bubble("a < b"))

    assert telegram.heard() == ["a < b"]
    assert "parse_mode" not in telegram.sent(7)[0].args


async def test_t22_no_answer_to_what_was_accepted_is_uncertain(telegram, citizen, open_bot):
    telegram.faults.order(method="sendMessage", delay_s=60)
    channel = open_bot(read_seconds=0.1)

    with pytest.raises(Uncertain):
        await channel.send(bubble())

    assert telegram.heard() == ["您好"]


@pytest.mark.parametrize("spoilt", ["drop_after_accept", "truncate"])
async def test_t22_a_connection_cut_after_it_was_accepted_is_uncertain(telegram, citizen, channel, spoilt):
    telegram.faults.order(method="sendMessage", **{spoilt: True})

    with pytest.raises(Uncertain):
        await channel.send(bubble())

    assert telegram.heard() == ["您好"]


async def test_t22_a_refused_connection_sent_nothing_and_the_next_try_goes_through(telegram, citizen, channel):
    await telegram.refuse()
    with pytest.raises(NotSent):
        await channel.send(bubble())

    await telegram.listen()
    await channel.send(bubble())

    assert telegram.heard() == ["您好"]


async def test_a_page_of_html_instead_of_an_answer_sent_nothing(telegram, citizen, channel):
    telegram.faults.order(method="sendMessage", html502=True)

    with pytest.raises(NotSent):
        await channel.send(bubble())

    assert telegram.heard() == []


async def test_t20_a_flood_limit_says_how_long_the_whole_bot_is_silent(telegram, citizen, channel):
    telegram.faults.order(method="sendMessage", retry_after=30)

    with pytest.raises(NotSent) as refused:
        await channel.send(bubble())

    assert (refused.value.retry_after, refused.value.everybody) == (30, True)


async def test_the_limit_of_a_group_is_its_own(telegram, channel):
    telegram.group(-100)
    telegram.faults.order(method="sendMessage", retry_after=30)

    with pytest.raises(NotSent) as refused:
        await channel.send(bubble(chat="-100"))

    assert not refused.value.everybody


async def test_who_floods_us_is_refused_alone(telegram, citizen, channel):
    for number in range(5):
        await channel.send(bubble(key=f"k{number}"))
    with pytest.raises(NotSent) as refused:
        await channel.send(bubble(key="k5"))
    telegram.clock.advance(5)
    telegram.faults.order(method="sendMessage", retry_after=30)
    with pytest.raises(NotSent) as later:
        await channel.send(bubble(key="k6"))

    assert (refused.value.everybody, later.value.everybody) == (False, True)


async def test_t18_who_blocked_the_bot_is_unreachable(citizen, channel):
    citizen.block()

    with pytest.raises(Unreachable) as refused:
        await channel.send(bubble())

    assert refused.value.code == "blocked"


async def test_t19_who_deleted_the_account_is_unreachable(citizen, channel):
    citizen.delete_account()

    with pytest.raises(Unreachable) as refused:
        await channel.send(bubble())

    assert refused.value.code == "deactivated"


@pytest.mark.parametrize("chat", ["404", "o-an-openid"])
async def test_t19_a_chat_that_does_not_exist_is_unreachable(channel, chat):
    with pytest.raises(Unreachable):
        await channel.send(bubble(chat=chat))


async def test_a_message_that_telegram_does_not_take_is_not_tried_for_ever(telegram, citizen, channel):
    telegram.faults.order(method="sendMessage", http=400, description="Bad Request: message is too long")

    with pytest.raises(NotThisWay, match="too long"):
        await channel.send(bubble())


async def test_t24_a_group_that_was_upgraded_gets_it_at_its_new_number_and_we_hear_of_it(telegram, channel, news):
    telegram.group(-100)
    new = telegram.world.upgrade(-100)

    await channel.send(bubble(chat="-100"))

    assert telegram.heard(new.id) == ["您好"]
    assert news == [ChatMoved("city", "-100", str(new.id))]


async def test_t27_a_revoked_token_shuts_the_channel_and_stands_in_no_error(telegram, citizen, channel):
    telegram.bot.revoked = True

    with pytest.raises(ChannelDown) as refused:
        await channel.send(bubble())

    assert TOKEN not in repr(refused.value)
    assert refused.value.__cause__ is None


async def test_t27_a_wrong_address_of_the_api_shuts_the_channel(telegram, citizen, open_bot):
    channel = open_bot(api_base=f"{telegram.url}/nowhere")

    with pytest.raises(ChannelDown):
        await channel.send(bubble())


async def test_an_address_that_is_none_sends_nothing_and_tells_no_token(open_bot):
    channel = open_bot(api_base="http://[not-an-address")

    with pytest.raises(NotSent) as refused:
        await channel.send(bubble())

    assert TOKEN not in repr(refused.value)


async def test_the_key_that_sends_a_place_comes_and_goes_with_the_question(telegram, citizen, channel):
    await channel.send(bubble("在哪里？", Choice("location", "发送位置"), Choice("skip", "跳过")))
    await channel.send(bubble("记下了。"))

    asked, answered = (str(call.args["reply_markup"]) for call in telegram.sent(7))
    assert "request_location" in asked
    assert "remove_keyboard" in answered


async def test_a_notice_leaves_the_keys_of_the_open_question(telegram, citizen, channel):
    await channel.send(bubble("您的诉求已受理。", kind="status"))

    assert "reply_markup" not in telegram.sent(7)[0].args


async def test_many_people_are_served_side_by_side(telegram, channel):
    for number in range(1, 21):
        telegram.person(number).start()

    await asyncio.gather(*(channel.send(bubble(chat=str(number))) for number in range(1, 21)))

    assert len(telegram.sent()) == 20
