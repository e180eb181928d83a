"""What people say and bots answer: the fake Telegram and python-telegram-bot understand each other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import (
    BadRequest,
)
from telegram.ext import ApplicationBuilder, MessageHandler, filters

from tests.fakes.clock import VirtualClock
from tests.fakes.soon import newest, until
from tests.fakes.telegram import TOKEN, FakeTelegram

YES = InlineKeyboardMarkup(
    [[InlineKeyboardButton("是", callback_data="y"), InlineKeyboardButton("否", callback_data="n")]]
)


async def test_what_somebody_types_arrives_with_its_commands_marked(telegram, bot):
    telegram.person(7, language="en").start("p_8f3k")

    update = await newest(bot)

    assert (update.message.text, update.message.from_user.language_code) == ("/start p_8f3k", "en")
    assert update.message.parse_entities(["bot_command"]) == {update.message.entities[0]: "/start"}


async def test_a_long_text_comes_as_a_client_sends_it_in_several_messages(telegram, bot):
    telegram.person().say("字" * 9000)

    assert [len(update.message.text) for update in await bot.get_updates()] == [4096, 4096, 808]


async def test_a_message_in_html_is_read_and_its_marks_count_as_telegram_counts(telegram, bot):
    telegram.person().start()

    sent = await bot.send_message(7, "😀<b>受理</b> &lt;12 路&gt; <a href='https://a.b/'>看</a>", parse_mode="HTML")

    assert sent.text == "😀受理 <12 路> 看"
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [("bold", 2, 2), ("text_link", 12, 1)]
    assert telegram.heard() == ["😀受理 <12 路> 看"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<b>", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("字<b & x", "Unclosed start tag at byte offset 3"),
        ("<b><i></b>", 'Unmatched end tag at byte offset 6, expected "</i>", found "</b>"'),
        ("<script>x</script>", 'Unsupported start tag "script" at byte offset 0'),
    ],
)
async def test_bad_html_is_refused_with_the_place(telegram, bot, text, why):
    telegram.person().start()

    with pytest.raises(BadRequest, match=r"an't parse entities") as refused:
        await bot.send_message(7, text, parse_mode="HTML")

    assert refused.value.message == f"Can't parse entities: {why[0].lower()}{why[1:]}"  # the library likes it so


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "Message text is empty"), (" \n", "Message text is empty"), ("😀" * 2049, "Message is too long")],
)
async def test_a_text_must_not_be_empty_nor_longer_than_4096_units(telegram, bot, text, why):
    telegram.person().start()

    with pytest.raises(BadRequest) as refused:
        await bot.send_message(7, text)

    assert refused.value.message == why
    assert (await bot.send_message(7, "😀" * 2048)).message_id


async def test_a_button_is_pressed_answered_and_its_message_changed(telegram, bot):
    person = telegram.person()
    person.start()
    sent = await bot.send_message(7, "您对结果满意吗？", reply_markup=YES)
    person.press("是")

    pressed = (await newest(bot)).callback_query
    await pressed.answer("谢谢")
    await pressed.edit_message_text("您对结果满意吗？是")

    assert (pressed.data, pressed.message.message_id) == ("y", sent.message_id)
    assert telegram.view()["alerts"] == [{"text": "谢谢", "alert": False}]
    assert telegram.view()["messages"][-1] | {"at": 0} == {
        "message_id": 2,
        "order": 2,
        "from": "bot",
        "name": "jiesu_bot",
        "at": 0,
        "kind": "text",
        "edits": 1,
        "text": "您对结果满意吗？是",
        "buttons": [],
        "reply_to": None,
        "reactions": [],
        "entities": [],
    }


async def test_an_edit_that_changes_nothing_is_refused(telegram, bot):
    telegram.person().start()
    sent = await bot.send_message(7, "一", reply_markup=YES)

    with pytest.raises(BadRequest, match="essage is not modified"):
        await sent.edit_text("一", reply_markup=YES)
    with pytest.raises(BadRequest, match="essage to edit not found"):
        await bot.edit_message_text("二", 7, 99)
    await sent.edit_reply_markup(None)

    assert telegram.view()["messages"][-1]["buttons"] == []


async def test_a_button_pressed_too_long_ago_cannot_be_answered(telegram, bot):
    person = telegram.person()
    person.start()
    await bot.send_message(7, "满意吗？", reply_markup=YES)
    person.press("y")
    pressed = (await newest(bot)).callback_query
    telegram.clock.advance(151)

    with pytest.raises(BadRequest, match="uery is too old and response timeout expired or query id is invalid"):
        await pressed.answer()


async def test_the_message_of_a_button_pressed_days_later_is_out_of_reach(telegram, bot):
    person = telegram.person()
    person.start()
    await bot.send_message(7, "满意吗？", reply_markup=YES)
    telegram.clock.advance(3 * 86_400)
    person.press("是")

    assert (await newest(bot)).callback_query.message.date.timestamp() == 0


@pytest.mark.parametrize(("data", "fits"), [("案" * 21 + "a", True), ("案" * 21 + "ab", False)])
async def test_the_data_of_a_button_has_64_bytes(telegram, bot, data, fits):
    telegram.person().start()
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("是", callback_data=data)]])

    if fits:
        assert (await bot.send_message(7, "？", reply_markup=markup)).reply_markup == markup
    else:
        with pytest.raises(BadRequest, match="utton_data_invalid"):
            await bot.send_message(7, "？", reply_markup=markup)


async def test_a_keyboard_below_the_chat_asks_for_a_number_and_a_place(telegram, bot):
    person = telegram.person()
    person.start()
    rows = [[KeyboardButton("我的电话", request_contact=True), KeyboardButton("我的位置", request_location=True)]]
    await bot.send_message(7, "请选择", reply_markup=ReplyKeyboardMarkup(rows))

    assert person.press("我的电话")["contact"]["user_id"] == 7
    assert (await newest(bot)).message.contact.phone_number == "+8613800138000"
    person.press("我的位置")
    assert (await newest(bot)).message.location.latitude == 31.2304
    assert telegram.view()["keyboard"][0][0]["text"] == "我的电话"
    await bot.send_message(7, "收到", reply_markup=ReplyKeyboardRemove())
    assert telegram.view()["keyboard"] is None


async def test_groups_are_not_asked_for_a_number(telegram, bot):
    telegram.group(-100)
    rows = ReplyKeyboardMarkup([[KeyboardButton("我的电话", request_contact=True)]])

    with pytest.raises(BadRequest, match="hone number can be requested in private chats only"):
        await bot.send_message(-100, "请选择", reply_markup=rows)


async def test_every_kind_of_message_is_one_for_the_library(telegram, bot):
    person = telegram.person()
    person.voice()
    person.document(b"\x89PNG", filename="票.png", mime="image/png")
    person.venue()
    person.live_location(moves=1)
    person.contact(own=False)
    person.sticker()
    person.audio()
    person.video_note()
    person.animation()

    voice, document, venue, live, moved, contact, *others = await bot.get_updates()

    assert voice.message.voice.mime_type == "audio/ogg"
    assert (document.message.document.file_name, document.message.document.mime_type) == ("票.png", "image/png")
    assert venue.message.venue.title == "人民公园"
    assert venue.message.location == venue.message.venue.location
    assert live.message.location.live_period == timedelta(seconds=900)
    assert moved.edited_message.location.latitude > live.message.location.latitude
    assert contact.message.contact.user_id != 7
    kinds = ("sticker", "audio", "video_note", "animation")
    assert [getattr(update.message, kind) is not None for update, kind in zip(others, kinds, strict=True)] == [True] * 4


async def test_an_album_comes_in_parts_of_one_group(telegram, bot):
    person = telegram.person()
    person.album(4, caption="四张", order=(2, 0, 1), late=1)

    first = await bot.get_updates()
    person.send_late()
    late = (await newest(bot)).message

    assert [update.message.message_id for update in first] == [3, 1, 2]
    assert {update.message.media_group_id for update in first} == {late.media_group_id}
    assert [update.message.caption for update in first] == [None, "四张", None]
    assert late.message_id == 4


async def test_what_a_person_changes_comes_as_an_edit(telegram, bot):
    person = telegram.person()
    person.edit(person.say("门坏了")["message_id"], "门修好了")

    assert (await newest(bot)).edited_message.text == "门修好了"


async def test_a_bot_with_privacy_hears_in_a_group_only_what_is_meant_for_it(telegram, bot):
    telegram.group(-100)
    person = telegram.person(7, chat_id=-100)
    person.say("大家好")
    person.say("/start@other_bot")
    person.say("/start@jiesu_bot p_1")
    ours = await bot.send_message(-100, "请私聊我")
    person.say("好", reply_to=ours.message_id)

    assert [update.message.text for update in await bot.get_updates()] == ["/start@jiesu_bot p_1", "好"]


async def test_two_bots_have_the_same_person_in_two_chats(telegram, bot):
    telegram.add_bot("222:second", "second_bot")
    telegram.person().say("一")
    telegram.person(bot="second_bot").say("二")

    async with Bot("222:second", base_url=telegram.base_url) as second:
        await second.send_message(7, "答二")
        assert [update.message.text for update in await second.get_updates() if update.message] == ["二"]
    assert [update.message.text for update in await bot.get_updates()] == ["一"]
    assert (telegram.heard(), telegram.heard(bot="second_bot")) == ([], ["答二"])


async def test_an_application_of_the_library_polls_and_answers(monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "true")

    async def answer(update: Any, _: Any) -> None:
        await update.message.reply_text(f"收到：{update.message.text}")

    async with FakeTelegram(VirtualClock(rate=100)) as telegram:
        app: Any = ApplicationBuilder().token(TOKEN).base_url(telegram.base_url).build()
        app.add_handler(MessageHandler(filters.TEXT, answer))
        async with app:
            await app.start()
            await app.updater.start_polling(poll_interval=0)
            telegram.person().say("门坏了")
            await until(telegram.heard)
            await app.updater.stop()
            await app.stop()

        assert telegram.heard() == ["收到：门坏了"]
