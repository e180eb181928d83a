"""The whole program between two platforms: it says where it is, answers there, and logs nothing private."""

from __future__ import annotations

import io
import logging
import sys
from functools import partial

import pytest
import structlog

from backend.cli import logs
from tests.backend.channels.conftest import a_bot, an_account, soon
from tests.fakes.telegram import TOKEN
from tests.logs import plain_logs

STORY = "幸福里3栋电梯昨晚起停在5楼不动，老人上不了楼"
OPENID = "oLVPpjqs9BhvzwPj5A-vTYAX3GLc"
PHONE = "13800138000"
FORWARD = ("提交", "同意", "没有", "跳过")


async def test_both_platforms_are_answered_each_in_its_own_way(city, telegram, wechat):
    async with city(a_bot(telegram), an_account(wechat, institution="property")):
        await soon(lambda: telegram.called("setWebhook"))

        telegram.person(7).say(STORY)
        push = await wechat.person(OPENID).say(STORY)
        heard = await soon(lambda: telegram.heard(7))

    assert "电梯" in heard[0]
    assert push.tries[-1].verdict == "reply"
    assert "物业" in wechat.person(OPENID).read[0]


async def test_a_bot_that_cannot_be_called_asks(city, telegram):
    async with city(a_bot(telegram, mode="polling", secret_token="")):
        telegram.person(7).say(STORY)

        assert "电梯" in (await soon(lambda: telegram.heard(7)))[0]
    assert not telegram.called("setWebhook")


async def test_two_bots_of_one_deployment_speak_for_two_institutions(city, telegram):
    other = "220201543:BBHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
    estate = telegram.add_bot(other, "estate_bot")
    bots = a_bot(telegram), a_bot(telegram, "estate", token=other, institution="property")
    async with city(*bots) as site:
        await soon(lambda: len(telegram.called("setWebhook")) == len(bots))

        telegram.person(7).say("你好")
        telegram.person(7, bot=str(estate.id)).say("你好")
        first = await soon(lambda: telegram.heard(7))
        second = await soon(lambda: telegram.heard(7, bot=str(estate.id)))
        people = await site.store.read(
            lambda work: [work.people.find(name, "7") for name in ("city-telegram", "estate")]
        )

    assert "市民服务热线" in first[0]
    assert "物业" in second[0]
    assert people[0].id != people[1].id


async def test_a_plain_account_is_warned_of_at_the_start(city, wechat):
    with structlog.testing.capture_logs() as told:
        async with city(an_account(wechat, mode="plain")):
            pass

    assert [line["channel"] for line in told if "not encrypted" in line["event"]] == ["city-wechat"]


@pytest.fixture
def log(monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    logs.set_up(json=True, level=logging.DEBUG)
    yield sys.stderr
    plain_logs()


async def files_by_telegram(telegram, clock):
    """Time goes on meanwhile, so that what fails at first is tried again."""

    def heard_in(turn):
        clock.advance(0.5)
        return telegram.heard(7) if len(telegram.heard(7)) >= turn else []

    citizen = telegram.person(7)
    citizen.say(STORY)
    for turn in range(1, 12):
        heard = await soon(partial(heard_in, turn))
        if "编号" in heard[-1]:
            return
        offered = str(telegram.view(7)["messages"][-1])
        citizen.say(next((word for word in FORWARD if word in offered), PHONE))
    raise AssertionError(telegram.heard(7))


async def files_by_wechat(wechat):
    citizen = wechat.person(OPENID)
    await citizen.say(STORY)
    for _ in range(12):
        said = citizen.read[-1]
        if "编号" in said:
            return
        await citizen.say(next((word for word in FORWARD if word in said), PHONE))
    raise AssertionError(citizen.read)


async def test_a_whole_talk_on_both_leaves_nothing_private_in_the_log(city, telegram, wechat, virtual_clock, log):
    async with city(a_bot(telegram), an_account(wechat)):
        await soon(lambda: telegram.called("setWebhook"))
        await files_by_wechat(wechat)
        telegram.faults.order(method="sendMessage", html502=True, times=1)
        await files_by_telegram(telegram, virtual_clock)
        await wechat.person(OPENID).unfollow()
    told = log.getvalue()

    tokens = [TOKEN.split(":")[1], wechat.account.secret, wechat.account.eak, *wechat.world.tokens]
    assert "a channel is set up" in told
    assert "not delivered" in told
    assert [private for private in (*tokens, OPENID, PHONE, STORY[:8]) if private in told] == []
