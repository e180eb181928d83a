"""A message and its answer in one unit: taken once, owed once, passed on at most one way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from backend.services.talks import arriving, intake
from dialogs.messages import Inbound, Location, Media, Opening, Peer
from tests.backend.services.city import City

WAIT = timedelta(seconds=5)
LI = Peer("web", "li")


@pytest.fixture
def city(store):
    return City(store)


def arrive(city, text="路灯坏了", number="m1", **more):
    message = Inbound(LI, number, text, **more)
    prepared = intake.prepare(message, city.institutions["hotline"], at=city.now)
    return city.unit(arriving.arrive, city.institutions, prepared, at=city.now, patience=WAIT)


def claimed(city):
    return city.unit(lambda work: work.outbox.claim("postman", now=city.now))


def test_an_answer_waits_for_its_chance_and_is_then_sent(city):
    arrived = arrive(city)
    assert claimed(city) == []

    city.later(seconds=5)
    assert [row.id for row in claimed(city)] == list(arrived.rows)


def test_a_message_that_comes_again_has_the_same_answer_and_owes_nothing_more(city):
    assert arrive(city) == arrive(city)


def test_an_answer_that_is_passed_on_stands_in_the_talk_once_and_is_not_sent(city):
    arrived = arrive(city)
    assert city.unit(arriving.pass_on, [arrived], at=city.now)
    assert city.unit(arriving.pass_on, [arrive(city)], at=city.now)

    city.later(minutes=1)
    assert claimed(city) == []
    lines = city.store.read_now(lambda work: work.journal.talk(arrived.person))
    assert [line.who for line in lines] == ["citizen", "bot"]
    assert arrive(city) == arrived


def test_an_answer_that_somebody_sends_is_not_passed_on(city):
    arrived = arrive(city)
    city.later(seconds=5)
    claimed(city)

    assert not city.unit(arriving.pass_on, [arrived], at=city.now)


def test_an_answer_that_is_released_goes_at_once(city):
    city.unit(arriving.release, [arrive(city)], at=city.now)

    assert len(claimed(city)) == 1


def test_behind_what_waits_a_message_waits_too(city):
    city.unit(arriving.keep, Inbound(LI, "m0", media=(Media("photo", "r"),)), at=city.now)

    assert arrive(city).waits
    assert city.store.read_now(lambda work: work.people.find("web", "li")) is None


def test_a_message_that_was_kept_is_the_same_again(city):
    whole = Inbound(
        LI,
        "m1",
        "路灯坏了",
        choice="c",
        location=Location(31.2, 121.4, "人民公园"),
        contact="+8613800138000",
        media=(Media("voice", "ref", "a.amr", "路灯"),),
        language="zh-HK",
        place="p_8f3k",
        album="9",
        opens=Opening(5, timedelta(hours=48)),
        edited=True,
        sent_at=datetime(2026, 11, 21, 1, 12, tzinfo=UTC),
        raw={"update": 7},
    )
    for message in (whole, Inbound(LI, "m2")):
        city.unit(arriving.keep, message, at=city.now)
        (entry,) = city.unit(lambda work: work.inbox.claim("w", now=city.now))
        assert arriving.kept(entry.message) == message
        city.unit(lambda work, done=entry.id: work.inbox.done(done))


def test_who_writes_hears_what_never_reached_them(city):
    number = city.citizen().files_a_case()
    city.move(number, "accepted")
    (row,) = city.store.read_now(lambda work: work.outbox.of_case(number))
    city.unit(lambda work: work.outbox.record(row.id, state="undelivered", at=city.now, reason="已超出"))
    arrive(city, "进度", "m99", opens=Opening(5, timedelta(hours=48)))

    assert city.store.read_now(lambda work: work.outbox.of_case(number))[0].state == "queued"


def test_what_we_stumble_over_is_kept_and_its_sender_is_told(city):
    message = Inbound(LI, "m1", "路灯坏了")
    prepared = intake.prepare(message, city.institutions["hotline"], at=city.now)
    arrived = city.unit(arriving.stumbled, prepared, "Fault()", at=city.now, patience=WAIT)

    (failed,) = city.store.read_now(lambda work: work.journal.failed())
    assert (failed.message["text"], len(arrived.rows)) == ("路灯坏了", 1)


MOST_STATEMENTS = 4
"""Of a turn: who writes and how they stand, the journal, the conversation, the answer."""


def test_a_turn_takes_four_statements(city):
    arrive(city, "我要投诉")
    if city.store.read_now(lambda work: work.conn.dialect.name) != "sqlite":
        pytest.skip("its driver tells us of no statement; it takes one more, the person's lock")
    told: list[str] = []

    def counted(work):
        work.conn.connection.driver_connection.set_trace_callback(told.append)
        try:
            message = Inbound(LI, "m2", "同意")
            prepared = intake.prepare(message, city.institutions["hotline"], at=city.now)
            return arriving.arrive(work, city.institutions, prepared, at=city.now, patience=WAIT)
        finally:
            work.conn.connection.driver_connection.set_trace_callback(None)

    assert city.unit(counted).rows
    assert len(told) == MOST_STATEMENTS
