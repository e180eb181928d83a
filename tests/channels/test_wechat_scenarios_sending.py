"""WeChat, what goes out: from an officer's move by the best way that is open, or to the desk (W20–W29)."""

from __future__ import annotations

import pytest

from backend.services.cases import casework
from tests.channels.house import OFFICER, STATUS
from tests.channels.people import InWechat

TWO_DAYS = 49 * 3600
SENDS = "message/custom/send"
FILLED = "message/template/send"


def says(house, number, text):
    """An officer writes to the citizen."""
    house.site.store.run_now(casework.say, house.site.institutions, number, text, by=OFFICER, at=house.clock.utc())


async def told_late(house, alice, *, settles=True):
    """A case whose citizen is told of something two days after their last word; the newest notice."""
    number = await house.files(alice)
    house.clock.advance(TWO_DAYS)
    house.moves(number, "accepted", note="已受理")
    if settles:
        await house.settles()
    return number


def last(house, number):
    return house.notices(number)[-1]


async def test_w20_a_token_that_another_process_ended_is_renewed_once(house, alice):
    number = await house.files(alice)
    house.moves(number, "accepted", note="已受理")
    await house.settles()
    house.wechat.invalidate_tokens()
    tokens = len(house.wechat.calls("stable_token"))
    says(house, number, "请补充门牌号。")
    await house.settles()

    assert (last(house, number).state, last(house, number).way) == ("accepted", "customer_service")
    assert len(house.wechat.calls("stable_token")) == tokens + 1


async def test_w20_a_token_that_is_never_good_shuts_the_channel_and_all_waits(house, alice):
    number = await house.files(alice)
    house.wechat.fault(SENDS, errcode=40001, times=None)
    house.moves(number, "accepted", note="已受理")
    await house.settles()

    assert (len(house.wechat.calls(SENDS)), len(house.wechat.calls("stable_token"))) == (2, 2)
    assert last(house, number).state in {"queued", "deferred"}
    (trouble,) = house.asks(lambda work: work.platforms.troubles(now=house.clock.utc())).values()
    assert "appid" in trouble
    house.wechat.world.faults.clear()
    await house.later(600, step=61)
    assert last(house, number).state == "accepted"


async def test_w21_eight_at_once_share_one_token(house):
    people = [InWechat(house, house.wechat.person(f"o{n}")) for n in range(8)]
    for one in people:
        await one.person.say("路灯坏了")
    for one in people:
        house.site.store.run_now(owe, one.address, at=house.clock.utc())
    await house.settles()

    assert [len(one.person.read) for one in people] == [2] * 8
    (call,) = house.wechat.calls("stable_token")
    assert not call.body.get("force_refresh")


def owe(work, openid, *, at):
    person = work.people.find("account", openid)
    work.outbox.queue(person.id, number=None, kind="message", text="请补充门牌号。", at=at)


async def test_w22_two_days_later_a_template_tells_and_its_arrival_is_known(house, alice):
    number = await told_late(house, alice)
    assert (last(house, number).state, last(house, number).way) == ("accepted", "template")
    assert house.wechat.calls(SENDS) == []
    await house.later(5)

    assert last(house, number).state == "delivered"
    assert alice.person.view[-1].fields["character_string1"] == number


async def test_w22_a_subscription_notice_goes_before_the_template_while_it_is_allowed(open_house, wechat):
    wechat.add_template("S1", "character_string1", "phrase2", "time3", "thing4", kind="sub")
    house = await open_house(subscriptions={"status": STATUS.model_copy(update={"id": "S1"})})
    alice = InWechat(house, wechat.person("oAlice"))
    number = await house.files(alice)
    await alice.person.accept("S1")
    house.clock.advance(TWO_DAYS)
    house.moves(number, "accepted", note="已受理")
    await house.settles()
    house.moves(number, "assigned", department=house.case(number).department_id)
    await house.settles()

    assert [row.way for row in house.notices(number)] == ["subscription", "template"]
    await house.later(5)
    assert [row.state for row in house.notices(number)] == ["delivered", "delivered"]


async def test_w22_what_became_of_a_subscription_notice_is_known_though_its_id_was_not_told(open_house, wechat):
    wechat.add_template("S1", "character_string1", "phrase2", "time3", "thing4", kind="sub")
    house = await open_house(subscriptions={"status": STATUS.model_copy(update={"id": "S1"})}, templates={})
    alice = InWechat(house, wechat.person("oAlice"))
    number = await house.files(alice)
    await alice.person.accept("S1")
    house.clock.advance(TWO_DAYS)
    alice.person.user.blocked_receive = True
    house.moves(number, "accepted", note="已受理")
    await house.settles()
    await house.later(5)

    row = last(house, number)
    assert (row.state, "user block" in row.reason) == ("undelivered", True)


@pytest.mark.parametrize("code", [40037, 40249, 43101, 48002])
async def test_w23_a_template_that_is_refused_is_undelivered_with_the_code_and_not_tried_on(house, alice, code):
    house.wechat.fault(FILLED, errcode=code, times=None)
    number = await told_late(house, alice)
    await house.later(3600, step=600)

    row = last(house, number)
    assert (row.state, str(code) in row.reason) == ("undelivered", True)
    assert len(house.wechat.calls(FILLED)) == 1


