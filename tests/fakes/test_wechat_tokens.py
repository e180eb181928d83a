"""The fake's access tokens, on its own clock."""

from __future__ import annotations

import aiohttp
import pytest

from tests.fakes.wechat_official import Client, ask, refused


@pytest.fixture
async def session():
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def stable(wechat, session):
    """Ask for a stable token."""
    owner = {"grant_type": "client_credential", "appid": wechat.account.appid, "secret": wechat.account.secret}

    async def get(**more):
        async with session.post(f"{wechat.url}/cgi-bin/stable_token", json=owner | more) as answer:
            return await answer.json()

    return get


async def test_the_stable_token_stays_the_same_until_five_minutes_before_its_end(wechat, stable):
    first = await stable()
    wechat.clock.advance(7200 - 301)
    same = await stable()
    wechat.clock.advance(1)
    following = await stable()

    assert (first["expires_in"], same["expires_in"], following["expires_in"]) == (7200, 301, 7200)
    assert first["access_token"] == same["access_token"] != following["access_token"]


async def test_both_are_good_in_the_last_five_minutes_and_then_the_old_one_has_expired(wechat, stable, client):
    old = (await stable())["access_token"]
    wechat.clock.advance(7200 - 200)
    new = (await stable())["access_token"]
    query = {"access_token": old}

    await ask(client.get, "getcallbackip", params=query)
    await ask(client.get, "getcallbackip", params={"access_token": new})
    wechat.clock.advance(200)

    assert await refused(client.get, "getcallbackip", params=query) == 42001


async def test_a_forced_refresh_ends_the_old_one_at_once_but_not_twice_in_30_seconds(wechat, stable, client):
    first = (await stable())["access_token"]
    second = (await stable(force_refresh=True))["access_token"]
    at_once = (await stable(force_refresh=True))["access_token"]
    wechat.clock.advance(30)
    third = (await stable(force_refresh=True))["access_token"]

    assert (first == second, second == at_once, at_once == third) == (False, True, False)
    assert await refused(client.get, "getcallbackip", params={"access_token": first}) == 40001


async def test_twenty_forced_refreshes_a_day_and_no_more(wechat, stable):
    tokens = []
    for _ in range(22):
        tokens.append((await stable(force_refresh=True))["access_token"])
        wechat.clock.advance(31)

    assert len(set(tokens)) == 20


async def test_the_old_call_ends_the_token_before_after_five_minutes(wechat, client):
    first = (await ask(client.fetch_access_token))["access_token"]
    await ask(client.fetch_access_token)
    query = {"access_token": first}

    await ask(client.get, "getcallbackip", params=query)
    wechat.clock.advance(300)

    assert await refused(client.get, "getcallbackip", params=query) == 40001


async def test_whether_it_overlaps_is_a_setting(wechat, client):
    wechat.settings.plain_token_overlap = 0
    first = (await ask(client.fetch_access_token))["access_token"]
    await ask(client.fetch_access_token)

    assert await refused(client.get, "getcallbackip", params={"access_token": first}) == 40001


async def test_the_two_kinds_do_not_touch_each_other(stable, client):
    kept = (await stable())["access_token"]

    await ask(client.fetch_access_token)
    await ask(client.fetch_access_token)

    assert (await stable())["access_token"] == kept


@pytest.mark.parametrize(
    ("value", "code"),
    [("", 41001), ("short", 40014), ("88_" + "x" * 120, 40001)],
)
async def test_a_wrong_token_is_told_apart(client, value, code):
    assert await refused(client.get, "getcallbackip", params={"access_token": value}) == code


async def test_another_process_may_end_our_token(wechat, client):
    await ask(client.get, "getcallbackip")

    wechat.invalidate_tokens()

    assert await refused(client.get, "getcallbackip") == 40001
    assert await ask(client.fetch_access_token)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"appid": "wx0"}, 40013),
        ({"secret": "0"}, 40125),
        ({"grant_type": "poem"}, 40002),
        ({"appid": ""}, 41002),
        ({"secret": ""}, 41004),
    ],
)
async def test_a_wrong_owner_gets_none(stable, wrong, code):
    assert (await stable(**wrong))["errcode"] == code


async def test_an_address_not_on_the_list_is_named(wechat, stable):
    wechat.account.ip_whitelist = frozenset({"203.0.113.9"})

    answer = await stable()

    assert answer["errcode"] == 40164
    assert answer["errmsg"].startswith("invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist rid: ")


async def test_two_thousand_a_day_of_the_old_call(wechat, client):
    wechat.settings.tokens_a_day = 2
    await ask(client.fetch_access_token)
    await ask(client.fetch_access_token)

    assert await refused(client.fetch_access_token) == 45009
    wechat.clock.advance(86_400)
    await ask(client.fetch_access_token)


async def test_who_retries_without_end_burns_the_days_tokens(wechat):
    """wechatpy by default: the reason why our client does it itself."""
    client = Client(wechat, retries=True)
    wechat.fault("getcallbackip", errcode=40001, times=50)

    await ask(client.misc.get_wechat_ips)
    client.close()

    assert len(wechat.calls("/cgi-bin/token")) == 51
