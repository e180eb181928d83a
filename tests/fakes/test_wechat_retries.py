"""Five seconds, three tries: how the fake WeChat repeats itself, all of it on its own clock."""

from __future__ import annotations

import asyncio

import pytest

from tests.fakes.clock import VirtualClock
from tests.fakes.wechat import FakeWechat
from tests.fakes.wechat_pusher import SORRY


@pytest.fixture(autouse=True)
def plain(wechat):
    wechat.account.mode = "plain"


def says(text):
    return (
        "<xml><ToUserName>oAlice</ToUserName><FromUserName>gh_0123456789ab</FromUserName><CreateTime>1</CreateTime>"
        f"<MsgType>text</MsgType><Content>{text}</Content></xml>"
    )


async def arrived(owner, number):
    """Wait until that many requests are at the owner's server."""
    async with asyncio.timeout(5):
        while len(owner.posted) < number:
            await asyncio.sleep(0.001)


def slow(owner, gates):
    """Answers that wait for their gate: one for each try."""

    async def answer(posted):
        gate = gates[len(owner.posted) - 1]
        return await gate

    return answer


async def test_a_server_that_sleeps_is_called_at_0_5_and_10_seconds(wechat, owner):
    gates = [asyncio.get_running_loop().create_future() for _ in range(3)]
    owner.answer = slow(owner, gates)
    alice = wechat.person("oAlice")
    start = wechat.clock.now()

    saying = asyncio.create_task(alice.say("你好"))
    for number in (1, 2):
        await arrived(owner, number)
        wechat.clock.advance(5)
    await arrived(owner, 3)
    gates[2].set_result(says("来了"))
    push = await saying

    assert [one.at - start for one in push.tries] == [0, 5, 10]
    assert [one.verdict for one in push.tries] == ["timeout", "timeout", "reply"]
    assert [one.latency for one in push.tries] == [5, 5, 0]
    assert len({posted.body for posted in owner.posted}) == 1
    assert alice.read == ["来了"]


async def test_three_silent_tries_end_in_an_apology(wechat, owner):
    owner.answer = slow(owner, [asyncio.get_running_loop().create_future() for _ in range(3)])
    alice = wechat.person("oAlice")

    saying = asyncio.create_task(alice.say("你好"))
    for number in (1, 2, 3):
        await arrived(owner, number)
        wechat.clock.advance(5)
    push = await saying

    assert push.verdict == "timeout"
    assert alice.view[-1].text == SORRY


@pytest.mark.parametrize(("on_timeout", "read"), [("overlap", ["早"]), ("cut", ["晚"])])
async def test_only_a_connection_that_is_still_open_is_heard(wechat, owner, on_timeout, read):
    wechat.settings.on_timeout = on_timeout
    gates = [asyncio.get_running_loop().create_future() for _ in range(3)]
    owner.answer = slow(owner, gates)
    alice = wechat.person("oAlice")

    saying = asyncio.create_task(alice.say("你好"))
    await arrived(owner, 1)
    wechat.clock.advance(5)
    await arrived(owner, 2)
    gates[0].set_result(says("早"))
    await asyncio.sleep(0.02)
    gates[1].set_result(says("晚"))
    await saying

    assert alice.read == read


async def test_tries_may_overlap(wechat, owner):
    wechat.fault("push", overlap=True)
    gates = [asyncio.get_running_loop().create_future() for _ in range(3)]
    owner.answer = slow(owner, gates)

    saying = asyncio.create_task(wechat.person("oAlice").say("你好"))
    await arrived(owner, 2)
    for gate in gates:
        gate.set_result("success")
    push = await saying

    assert [one.verdict for one in push.tries] == ["success", "success"]


async def test_an_answer_may_be_lost_on_its_way(wechat, owner):
    wechat.fault("push", cut=True)
    owner.answer = slow(owner, [_now(says("好")) for _ in range(3)])
    alice = wechat.person("oAlice")

    push = await alice.say("你好")

    assert [one.verdict for one in push.tries] == ["cut", "reply"]
    assert alice.read == ["好"]


def _now(value):
    done = asyncio.get_running_loop().create_future()
    done.set_result(value)
    return done


async def test_what_was_answered_may_come_again(wechat, owner):
    wechat.fault("push", duplicate=True)

    push = await wechat.person("oAlice").click("JIESU_FILE")

    assert [one.verdict for one in push.tries] == ["success", "success"]
    assert owner.posted[0].body == owner.posted[1].body


async def test_events_may_come_in_another_order(wechat, owner):
    wechat.pusher.holding = True
    alice = wechat.person("oAlice")
    await alice.follow()
    await alice.click("JIESU_FILE")

    await wechat.pusher.release(backwards=True)

    assert ["CLICK" in posted.body for posted in owner.posted] == [True, False]


async def test_a_push_may_be_late(wechat, owner):
    wechat.fault("push", delay_s=6)

    saying = asyncio.create_task(wechat.person("oAlice").say("你好"))
    await asyncio.sleep(0.01)
    before = len(owner.posted)
    wechat.clock.advance(6)
    push = await saying

    assert (before, push.verdict) == (0, "success")


async def test_a_server_that_is_down_is_called_three_times(wechat):
    wechat.account.callback_url = "http://127.0.0.1:9/hook"

    push = await wechat.person("oAlice").say("你好")

    assert [one.verdict for one in push.tries] == ["refused"] * 3


async def test_a_fast_clock_makes_the_five_seconds_short(owner):
    async with FakeWechat(VirtualClock(rate=100)) as fake:
        fake.account.callback_url = owner.url
        owner.answer = slow(owner, [asyncio.get_running_loop().create_future() for _ in range(3)])

        push = await asyncio.wait_for(fake.person("oAlice").say("你好"), 5)

    assert [one.verdict for one in push.tries] == ["timeout"] * 3
    assert all(5 <= one.latency < 60 for one in push.tries)


async def test_a_failing_event_shows_the_person_no_apology(wechat, owner):
    async def broken(posted):
        return 500, ""

    owner.answer = broken
    alice = wechat.person("oAlice")

    push = await alice.unfollow()

    assert len(push.tries) == 3
    assert SORRY not in [shown.text for shown in alice.view]
