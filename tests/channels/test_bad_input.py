"""What no platform would send, and what a platform in trouble answers: refused or waited for, never a fault of ours."""

from __future__ import annotations

import json

import pytest

from tests.bots.wechat_api.hook import plain_call, text_push

SENDER = {"id": 7, "is_bot": False, "first_name": "李"}
HEAD = {
    "from": SENDER,
    "chat": {"id": 7, "type": "private"},
    "date": 1_760_000_000,
}


@pytest.mark.filterwarnings("ignore:Sending a large body:ResourceWarning")
@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("{", 400),
        ("[]", 400),
        ("null", 400),
        ("{}", 400),
        ('{"update_id": true}', 400),
        ('{"update_id": "1"}', 400),
        (b"\xff\xfe", 400),
        ("[" * 100_000, 400),
        ('{"update_id": 1, "moon": NaN}', 400),
        ('{"update_id": 1, "moon": 1e999}', 400),
        (json.dumps({"update_id": 1, "message": {"text": "大" * (1 << 20)}}, ensure_ascii=False), 413),
    ],
    ids=["empty", "half", "list", "null", "bare", "bool", "words", "bytes", "deep", "nan", "infinity", "large"],
)
async def test_what_is_no_update_is_refused_and_nothing_is_stored(house, body, status):
    assert await house.telegram.push_raw(body) == [status]
    assert house.rows("journal") == house.rows("inbox") == 0


@pytest.mark.parametrize(
    "message",
    [
        {"message_id": 1, "text": "\0\ud800", **HEAD},
        {"message_id": 1, "text": "好", **HEAD, "chat": {"id": "\0", "type": "private"}},
        {"message_id": 1, "text": "好", **HEAD, "chat": {"id": 1 << 64, "type": "private"}},
        {"message_id": 10**300, "text": "好", **HEAD},
        {"message_id": 1, "text": "好", **HEAD, "from": {**SENDER, "language_code": 5}},
        {"message_id": 1, "text": "好", **HEAD, "from": {**SENDER, "language_code": "\0" * 1000}},
        {"message_id": 1, "text": "x" * 100_000, **HEAD},
        {"message_id": 1 << 62, "text": "好", **HEAD},
        {"message_id": "one", "text": ["好"], **HEAD},
        {"message_id": 1, "photo": [], **HEAD},
        {"message_id": 1, "photo": [{"file_id": "f" * 5000, "file_unique_id": "u", "width": 1, "height": 1}], **HEAD},
        {"message_id": 1, "location": {"latitude": 1e308, "longitude": "east"}, **HEAD},
        {"message_id": 1, "contact": {"phone_number": "x", "first_name": ""}, **HEAD},
        {"message_id": 1},
        None,
    ],
)
async def test_a_damaged_message_is_taken_and_stops_nothing(house, message):
    house.telegram.person(7).post({"text": "你好"}, quiet=True)
    update = json.dumps({"update_id": 5, "message": message})

    assert await house.telegram.push_raw(update, times=2) == [200, 200]
    await house.later(90_000, step=30_000)
    assert (await house.telegram.push_raw(update))[0] == 200
    house.telegram.person(7).say("路灯坏了")
    await house.settles()
    assert house.journal("bot", "7")[-1] == "路灯坏了"


@pytest.mark.parametrize("button", ["\0", "\ud800", "9" * 1000, 5, None])
async def test_a_button_with_a_damaged_id_is_taken_and_stops_nothing(house, button):
    message = {"message_id": 1, "text": "好", **HEAD}
    query = {"id": button, "from": SENDER, "chat_instance": "1", "data": "submit", "message": message}
    strange = {"update_id": 6, "\ud800": 1}

    for update in ({"update_id": 5, "callback_query": query}, strange):
        assert await house.telegram.push_raw(json.dumps(update)) == [200]
    assert house.rows("journal") == 0


async def test_a_field_that_nobody_knows_changes_nothing(house):
    message = {"message_id": 1, "text": "路灯坏了", "aura": {"colour": "blue"}, **HEAD}
    house.telegram.person(7).post({"text": "你好"}, quiet=True)

    assert await house.telegram.push_raw({"update_id": 5, "message": message, "moon": 1}) == [200]
    assert house.journal("bot", "7") == ["路灯坏了"]


async def test_an_unknown_kind_of_message_is_answered_and_an_unknown_event_kept_whole(open_house, wechat):
    wechat.account.mode = "plain"
    house = await open_house()
    strange = text_push(MsgType="hologram", CreateTime=str(int(house.clock.now())))
    event = text_push(MsgType="event", Event="moon_rises", CreateTime=str(int(house.clock.now())))
    statuses = []
    for body in (strange, strange, event, event):
        call = plain_call(wechat, body)
        statuses.append((await wechat.pusher.raw(wechat.account, call.body, call.query))[0])

    assert statuses == [200] * 4
    unknown = house.asks(lambda work: work.conn.exec_driver_sql("SELECT state FROM inbox").fetchall())
    assert (house.rows("journal"), [row[0] for row in unknown]) == (1, ["unknown"])


async def test_a_platform_that_answers_with_a_page_leaves_it_open_whether_a_text_arrived(house, alice, bob):
    numbers = [await house.files(alice), await house.files(bob)]
    house.wechat.fault("message/custom/send", html=True)
    house.telegram.faults.order("html", method="sendMessage")
    for number in numbers:
        house.moves(number, "accepted", note="已受理")
    await house.later(600, step=30)

    assert [house.notices(number)[-1].state for number in numbers] == ["uncertain", "accepted"]


async def test_who_floods_the_bot_keeps_nobody_else_waiting(house):
    loud, calm = house.telegram.person(66), house.telegram.person(7)
    for _ in range(30):
        loud.say("/start")
    await house.settles()
    calm.say("路灯坏了")
    await house.settles()
    at_once = (len(house.telegram.sent(7)), len(house.telegram.sent(66)))
    await house.later(60, step=1)

    assert at_once == (1, 5)
    assert len(house.telegram.sent(66)) == 30


async def test_a_hook_that_we_do_not_have_is_not_found(house):
    async with house.browser() as browser, browser.post("/hooks/nobody", data=b"{}") as answer:
        assert answer.status == 404
