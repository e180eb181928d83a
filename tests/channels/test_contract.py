"""One talk, four channels: the same case comes of it, the same is told, and nothing goes wrong in one that does not in all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.services.talks import takeover
from bots import Taken
from dialogs.messages import Inbound, Opening, Peer
from tests.channels.house import OFFICER
from tests.fakes.telegram_people import snapshot

ALL = ("alice", "bob", "carol", "dave")
"""In WeChat, in Telegram, at the web page, in the terminal."""
DESCRIBED = ("status", "kind", "category_id", "department_id", "grade", "urgency")


@pytest.fixture(params=ALL)
def citizen(request):
    return request.getfixturevalue(request.param)


def facts(case):
    told = {name: case.facts.get(name) for name in ("what", "when", "where", "request", "target", "extra")}
    return told | {"contact": case.facts["who"]["contact"]} | {name: getattr(case, name, None) for name in DESCRIBED}


async def test_the_same_talk_gives_the_same_case_everywhere(house, alice, bob, carol, dave):
    cases = [house.case(await house.files(one)) for one in (alice, bob, carol, dave)]

    assert [facts(case) for case in cases] == [facts(cases[0])] * 4
    assert [case.number[-8:-2] for case in cases] == ["000001", "000002", "000003", "000004"]


async def test_what_an_officer_does_is_told_and_the_citizen_rates_it(house, citizen):
    number = await house.files(citizen)
    assert number in citizen.heard[-1]
    await citizen.tells("谢谢")
    house.clock.advance(60)
    house.moves(number, "accepted", note="已受理")
    await house.settles()
    await citizen.looks()
    assert any(number in text and "受理" in text for text in citizen.heard)

    house.moves(number, "assigned", department=house.case(number).department_id)
    house.moves(number, "answered", answer="已现场查处，店家拆除了音响。")
    await house.settles()
    await citizen.looks()
    for _ in range(4):
        word = next(w for w in ("联系过", "解决了", "非常满意", "满意", "没有了") if w in citizen.offered)
        await citizen.tells(word)
        if any(event.what == "rated" for event in house.asks(lambda work: work.cases.history(number))):
            break
    assert "rated" in {event.what for event in house.asks(lambda work: work.cases.history(number))}
    assert {row.state for row in house.notices(number)} <= {"accepted", "delivered"}


async def test_whatever_is_delivered_twice_happens_once(house, citizen):
    await citizen.tells("昨晚十一点多幸福里3栋楼下烧烤店又在放音响，吵得孩子睡不着", again=True)
    numbers: list[str] = []
    while not numbers:
        word = next((w for w in ("提交", "同意", "没有", "匿名", "跳过") if w in citizen.offered), "13800138000")
        await citizen.tells(word, again=True)
        numbers = house.cases(citizen.channel, citizen.address)

    assert len(numbers) == 1
    said = house.journal(citizen.channel, citizen.address)
    assert len(said) == len([1 for who, _ in house.talk(citizen.channel, citizen.address) if who == "bot"])
    assert [row.state for row in house.notices(numbers[0])] == []


async def test_a_person_speaks_in_the_chat_and_meanwhile_the_bot_says_nothing(house, citizen):
    def desk(what, *words):
        given = (house.site.institutions, house.site.store.read_now(takeover.listed, by=OFFICER)[0].row.id, *words)
        house.site.store.run_now(what, *given, by=OFFICER, at=house.site.clock())

    await citizen.tells("我要找人工")
    desk(takeover.take)
    desk(takeover.say, "您好，请讲")
    await house.settles()
    await citizen.looks()
    greeted = citizen.heard[-1]
    await citizen.tells("幸福里3栋的路灯坏了")
    quiet = list(citizen.heard)
    desk(takeover.give_back)
    await house.settles()

    assert "您好，请讲" in greeted
    assert quiet == []
    assert house.journal(citizen.channel, citizen.address)[-1] == "幸福里3栋的路灯坏了"


async def test_a_photo_is_evidence_of_the_case(house, citizen):
    await citizen.tells("昨晚十一点多幸福里3栋楼下烧烤店又在放音响，吵得孩子睡不着")
    await citizen.shows(snapshot(1))
    number = await house.files(citizen, "很久了")

    (file,) = house.asks(lambda work: work.evidence.of_case(number))
    assert (file.kind, file.media_type) == ("photo", "image/jpeg")


@pytest.mark.parametrize("who", ["alice", "bob"])
async def test_a_button_that_nobody_made_is_answered_kindly(house, request, who):
    citizen = request.getfixturevalue(who)
    await citizen.tells("昨晚十一点多幸福里3栋楼下烧烤店又在放音响，吵得孩子睡不着")
    if who == "alice":
        await citizen.person.say("不存在", menu_id="no.such.choice")
    else:
        shown = house.telegram.bot.chats[7][max(house.telegram.bot.chats[7])].body
        query = {"id": "42", "from": citizen.person.user.as_json(), "data": "no.such.choice", "message": shown}
        house.telegram.update({"callback_query": query | {"chat_instance": "7"}}, of=7)
    await house.settles()

    assert house.asks(lambda work: work.journal.failed()) == []
    assert len(citizen.heard) == 2
    number = await house.files(citizen, "还是这件事")
    assert house.cases(citizen.channel, citizen.address) == [number]


@pytest.mark.parametrize("who", ["alice", "bob"])
async def test_who_left_is_not_written_to_and_the_desk_knows(house, request, who):
    citizen = request.getfixturevalue(who)
    number = await house.files(citizen)
    if who == "alice":
        await citizen.person.unfollow()
    else:
        citizen.person.block()
    await house.settles()
    seen = len(citizen.heard)
    house.moves(number, "accepted", note="已受理")
    await house.later(60)

    row = house.notices(number)[-1]
    assert (row.state, bool(row.reason), len(citizen.heard)) == ("undelivered", True, seen)


@pytest.mark.parametrize("who", ["alice", "bob"])
async def test_one_person_is_heard_in_order_whatever_waits(house, request, who):
    citizen = request.getfixturevalue(who)
    fake = house.wechat if who == "alice" else house.telegram
    if who == "alice":
        fake.fault("media/get", errcode=-1)
        await citizen.person.voice()  # a photo would be had from another address
        await citizen.person.say("这是第二句")
        await citizen.person.say("这是第三句")
    else:
        fake.faults.order(method="getFile", http=500, times=3)
        citizen.person.photo(caption="")
        citizen.person.say("这是第二句")
        citizen.person.say("这是第三句")
    await house.settles()
    assert house.journal(citizen.channel, citizen.address) == []
    assert house.rows("inbox") == 3
    await house.later(30)

    assert house.journal(citizen.channel, citizen.address) == ["", "这是第二句", "这是第三句"]
    assert house.evidence(citizen.channel, citizen.address) == 1


@pytest.mark.parametrize("who", ["alice", "bob"])
async def test_after_an_hour_without_the_platform_everything_goes_in_order_once(house, request, who):
    citizen = request.getfixturevalue(who)
    number = await house.files(citizen)
    if who == "alice":
        house.wechat.fault("message/custom/send", errcode=-1, times=None)
    else:
        await house.telegram.refuse()
    house.moves(number, "accepted", note="已受理")
    house.moves(number, "assigned", department=house.case(number).department_id)
    house.moves(number, "answered", answer="已现场查处，店家拆除了音响。")
    citizen_seen = len(citizen.heard)
    await house.later(3600, step=300)
    assert {row.state for row in house.notices(number)} <= {"queued", "deferred"}
    if who == "alice":
        house.wechat.world.faults.clear()
    else:
        await house.telegram.listen()
    await house.later(3 * 3600, step=300)

    told = "\n".join(citizen.heard[citizen_seen:])  # what waited together may be one message
    firsts = [row.text.splitlines()[0] for row in house.notices(number)]
    assert len(firsts) == 4
    assert [told.count(first) for first in firsts] == [1] * 4
    assert sorted(firsts, key=told.index) == firsts
    assert {row.state for row in house.notices(number)} == {"accepted"}


async def test_nobody_is_joined_across_channels_by_a_name_alone(house, alice, bob):
    first, second = await house.files(alice), await house.files(bob)

    assert (house.cases("account", "oAlice"), house.cases("bot", "7")) == ([first], [second])


async def test_an_answer_that_a_crash_kept_from_being_passed_on_is_sent_by_whoever_comes_after(open_house, wechat):
    first = await open_house()
    wechat.account.callback_url = ""
    alice = wechat.person("oAlice")
    number = str((await alice.say("路灯坏了")).message["MsgId"])
    message = Inbound(Peer("account", "oAlice"), number, "路灯坏了", opens=Opening(5, timedelta(hours=48)))
    await first.arrivals.take(first.site.platforms["account"], Taken((message,)), passively=True)
    await first.closes()

    second = await open_house()
    await second.settles()
    assert alice.read == []
    await second.later(6)
    await second.later(60)
    assert len(alice.read) == 1
