"""Up to which day who handled a case may know what was said of it: no window of that day can be open any more."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain import rights, scope
from backend.domain.case import Actor
from backend.domain.survey import over, settled
from institutions.catalog import load_all

CITY = ZoneInfo("Asia/Shanghai")
HOME = load_all()["hotline"]
SPRING = datetime(2026, 3, 1, tzinfo=UTC)
NOON = datetime(2026, 11, 21, 12, tzinfo=CITY)


def waiting(length):
    return HOME.model_copy(update={"survey": HOME.survey.model_copy(update={"wait": length})})


def test_a_window_of_seven_days_settles_the_eighth_day_before():
    assert settled(waiting("7d"), NOON) == date(2026, 11, 13)
    assert settled(waiting("7d"), NOON.replace(hour=0)) == date(2026, 11, 13)


def test_a_window_of_hours_settles_yesterday_once_they_are_over():
    assert settled(waiting("6h"), NOON) == date(2026, 11, 20)
    assert settled(waiting("6h"), NOON.replace(hour=5)) == date(2026, 11, 19)


@given(
    st.sampled_from(["2h", "36h", "3d", "7d", "5wd"]),
    st.integers(0, 250 * 24 * 60).map(lambda minutes: SPRING + timedelta(minutes=minutes)),
    st.integers(0, 14 * 24 * 60),
)
def test_what_was_said_up_to_that_day_has_no_open_window(length, asked, minutes):
    home, said = waiting(length), asked + timedelta(minutes=minutes)
    ends = over(home, asked, length)
    for at in (ends - timedelta(minutes=1), ends - timedelta(hours=20)):
        if said <= at:
            assert said.astimezone(CITY).date() > settled(home, at)


@pytest.mark.parametrize("role", sorted(rights.ROLES))
def test_who_works_for_a_department_or_handles_or_reviews_is_rated(role):
    alone = scope.of(Actor("小赵", frozenset({role})))
    there = scope.of(Actor("小赵", frozenset({role}), departments=frozenset({"lamps"})))

    assert alone.rated == (role in {"handler", "reviewer"})
    assert there.rated


def test_who_also_leads_the_office_is_not():
    assert not scope.of(Actor("小赵", frozenset({"reviewer", "manager"}))).rated
