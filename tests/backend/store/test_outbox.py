from __future__ import annotations

import threading
import time
from collections import defaultdict
from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from backend.store import tables as t
from backend.store.outbox import Row
from tests.backend.store.samples import NOON, NUMBER, a_citizen, filed, later

LEASE = timedelta(minutes=1)


def owe(work, person, text="有答复了", **changes):
    return work.outbox.queue(person.id, **{"number": None, "kind": "status", "text": text, "at": NOON} | changes)


def claim(work, minute=0.0, **changes):
    return [row.id for row in work.outbox.claim("w1", now=later(minute), lease=LEASE, **changes)]


def test_a_row_is_claimed_as_it_was_queued(work):
    person, choices = a_citizen(work), ({"id": "yes", "label": "是"},)
    filed(work)
    queued = owe(work, person, "解决了吗？", number=NUMBER, kind="survey", choices=choices)

    [row] = work.outbox.claim("w1", now=later(1))

    assert row == Row(
        queued, person.id, NUMBER, "survey", "解决了吗？", choices, {}, "sending", "", "", 1, NOON, NOON, later(1)
    )
    assert work.outbox.of_case(NUMBER) == [row]


def test_a_person_gets_one_bubble_at_a_time_and_in_order(work):
    one, two = a_citizen(work), a_citizen(work, "c2")
    first, second, other = owe(work, one), owe(work, one), owe(work, two)

    assert claim(work) == [first, other]
    assert claim(work) == []

    work.outbox.record(first, state="accepted", at=NOON, way="web")
    assert claim(work) == [second]


def test_the_oldest_come_first_when_there_are_more_than_one_can_take(work):
    rows = [owe(work, a_citizen(work, f"c{n}")) for n in range(5)]

    assert claim(work, limit=3) == rows[:3]
    assert claim(work, limit=3) == rows[3:]


def test_a_deferred_row_holds_back_the_younger_ones_until_its_time(work):
    person = a_citizen(work)
    first, second = owe(work, person), owe(work, person)
    claim(work)
    work.outbox.record(first, state="deferred", at=NOON, reason="夜间", not_before=later(60))

    assert claim(work, 59) == []
    assert work.outbox.next_due(later(1)) == later(60)
    assert claim(work, 60) == [first]
    work.outbox.record(first, state="undelivered", at=later(60), reason="被拉黑")
    assert claim(work, 60) == [second]


def test_a_row_not_yet_due_is_left(work):
    row = owe(work, a_citizen(work), not_before=later(5))

    assert claim(work, 4) == []
    assert claim(work, 5) == [row]


def test_a_row_whose_sender_died_is_sent_once_more_and_counted(work):
    row = owe(work, a_citizen(work))
    claim(work)

    assert claim(work, 0.9) == []
    [again] = work.outbox.claim("w2", now=later(1))

    assert (again.id, again.tries) == (row, 2)


@pytest.mark.parametrize("kind", ["survey", "campaign"])
def test_a_question_whose_sender_died_is_not_asked_twice(work, kind):
    filed(work)
    person = a_citizen(work)
    question, after = owe(work, person, kind=kind, number=NUMBER), owe(work, person)
    claim(work)

    assert claim(work, 1) == [after]

    [row] = work.outbox.of_case(NUMBER)
    assert (row.id, row.state, row.tries) == (question, "uncertain", 1)
    assert row.reason


def test_who_lost_a_row_meanwhile_changes_nothing_unless_it_arrived(work):
    filed(work)
    row = owe(work, a_citizen(work), number=NUMBER)
    claim(work)
    work.outbox.claim("w2", now=later(1), lease=LEASE)

    assert not work.outbox.record(row, state="queued", at=later(1), owner="w1")
    assert claim(work, 1) == []
    assert work.outbox.record(row, state="accepted", at=later(1), owner="w1")
    assert work.outbox.of_case(NUMBER)[0].state == "accepted"


@pytest.mark.parametrize("state", ["uncertain", "undelivered"])
def test_the_desk_can_have_it_sent_again_before_what_came_later(work, state):
    person = a_citizen(work)
    first, second = owe(work, person), owe(work, person)
    claim(work)
    work.outbox.record(first, state=state, at=NOON, reason="超时")
    assert claim(work) == [second]

    assert work.outbox.again(first, at=later(0.5))
    assert not work.outbox.again(first, at=later(0.5))
    assert not work.outbox.again(second, at=later(0.5))

    assert claim(work, 0.5) == []  # the second is on its way
    assert work.outbox.next_due(later(0.5)) == later(1)
    work.outbox.record(second, state="accepted", at=later(0.5))
    assert claim(work, 0.5) == [first]


def test_nothing_is_due_when_nothing_is_owed(work):
    assert work.outbox.next_due(NOON) is None

    row = owe(work, a_citizen(work))
    assert work.outbox.next_due(NOON) == NOON
    claim(work)
    assert work.outbox.next_due(NOON) == NOON + LEASE
    work.outbox.record(row, state="delivered", at=NOON)
    assert work.outbox.next_due(NOON) is None


