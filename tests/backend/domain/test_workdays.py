"""Which days are worked in mainland China, and which hours of them."""

from datetime import UTC, date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from backend.domain.workdays import BadHours, closing_time, stretches, workday, working_days
from institutions.model import Hours

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 1, 4), True),  # a Sunday, for New Year
        (date(2026, 2, 14), True),  # a Saturday, for Spring Festival
        (date(2026, 2, 17), False),  # Spring Festival
        (date(2026, 9, 20), True),  # a Sunday, for National Day
        (date(2026, 10, 7), False),
        (date(2026, 10, 10), True),  # a Saturday
        (date(2026, 11, 21), False),  # a plain Saturday
    ],
)
def test_holidays_and_the_weekends_worked_for_them(day, working):
    assert workday(day) == (working, False)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2099, 1, 1), False),  # a Thursday
        (date(2099, 5, 1), False),  # a Friday
        (date(2099, 10, 2), False),  # a Friday
        (date(2099, 10, 8), True),
        (date(2099, 10, 10), False),  # a Saturday
    ],
)
def test_a_year_not_yet_announced_has_weekends_and_fixed_holidays_and_is_provisional(day, working):
    assert workday(day) == (working, True)


def test_a_day_after_an_unsure_one_is_unsure_too():
    after = [guessed for _, guessed in islice(working_days(date(2003, 12, 30)), 3)]

    assert after == [True, True, True]


def test_a_day_round_the_clock_has_no_break_at_midnight():
    whole = Hours.model_construct(spans=(("00:00", "24:00"),))

    first, second = islice(stretches(datetime(2026, 10, 8, 1, tzinfo=UTC), SHANGHAI, whole), 2)

    assert first.closes == second.opens


def test_work_ends_when_the_last_span_ends_in_whatever_order_they_stand():
    hours = Hours(spans=(("13:30", "17:30"), ("08:30", "12:00")))

    assert closing_time(date(2026, 10, 8), SHANGHAI, hours) == datetime(2026, 10, 8, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "spans",
    [
        (),
        (("12:00", "12:00"),),
        (("17:30", "08:30"),),
        (("08:30", "12:00"), ("11:00", "17:30")),
        (("morning", "noon"),),
    ],
)
def test_hours_that_nobody_can_work_are_named(spans):
    hours = Hours.model_construct(spans=spans)

    with pytest.raises(BadHours, match="like 08:30-12:00, not"):
        closing_time(date(2026, 10, 8), SHANGHAI, hours)
