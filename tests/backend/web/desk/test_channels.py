"""The desk tells the true state of delivery on each channel: by which way, what came of it, and until when it can be tried."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from backend.settings import TelegramSettings, WechatSettings
from bots import Way
from tests.backend.web.officers import Officer, hire

SERVICE = (
    Way("customer_service", within=True),
    Way("subscription", grant="S1", kinds=frozenset({"status"})),
    Way("template", kinds=frozenset({"status"})),
)
ACCOUNT = WechatSettings(
    name="city-wechat", appid="wx0000000000000000", secret="x", token="JiesuToken", aes_key="a" * 43, verified=True
)


class Platform:
    """A channel with these ways; nothing is sent by it here."""

    window = None

    def __init__(self, name, ways):
        self.name, self.ways = name, ways

    def read(self, call):
        raise AssertionError(call)


@pytest.fixture
def settings(settings):
    more = (
        ACCOUNT,
        TelegramSettings(name="city-telegram", token="123456789:an-invented-one", secret_token="invented"),
    )
    return settings.model_copy(update={"channel": (*settings.channel, *more)})


@pytest.fixture
def site(site):
    platforms = {
        "city-wechat": Platform("city-wechat", SERVICE),
        "city-telegram": Platform("city-telegram", (Way("message"),)),
    }
    return replace(site, channels={**site.channels, **platforms}, platforms=platforms)


@pytest.fixture
async def case(site, clock, citizen, officer):
    """The page of a case that somebody on each channel follows; ``told`` changes the store first."""
    number = await citizen.files_a_case()

    def follow(work):
        for channel in ("city-wechat", "city-telegram"):
            person = work.people.find_or_add(channel, "7", language="zh", at=clock())
            work.cases.bind(number, person.id, "joint", at=clock())

    await site.store.run(follow)

    async def page(told=None, **headers):
        if told is not None:
            await site.store.run(told)
        answer = await officer.browser.get(f"/desk/cases/{number}", headers=headers)
        return await answer.text()

    return page


def somebody(work, channel="city-wechat"):
    return work.people.find(channel, "7")


def wrote(clock, messages=5, hours=48):
    def enter(work):
        until = clock() + timedelta(hours=hours)
        work.journal.enter(somebody(work).id, "m1", {"text": "你好"}, at=clock(), free=(messages, until))

    return enter


async def test_who_wrote_a_while_ago_can_be_reached_until_the_window_shuts(case, clock):
    page = await case(wrote(clock))

    assert "微信公众号：可主动联系到 11月23日 9:1" in page
    assert "还能发 5 条" in page


async def test_what_was_sent_since_is_no_longer_there_to_be_sent(case, clock):
    def sent(work):
        wrote(clock, messages=1)(work)
        row = work.outbox.queue(somebody(work).id, number=None, kind="message", text="您好。", at=clock())
        work.outbox.record(row, state="accepted", way="customer_service", at=clock())

    assert "可主动联系到" not in await case(sent)


async def test_who_is_silent_gets_only_what_the_platform_still_carries(case, clock):
    assert "微信公众号：市民再来消息前不能自由发消息，只能用微信模板消息" in await case()

    page = await case(lambda work: work.reaches.grant(somebody(work).id, "S1", 1, at=clock()))

    assert "只能用微信订阅通知、微信模板消息" in page


async def test_an_account_that_may_only_answer_says_so(case, site):
    site.channels["city-wechat"].ways = SERVICE[:1]

    assert "微信公众号：市民再来消息前，平台不允许主动联系" in await case()


async def test_who_left_is_told_apart_from_who_blocked(case, clock):
    def left(work):
        work.reaches.leave(somebody(work).id, at=clock(), why="unfollowed")
        work.reaches.leave(somebody(work, "city-telegram").id, at=clock(), why="blocked")

    page = await case(left)

    assert "微信公众号：用户已取关" in page
    assert "Telegram 机器人：市民已停用机器人" in page


async def test_a_paused_channel_says_until_when_and_why(case, clock):
    def pause(work):
        work.platforms.pause("city-telegram", until=clock() + timedelta(minutes=30), trouble="token 已被吊销")

    assert "Telegram 机器人暂停发送到 11月21日 9:" in await case(pause)
    assert "token 已被吊销" in await case()


async def test_a_notice_says_by_which_way_it_went(case, clock):
    def told(work):
        person = somebody(work)
        case_number = work.cases.page(limit=1)[0][0].number
        for way, state, reason in (
            ("customer_service", "accepted", ""),
            ("template", "delivered", ""),
            ("subscription", "undelivered", "市民没有订阅通知。"),
        ):
            row = work.outbox.queue(person.id, number=case_number, kind="message", text=f"{way}。", at=clock())
            work.outbox.record(row, state=state, way=way, reason=reason, at=clock())

    page = await case(told)

    for way in ("微信客服消息", "微信模板消息", "微信订阅通知"):
        assert f"微信公众号 · {way} · " in page
    assert "市民没有订阅通知。" in page


async def test_the_page_of_channels_counts_what_came_and_went(site, clock, officer, case):
    def traffic(work):
        wrote(clock)(work)
        person = somebody(work)
        for seconds, state, way in ((1, "accepted", "passive"), (4, "accepted", "customer_service")):
            row = work.outbox.queue(person.id, number=None, kind="reply", text="好。", at=clock(), answers=None)
            work.outbox.record(row, state=state, way=way, at=clock() + timedelta(seconds=seconds))
        work.platforms.pause("city-telegram", until=clock() + timedelta(hours=1), trouble="连不上 Telegram")

    await site.store.run(traffic)

    page = await (await officer.browser.get("/desk/channels")).text()

    account = page.split("微信公众号")[1].split("</section>")[0]
    assert all(words in account for words in ("正常", "4.0 秒", "微信被动回复", "微信客服消息", "平台已接收"))
    bot = page.split("Telegram 机器人")[1].split("</section>")[0]
    assert "暂停发送到" in bot
    assert "连不上 Telegram" in bot


async def test_the_page_of_channels_is_there_in_english(officer):
    page = await (await officer.browser.get("/desk/language?to=en&back=/desk/channels")).text()

    assert "Channels" in page
    assert "Web chat (estate)" in page
    assert "Takes complaints for:" in page


async def test_an_institutions_own_officer_sees_its_own_channels(site, client):
    hire(site, "陈经理", institution="property")
    manager = Officer(client)
    await manager.comes_in("陈经理")

    page = await (await client.get("/desk/channels")).text()

    assert "网页聊天（estate）" in page
    assert "微信公众号" not in page


async def test_the_metrics_tell_windows_pauses_and_outcomes(site, clock, client, case):
    def traffic(work):
        wrote(clock)(work)
        row = work.outbox.queue(somebody(work).id, number=None, kind="reply", text="好。", at=clock())
        work.outbox.record(row, state="accepted", way="passive", at=clock() + timedelta(seconds=2))
        work.platforms.pause("city-telegram", until=clock() + timedelta(hours=1), trouble="x")

    await site.store.run(traffic)

    told = await (await client.get("/metrics")).text()

    assert 'jiesu_sends_last_day{channel="city-wechat",state="accepted",way="passive"} 1.0' in told
    assert 'jiesu_answered_p95_seconds{channel="city-wechat"} 2.0' in told
    assert 'jiesu_window_open{channel="city-wechat"} 1.0' in told
    assert 'jiesu_window_open{channel="city-telegram"}' not in told
    assert 'jiesu_paused{channel="city-telegram"} 1.0' in told
    assert 'jiesu_paused{channel="city-wechat"} 0.0' in told


async def test_what_did_not_arrive_is_listed_with_channel_and_way(site, clock, officer, case):
    def lose(work):
        number = work.cases.page(limit=1)[0][0].number
        row = work.outbox.queue(somebody(work).id, number=number, kind="status", text="已受理。", at=clock())
        work.outbox.record(row, state="undelivered", way="template", reason="用户拒收。", at=clock())

    await site.store.run(lose)

    page = await (await officer.browser.get("/desk/notices")).text()

    assert "进度通知 · 微信公众号 · 微信模板消息 · " in page
    assert "用户拒收。" in page
