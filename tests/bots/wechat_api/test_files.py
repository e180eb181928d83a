"""Files that citizens sent, fetched from the fake platform."""

from __future__ import annotations

import pytest

from bots import ChannelDown, Gone, NotSent, TooLarge
from dialogs.messages import Media
from tests.bots.wechat_api.hook import channel
from tests.fakes.wechat_people import FILM, PICTURE, VOICE

GET, MOST = "media/get", 1 << 20


async def got(sender, media, most=MOST):
    fetched = await sender.fetch(media, most=most)
    return fetched.filename, b"".join([piece async for piece in fetched.pieces])


async def sent(hook, doing):
    """The file of what a person does."""
    await doing
    return hook.messages[-1].media[0]


async def test_w16_a_voice_note_is_fetched(wechat, hook):
    media = await sent(hook, wechat.person("oAlice").voice())

    name, data = await got(hook.channel, media)

    assert (data, name.endswith(".amr")) == (VOICE, True)


async def test_w16_a_file_that_the_platform_has_no_more_is_gone(wechat, hook):
    media = await sent(hook, wechat.person("oAlice").voice())
    wechat.clock.advance(3 * 86_400 + 1)

    with pytest.raises(Gone, match="3天") as gone:
        await hook.channel.fetch(media, most=MOST)

    assert gone.value.code == "40007"


async def test_w17_a_video_is_fetched_from_where_it_lies(wechat, hook):
    media = await sent(hook, wechat.person("oAlice").video())

    assert (await got(hook.channel, media))[1] == FILM


async def test_w17_a_file_that_is_too_large_is_not_read_to_its_end(wechat, hook):
    alice = wechat.person("oAlice")
    for doing in (alice.video(FILM + bytes(2 << 20)), alice.image(PICTURE + bytes(2 << 20))):
        media = await sent(hook, doing)
        with pytest.raises(TooLarge, match="1 MB"):
            await got(hook.channel, media)


async def test_a_photo_is_fetched_by_its_id(wechat, hook):
    media = await sent(hook, wechat.person("oAlice").image(filename="a.jpg"))

    assert await got(hook.channel, media) == ("a.jpg", PICTURE)


async def test_a_photo_that_cannot_be_had_by_its_id_is_fetched_by_its_address(wechat, hook):
    media = await sent(hook, wechat.person("oAlice").image())
    wechat.fault(GET, errcode=48001, times=None)

    assert (await got(hook.channel, media))[1] == PICTURE


async def test_an_account_that_may_not_fetch_gets_photos_by_their_address_and_nothing_else(wechat, owner_of):
    wechat.account.verified = False
    hook = await owner_of(verified=False)
    alice = wechat.person("oAlice")
    photo, voice = await sent(hook, alice.image()), await sent(hook, alice.voice())

    assert (await got(hook.channel, photo))[1] == PICTURE
    with pytest.raises(Gone, match="权限"):
        await hook.channel.fetch(voice, most=MOST)
    assert wechat.calls(GET) == []


async def test_a_file_that_wechat_keeps_to_itself_says_what_to_send_instead(wechat, hook):
    media = await sent(hook, wechat.person("oAlice").file("合同.pdf", b"%PDF"))

    with pytest.raises(Gone, match="照片或截图"):
        await hook.channel.fetch(media, most=MOST)
    assert media.filename == "合同.pdf"


@pytest.mark.parametrize(
    "url",
    ["http://169.254.169.254/latest", "http://127.0.0.1:1/x", "file:///etc/passwd", "http://mmbiz.qpic.cn.example/1",
     "http://evil.example/.qpic.cn", "http://a@evil.example/"],
)  # fmt: skip
async def test_no_address_but_wechats_is_fetched(wechat, url):
    sender = channel(wechat, verified=False)

    with pytest.raises(Gone):
        await sender.fetch(Media("photo", url), most=MOST)
    await sender.close()


@pytest.mark.parametrize(
    ("how", "error"),
    [({"http": 502}, NotSent), ({"drop": True, "times": None}, NotSent), ({"errcode": -1}, NotSent), ({"errcode": 45009}, NotSent),
     ({"errcode": 48004}, ChannelDown), ({"errcode": 40001, "times": None}, ChannelDown), ({"errcode": 77}, Gone)],
)  # fmt: skip
async def test_what_stands_in_the_way_of_a_file_is_told_apart(wechat, hook, how, error):
    media = await sent(hook, wechat.person("oAlice").voice())
    wechat.fault(GET, **how)

    with pytest.raises(error):
        await got(hook.channel, media)


async def test_a_token_that_ended_is_renewed_for_a_file_too(wechat, hook):
    media = await sent(hook, wechat.person("oAlice").voice())
    await got(hook.channel, media)
    wechat.invalidate_tokens()

    assert (await got(hook.channel, media))[1] == VOICE
