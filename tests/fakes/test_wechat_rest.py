"""The fake WeChat's files, codes, menu, sign-in and who may do what, asked by wechatpy's client."""

from __future__ import annotations

import io
from typing import Any

import pytest
from wechatpy.exceptions import WeChatClientException
from wechatpy.oauth import WeChatOAuth

from tests.fakes.wechat_official import Client, ask, refused
from tests.fakes.wechat_world import Account

JPEG = b"\xff\xd8\xff\xe0" + bytes(100)
VERIFIED = Account("wx_verified_sub", gh_id="gh_sub", kind="subscription", verified=True)
BARE_SUBSCRIPTION = Account("wx_bare_sub", gh_id="gh_bare_sub", kind="subscription", verified=False, entity="personal")
BARE_SERVICE = Account("wx_bare_service", gh_id="gh_bare_service", kind="service", verified=False)


# -- files, codes, menu, people ----------------------------------------------------------------------------------------


async def test_a_photo_is_fetched_for_three_days(wechat, client):
    push = await wechat.person("oAlice").image(JPEG)
    media_id = push.message["MediaId"]

    answer = await ask(client.media.download, media_id)
    open_picture = await ask(client._http.get, push.message["PicUrl"])
    wechat.clock.advance(259_200)
    await ask(client.fetch_access_token)

    assert (answer.content, answer.headers["Content-Type"]) == (JPEG, "image/jpeg")
    assert "filename=" in answer.headers["Content-disposition"]
    assert open_picture.content == JPEG
    assert await refused(client.media.download, media_id) == 40007


async def test_a_video_is_fetched_from_where_the_answer_says(wechat, client):
    push = await wechat.person("oAlice").video(b"film")

    where = await ask(client.media.download, push.message["MediaId"])
    film = await ask(client._http.get, where["video_url"])

    assert (film.content, film.headers["Content-Type"]) == (b"film", "video/mp4")


async def test_a_file_can_be_uploaded_and_sent(wechat, client):
    alice = wechat.person("oAlice")
    await alice.say("你好")

    kept = await ask(client.media.upload, "image", ("a.jpg", io.BytesIO(JPEG), "image/jpeg"))
    await ask(client.message.send_image, "oAlice", kept["media_id"])

    assert kept["created_at"] == int(wechat.clock.now())
    assert alice.view[-1].url == f"/media/{kept['media_id']}"
    assert await refused(client.media.upload, "poem", ("a", io.BytesIO(b"a"))) == 40004
    assert await refused(client.media.upload, "image", ("a", io.BytesIO(b"text"))) == 40009
    assert await refused(client.media.upload, "thumb", ("a", io.BytesIO(b"\xff\xd8\xff" + bytes(65_536)))) == 45001


