"""Files of citizens come whole, or it is known why not."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bots import ChannelDown, Gone, NotSent, TooLarge
from dialogs.messages import Media
from tests.fakes.telegram import TOKEN

MOST = 20 * 1024 * 1024
CONTENT = b"%PDF" + bytes(700_000)


@pytest.fixture
def kept(telegram):
    """A file at the platform, as a message names it."""
    stored = telegram.bot.keep(CONTENT, name="凭证.pdf", kind="document")
    return Media("document", stored["file_id"], "凭证.pdf")


async def read(fetched):
    return b"".join([piece async for piece in fetched.pieces])


async def patiently(telegram, waiting):
    """Let the channel's pauses pass."""
    task = asyncio.ensure_future(waiting)
    while not task.done():
        telegram.clock.advance(1)
        await asyncio.sleep(0.001)
    return await task


async def test_a_file_comes_whole_under_its_name(channel, kept):
    fetched = await channel.fetch(kept, most=MOST)

    assert (fetched.filename, await read(fetched)) == ("凭证.pdf", CONTENT)


async def test_a_file_without_a_name_gets_that_of_the_platform(telegram, channel):
    stored = telegram.bot.keep(b"jpeg", name="photo.jpg", kind="photo")

    fetched = await channel.fetch(Media("photo", stored["file_id"]), most=MOST)

    assert fetched.filename.endswith(".jpg")
    assert await read(fetched) == b"jpeg"


async def test_t14_a_video_of_25_megabytes_is_refused_with_the_limit(telegram, channel):
    stored = telegram.bot.keep(b"mp4", name="video.mp4", kind="video", announced=25 * 1024 * 1024)

    with pytest.raises(TooLarge, match="20 MB"):
        await channel.fetch(Media("video", stored["file_id"]), most=MOST)


async def test_a_file_that_is_announced_larger_than_we_take_is_not_begun(telegram, channel, kept):
    with pytest.raises(TooLarge):
        await channel.fetch(kept, most=1000)

    assert telegram.called("file") == []


async def test_a_file_larger_than_announced_is_cut_off(telegram, channel):
    stored = telegram.bot.keep(CONTENT, name="a.pdf", kind="document", announced=10)
    fetched = await channel.fetch(Media("document", stored["file_id"]), most=300_000)

    with pytest.raises(TooLarge):
        await read(fetched)


async def test_t15_a_dead_link_is_asked_for_again(telegram, channel, kept):
    telegram.faults.order(method="file", http=404)

    fetched = await channel.fetch(kept, most=MOST)

    assert await read(fetched) == CONTENT
    assert len(telegram.called("getFile")) == 2


async def test_a_file_whose_links_are_all_dead_is_gone_and_no_error_tells_the_token(telegram, channel, kept):
    telegram.faults.order(method="file", http=404, times=-1)

    with pytest.raises(Gone) as gone:
        await channel.fetch(kept, most=MOST)

    assert TOKEN not in repr(gone.value)


async def test_a_file_that_is_unavailable_for_a_moment_is_asked_for_again(telegram, channel, kept):
    refusal = "Bad Request: wrong file_id or the file is temporarily unavailable"
    telegram.faults.order(method="getFile", http=400, description=refusal, times=2)

    fetched = await patiently(telegram, channel.fetch(kept, most=MOST))

    assert await read(fetched) == CONTENT


async def test_a_file_that_does_not_exist_is_gone_after_three_tries(telegram, channel):
    refusal = "Bad Request: wrong file_id or the file is temporarily unavailable"
    telegram.faults.order(method="getFile", http=400, description=refusal, times=-1)

    with pytest.raises(Gone):
        await patiently(telegram, channel.fetch(Media("photo", "x"), most=MOST))

    assert len(telegram.called("getFile")) == 3


@pytest.mark.parametrize("fault", [{"html502": True}, {"drop": True}, {"http": 500}, {"retry_after": 30}])
async def test_a_platform_in_trouble_keeps_the_file_for_later(telegram, channel, kept, fault):
    telegram.faults.order(method="getFile", times=-1, **fault)

    with pytest.raises(NotSent):
        await patiently(telegram, channel.fetch(kept, most=MOST))


async def test_a_file_server_in_trouble_keeps_the_file_for_later(telegram, channel, kept):
    telegram.faults.order(method="file", html502=True)

    with pytest.raises(NotSent):
        await channel.fetch(kept, most=MOST)


async def test_no_file_server_leads_us_to_another_address(open_bot, kept):
    async def told(_):
        return web.json_response({"ok": True, "result": {"file_id": "f", "file_unique_id": "u", "file_path": "a.pdf"}})

    async def moved(_):
        raise web.HTTPFound("/inside")

    async def inside(_):
        return web.Response(body=b"%PDF of our own network")

    app = web.Application()
    app.router.add_post(f"/bot{TOKEN}/getFile", told)
    app.router.add_get(f"/file/bot{TOKEN}/a.pdf", moved)
    app.router.add_get("/inside", inside)
    async with TestServer(app) as server:
        with pytest.raises(NotSent):
            await open_bot(api_base=str(server.make_url(""))).fetch(kept, most=MOST)


async def test_a_file_that_ends_too_early_is_not_taken_for_whole(telegram, channel, kept):
    telegram.faults.order(method="file", truncate=True)
    fetched = await channel.fetch(kept, most=MOST)

    with pytest.raises(NotSent):
        await read(fetched)


async def test_t27_a_revoked_token_gets_no_file(telegram, channel, kept):
    telegram.bot.revoked = True

    with pytest.raises(ChannelDown):
        await channel.fetch(kept, most=MOST)
