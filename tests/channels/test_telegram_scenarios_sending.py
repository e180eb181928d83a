"""Telegram, what goes out: from an officer's move through outbox and channel to the person, or to the desk (T18–T24)."""

from __future__ import annotations

from collections import Counter

import pytest

from backend.services.cases import casework
from tests.channels.house import OFFICER

BAN = 30
"""Seconds of silence that Telegram asks for."""


def owe(work, users, *, at):
    for user in users:
        person = work.people.find_or_add("bot", str(user), language="zh", at=at)
        work.outbox.queue(person.id, number=None, kind="status", text=f"您的诉求已受理，第{user}位。", at=at)


def broadcast(house, users):
    """All of them spoke to the bot once, and are owed a notice."""
    for user in users:
        house.telegram.person(user).post({"text": "你好"}, quiet=True)
    house.site.store.run_now(owe, users, at=house.clock.utc())


def states(house):
    query = "SELECT state, count(*) FROM outbox GROUP BY state"
    return dict(house.asks(lambda work: work.conn.exec_driver_sql(query).fetchall()))


def says(house, number, text):
    """An officer writes to the citizen."""
    told = house.site.store.run_now
    told(casework.say, house.site.institutions, number, text, by=OFFICER, at=house.clock.utc())


def accepts(house, number):
    """An officer takes the case on, which its citizen is told."""
    house.moves(number, "accepted", note="已受理")


async def test_t18_who_blocked_the_bot_is_not_written_to_and_the_desk_sees_why(house, bob):
    number = await house.files(bob)
    bob.person.block()
    await house.settles()
    calls = len(house.telegram.called("sendMessage"))
    accepts(house, number)
    await house.later(60)

    notice = house.notices(number)[-1]
    assert (notice.state, "已停用机器人" in notice.reason) == ("undelivered", True)
    assert len(house.telegram.called("sendMessage")) == calls


async def test_t18_a_block_that_nobody_told_us_of_costs_one_try(house, bob):
    number = await house.files(bob)
    house.telegram.bot.blocked_by.add(7)
    calls = len(house.telegram.called("sendMessage"))
    accepts(house, number)
    await house.later(7200, step=1800)

    notice = house.notices(number)[-1]
    assert (notice.state, "拉黑" in notice.reason) == ("undelivered", True)
    assert len(house.telegram.called("sendMessage")) == calls + 1


@pytest.mark.parametrize("known", [True, False])
async def test_t18_who_comes_back_hears_what_they_missed(house, bob, known):
    number = await house.files(bob)
    if known:
        bob.person.block()
        await house.settles()
    else:
        house.telegram.bot.blocked_by.add(7)
    accepts(house, number)
    await house.later(60)
    bob.marks()
    bob.person.unblock()
    await house.later(60)

    assert (house.notices(number)[-1].state, number in bob.heard[-1]) == ("accepted", True)


@pytest.mark.parametrize(
    ("what", "reason"),
    [("deactivated", "已注销"), ("chat_not_found", "找不到"), ("no_first_word", "还没有和机器人说过话")],
)
async def test_t19_an_account_that_is_gone_is_not_tried_again(house, bob, what, reason):
    number = await house.files(bob)
    house.telegram.faults.order(what, method="sendMessage", chat_id=7, times=-1)
    calls = len(house.telegram.called("sendMessage"))
    accepts(house, number)
    await house.later(86_400, step=14_400)

    notice = house.notices(number)[-1]
    assert (notice.state, reason in notice.reason) == ("undelivered", True)
    assert len(house.telegram.called("sendMessage")) == calls + 1


async def test_t20_two_hundred_are_told_once_each_and_a_flood_silences_the_whole_bot(house, bob):
    await bob.tells("你好")
    began = len(house.telegram.sent())
    users = range(1001, 1201)
    broadcast(house, users)
    house.telegram.faults.order("flood_30", method="sendMessage", nth=57)
    while not house.telegram.bot.rates.bans:
        await house.later(1)
    banned, gone = house.clock.now(), len(house.telegram.sent()) - began
    calls = len(house.telegram.calls)

    bob.person.say("幸福里3栋的路灯坏了")
    await house.later(BAN - 2, step=7)
    assert len(house.telegram.sent()) - began == gone
    assert [call.method for call in list(house.telegram.calls)[calls:] if not call.hook] == []

    while "queued" in states(house) or "deferred" in states(house):
        await house.later(1)
    after = [call for call in house.telegram.sent()[began:] if call.at > banned]
    assert min(call.at for call in after) >= banned + BAN
    assert 7 in [call.chat_id for call in after[:20]]  # who waits for an answer is among the first
    told = Counter(call.chat_id for call in house.telegram.sent()[began:] if call.chat_id != 7)
    assert told == Counter(dict.fromkeys(users, 1))


