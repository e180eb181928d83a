"""Promises about time, against a calendar reckoned by hand.

2026: Spring Festival off 15-23 February, worked Saturdays 14 and 28;
National Day off 1-7 October, worked Sunday 20 September and Saturday
10 October; New Year off 1-3 January, worked Sunday 4; Qingming off 4-6 April;
May off 1-5, worked Saturday 9; Dragon Boat off 19-21 June; Mid-Autumn off
25-27 September. Office hours 8:30-12:00 and 13:30-17:30.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backend.domain.clock import BadLength, Due, NoZone, due, late, shift, stopping
from institutions.model import Category, Clock, Department, Hours, Institution, Matter

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = Hours()

starts = st.timedeltas(timedelta(), timedelta(days=364)).map(
    lambda passed: datetime(2025, 12, 1, tzinfo=SHANGHAI) + passed
)
units = st.sampled_from(["m", "h", "d", "wm", "wh", "wd"])
amounts = st.integers(0, 40)


def at(text: str) -> datetime:
    """A time of 2026 in Shanghai: ``10-08 17:30``."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)


def end(start: datetime, length: str) -> datetime:
    return due(start, length, zone=SHANGHAI, hours=OFFICE).at


@pytest.mark.parametrize(
    ("start", "length", "expected"),
    [
        # National Day
        ("09-30 10:00", "1wd", "10-08 17:30"),
        ("09-30 23:59", "1wd", "10-08 17:30"),
        ("10-01 00:00", "1wd", "10-08 17:30"),
        ("10-07 23:59", "1wd", "10-08 17:30"),
        ("10-08 00:00", "1wd", "10-09 17:30"),
        ("10-09 09:00", "1wd", "10-10 17:30"),
        ("10-09 09:00", "2wd", "10-12 17:30"),
        ("10-10 16:00", "1wd", "10-12 17:30"),
        ("09-30 10:00", "3wd", "10-10 17:30"),
        ("09-28 10:00", "7wd", "10-13 17:30"),
        ("09-18 10:00", "1wd", "09-20 17:30"),
        ("09-19 10:00", "2wd", "09-21 17:30"),
        ("09-24 10:00", "1wd", "09-28 17:30"),
        # Spring Festival
        ("02-13 10:00", "1wd", "02-14 17:30"),
        ("02-13 10:00", "2wd", "02-24 17:30"),
        ("02-14 18:00", "1wd", "02-24 17:30"),
        ("02-16 20:00", "1wd", "02-24 17:30"),
        ("02-24 09:00", "5wd", "03-02 17:30"),
        ("02-27 09:00", "2wd", "03-02 17:30"),
        ("02-10 09:00", "15wd", "03-09 17:30"),
        # the other holidays, month ends
        ("01-01 12:00", "1wd", "01-04 17:30"),
        ("01-04 12:00", "1wd", "01-05 17:30"),
        ("04-03 09:00", "1wd", "04-07 17:30"),
        ("04-30 09:00", "1wd", "05-06 17:30"),
        ("05-08 09:00", "1wd", "05-09 17:30"),
        ("06-18 09:00", "1wd", "06-22 17:30"),
        ("01-30 09:00", "1wd", "02-02 17:30"),
        ("11-30 23:59", "1wd", "12-01 17:30"),
        ("10-08 09:00", "0wd", "10-08 17:30"),
        ("10-08 20:00", "0wd", "10-08 20:00"),
        # working hours
        ("10-08 09:00", "2wh", "10-08 11:00"),
        ("10-08 11:00", "2wh", "10-08 14:30"),
        ("10-08 12:15", "1wh", "10-08 14:30"),
        ("10-08 08:00", "3wh", "10-08 11:30"),
        ("10-08 16:30", "1wh", "10-08 17:30"),
        ("10-08 08:30", "15wh", "10-09 17:30"),
        ("10-09 16:30", "2wh", "10-10 09:30"),
        ("10-10 17:30", "1wh", "10-12 09:30"),
        ("09-30 17:00", "1wh", "10-08 09:00"),
        ("10-03 03:00", "1wh", "10-08 09:30"),
        ("02-14 17:00", "2wh", "02-24 10:00"),
        # by the clock
        ("09-30 10:00", "24h", "10-01 10:00"),
        ("11-21 09:12", "7d", "11-28 09:12"),
        ("02-28 23:30", "1h", "03-01 00:30"),
        ("01-31 12:00", "15d", "02-15 12:00"),
        ("10-05 23:45", "30m", "10-06 00:15"),
        ("12-30 23:59", "1m", "12-31 00:00"),
        ("11-21 09:12:59", "2h", "11-21 11:12"),
    ],
)
def test_a_promise_ends_when_the_calendar_says(start, length, expected):
    assert due(at(start), length, zone=SHANGHAI, hours=OFFICE) == Due(at(expected), provisional=False)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (datetime(2026, 10, 8, 15, 59, tzinfo=UTC), "10-09 17:30"),  # 23:59 in Shanghai
        (datetime(2026, 10, 8, 16, 0, tzinfo=UTC), "10-10 17:30"),  # midnight there: the 9th does not count
    ],
)
def test_the_day_of_the_start_is_the_day_people_there_have(start, expected):
    assert end(start, "1wd") == at(expected)


