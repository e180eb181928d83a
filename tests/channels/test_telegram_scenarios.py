"""Telegram, from the person's hand through hook, store and jobs and back: what comes in (T01–T17)."""

from __future__ import annotations

import asyncio
import json
import time

import pytest

from backend.services.talks import arriving, intake
from tests.fakes.soon import until
from tests.fakes.telegram_people import snapshot


def unit(of, text):
    """Whether a unit of work is that one, for a message with that text."""

    def found(f, *args):
        prepared = next((one for one in args if isinstance(one, intake.Prepared)), None)
        return f is of and prepared is not None and prepared.message.text == text

    return found


async def test_t01_a_call_without_the_secret_is_refused_and_nothing_is_stored(house, bob):
    update = {"update_id": 5, "message": {}}

    assert await house.telegram.push_raw(update, secret="wrong") == [403]
    assert await house.telegram.push_raw(update, secret="") == [403]
    assert (house.rows("journal"), house.rows("inbox")) == (0, 0)


async def test_t02_the_row_is_there_before_the_200_and_nobody_waits_for_the_answer_to_be_sent(house, bob):
    bob.person.say("路灯坏了")
    began = time.monotonic()
    await house.telegram.idle()

    (push,) = house.telegram.line().pusher.log
    assert (push.status, house.journal("bot", "7")) == (200, ["路灯坏了"])
    assert time.monotonic() - began < 2

    await house.settles()
    assert len(house.telegram.sent(7)) == 1


async def test_t03_the_same_update_three_times_at_once_is_worked_on_once(open_house):
    house = await open_house(gate=True)
    gate = house.site.store
    gate.holds = unit(arriving.arrive, "路灯坏了")
    house.telegram.person(7).post({"text": "你好"}, quiet=True)
    update = text_update("路灯坏了")
    pushing = asyncio.create_task(house.telegram.push_raw(update, times=3))
    await until(lambda: gate.waiting)
    await asyncio.sleep(0.05)
    gate.open()

    assert await pushing == [200] * 3
    await house.settles()
    assert (gate.waiting, house.rows("journal"), len(house.telegram.sent(7))) == (1, 1, 1)


def text_update(text, number=900_000_001, user=7):
    who = {"id": user, "is_bot": False, "first_name": "李"}
    chat = {"id": user, "type": "private", "first_name": "李"}
    message = {"message_id": number % 1000, "date": 1_760_000_000, "chat": chat, "from": who, "text": text}
    return {"update_id": number, "message": message}


async def test_t04_what_got_its_200_is_worked_on_after_a_crash_once(open_house, telegram):
    first = await open_house()
    telegram.person(7).photo(caption="路灯坏了")
    await telegram.idle()
    assert [push.status for push in telegram.line().pusher.log] == [200]
    await first.closes()

    second = await open_house()
    telegram.clock.advance(121)
    await second.settles()
    await second.settles()

    assert (second.evidence("bot", "7"), second.rows("journal"), len(telegram.sent(7))) == (1, 1, 1)


async def test_t05_a_message_that_we_stumble_over_is_shown_and_holds_nothing_up(open_house, telegram):
    house = await open_house(gate=True)
    house.site.store.faulty = unit(arriving.arrive, "毒")
    bob = telegram.person(7)
    bob.say("毒")
    bob.say("路灯坏了")
    await house.settles()

    assert [push.status for push in telegram.line().pusher.log] == [200, 200]
    (failed,) = house.asks(lambda work: work.journal.failed())
    assert (failed.message["text"], "Fault" in failed.trouble) == ("毒", True)
    assert house.journal("bot", "7") == ["毒", "路灯坏了"]
    assert len(telegram.heard(7)) == 2


async def test_t06_what_is_no_json_is_refused_and_an_unknown_kind_is_kept_whole(house):
    (status,) = await house.telegram.push_raw("<xml/>")
    assert status == 400

    update = {"update_id": 7, "hologram": {"text": "你好"}}
    assert await house.telegram.push_raw(update, times=2) == [200, 200]
    assert house.asks(_set_aside) == [update]


def _set_aside(work):
    query = "SELECT message FROM inbox WHERE state = 'unknown'"
    return [json.loads(row[0]) for row in work.conn.exec_driver_sql(query)]


async def test_t07_while_the_database_is_down_telegram_is_asked_to_come_again(open_house, telegram):
    house = await open_house(gate=True)
    house.site.store.down = True
    telegram.person(7).say("路灯坏了")
    await telegram.idle()

    (push,) = telegram.line().pusher.log
    assert (push.status, push.next_in) == (503, 5)

    house.site.store.down = False
    await house.later(6)
    assert house.journal("bot", "7") == ["路灯坏了"]
    assert len(telegram.sent(7)) == 1


