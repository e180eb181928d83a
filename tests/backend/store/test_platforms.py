"""What the processes of a deployment share of a platform: one token, one who fetches it, one pause."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from backend.store.platforms import Token

NOW = datetime(2026, 11, 21, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def platforms(work):
    return work.platforms


def test_there_is_no_token_until_one_is_kept_and_then_it_is_everybodys(platforms):
    assert platforms.token("account") is None
    platforms.lease("account", "one", now=NOW, until=NOW + MINUTE)
    assert platforms.token("account") is None

    platforms.keep_token("account", "t" * 600, until=NOW + MINUTE)
    assert platforms.token("account") == Token("t" * 600, NOW + MINUTE)
    assert platforms.token("another") is None


def test_one_fetches_and_the_others_wait_until_it_has_or_gives_up(platforms):
    assert platforms.lease("account", "one", now=NOW, until=NOW + MINUTE)
    assert platforms.lease("account", "one", now=NOW, until=NOW + MINUTE)
    assert not platforms.lease("account", "two", now=NOW, until=NOW + MINUTE)
    assert platforms.lease("another", "two", now=NOW, until=NOW + MINUTE)

    platforms.release("account", "two")
    assert not platforms.lease("account", "two", now=NOW, until=NOW + MINUTE)
    platforms.release("account", "one")
    assert platforms.lease("account", "two", now=NOW, until=NOW + MINUTE)


def test_whoever_fetches_and_dies_is_replaced(platforms):
    platforms.lease("account", "dead", now=NOW, until=NOW + MINUTE)

    assert platforms.lease("account", "two", now=NOW + MINUTE, until=NOW + 2 * MINUTE)


def test_a_kept_token_ends_the_lease(platforms):
    platforms.lease("account", "one", now=NOW, until=NOW + MINUTE)
    platforms.keep_token("account", "t", until=NOW + MINUTE)

    assert platforms.lease("account", "two", now=NOW, until=NOW + MINUTE)


def test_a_pause_holds_for_its_channel_and_its_time_and_says_why(platforms):
    platforms.keep_token("account", "t", until=NOW + MINUTE)
    platforms.pause("account", until=NOW + MINUTE, trouble="白名单")

    assert platforms.paused(now=NOW) == {"account": NOW + MINUTE}
    assert platforms.troubles(now=NOW) == {"account": "白名单"}
    assert platforms.paused(now=NOW + MINUTE) == platforms.troubles(now=NOW + MINUTE) == {}
    assert platforms.token("account") is not None
