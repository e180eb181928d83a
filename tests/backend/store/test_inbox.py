"""Messages that wait for their files: in order for each person, one worker at a time, none twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from backend.store.inbox import LEASE

NOW = datetime(2026, 11, 21, 1, 12, tzinfo=UTC)
SOON = NOW + timedelta(seconds=1)


@pytest.fixture
def inbox(work):
    return work.inbox


def comes(inbox, address="oAlice", message_id="m1", at=NOW):
    return inbox.add("account", address, message_id, {"text": message_id}, at=at)


def claimed(inbox, owner="worker", now=NOW, **more):
    return [entry.message["text"] for entry in inbox.claim(owner, now=now, **more)]


def test_a_message_that_comes_twice_is_kept_once(inbox):
    assert comes(inbox) is not None
    assert comes(inbox) is None
    assert claimed(inbox) == ["m1"]


def test_only_the_oldest_of_a_person_can_be_worked_on(inbox):
    first, _, _ = comes(inbox), comes(inbox, message_id="m2"), comes(inbox, "oBob", "m3")

    assert claimed(inbox) == ["m1", "m3"]
    inbox.done(first)
    assert claimed(inbox) == ["m2"]


def test_what_one_works_on_no_other_gets_before_the_lease_is_over(inbox):
    comes(inbox)
    claimed(inbox)

    assert claimed(inbox, "another", NOW + LEASE - timedelta(seconds=1)) == []
    (entry,) = inbox.claim("another", now=NOW + LEASE)
    assert entry.tries == 2


def test_what_is_put_off_holds_up_what_came_after_it(inbox):
    first = comes(inbox)
    comes(inbox, message_id="m2")
    claimed(inbox)
    inbox.again(first, due=NOW + timedelta(seconds=5))

    assert claimed(inbox, now=SOON) == []
    assert inbox.next_due() == NOW
    assert claimed(inbox, now=NOW + timedelta(seconds=5)) == ["m1"]


def test_one_row_can_be_claimed_alone_but_not_before_its_turn(inbox):
    first, second = comes(inbox), comes(inbox, message_id="m2")

    assert claimed(inbox, only=second) == []
    assert claimed(inbox, only=first) == ["m1"]


def test_somebody_waits_until_their_last_one_is_done(inbox):
    assert not inbox.waits("account", "oAlice")
    entry = comes(inbox)
    assert inbox.waits("account", "oAlice")
    assert not inbox.waits("account", "oBob")

    inbox.done(entry)
    assert not inbox.waits("account", "oAlice")
    assert inbox.next_due() is None


def test_what_is_done_keeps_no_words_and_goes_in_the_end(inbox):
    entry = comes(inbox)
    inbox.done(entry)
    comes(inbox, message_id="m2")

    assert comes(inbox) is None
    assert inbox.forget_done(before=SOON) == 1
    assert claimed(inbox) == ["m2"]


def test_what_nobody_understands_is_kept_once_and_never_worked_on(inbox):
    for _ in range(2):
        inbox.set_aside("bot", {"update_id": 7, "hologram": {"text": "你好"}}, at=NOW)

    assert claimed(inbox) == []
    assert inbox.forget_done(before=SOON) == 1


def test_news_that_came_too_early_is_handed_over_once(inbox):
    for _ in range(2):
        inbox.hold_result("account", "2001", {"delivered": True, "reason": ""}, at=NOW)

    assert claimed(inbox) == []
    assert inbox.take_result("account", "2002") is None
    assert inbox.take_result("account", "2001") == {"delivered": True, "reason": ""}
    assert inbox.take_result("account", "2001") is None


def test_of_who_is_forgotten_nothing_is_left(inbox):
    comes(inbox)
    comes(inbox, "oBob", "m2")

    assert inbox.forget("account", "oAlice") == 1
    assert claimed(inbox) == ["m2"]
