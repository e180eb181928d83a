"""Nightly work is done once, and by another where its worker died; on both databases."""

from __future__ import annotations

from tests.backend.store.samples import NOON, later

TODAY, TOMORROW = NOON.date(), NOON.date().replace(day=NOON.day + 1)


def begin(work, owner, minutes=0, day=TODAY, institution="hotline"):
    return work.nights.begin("learn", institution, day, owner=owner, now=later(minutes), until=later(minutes + 20))


def test_the_first_to_come_does_it(work):
    assert begin(work, "one")
    assert not begin(work, "two", minutes=5)
    assert work.nights.taken("learn", TODAY, now=later(5)) == {"hotline"}


def test_each_institution_and_each_night_by_itself(work):
    assert begin(work, "one")
    assert begin(work, "two", institution="property")
    assert begin(work, "two", day=TOMORROW)


def test_whoever_died_is_followed_by_another(work):
    begin(work, "one")

    assert work.nights.taken("learn", TODAY, now=later(30)) == set()
    assert begin(work, "two", minutes=30)
    assert not work.nights.end("learn", "hotline", TODAY, owner="one", now=later(31))


def test_what_is_done_stays_done(work):
    begin(work, "one")

    assert work.nights.end("learn", "hotline", TODAY, owner="one", now=later(1))
    assert not begin(work, "two", minutes=60)
    assert work.nights.taken("learn", TODAY, now=later(60)) == {"hotline"}
    assert work.nights.taken("learn", TOMORROW, now=later(60)) == set()