@pytest.mark.parametrize(
    ("result", "state", "said"),
    [
        ("failed:user block", "undelivered", "用户拒收"),
        ("failed: system failed", "undelivered", "微信系统发送失败"),
        ("failed:freq limit", "undelivered", "太多"),
        ("never", "uncertain", "没有告知"),
        ("twice success", "delivered", ""),
        ("before success", "delivered", ""),
    ],
)
async def test_w23_what_became_of_a_template_is_shown_also_where_nobody_says_it(house, alice, result, state, said):
    house.wechat.settings.job_results.append(result)
    number = await told_late(house, alice)
    await house.later(900, step=60)

    row = last(house, number)
    assert (row.state, said in row.reason) == (state, True)
    assert len(house.wechat.calls(FILLED)) == 1


async def test_w24_the_sixth_message_goes_another_way_and_a_word_opens_five_more(house, alice):
    number = await house.files(alice)
    for n in range(6):
        says(house, number, f"第{n}件事。")
    await house.settles()
    assert [row.way for row in house.notices(number)] == ["customer_service"] * 5 + ["template"]
    assert all(call.errcode == 0 for call in house.wechat.calls(SENDS))

    await alice.tells("好的")
    says(house, number, "再问一件事。")
    await house.settles()
    assert last(house, number).way == "customer_service"


async def test_w24_a_tap_opens_three_for_a_minute(house, alice):
    house.wechat.settings.quota_rule = "latest"
    number = await house.files(alice)
    house.clock.advance(TWO_DAYS)
    await house.site.platforms["account"].make_menu()
    await alice.person.click("JIESU_PROGRESS")
    for n in range(4):
        says(house, number, f"第{n}件事。")
    await house.settles()
    assert [row.way for row in house.notices(number)[-4:]] == ["customer_service"] * 3 + ["template"]

    await alice.person.click("JIESU_PROGRESS")
    house.clock.advance(61)
    says(house, number, "太晚了。")
    await house.settles()
    assert last(house, number).way == "template"


async def test_w25_an_account_that_may_only_answer_takes_complaints_and_says_that_it_cannot_write(open_house, wechat):
    wechat.account.kind, wechat.account.verified = "subscription", False
    house = await open_house()
    alice = InWechat(house, wechat.person("oAlice"))
    number = await house.files(alice)
    house.moves(number, "accepted", note="已受理")
    await house.later(3600, step=600)

    row = last(house, number)
    assert (row.state, "不能主动发消息" in row.reason) == ("undelivered", True)
    assert wechat.calls() == []
    await alice.tells("进度")
    assert "受理" in alice.heard[0]


async def test_w26_a_text_that_may_have_arrived_is_not_sent_again(house, alice):
    number = await house.files(alice)
    house.wechat.fault(SENDS, drop_after_accept=True)
    says(house, number, "请补充门牌号。")
    await house.later(3600, step=300)

    assert (last(house, number).state, len(house.wechat.calls(SENDS))) == ("uncertain", 1)


async def test_w26_a_template_that_may_have_arrived_is_sent_again_under_its_id_and_arrives_once(house, alice):
    house.wechat.fault(FILLED, drop_after_accept=True)
    number = await told_late(house, alice)
    await house.later(60, step=10)

    first, second = house.wechat.calls(FILLED)
    assert first.body["client_msg_id"] == second.body["client_msg_id"]
    assert [shown.way for shown in alice.person.view].count("template") == 1
    assert last(house, number).state in {"accepted", "delivered"}


async def test_w27_who_leaves_is_forgotten_but_the_case_stays_and_the_desk_sees_why(house, alice):
    number = await house.files(alice)
    await alice.person.unfollow()
    await alice.person.unfollow()
    house.moves(number, "accepted", note="已受理")
    await house.settles()

    row = last(house, number)
    assert (row.state, "已取关" in row.reason) == ("undelivered", True)
    assert house.case(number).status.value == "accepted"
    everything = house.asks(lambda work: [work.conn.exec_driver_sql(q).fetchall() for q in EVERYTHING])
    assert "oAlice" not in str(everything)
    assert house.wechat.calls(SENDS) == house.wechat.calls(FILLED) == []


EVERYTHING = ("SELECT * FROM people", "SELECT * FROM journal", "SELECT * FROM inbox", "SELECT * FROM conversations")


async def test_w27_who_comes_back_has_their_case_and_hears_what_they_missed(house, alice):
    number = await house.files(alice)
    await alice.person.unfollow()
    house.moves(number, "accepted", note="已受理")
    await house.settles()
    house.clock.advance(3600)
    alice.seen = len(alice.person.view)
    await alice.person.follow()
    await house.settles()

    assert house.cases("account", "oAlice") == [number]
    assert any(number in text and "受理" in text for text in alice.heard)
    assert last(house, number).state == "accepted"


async def test_w28_an_address_that_is_not_allowed_is_named_and_messages_still_come_in(house, alice):
    house.wechat.account.ip_whitelist = frozenset({"203.0.113.7"})
    number = await house.files(alice)
    house.moves(number, "accepted", note="已受理")
    await house.settles()

    (trouble,) = house.asks(lambda work: work.platforms.troubles(now=house.clock.utc())).values()
    assert "127.0.0.1" in trouble
    house.wechat.account.ip_whitelist = None
    await house.later(600, step=61)
    assert last(house, number).state == "accepted"


async def test_w29_what_is_too_long_for_a_field_is_cut_and_sent(house, alice):
    number = await told_late(house, alice, settles=False)
    says(house, number, "我们的工作人员已经到现场看过\n店家答应今晚就把音响搬走并且以后不再放了。")
    await house.settles()

    fields = alice.person.view[-1].fields
    assert len(fields["thing4"]) == 20
    assert fields["thing4"].endswith("…")
    assert "\n" not in fields["thing4"]
    assert last(house, number).state == "accepted"
