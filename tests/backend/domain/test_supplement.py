"""Until when a citizen is asked to add something: what may be named, and when to remind."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain import supplement
from backend.domain.refusals import BadField
from institutions.catalog import load_all

HOTLINE = load_all()["hotline"]
CHINA = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)  # 10:00 in China


def test_the_usual_days_are_working_days():
    assert supplement.usual(HOTLINE, MONDAY) == (
        (3, date(2026, 10, 15)),
        (5, date(2026, 10, 19)),
        (10, date(2026, 10, 26)),
    )


def test_no_day_is_offered_that_the_institution_does_not_wait_for():
    assert all(day <= supplement.latest(HOTLINE, at) for at in (MONDAY,) for _, day in supplement.usual(HOTLINE, at))


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("2026-10-12", "最早是明天"),
        ("2026-10-28", "最晚到10月27日"),
        ("明天", "请写成"),
        ("2026-02-30", "请写成"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_a_sentence(told, why):
    with pytest.raises(BadField) as error:
        supplement.checked(HOTLINE, {"until": told}, at=MONDAY)

    assert why in error.value.zh


def test_what_an_institution_does_not_ask_for_cannot_be_missing():
    with pytest.raises(BadField, match="shoe_size"):
        supplement.checked(HOTLINE, {"lacks": "where,shoe_size"}, at=MONDAY)


def test_the_reminder_comes_the_morning_before():
    at = supplement.reminder(HOTLINE, date(2026, 10, 15), at=MONDAY, shuts=None)

    assert at == datetime(2026, 10, 14, 10, 0, tzinfo=CHINA)


def test_the_reminder_comes_while_the_window_is_open():
    shuts = MONDAY + timedelta(hours=30)  # Tuesday, 16:00

    assert supplement.reminder(HOTLINE, date(2026, 10, 19), at=MONDAY, shuts=shuts) == shuts - timedelta(hours=1)


def test_a_window_that_shuts_at_once_moves_nothing():
    shuts = MONDAY + timedelta(hours=2)

    at = supplement.reminder(HOTLINE, date(2026, 10, 15), at=MONDAY, shuts=shuts)

    assert at == datetime(2026, 10, 14, 10, 0, tzinfo=CHINA)


def test_nobody_is_reminded_of_tomorrow():
    assert supplement.reminder(HOTLINE, date(2026, 10, 13), at=MONDAY, shuts=None) is None


@given(st.integers(1, 15), st.integers(0, 24 * 60), st.none() | st.integers(1, 48 * 60))
def test_a_reminder_is_after_the_question_before_the_end_and_never_by_night(days, minutes, open_for):
    at = MONDAY + timedelta(minutes=minutes)
    day = at.astimezone(CHINA).date() + timedelta(days=days)
    shuts = None if open_for is None else at + timedelta(minutes=open_for)

    due = supplement.reminder(HOTLINE, day, at=at, shuts=shuts)

    assert due is None or at < due < supplement.ends(HOTLINE, day)
    assert due is None or 8 <= due.astimezone(CHINA).hour < 22