def test_a_promise_into_a_year_not_yet_announced_is_provisional():
    thursday = datetime(2099, 12, 31, 10, tzinfo=SHANGHAI)

    assert due(thursday, "1wd", zone=SHANGHAI, hours=OFFICE) == Due(
        datetime(2100, 1, 4, 17, 30, tzinfo=SHANGHAI), provisional=True
    )


def test_a_promise_by_the_clock_is_never_provisional():
    assert not due(datetime(2099, 12, 31, tzinfo=SHANGHAI), "7d", zone=SHANGHAI, hours=OFFICE).provisional


def test_a_day_is_twenty_four_hours_even_when_the_clocks_change():
    berlin = ZoneInfo("Europe/Berlin")
    before = datetime(2026, 3, 28, 12, tzinfo=berlin)

    assert due(before, "1d", zone=berlin, hours=OFFICE).at == datetime(2026, 3, 29, 13, tzinfo=berlin)


@given(starts, st.timedeltas(timedelta(), timedelta(days=9)), amounts, units)
def test_who_comes_later_is_never_promised_an_earlier_end(start, later, amount, unit):
    assert end(start, f"{amount}{unit}") <= end((start.astimezone(UTC) + later).astimezone(SHANGHAI), f"{amount}{unit}")


@given(starts, amounts, amounts, units)
def test_a_longer_promise_never_ends_earlier(start, amount, more, unit):
    assert end(start, f"{amount}{unit}") <= end(start, f"{amount + more}{unit}")


@given(starts, amounts, units)
def test_a_promise_never_ends_before_the_minute_it_began(start, amount, unit):
    assert end(start, f"{amount}{unit}") >= start.replace(second=0, microsecond=0)


@pytest.mark.parametrize(("now", "broken"), [("10-08 17:30:59", False), ("10-08 17:31", True)])
def test_the_last_minute_is_still_in_time(now, broken):
    assert late(at("10-08 17:30"), at(now)) is broken


