"""What a platform brings is kept before anything else, worked on once and in order, whatever its files do."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from backend.arrivals import FETCH_FOR, Arrivals
from bots import ChannelDown, Gone, NotSent, Taken, TooLarge
from dialogs.messages import Left, Peer
from tests.backend.platform import START, Clock, Mail, behind


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def mail():
    return Mail()


@pytest.fixture
def arrivals(store, tmp_path, mail, clock):
    return Arrivals(behind(mail, store, tmp_path, clock), owner="worker")


def heard(arrivals):
    def read(work):
        person = work.people.find("mail", "li")
        return [line.text for line in work.journal.talk(person.id) if line.who == "citizen"] if person else []

    return arrivals.site.store.read_now(read)


async def take(arrivals, mail, *, passively=True, **told):
    (arrived,) = await arrivals.take(mail, Taken((mail.message(**told),)), passively=passively)
    return arrived


async def test_a_text_is_taken_and_its_answer_owed(arrivals, mail):
    arrived = await take(arrivals, mail, text="路灯坏了")

    assert (len(arrived.says), len(arrived.rows), arrived.waits) == (1, 1, False)
    assert heard(arrivals) == ["路灯坏了"]


async def test_two_calls_with_one_message_share_its_work_and_its_answer(arrivals, mail):
    first, second = await asyncio.gather(*(take(arrivals, mail, text="路灯坏了") for _ in range(2)))
    later = await take(arrivals, mail, text="路灯坏了")

    assert first == second == later
    assert heard(arrivals) == ["路灯坏了"]
    assert arrivals.flights == {}


async def test_an_edit_is_no_redelivery_of_what_it_edits(arrivals, mail):
    edit = mail.message(text="路灯全坏了", edited=True)
    await arrivals.take(mail, Taken((mail.message(text="路灯坏了"), edit)), passively=False)

    assert heard(arrivals) == ["路灯坏了", "路灯全坏了"]


async def test_a_photo_is_fetched_at_once_where_somebody_waits_for_the_answer(arrivals, mail):
    arrived = await take(arrivals, mail, files=2)

    assert (len(arrived.rows), mail.asked) == (1, 2)
    assert await take(arrivals, mail, files=2) == arrived


async def test_elsewhere_it_waits_and_so_does_what_is_said_after_it(arrivals, mail):
    assert (await take(arrivals, mail, passively=False, files=1)).waits
    assert (await take(arrivals, mail, passively=False, id="m2", text="路灯坏了")).waits
    assert (heard(arrivals), mail.asked) == ([], 0)

    assert [await arrivals.catch_up() for _ in range(3)] == [1, 1, 0]
    assert heard(arrivals) == ["", "路灯坏了"]


@pytest.mark.parametrize("trouble", [NotSent("busy"), ChannelDown("revoked"), RuntimeError("a fault of ours")])
async def test_a_file_that_cannot_be_had_now_is_asked_for_again(arrivals, mail, clock, trouble):
    mail.troubles = [trouble]
    assert (await take(arrivals, mail, files=1)).waits
    assert await arrivals.catch_up() == 0

    clock.now += timedelta(seconds=2)
    assert await arrivals.catch_up() == 1
    assert heard(arrivals) == [""]


@pytest.mark.parametrize(("trouble", "said"), [(Gone("404"), "没有收到"), (TooLarge("21 MB"), "20 MB")])
async def test_a_file_that_is_gone_or_too_large_is_told(arrivals, mail, trouble, said):
    mail.troubles = [trouble]
    (say,) = (await take(arrivals, mail, files=1)).says

    assert said in say.text


@pytest.mark.parametrize("trouble", [NotSent("busy"), ChannelDown("revoked")])
async def test_after_a_day_a_file_is_given_up_and_the_words_with_it_are_taken(arrivals, mail, clock, trouble):
    mail.troubles = [trouble] * 99
    await take(arrivals, mail, files=1, text="路灯坏了")
    clock.now = START + FETCH_FOR + timedelta(seconds=1)
    await arrivals.catch_up()

    assert heard(arrivals) == ["路灯坏了"]


async def test_a_fault_of_ours_keeps_nobody_waiting_for_long(arrivals, mail, clock):
    mail.troubles = [RuntimeError("a fault of ours")] * 99
    await take(arrivals, mail, files=1, text="路灯坏了")
    for _ in range(2):
        clock.now += timedelta(minutes=1)
        await arrivals.catch_up()

    assert heard(arrivals) == ["路灯坏了"]


async def test_just_now_is_when_they_said_it_and_not_when_it_came(arrivals, mail, clock):
    said = START - timedelta(hours=3)
    await take(arrivals, mail, text="刚才幸福里3栋楼下烧烤店放音响，吵死了", sent_at=said)

    def begun(work):
        person = work.people.find("mail", "li")
        return str(work.people.conversation(person.id, "hotline"))

    assert "2026-11-21T06:" in arrivals.site.store.read_now(begun)  # 3 hours before 9:12 in China


async def test_news_that_we_stumble_over_holds_up_no_message(arrivals, mail):
    broken = Left(Peer("mail", "li"), None, "blocked")  # type: ignore[arg-type]
    await take(arrivals, mail, text="你好")
    await arrivals.take(mail, Taken((mail.message(id="m2", text="路灯坏了"),), (broken,)), passively=False)

    assert heard(arrivals) == ["你好", "路灯坏了"]


async def test_what_nobody_understands_is_kept_unless_it_is_a_message(arrivals, mail):
    await arrivals.set_aside(mail, Taken(unknown="strange", raw={"a": 1}))
    await arrivals.set_aside(mail, Taken((mail.message(text="好"),), unknown="strange", raw={"a": 2}))

    rows = arrivals.site.store.read_now(lambda work: work.conn.exec_driver_sql("SELECT state FROM inbox").fetchall())
    assert [row[0] for row in rows] == ["unknown"]