async def test_t21_a_restart_goes_on_where_the_flood_stopped_us_and_not_before(open_house, telegram):
    first = await open_house()
    users = range(1001, 1151)  # more than one claim holds
    broadcast(first, users)
    telegram.faults.order("flood_30", method="sendMessage", nth=37)
    while not telegram.bot.rates.bans:
        await first.later(1)
    banned, gone = first.clock.now(), len(telegram.sent())
    await first.closes()

    second = await open_house()
    calls = len(telegram.called("sendMessage"))
    await second.later(BAN - 2, step=7)
    assert len(telegram.called("sendMessage")) == calls

    while "queued" in states(second) or "deferred" in states(second):
        await second.later(1)
    assert Counter(call.chat_id for call in telegram.sent()) == Counter(dict.fromkeys(users, 1))
    assert min(call.at for call in telegram.sent()[gone:]) >= banned + BAN
    assert states(second) == {"accepted": 150}


async def test_t22_a_notice_that_telegram_took_without_a_word_is_uncertain_and_not_repeated(house, bob):
    number = await house.files(bob)
    bob.marks()
    house.telegram.faults.order("accepted_then_silence", method="sendMessage", chat_id=7)
    accepts(house, number)
    await house.later(86_400, step=14_400)

    notice = house.notices(number)[-1]
    assert (notice.state, "不确定是否送到" in notice.reason) == ("uncertain", True)
    assert len([text for text in bob.heard if number in text]) == 1


async def test_t22_a_reply_that_telegram_took_without_a_word_is_not_repeated_either(house, bob):
    house.telegram.faults.order("accepted_then_silence", method="sendMessage", chat_id=7)
    await bob.tells("你好")
    await house.later(7200, step=1800)

    assert (len(bob.heard), states(house)) == (1, {"uncertain": 1})


async def test_t22_what_never_reached_telegram_goes_when_it_is_back(house, bob):
    number = await house.files(bob)
    bob.marks()
    await house.telegram.refuse()
    accepts(house, number)
    await house.later(1)
    assert house.notices(number)[-1].state == "queued"

    await house.telegram.listen()
    await house.later(30, step=5)
    assert house.notices(number)[-1].state == "accepted"
    assert len([text for text in bob.heard if number in text]) == 1


async def test_t23_a_long_word_of_an_officer_arrives_whole_and_each_part_once(house, bob):
    number = await house.files(bob)
    bob.marks()
    text = '请看<b & "x">：' + "".join(f"第{n}条，已经处理。\n" for n in range(900))
    house.telegram.faults.order("server", method="sendMessage", chat_id=7, nth=2)
    says(house, number, text[:9000])
    await house.settles()

    notice = house.notices(number)[-1]
    assert (notice.state, "已发出1段" in notice.reason) == ("queued", True)
    await house.later(60, step=10)
    assert house.notices(number)[-1].state == "accepted"
    heard = "".join(bob.heard)
    assert '<b & "x">' in heard
    assert [heard.count(f"第{n}条，") for n in range(700)] == [1] * 700
    assert all(len(part) <= 4096 for part in bob.heard)


async def test_t23_what_telegram_cannot_parse_goes_once_more_as_it_is(house, bob):
    number = await house.files(bob)
    bob.marks()
    house.telegram.faults.order("entities", method="sendMessage", chat_id=7)
    says(house, number, "门牌是<3栋>。")
    await house.settles()

    assert (house.notices(number)[-1].state, len(bob.heard)) == ("accepted", 1)
    assert "<3栋>" in bob.heard[0]


@pytest.mark.parametrize("told", [True, False])
async def test_t24_a_group_with_a_new_number_keeps_its_case(house, told):
    """Whether Telegram tells of it before we send, or only in answer to what we send."""
    group = house.telegram.group(-100)
    person = house.telegram.person(7, chat_id=-100)
    number = await files_in_a_group(house, person)
    new = person.upgrade() if told else house.telegram.world.upgrade(group.id)
    if told:
        await house.settles()
    accepts(house, number)
    await house.later(60, step=5)

    assert house.notices(number)[-1].state == "accepted"
    assert number in house.telegram.heard(new.id)[-1]
    assert house.cases("bot", str(new.id)) == [number]
    assert house.cases("bot", "-100") == []

    house.telegram.person(7, chat_id=new.id).say(f"{number} 办到哪一步了")
    await house.settles()
    heard = house.telegram.heard(new.id)[-1]
    assert (number in heard, "已受理" in heard) == (True, True)


async def files_in_a_group(house, person):
    """A case that a whole group follows."""
    chat = person.chat.id
    person.say("/start@jiesu_bot")
    await house.later(5)
    person.bot.privacy = False
    said = ["昨晚十一点多幸福里3栋楼下烧烤店又在放音响，吵得孩子睡不着"]
    for _ in range(12):
        person.say(said[-1])
        await house.later(60)
        heard = house.telegram.heard(chat)[-1]
        if "编号 " in heard:
            return heard.split("编号 ")[1].split("。")[0]
        shown = house.telegram.view(chat)
        keys = {key["text"] for row in shown["keyboard"] or () for key in row}
        keys |= {key["text"] for one in shown["messages"][-3:] for row in one["buttons"] for key in row}
        said.append(next((word for word in ("提交", "同意", "没有", "匿名", "跳过") if word in keys), "13800138000"))
    raise AssertionError(house.telegram.heard(chat))