@pytest.mark.parametrize(
    ("was", "since", "until", "length", "expected"),
    [
        ("10-08 10:00", "10-06 08:00", "10-06 20:30", "7d", "10-08 22:30"),
        ("10-08 10:00", "10-08 09:00", "10-08 09:00", "2h", "10-08 10:00"),
        ("10-12 17:30", "10-08 10:00", "10-10 09:00", "5wd", "10-14 17:30"),  # Thursday and Friday passed
        ("10-12 17:30", "10-08 10:00", "10-08 16:00", "5wd", "10-12 17:30"),  # work went on the same day
        ("10-12 17:30", "10-10 18:00", "10-12 08:00", "5wd", "10-12 17:30"),  # nobody would have worked
        ("09-30 17:30", "09-30 10:00", "10-05 12:00", "3wd", "10-08 17:30"),  # over the holiday
        ("02-14 17:30", "02-13 09:00", "02-14 18:00", "3wd", "02-25 17:30"),
        ("10-08 15:00", "10-08 09:00", "10-08 14:00", "4wh", "10-09 09:30"),  # 3.5 hours of work
        ("10-08 10:00", "10-08 12:10", "10-08 13:20", "4wh", "10-08 10:00"),  # lunch
        ("09-30 17:00", "09-30 16:30", "10-08 08:30", "4wh", "10-08 09:00"),
    ],
)
def test_a_pause_adds_exactly_its_own_length(was, since, until, length, expected):
    moved = shift(at(was), at(since), at(until), length=length, zone=SHANGHAI, hours=OFFICE)

    assert moved == Due(at(expected), provisional=False)


@given(starts, st.integers(1, 20), units, st.lists(st.integers(0, 9_999), min_size=3, max_size=3))
def test_two_pauses_in_a_row_are_as_long_as_one(start, amount, unit, minutes):
    length = f"{amount}{unit}"
    first, second, third = (start + timedelta(minutes=n) for n in sorted(minutes))

    def pause(was: datetime, since: datetime, until: datetime) -> datetime:
        return shift(was, since, until, length=length, zone=SHANGHAI, hours=OFFICE).at

    begun = end(start, length)

    assert pause(pause(begun, first, second), second, third) == pause(begun, first, third)


@given(starts, st.integers(1, 20), units, st.integers(0, 9_999), st.integers(0, 9_999))
def test_an_end_that_was_ahead_when_a_pause_began_is_ahead_when_it_is_over(start, amount, unit, wait, minutes):
    was = end(start, f"{amount}{unit}")
    since = start + timedelta(minutes=wait)
    assume(since < was)
    until = since + timedelta(minutes=minutes)

    moved = shift(was, since, until, length=f"{amount}{unit}", zone=SHANGHAI, hours=OFFICE).at

    assert moved >= until


def test_a_pause_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="cannot end at"):
        shift(at("10-08 10:00"), at("10-08 09:00"), at("10-07 09:00"), length="2h", zone=SHANGHAI, hours=OFFICE)


@pytest.mark.parametrize("length", ["", "5", "wd", "-1d", "1.5h", "2w", "1 d"])
def test_what_is_no_duration_is_named(length):
    with pytest.raises(BadLength, match="is no duration; write it like"):
        end(at("10-08 09:00"), length)


def test_a_time_without_zone_is_refused():
    with pytest.raises(NoZone, match="has no time zone"):
        end(at("10-08 09:00").replace(tzinfo=None), "1d")


def town() -> Institution:
    leak = Matter(id="leak", name="漏水", clocks={"answer": "1h"})
    dark = Matter(id="dark", name="停电")
    return Institution(
        id="town",
        code="TW",
        name="小镇",
        name_en="Town",
        accepts="小镇的事",
        accepts_en="Town matters",
        departments=(Department(id="works", name="工务"),),
        categories=(
            Category(id="water", name="水", department="works", matters=(leak, dark), clocks={"answer": "2wd"}),
            Category(id="roads", name="路", department="works", matters=(Matter(id="leak", name="管道"),)),
        ),
        default_department="works",
        clocks={
            "accept": Clock(label="受理", stops=("accepted", "refused"), length="1wd"),
            "contact": Clock(label="首次联系", stops=("assigned",), length={"urgent": "2h"}),
            "answer": Clock(label="答复", stops=("answered",), length={"urgent": "24h", "ordinary": "7d"}),
            "result": Clock(label="办结", starts="accepted", stops=("closed",), length="15wd"),
        },
    )


def test_a_status_stops_the_clocks_that_wait_for_it():
    assert stopping(town(), "accepted") == {"accept"}
    assert stopping(town(), "received") == frozenset()
