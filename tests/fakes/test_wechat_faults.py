"""Everything that must be injected can be."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
import requests
from wechatpy.exceptions import WeChatClientException

from tests.fakes.wechat_errors import TEXTS
from tests.fakes.wechat_official import ask, refused

MUST = [
    -1, 40001, 40014, 42001, 40164, 45009, 45011, 45015, 45047, 43101, 43004, 40003, 40007, 40037, 40200, 40249, 47003,
    48001, 48002, 48004, 50002, 43019, 40013, 40125, 40036, 45065, 45066, 45067, 45072, 45080, 45081, 61450, 89503,
]  # fmt: skip


@pytest.mark.parametrize("code", MUST)
async def test_every_number_of_the_table_can_be_had_once(wechat, client, code):
    await wechat.person("oAlice").say("你好")
    wechat.fault("message/custom/send", errcode=code)

    assert code in TEXTS
    assert await refused(client.message.send_text, "oAlice", "x") == code
    await ask(client.message.send_text, "oAlice", "x")


async def test_a_fault_may_last_and_may_begin_late(wechat, client):
    await wechat.person("oAlice").say("你好")
    wechat.fault("custom/send", nth=2, times=None, errcode=40001)

    await ask(client.message.send_text, "oAlice", "1")
    assert [await refused(client.message.send_text, "oAlice", "2") for _ in range(3)] == [40001] * 3


async def test_a_fault_may_concern_one_person(wechat, client):
    await wechat.person("oAlice").say("你好")
    await wechat.person("oBob").say("你好")
    wechat.fault("custom/send", errcode=-1, openid="oBob")

    await ask(client.message.send_text, "oAlice", "1")
    assert await refused(client.message.send_text, "oBob", "1") == -1


async def test_it_may_take_a_message_and_hang_up(wechat, client):
    alice = wechat.person("oAlice")
    await alice.say("你好")
    wechat.fault("custom/send", drop_after_accept=True)

    with pytest.raises(requests.ConnectionError):
        await ask(client.message.send_text, "oAlice", "收到")

    assert alice.read == ["收到"]


async def test_it_may_hang_up_before(wechat, client):
    alice = wechat.person("oAlice")
    await alice.say("你好")
    wechat.fault("custom/send", drop=True)

    with pytest.raises(requests.ConnectionError):
        await ask(client.message.send_text, "oAlice", "收到")

    assert alice.read == []


async def test_it_may_answer_with_a_page(wechat, client):
    wechat.fault("getcallbackip", html=True)

    with pytest.raises(WeChatClientException) as caught:
        await ask(client.misc.get_wechat_ips)

    assert caught.value.response.status_code == 502
    assert "<html>" in caught.value.response.text


async def test_half_a_file_may_come(wechat, client):
    push = await wechat.person("oAlice").image(b"\xff\xd8\xff" + bytes(1000))
    await ask(client.fetch_access_token)
    wechat.fault("media/get", truncate=True)

    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        await ask(client.media.download, push.message["MediaId"])


async def test_an_answer_may_claim_another_charset(wechat):
    wechat.fault("getcallbackip", latin1=True)

    async with aiohttp.ClientSession() as session, session.get(f"{wechat.url}/cgi-bin/getcallbackip") as answer:
        assert answer.charset == "latin-1"


async def test_an_answer_may_take_six_seconds(wechat, client):
    wechat.fault("getcallbackip", delay_s=6)

    asking = asyncio.create_task(ask(client.misc.get_wechat_ips))
    await asyncio.sleep(0.05)
    before = asking.done()
    wechat.clock.advance(6)
    await asking

    assert not before


async def test_a_caller_may_give_up_while_it_takes_its_time(wechat, client):
    client.timeout = 0.05
    wechat.fault("getcallbackip", delay_s=60)

    with pytest.raises(requests.ReadTimeout):
        await ask(client.misc.get_wechat_ips)


async def test_every_call_is_written_down(wechat, client):
    await wechat.person("oAlice").say("你好")
    wechat.fault("custom/send", errcode=-1)

    await refused(client.message.send_text, "oAlice", "一")
    await ask(client.message.send_text, "oAlice", "二")

    calls = wechat.calls("custom/send")
    assert [(call.body["text"]["content"], call.errcode) for call in calls] == [("一", -1), ("二", 0)]
