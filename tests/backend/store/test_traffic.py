"""What channels took in and sent in the last day is counted alike on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from backend.store import traffic

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def lately(store):
    return store.read_now(lambda work: traffic.lately(work.conn, since=NOW - DAY, now=NOW))


def test_of_an_empty_store_there_is_nothing_to_tell(store):
    assert lately(store) == {}


def test_each_channel_is_counted_by_itself_and_only_the_last_day(store):
    def talk(work):
        li, wang = (work.people.find_or_add(c, "7", language="zh", at=NOW) for c in ("city-wechat", "city-telegram"))
        work.journal.enter(li.id, "old", {}, at=NOW - 2 * DAY, free=(5, NOW))
        for number in range(3):
            work.journal.enter(li.id, f"m{number}", {}, at=NOW - timedelta(hours=1), free=(5, NOW + DAY))
        work.journal.enter(wang.id, "m", {}, at=NOW - timedelta(hours=1))

    store.run_now(talk)

    told = lately(store)
    assert {name: (one.received, one.open) for name, one in told.items()} == {
        "city-wechat": (3, 1),
        "city-telegram": (1, 0),
    }


def test_ninety_five_of_a_hundred_answers_were_sent_within_that_time(store):
    def answer(work):
        li = work.people.find_or_add("city-telegram", "7", language="zh", at=NOW)
        for seconds in range(1, 101):
            row = work.outbox.queue(li.id, number=None, kind="reply", text="好。", at=NOW - timedelta(hours=1))
            sent_at = NOW - timedelta(hours=1) + timedelta(seconds=seconds)
            work.outbox.record(row, state="accepted", way="message", at=sent_at)
        lost = work.outbox.queue(li.id, number=None, kind="reply", text="好。", at=NOW - timedelta(hours=1))
        work.outbox.record(lost, state="undelivered", way="message", reason="市民拉黑了机器人", at=NOW)
        work.outbox.queue(li.id, number=None, kind="status", text="已受理。", at=NOW)

    store.run_now(answer)

    one = lately(store)["city-telegram"]
    assert one.answered == 95.0
    assert one.sent == {("message", "accepted"): 100, ("message", "undelivered"): 1, ("", "queued"): 1}


def test_who_left_can_no_longer_be_written_to(store):
    def leave(work):
        li = work.people.find_or_add("city-wechat", "7", language="zh", at=NOW)
        work.journal.enter(li.id, "m", {}, at=NOW, free=(5, NOW + DAY))
        work.reaches.leave(li.id, at=NOW, why="unfollowed")

    store.run_now(leave)

    one = lately(store)["city-wechat"]
    assert (one.open, one.gone) == (0, 1)


def test_messages_that_wait_for_their_files_are_counted(store):
    store.run_now(lambda work: work.inbox.add("city-wechat", "7", "m1", {"text": ""}, at=NOW))

    assert lately(store)["city-wechat"].waiting == 1