def test_what_the_person_has_seen_is_delivered(work):
    filed(work)
    one, two = a_citizen(work), a_citizen(work, "c2")
    rows = [owe(work, person, number=NUMBER) for person in (one, one, one, two)]
    for row, person in zip(rows, (one, one, one, two), strict=True):
        work.journal.say(person.id, "有答复了", [], at=NOON, notice=row)
    for row in (rows[0], rows[1], rows[3]):
        work.outbox.record(row, state="accepted", at=NOON, way="web")

    assert work.outbox.unseen_upto(one.id, 1)
    assert work.outbox.delivered_upto(one.id, 1, at=later(1)) == 1
    assert not work.outbox.unseen_upto(one.id, 1)
    assert work.outbox.delivered_upto(one.id, 3, at=later(2)) == 1
    assert work.outbox.delivered_upto(one.id, 3, at=later(3)) == 0

    states = [(row.state, row.changed_at) for row in work.outbox.of_case(NUMBER)]
    assert states == [("delivered", later(1)), ("delivered", later(2)), ("queued", NOON), ("accepted", NOON)]


OPERATIONS = st.one_of(
    st.tuples(st.just("queue"), st.integers(0, 2), st.sampled_from(["status", "survey"])),
    st.tuples(st.just("claim"), st.integers(1, 3), st.just("")),
    st.tuples(
        st.just("record"),
        st.integers(0, 20),
        st.sampled_from(["accepted", "queued", "deferred", "uncertain", "undelivered"]),
    ),
    st.tuples(st.just("again"), st.integers(0, 20), st.just("")),
    st.tuples(st.just("wait"), st.integers(1, 90), st.just("")),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(operations=st.lists(OPERATIONS, max_size=30))
def test_whatever_happens_each_person_is_served_in_order_by_one_worker(scratch, operations):
    with scratch() as work:
        people = [a_citizen(work, f"c{n}") for n in range(3)]
        rows, seconds = [], 0.0
        for what, number, word in operations:
            now = NOON + timedelta(seconds=seconds)
            if what == "queue":
                rows.append(work.outbox.queue(people[number].id, number=None, kind=word, text="好", at=now))
            elif what == "claim":
                _claim_and_check(work, now, number)
            elif what == "record" and rows:
                row = rows[number % len(rows)]
                later_on = now + timedelta(seconds=30) if word == "deferred" else None
                work.outbox.record(row, state=word, at=now, owner="w", not_before=later_on)
            elif what == "again" and rows:
                work.outbox.again(rows[number % len(rows)], at=now)
            seconds += number if what == "wait" else 0
        _claim_and_check(work, NOON + timedelta(seconds=seconds), 10)


def _claim_and_check(work, now, limit):
    before = _rows(work)
    claimed = work.outbox.claim("w", now=now, lease=LEASE, limit=limit)
    unfinished = defaultdict(list)
    for row in before:
        gone = row.kind == "survey" and row.state == "sending" and row.lease_until <= now
        if row.state in {"queued", "deferred", "sending"} and not gone:
            unfinished[row.person].append(row)
    ready = sorted(
        theirs[0].id
        for theirs in unfinished.values()
        if (theirs[0].lease_until if theirs[0].state == "sending" else theirs[0].not_before) <= now
        and not any(row.state == "sending" and row.lease_until > now for row in theirs)
    )
    due = work.outbox.next_due(now)

    assert [row.id for row in claimed] == ready[:limit]
    assert (due is not None and due <= now) == (len(ready) > limit)


def _rows(work):
    return work.conn.execute(select(t.outbox).order_by(t.outbox.c.id)).all()


def test_two_workers_never_take_the_same_person(store):
    def prepare(work):
        one, two = a_citizen(work), a_citizen(work, "c2")
        return [owe(work, one), owe(work, one), owe(work, two)]

    def slow(work):
        mine = claim(work, limit=1)
        claimed.set()
        time.sleep(0.1)
        return mine

    rows, claimed, mine = store.run_now(prepare), threading.Event(), []
    first = threading.Thread(target=lambda: mine.extend(store.run_now(slow)))
    first.start()
    claimed.wait()
    theirs = store.run_now(claim)
    first.join()

    assert mine == rows[:1]
    assert theirs == rows[2:]


def test_a_late_sender_who_is_just_recording_is_not_doubled(store):
    row = store.run_now(lambda work: owe(work, a_citizen(work)))
    store.run_now(claim)
    recorded = threading.Event()

    def record(work):
        work.outbox.record(row, state="accepted", at=later(2))
        recorded.set()
        time.sleep(0.1)

    late = threading.Thread(target=store.run_now, args=(record,))
    late.start()
    recorded.wait()
    taken = store.run_now(claim, 2)
    late.join()

    assert taken == []


def test_many_workers_serve_everybody_and_never_two_one_person(store):
    people = [store.run_now(a_citizen, f"c{n}") for n in range(3)]
    for n in range(24):
        store.run_now(owe, people[n % 3])
    held: dict[int, int] = {}
    doubled: list[Row] = []

    def serve(name):
        random = Random(name)
        for _ in range(300):
            rows = store.run_now(lambda work: work.outbox.claim(name, now=later(1), limit=2))
            doubled.extend(row for row in rows if held.setdefault(row.person, row.id) != row.id)
            for row in rows:
                state = random.choice(["accepted", "accepted", "queued", "uncertain"])
                held.pop(row.person)
                store.run_now(lambda work, row=row, state=state: _record(work, row, state))
            if not store.read_now(_unfinished):
                return

    threads = [threading.Thread(target=serve, args=(f"w{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert doubled == []
    assert {row.state for row in store.read_now(_rows)} == {"accepted"}


def _record(work, row, state):
    work.outbox.record(row.id, state=state, at=later(1))
    if state == "uncertain":
        work.outbox.again(row.id, at=later(1))


def _unfinished(work):
    return work.conn.execute(
        select(func.count()).select_from(t.outbox).where(t.outbox.c.state != "accepted")
    ).scalar_one()
