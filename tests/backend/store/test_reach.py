from __future__ import annotations

from datetime import timedelta

import pytest

from tests.backend.store.samples import NOON, a_citizen, later


def spoke(work, person, *, messages=5):
    """The person wrote at noon, which lets us send so many messages for two days."""
    work.journal.enter(person.id, "m1", {"text": "你好"}, at=NOON, free=(messages, NOON + timedelta(hours=48)))


def sent(work, person, *, cost=1, state="accepted", way="customer_service"):
    row = work.outbox.queue(person.id, number=None, kind="reply", text="您好", at=NOON)
    work.outbox.record(row, state=state, at=later(1), way=way, cost=cost)


def free(work, person, *, minute=2.0):
    return work.reaches.of(person.id, now=later(minute), way="customer_service").free


@pytest.mark.parametrize(("costs", "left"), [([], 5), ([1, 1], 3), ([3, 1], 1), ([3, 3], 0)])
def test_what_went_out_in_parts_counts_for_as_many(work, costs, left):
    person = a_citizen(work)
    spoke(work, person)

    for cost in costs:
        sent(work, person, cost=cost)

    assert free(work, person) == left


def test_what_never_left_and_what_went_another_way_counts_for_nothing(work):
    person = a_citizen(work)
    spoke(work, person)

    sent(work, person, cost=3, state="undelivered")
    sent(work, person, cost=3, way="template")

    assert free(work, person) == 5


def grants(work, person):
    return work.reaches.of(person.id, now=NOON, way="customer_service").grants


def test_who_allows_a_notice_twice_has_two_and_one_told_again_is_still_one(work):
    person = a_citizen(work)

    for minute in (0, 0, 1, 1, 0):
        work.reaches.grant(person.id, "T1", 1, at=later(minute))

    assert grants(work, person) == {"T1": 2}


def test_who_takes_it_back_has_none_also_when_an_older_yes_is_told_again(work):
    person = a_citizen(work)

    for minute, more in ((0, 1), (1, 0), (0, 1)):
        work.reaches.grant(person.id, "T1", more, at=later(minute))

    assert grants(work, person) == {}


def test_a_message_spent_does_not_come_back_when_the_yes_is_told_again(work):
    person = a_citizen(work)
    work.reaches.grant(person.id, "T1", 1, at=NOON)

    work.reaches.spend(person.id, "T1")
    work.reaches.grant(person.id, "T1", 1, at=NOON)

    assert grants(work, person) == {}