async def test_t08_each_chat_is_taken_in_order_and_none_waits_for_another(open_house, telegram):
    house = await open_house(gate=True)
    house.site.store.holds = unit(arriving.arrive, "甲一")
    for text in ("甲一", "甲二", "甲三"):
        telegram.person(1).say(text)
    for text in ("乙一", "乙二", "乙三"):
        telegram.person(2).say(text)
    await until(lambda: len(house.journal("bot", "2")) == 3)
    assert house.journal("bot", "1") == []

    house.site.store.open()
    await house.settles()
    assert house.journal("bot", "1") == ["甲一", "甲二", "甲三"]
    assert house.journal("bot", "2") == ["乙一", "乙二", "乙三"]


async def test_t09_a_button_may_overtake_the_words_before_it(house, bob):
    await bob.tells("昨晚幸福里3栋楼下烧烤店又在放音响，吵得孩子睡不着")
    assert "同意" in bob.offered
    house.telegram.bot.queue.switches.reorder_across_queues = True
    bob.marks()
    bob.person.say("很久了")
    bob.person.press("同意")
    await house.settles()
    await house.later(1)

    assert len(bob.heard) == 2
    house.telegram.bot.queue.switches.reorder_across_queues = False
    number = await house.files(bob, "还是这件事")
    assert house.cases("bot", "7") == [number]


async def test_t10_ten_photos_of_an_album_are_one_message_with_one_answer(house, bob):
    bob.person.album(10, caption="幸福里3栋楼下烧烤店", order=[3, 1, 0, 2, 9, 8, 7, 6, 5, 4], gap=1.4)
    await house.later(20, step=0.7)

    assert house.evidence("bot", "7") == 10
    assert len(bob.heard) == 1
    assert "10" in bob.heard[0]
    talk = house.asks(lambda work: work.people.conversation(work.people.find("bot", "7").id, "hotline"))
    came = [3, 2, 4, 1, 10, 9, 8, 7, 6, 5]  # which came as which, in the order in which they were sent
    assert [key for key, _ in talk["draft"]["evidence"]] == came


async def test_t11_a_part_that_comes_late_belongs_to_the_same_matter(house, bob):
    bob.person.album(10, caption="幸福里3栋楼下烧烤店放音响", late=1)
    await house.later(12)
    bob.person.send_late()
    await house.later(6)

    assert house.evidence("bot", "7") == 10
    assert len(bob.heard) <= 2
    number = await house.files(bob, "昨晚十一点")
    assert house.cases("bot", "7") == [number]
    assert len(house.asks(lambda work: work.evidence.of_case(number))) == 10


async def test_t12_an_album_that_a_restart_divides_is_still_one(open_house, telegram):
    first = await open_house()
    person = telegram.person(7)
    person.album(6, caption="路灯坏了", late=3)
    await first.settles()
    await first.closes()

    second = await open_house()
    person.send_late()
    await second.later(6)

    assert second.evidence("bot", "7") == 6
    assert len(telegram.sent(7)) == 1


async def test_t13_a_photo_without_words_begins_a_draft_and_is_asked_about(house, bob):
    await bob.shows(snapshot(1))

    assert house.evidence("bot", "7") == 1
    assert len(bob.heard) == 1
    assert "？" in bob.heard[0] or "请" in bob.heard[0]


async def test_t14_a_video_that_telegram_does_not_give_is_told_with_the_limit_and_the_talk_goes_on(house, bob):
    bob.person.video(size=25 << 20)
    await house.settles()

    assert "20 MB" in bob.heard[0]
    number = await house.files(bob)
    assert house.cases("bot", "7") == [number]


async def test_t15_a_dead_link_is_asked_for_again_and_the_file_comes(house, bob):
    house.telegram.faults.order(method="file", http=404)
    await bob.shows(snapshot(2))

    assert (house.evidence("bot", "7"), len(house.telegram.called("getFile"))) == (1, 2)


@pytest.mark.parametrize("known", [False, True])
async def test_t16_the_code_on_a_wall_fills_in_where_it_hangs(house, bob, known):
    house.place("p_8f3k", "幸福里3栋")
    if known:
        await bob.tells("你好")
    bob.person.start("p_8f3k")
    await house.later(5)

    number = await house.files(bob, "昨晚楼下烧烤店放音响，吵得孩子睡不着")
    assert "幸福里3栋" in str(house.case(number).facts["where"])


async def test_t16_a_code_that_nobody_made_is_a_plain_start(house, bob):
    bob.person.start("p_forged")
    await house.settles()

    assert len(bob.heard) == 1


async def test_t17_the_card_of_somebody_else_is_not_ones_own_number(house, bob):
    bob.marks()
    bob.person.contact("+8619900001234", own=False)
    await house.settles()

    assert "别人" in bob.heard[0]
    assert "19900001234" not in str(
        house.asks(lambda work: work.conn.exec_driver_sql("SELECT state FROM conversations").fetchall())
    )