async def test_a_printed_code_brings_its_scene(wechat, client):
    made = await ask(
        client.qrcode.create,
        {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": "p_8f3k"}}},
    )
    shown = await ask(client._http.get, f"{wechat.url}/cgi-bin/showqrcode", params={"ticket": made["ticket"]})
    alice = wechat.person("oAlice", follows=False)

    first = await alice.scan(ticket=made["ticket"])
    again = await alice.scan(ticket=made["ticket"])

    assert shown.content.startswith(b"\x89PNG")
    assert (first.message["Event"], first.message["EventKey"]) == ("subscribe", "qrscene_p_8f3k")
    assert (again.message["Event"], again.message["EventKey"]) == ("SCAN", "p_8f3k")
    assert again.message["Ticket"] == made["ticket"]


@pytest.mark.parametrize(
    ("action", "scene", "code"),
    [
        ("QR_LIMIT_STR_SCENE", {"scene_str": "x" * 65}, 40053),
        ("QR_LIMIT_STR_SCENE", {"scene_str": ""}, 40053),
        ("QR_LIMIT_SCENE", {"scene_id": 100_001}, 40053),
        ("QR_POEM", {"scene_id": 1}, 40052),
    ],
)
async def test_codes_have_limits(client, action, scene, code):
    wanted = {"action_name": action, "action_info": {"scene": scene}}

    assert await refused(client.qrcode.create, wanted) == code


async def test_a_temporary_code_ends(wechat, client):
    wanted = {"action_name": "QR_STR_SCENE", "action_info": {"scene": {"scene_str": "a"}}, "expire_seconds": 600}
    made = await ask(client.qrcode.create, wanted)

    wechat.clock.advance(600)

    assert made["expire_seconds"] == 600
    with pytest.raises(LookupError, match="expired"):
        await wechat.person("oAlice").scan(ticket=made["ticket"])


BUTTON = {"type": "click", "name": "投诉", "key": "JIESU_FILE"}


async def test_a_menu_is_kept_and_deleted(client):
    await ask(client.menu.create, {"button": [BUTTON]})

    assert (await ask(client.menu.get))["menu"] == {"button": [BUTTON]}
    await ask(client.menu.delete)
    assert await ask(client.menu.get) is None


@pytest.mark.parametrize(
    ("buttons", "code"),
    [
        ([], 40016),
        ([BUTTON] * 4, 40016),
        ([BUTTON | {"type": "poem"}], 40017),
        ([BUTTON | {"name": "投诉与建议进度"}], 40018),
        ([BUTTON | {"key": ""}], 40019),
        ([BUTTON | {"type": "view", "url": ""}], 40020),
        ([{"name": "一", "sub_button": [{"name": "二", "sub_button": [BUTTON]}]}], 40022),
        ([{"name": "一", "sub_button": [BUTTON] * 6}], 40023),
        ([{"name": "一", "sub_button": [BUTTON | {"type": "poem"}]}], 40024),
        ([{"name": "一", "sub_button": [BUTTON | {"name": "长" * 21}]}], 40025),
    ],
)
async def test_a_menu_has_limits(client, buttons, code):
    assert await refused(client.menu.create, {"button": buttons}) == code


async def test_of_who_does_not_follow_only_the_openid_is_told(wechat, client):
    alice = wechat.person("oAlice", follows=False)
    await alice.follow(scene="p_8f3k")

    known = await ask(client.user.get, "oAlice")
    await alice.unfollow()

    assert (known["subscribe"], known["qr_scene_str"], "nickname" in known) == (1, "p_8f3k", False)
    assert await ask(client.user.get, "oAlice") == {"subscribe": 0, "openid": "oAlice"}
    assert await refused(client.user.get, "oNobody") == 40003


async def test_page_tickets_and_addresses(client):
    assert (await ask(client.jsapi.get_ticket))["expires_in"] == 7200
    assert len(await ask(client.misc.get_wechat_ips)) == 2


async def test_what_is_nowhere_is_told(client):
    assert await refused(client.get, "poems/list") == 40066


# -- who signs in on a page --------------------------------------------------------------------------------------------


async def signing_in(wechat, **asked):
    """An OAuth client and the code of a sign-in."""
    oauth = WeChatOAuth(wechat.account.appid, wechat.account.secret, "https://example.org/in", state="s")
    oauth.API_BASE_URL, oauth.OAUTH_BASE_URL = f"{wechat.url}/", f"{wechat.url}/connect/"
    back = await ask(oauth._http.get, oauth.authorize_url, params={"openid": "oAlice"} | asked, allow_redirects=False)
    return oauth, back.headers["Location"].split("code=")[1].split("&")[0]


async def test_a_code_is_good_once_and_five_minutes(wechat):
    oauth, code = await signing_in(wechat)
    _, old = await signing_in(wechat)

    assert (await ask(oauth.fetch_access_token, code))["openid"] == "oAlice"
    with pytest.raises(Exception, match="40163"):
        await ask(oauth.fetch_access_token, code)
    wechat.clock.advance(300)
    with pytest.raises(Exception, match="40029"):
        await ask(oauth.fetch_access_token, old)
    oauth._http.close()


async def test_a_snapshot_page_gives_a_virtual_user(wechat):
    wechat.settings.snapshot_user = True
    oauth, code = await signing_in(wechat)

    given = await ask(oauth.fetch_access_token, code)

    assert given["is_snapshotuser"] == 1
    assert given["openid"] != "oAlice"
    oauth._http.close()


# -- who may do what ---------------------------------------------------------------------------------------------------

ASKED: dict[str, Any] = {
    "customer service": lambda client: (client.message.send_text, "oAlice", "x"),
    "template": lambda client: (client.message.send_template, "oAlice", "T1", {}),
    "subscription": lambda client: (client.post, "message/subscribe/bizsend", {"touser": "oAlice"}),
    "one time": lambda client: (client.post, "message/template/subscribe", {"touser": "oAlice"}),
    "code": lambda client: (client.qrcode.create, {"action_name": "QR_LIMIT_SCENE"}),
    "user": lambda client: (client.user.get, "oAlice"),
    "media": lambda client: (client.media.download, "x"),
    "menu": lambda client: (client.menu.create, {}),
}


@pytest.mark.parametrize(
    ("account", "may"),
    [
        (BARE_SUBSCRIPTION, set()),
        (BARE_SERVICE, {"menu"}),
        (VERIFIED, {"customer service", "one time", "user", "media", "menu"}),
        (Account(), set(ASKED)),
    ],
    ids=["subscription", "service", "verified subscription", "verified service"],
)
async def test_each_kind_of_account_may_do_what_it_may(wechat, account, may):
    wechat.add_account(account)
    wechat.person("oAlice", account.appid)
    client = Client(wechat, account)

    told = set()
    for name, asked in ASKED.items():
        call, *args = asked(client)
        named = {"data": args.pop()} if call == client.post else {}
        if name == "customer service":
            await wechat.person("oAlice", account.appid).say("你好")
        try:
            await ask(call, *args, **named)
            told.add(name)
        except WeChatClientException as error:
            if error.errcode != 48001:
                told.add(name)
    client.close()

    assert told == may
