"""The methods of the fake Telegram, as python-telegram-bot calls them."""

from __future__ import annotations

import asyncio
import json

import aiohttp
import pytest
from telegram import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InputMediaPhoto,
)
from telegram.error import (
    BadRequest,
    InvalidToken,
    RetryAfter,
)

from tests.fakes.soon import newest, until
from tests.fakes.telegram import TOKEN
from tests.fakes.telegram_people import snapshot


async def test_a_bot_learns_who_it_is(bot):
    me = await bot.get_me()

    assert (me.id, me.username, me.can_read_all_group_messages) == (110201543, "jiesu_bot", False)


async def test_a_picture_is_fetched_as_it_was_sent_until_its_link_ends(telegram, bot):
    picture = snapshot(5)
    telegram.person().photo(picture, caption="门坏了")
    message = (await newest(bot)).message

    file = await bot.get_file(message.photo[-1].file_id)

    assert (message.caption, message.photo[-1].width) == ("门坏了", 1280)
    assert await file.download_as_bytearray() == picture
    telegram.clock.advance(3601)
    with pytest.raises(InvalidToken, match="Not Found"):  # so the library reads every 404
        await file.download_as_bytearray()


async def test_each_picture_of_an_album_has_a_link_of_its_own(telegram, bot):
    pictures = [snapshot(5), snapshot(6), snapshot(7)]
    telegram.person().album(pictures)
    album = [update.message for update in await bot.get_updates()]

    files = [await bot.get_file(message.photo[-1].file_id) for message in album]

    assert [bytes(await file.download_as_bytearray()) for file in files] == pictures


async def test_a_file_above_20_mib_is_not_given_and_an_unknown_one_neither(telegram, bot):
    telegram.person().video(size=25 << 20)
    video = (await newest(bot)).message.video

    with pytest.raises(BadRequest, match="ile is too big"):
        await bot.get_file(video.file_id)
    with pytest.raises(BadRequest, match="rong file_id or the file is temporarily unavailable"):
        await bot.get_file("nothing")


async def test_the_same_bytes_have_one_unique_id_with_every_bot_and_two_file_ids(telegram):
    telegram.add_bot("222:second", "second_bot")
    first, second = (telegram.person(bot=name).photo(snapshot(3))["photo"][-1] for name in ("jiesu_bot", "second_bot"))

    assert first["file_unique_id"] == second["file_unique_id"]
    assert first["file_id"] != second["file_id"]


async def test_a_bot_sends_pictures_documents_albums_places_and_polls(telegram, bot):
    telegram.person().start()

    assert (await bot.send_photo(7, snapshot(), caption="图")).photo
    assert (await bot.send_document(7, b"%PDF", filename="a.pdf")).document.file_name == "a.pdf"
    assert (await bot.send_video(7, b"mp4")).video
    assert (await bot.send_voice(7, b"ogg")).voice
    assert len(await bot.send_media_group(7, [InputMediaPhoto(snapshot()), InputMediaPhoto(snapshot())])) == 2
    telegram.clock.advance(10)
    assert (await bot.send_location(7, 31.2, 121.5)).location.longitude == 121.5
    poll = await bot.send_poll(7, "满意吗？", ["满意", "不满意"], is_anonymous=False)
    telegram.person().vote(poll.message_id, 1)
    assert (await newest(bot)).poll_answer.option_ids == (1,)
    assert (await bot.stop_poll(7, poll.message_id)).is_closed


async def test_messages_are_forwarded_copied_deleted_and_marked(telegram, bot):
    said = telegram.person().say("门坏了")["message_id"]

    assert (await bot.forward_message(7, 7, said)).forward_origin.sender_user.id == 7
    copied = await bot.copy_message(7, 7, said)
    await bot.set_message_reaction(7, said, "👌")
    await bot.send_chat_action(7, "typing")
    await bot.delete_message(7, copied.message_id)

    assert [bubble["text"] for bubble in telegram.view()["messages"]] == ["门坏了", "门坏了"]
    assert telegram.view()["messages"][0]["reactions"] == [{"type": "emoji", "emoji": "👌"}]
    with pytest.raises(BadRequest, match="essage to delete not found"):
        await bot.delete_message(7, copied.message_id)
    with pytest.raises(BadRequest, match="essage to be replied not found"):
        await bot.send_message(7, "？", reply_to_message_id=99)


async def test_a_person_is_offered_the_commands_of_their_language(telegram, bot):
    await bot.set_my_commands([BotCommand("start", "开始")], BotCommandScopeAllPrivateChats())
    await bot.set_my_commands([BotCommand("start", "Begin")], BotCommandScopeAllPrivateChats(), "en")
    telegram.person(7)
    telegram.person(8, language="en-GB")

    assert (await bot.get_my_commands(BotCommandScopeAllPrivateChats(), "en"))[0].description == "Begin"
    assert [telegram.view(who)["commands"][0]["description"] for who in (7, 8)] == ["开始", "Begin"]
    with pytest.raises(BadRequest, match="ot_command_invalid"):
        await bot.set_my_commands([BotCommand("Start", "x")])


async def test_a_bot_asks_about_chats_and_who_is_there(telegram, bot):
    telegram.person().start()
    telegram.group(-100, title="三号楼")

    assert (await bot.get_chat(-100)).title == "三号楼"
    assert (await bot.get_chat_member(-100, bot.id)).status == "member"
    assert await bot.set_my_description("接诉")


async def test_a_slow_file_a_missing_link_and_more_bytes_than_announced(telegram, bot):
    telegram.person().photo(snapshot(), announced=10)
    file = await bot.get_file((await newest(bot)).message.photo[-1].file_id)
    telegram.faults.order(method="file", http=404)
    telegram.faults.order(method="file", nth=2, slow_s=3.0)

    with pytest.raises(InvalidToken):
        await file.download_as_bytearray()
    slow = asyncio.create_task(file.download_as_bytearray())
    await until(lambda: len(telegram.called("file")) == 2)
    await asyncio.sleep(0.02)
    assert not slow.done()
    telegram.clock.advance(3)

    assert len(await slow) > 10 == file.file_size


async def test_a_bot_that_logged_out_or_was_closed(telegram, bot):
    telegram.bot.launched = telegram.clock.now()
    with pytest.raises(RetryAfter):
        await bot.close()
    telegram.clock.advance(600)

    assert await bot.close()
    assert await bot.log_out()
    with pytest.raises(BadRequest, match="Logged out"):
        await bot.get_me()


async def test_a_form_a_query_and_json_say_the_same_in_any_case(telegram):
    telegram.person().start()
    url = f"{telegram.base_url}{TOKEN}"
    async with aiohttp.ClientSession() as session:
        said = {
            "chat_id": 7,
            "text": "好",
            "reply_markup": {"inline_keyboard": [[{"text": "是", "callback_data": "y"}]]},
        }
        flat = {name: json.dumps(value) if isinstance(value, dict) else str(value) for name, value in said.items()}
        for answer in (
            await session.post(f"{url}/sendMessage", json=said),
            await session.post(f"{url}/SENDMESSAGE", data=flat),
            await session.get(f"{url}/sendmessage", params=flat),
        ):
            body = await answer.json()
            assert body["result"]["reply_markup"] == said["reply_markup"]
        nothing = await session.post(f"{url}/sendDice", json={"chat_id": 7})
        assert (nothing.status, (await nothing.json())["description"]) == (404, "Not Found: method not found")
