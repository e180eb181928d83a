"""Menus, codes and the doctor, called as the shell would call them, against the fake platforms."""

from __future__ import annotations

import asyncio

import pytest

from tests.fakes.telegram import TOKEN

BOT = '[[channel]]\nname = "{name}"\nkind = "telegram"\ntoken = "{token}"\nsecret_token = "invented"\napi_base = "{base}"\n'
ACCOUNT = (
    '[[channel]]\nname = "{name}"\nkind = "wechat"\nappid = "{appid}"\nsecret = "{secret}"\ntoken = "{token}"\n'
    'aes_key = "{eak}"\naccount = "{kind}"\nverified = {verified}\napi_base = "{base}"\n'
)
WEB = '[[channel]]\nname = "web"\nkind = "web"\n'


def account(wechat, name="city-wechat", **more):
    told = wechat.account
    given = {"appid": told.appid, "secret": told.secret, "token": told.token, "eak": told.eak, "base": wechat.url}
    return ACCOUNT.format(**{"name": name, "kind": "service", "verified": "true"} | given | more)


def bot(telegram, name="city-telegram"):
    return BOT.format(name=name, token=TOKEN, base=telegram.url)


@pytest.fixture
def there(migrated, tmp_path):
    """Call it where these are the channels, while the fakes go on."""

    async def ended(channels, *words):
        (tmp_path / "jiesu.toml").write_text(channels, encoding="utf-8")
        return await asyncio.to_thread(migrated, *words)

    return ended


async def a_place(there, channels):
    told = await there(channels, "place", "add", "3栋门口", "--fill", "where=幸福里3栋")
    return told.out.split()[1], told


async def test_the_menu_is_put_under_the_chat(there, wechat):
    ended = await there(account(wechat), "wechat", "menu")

    assert ended.code == 0
    assert [button["name"] for button in wechat.account.menu["button"]] == ["投诉", "查进度", "我的"]


async def test_a_place_has_links_by_every_channel(there, wechat, telegram):
    code, told = await a_place(there, account(wechat) + bot(telegram) + WEB)

    assert f"WeChat scene   {code}" in told.out
    assert f"Telegram link  https://t.me/jiesu_bot?start={code}" in told.out
    assert f"/chat/web?place={code}" in told.out


async def test_without_telegram_the_other_links_are_printed_all_the_same(there, telegram):
    telegram.bot.revoked = True

    _, told = await a_place(there, bot(telegram) + WEB)

    assert told.code == 0
    assert "Telegram link  -" in told.out
    assert "no Telegram link: city-telegram did not do it" in told.err


async def test_a_code_brings_people_in_with_its_place(there, wechat, tmp_path):
    code, _ = await a_place(there, account(wechat))

    ended = await there(account(wechat), "wechat", "qr", code, "--out", "wall.png")

    assert ended.code == 0
    assert ended.out.startswith("says     http")
    assert (tmp_path / "wall.png").read_bytes().startswith(b"\x89PNG")
    assert [ticket.scene for ticket in wechat.world.qr.values()] == [code]


async def test_a_code_of_no_place_is_refused_before_wechat_is_asked(there, wechat):
    ended = await there(account(wechat), "wechat", "qr", "nope")

    assert (ended.code, ended.out) == (1, "")
    assert "no place with the code 'nope'" in ended.err
    assert not wechat.calls("qrcode/create")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("menu", "--channel", "nope"), 2, "choose one of: one, two"),
        (("menu",), 2, "name one of them with --channel: one, two"),
        (("qr", "x", "--channel", "one", "--out", "no/such/folder.png"), 2, "cannot be written"),
    ],
)
async def test_what_is_not_clear_is_asked_for(there, wechat, words, code, told):
    ended = await there(account(wechat, "one") + account(wechat, "two"), "wechat", *words)

    assert (ended.code, ended.out) == (code, "")
    assert told in ended.err


async def test_settings_without_an_account_say_what_is_missing(there):
    ended = await there(WEB, "wechat", "menu")

    assert ended.code == 1
    assert 'add a [[channel]] with kind = "wechat"' in ended.err


async def test_an_account_that_may_not_says_so_in_one_sentence(there, wechat):
    wechat.account.kind, wechat.account.verified = "subscription", False

    ended = await there(account(wechat), "wechat", "menu")

    assert ended.code == 1
    assert "48001" in ended.err
    assert "jiesu doctor" in ended.err


async def test_the_doctor_is_content_with_channels_that_work(there, wechat, telegram):
    ended = await there(account(wechat) + bot(telegram), "doctor")

    assert (ended.code, ended.err) == (0, "")
    assert "ok     channel city-telegram: the token works; people find the bot at https://t.me/jiesu_bot" in ended.out
    assert "ok     channel city-wechat: the secret works; a verified service account" in ended.out
    assert not telegram.sent()
    assert telegram.bot.webhook is None


async def test_the_doctor_says_what_a_small_account_cannot_do(there, wechat):
    wechat.account.kind, wechat.account.verified = "subscription", False

    ended = await there(account(wechat, kind="subscription", verified="false"), "doctor")

    assert ended.code == 0
    assert (
        "note   channel city-wechat: cannot: customer service (answers reach citizens only within seconds" in ended.out
    )
    assert "note   channel city-wechat: cannot: template (news of a case cannot be sent" in ended.out


async def test_the_doctor_finds_settings_that_promise_what_the_account_cannot(there, wechat):
    wechat.account.verified = False

    ended = await there(account(wechat), "doctor")

    assert ended.code == 1
    assert "WRONG  channel city-wechat: this account has no template, though the settings say so" in ended.out


async def test_the_doctor_finds_a_token_that_is_not_good_and_names_the_address_to_allow(there, wechat, telegram):
    telegram.bot.revoked = True
    wechat.account.ip_whitelist = frozenset({"192.0.2.1"})

    ended = await there(account(wechat) + bot(telegram), "doctor")

    assert ended.code == 1
    assert "WRONG  channel city-telegram: " in ended.out
    assert "40164" in ended.out
    assert "127.0.0.1" in ended.out
    assert "the checks of channel city-wechat and channel city-telegram failed" in ended.err
    assert "Telegram does not know this bot's token" in ended.out
    assert "not on the account's list of allowed IP addresses" in ended.out
    assert not any("\u4e00" <= letter <= "\u9fff" for line in ended.out.splitlines() for letter in line)


async def test_the_doctor_warns_of_a_plain_account(there, wechat):
    plain = account(wechat).replace('token = "Jiesu', 'mode = "plain"\ntoken = "Jiesu')

    assert "note   channel city-wechat: messages come unencrypted" in (await there(plain, "doctor")).out
