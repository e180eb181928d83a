"""What falls due for a draft that was left, and when it may be said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.drafts import Standing, Step, by_day, closing, free, next_step
from institutions.drafts import Drafts, length

ZONE = ZoneInfo("Asia/Shanghai")
USUAL = Drafts()
NOON = datetime(2026, 11, 21, 12, tzinfo=ZONE)
times = st.integers(0, 366 * 1440).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))


def due(**told):
    found = next_step(Standing(**{"heard_at": NOON, "open": True, **told}), USUAL, ZONE)
    return (found.step, found.at) if found else None


def test_somebody_who_left_is_reminded_after_two_hours():
    assert due() == (Step.NUDGE, NOON + timedelta(hours=2))


def test_nobody_is_reminded_twice_but_warned_a_day_before_the_end():
    assert due(nudged=True) == (Step.WARN, NOON + timedelta(days=6))


def test_whoever_was_warned_has_the_time_that_was_promised():
    assert due(nudged=True, closes_at=NOON + timedelta(days=9)) == (Step.CLOSE, NOON + timedelta(days=9))


def test_where_a_person_has_the_chat_nothing_is_said_until_it_closes():
    assert due(asleep=True) == (Step.CLOSE, NOON + timedelta(days=7))


def test_what_was_put_by_is_deleted_after_the_same_time_again():
    assert due(open=False, put_by=NOON) == (Step.ERASE, NOON + timedelta(days=7))


def test_nothing_told_nothing_due():
    assert due(open=False) is None


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-11-21T21:34", "2026-11-21T21:34"),
        ("2026-11-21T21:35", "2026-11-22T07:30"),
        ("2026-11-21T22:00", "2026-11-22T07:30"),
        ("2026-11-22T00:10", "2026-11-22T07:30"),
        ("2026-11-22T07:29", "2026-11-22T07:30"),
        ("2026-11-22T07:30", "2026-11-22T07:30"),
    ],
)
def test_by_night_it_waits_for_the_morning(at, said):
    told = by_day(datetime.fromisoformat(at).replace(tzinfo=ZONE), USUAL, ZONE)

    assert told == datetime.fromisoformat(said).replace(tzinfo=ZONE)


def test_a_night_may_begin_after_midnight_and_a_day_of_rest_be_at_noon():
    late, noon = Drafts(quiet=("00:10", "06:00")), Drafts(quiet=("12:00", "14:00"))

    assert by_day(NOON.replace(hour=23, minute=50), late, ZONE) == NOON.replace(day=22, hour=6)
    assert by_day(NOON.replace(hour=0, minute=50), late, ZONE) == NOON.replace(hour=6)
    assert by_day(NOON.replace(hour=23), late, ZONE) == NOON.replace(hour=23)
    assert by_day(NOON, noon, ZONE) == NOON.replace(hour=14)


def test_an_institution_that_never_sleeps_says_it_at_once():
    awake = Drafts(quiet=("00:00", "00:00"))

    assert by_day(NOON, awake, ZONE) == NOON


@given(times, st.booleans(), st.booleans())
def test_nothing_is_ever_due_by_night_or_before_the_last_word(heard_at, nudged, asleep):
    found = next_step(Standing(heard_at, open=True, nudged=nudged, asleep=asleep), USUAL, ZONE)

    assert found is not None
    assert found.at > heard_at
    assert by_day(found.at, USUAL, ZONE) == found.at


@given(times)
def test_the_warning_comes_before_the_end(heard_at):
    warned = next_step(Standing(heard_at, open=True, nudged=True), USUAL, ZONE)

    assert warned is not None
    assert warned.at < closing(heard_at, USUAL)
    assert closing(heard_at, USUAL) - warned.at <= length(USUAL.warn_before)


def test_a_platforms_window_shuts_a_little_early():
    two_days = timedelta(hours=48)

    assert free(NOON + timedelta(hours=47, minutes=30), NOON, two_days)
    assert not free(NOON + timedelta(hours=48), NOON, two_days)
    assert free(NOON + timedelta(days=300), NOON, None)
