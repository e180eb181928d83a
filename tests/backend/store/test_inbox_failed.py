"""What failed is tried again by one process at a time, when it is due, as long as it is failed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from backend.store.inbox import LEASE

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def stumble(work, *, state="failed", due=NOW):
    person = work.people.find_or_add("bot", "7", language="zh", at=NOW)
    entry = work.journal.enter(person.id, "m1", {"text": "毒"}, at=NOW, state=state, trouble="ValueError()")
    work.inbox.retry("bot", "7", "m1", {"text": "毒"}, at=NOW, due=due)
    return person.id, entry


def claimed(store, at, owner="one"):
    return [entry.tries for entry in store.run_now(lambda work: work.inbox.claim_failed(owner, now=at))]


def test_it_is_claimed_when_it_is_due_and_by_nobody_else_meanwhile(store):
    store.run_now(stumble, due=NOW + MINUTE)

    assert claimed(store, NOW) == []
    assert claimed(store, NOW + MINUTE) == [1]
    assert claimed(store, NOW + MINUTE, "two") == []
    assert claimed(store, NOW + MINUTE + LEASE, "two") == [2]


def test_it_holds_up_nothing_of_the_same_person(store):
    store.run_now(stumble)

    assert not store.run_now(lambda work: work.inbox.waits("bot", "7"))
    assert store.run_now(lambda work: work.inbox.claim("one", now=NOW)) == []


def test_a_row_that_waited_before_is_the_same_row(store):
    store.run_now(lambda work: work.inbox.done(work.inbox.add("bot", "7", "m1", {}, at=NOW)))
    store.run_now(stumble)

    assert claimed(store, NOW) == [1]


def test_what_stands_in_the_journal_as_done_is_not_tried(store):
    _, entry = store.run_now(stumble)
    store.run_now(lambda work: work.journal.mark_done(entry))

    assert claimed(store, NOW) == []


@pytest.mark.parametrize(("state", "later", "last"), [("failed", 0, True), ("done", 0, False), ("failed", 1, False)])
def test_the_last_word_is_one_that_failed_and_after_which_nothing_came(store, state, later, last):
    person, entry = store.run_now(stumble, state=state)
    for number in range(later):
        store.run_now(lambda work, n=number: work.journal.enter(person, f"later{n}", {"text": "还有"}, at=NOW))

    assert store.run_now(lambda work: work.journal.is_last_word(person, entry)) is last
