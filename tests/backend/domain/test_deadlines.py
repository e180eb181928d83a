"""Deadlines reckoned by hand, from the State Council's notices for 2024 to 2026, to the minute.

2024: New Year off 30 Dec–1 Jan; Spring Festival off 10–17 Feb, worked Sun 4 and
Sun 18 Feb; Qingming off 4–6 Apr, worked Sun 7; May off 1–5, worked Sun 28 Apr
and Sat 11 May; Dragon Boat off 8–10 Jun; Mid-Autumn off 15–17 Sep, worked Sat
14; National Day off 1–7 Oct, worked Sun 29 Sep and Sat 12 Oct.
2025: New Year off 1 Jan; Spring Festival off 28 Jan–4 Feb, worked Sun 26 Jan
and Sat 8 Feb; Qingming off 4–6 Apr; May off 1–5, worked Sun 27 Apr; Dragon Boat
off 31 May–2 Jun; National Day and Mid-Autumn off 1–8 Oct, worked Sun 28 Sep and
Sat 11 Oct.
2026: see test_clock.py.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.clock import due, late, shift, worked, worked_on
from institutions.model import Hours

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
OFFICE = Hours()
ROUND_THE_CLOCK = Hours(spans=(("00:00", "23:59"),))
STATION = Hours(spans=(("09:00", "17:00"),))


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    """A local time: ``2024-09-29 10:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def end(start: datetime, length: str, hours: Hours = OFFICE, zone: ZoneInfo = SHANGHAI) -> datetime:
    return due(start, length, zone=zone, hours=hours).at


@pytest.mark.parametrize(
    ("start", "length", "expected"),
    [
        # National Day 2024: Sunday 29 Sep and Saturday 12 Oct are worked
        ("2024-09-27 10:00", "1wd", "2024-09-29 17:30"),
        ("2024-09-28 10:00", "1wd", "2024-09-29 17:30"),
        ("2024-09-29 10:00", "1wd", "2024-09-30 17:30"),
        ("2024-09-30 10:00", "1wd", "2024-10-08 17:30"),
        ("2024-09-30 10:00", "5wd", "2024-10-12 17:30"),
        ("2024-09-30 10:00", "6wd", "2024-10-14 17:30"),
        ("2024-10-07 23:59", "1wd", "2024-10-08 17:30"),
        ("2024-10-11 18:00", "1wd", "2024-10-12 17:30"),
        ("2024-10-12 09:00", "1wd", "2024-10-14 17:30"),
        ("2024-09-20 09:00", "15wd", "2024-10-16 17:30"),
        # National Day and Mid-Autumn 2025: off eight days
        ("2025-09-26 10:00", "1wd", "2025-09-28 17:30"),
        ("2025-09-30 17:31", "1wd", "2025-10-09 17:30"),
        ("2025-09-30 10:00", "3wd", "2025-10-11 17:30"),
        ("2025-10-08 12:00", "4wd", "2025-10-13 17:30"),
        ("2025-09-15 12:00", "15wd", "2025-10-11 17:30"),
        # National Day 2026: Sunday 20 Sep and Saturday 10 Oct
        ("2026-09-30 10:00", "5wd", "2026-10-13 17:30"),
        ("2026-09-18 17:30", "2wd", "2026-09-21 17:30"),
        # Spring Festival 2024: Sundays 4 and 18 Feb are worked
        ("2024-02-02 16:00", "1wd", "2024-02-04 17:30"),
        ("2024-02-04 09:00", "5wd", "2024-02-09 17:30"),
        ("2024-02-09 09:00", "1wd", "2024-02-18 17:30"),
        ("2024-02-09 09:00", "2wd", "2024-02-19 17:30"),
        ("2024-02-12 00:00", "7wd", "2024-02-26 17:30"),
        # Spring Festival 2025: Sunday 26 Jan and Saturday 8 Feb
        ("2025-01-24 17:00", "1wd", "2025-01-26 17:30"),
        ("2025-01-27 10:00", "1wd", "2025-02-05 17:30"),
        ("2025-01-27 10:00", "4wd", "2025-02-08 17:30"),
        ("2025-01-28 00:00", "5wd", "2025-02-10 17:30"),
        # Spring Festival 2026: Saturdays 14 and 28 Feb
        ("2026-02-13 17:30", "1wd", "2026-02-14 17:30"),
        ("2026-02-14 10:00", "5wd", "2026-02-28 17:30"),
        ("2026-02-14 10:00", "6wd", "2026-03-02 17:30"),
        # smaller holidays and their make-up days
        ("2023-12-29 10:00", "1wd", "2024-01-02 17:30"),
        ("2024-04-03 10:00", "1wd", "2024-04-07 17:30"),
        ("2024-04-26 10:00", "1wd", "2024-04-28 17:30"),
        ("2024-04-30 10:00", "4wd", "2024-05-09 17:30"),
        ("2024-05-10 10:00", "1wd", "2024-05-11 17:30"),
        ("2024-06-07 10:00", "1wd", "2024-06-11 17:30"),
        ("2024-09-13 10:00", "2wd", "2024-09-18 17:30"),
        ("2024-12-31 10:00", "1wd", "2025-01-02 17:30"),
        ("2025-04-25 10:00", "2wd", "2025-04-28 17:30"),
        ("2025-05-30 10:00", "1wd", "2025-06-03 17:30"),
        ("2025-12-31 23:59", "1wd", "2026-01-04 17:30"),
        # month ends, leap day, midnight and closing edges
        ("2024-02-28 10:00", "1wd", "2024-02-29 17:30"),
        ("2024-02-29 10:00", "1wd", "2024-03-01 17:30"),
        ("2026-03-31 00:00", "1wd", "2026-04-01 17:30"),
        ("2026-07-31 23:59", "1wd", "2026-08-03 17:30"),
        ("2026-08-03 00:00", "1wd", "2026-08-04 17:30"),
        ("2026-06-12 17:30", "5wd", "2026-06-22 17:30"),
        ("2026-06-12 17:31", "5wd", "2026-06-22 17:30"),
        # by the clock: nothing stands still
        ("2024-09-30 23:30", "30m", "2024-10-01 00:00"),
        ("2024-02-28 23:59", "24h", "2024-02-29 23:59"),
        ("2026-02-14 18:00", "48h", "2026-02-16 18:00"),
        ("2025-12-25 08:00", "7d", "2026-01-01 08:00"),
        ("2024-02-20 12:00", "15d", "2024-03-06 12:00"),
        ("2023-02-20 12:00", "15d", "2023-03-07 12:00"),
        ("2026-10-01 00:00:59", "2h", "2026-10-01 02:00"),
        # working hours: over lunch, at the edges, over the holidays
        ("2026-10-12 11:30", "1wh", "2026-10-12 14:00"),
        ("2026-10-12 12:00", "1wh", "2026-10-12 14:30"),
        ("2026-10-12 12:59", "1wh", "2026-10-12 14:30"),
        ("2026-10-12 11:00", "1wh", "2026-10-12 12:00"),
        ("2026-10-12 16:31", "1wh", "2026-10-13 08:31"),
        ("2026-10-12 07:00", "8wh", "2026-10-13 09:00"),
        ("2026-10-09 17:00", "8wh", "2026-10-10 17:30"),
        ("2026-10-10 17:00", "1wh", "2026-10-12 09:00"),
        ("2024-09-30 16:30", "2wh", "2024-10-08 09:30"),
        ("2025-01-27 17:00", "4wh", "2025-02-05 12:00"),
        ("2026-10-12 11:58", "3wm", "2026-10-12 13:31"),
        ("2026-10-12 10:05", "3wm", "2026-10-12 10:08"),
        ("2026-10-01 10:05", "3wm", "2026-10-08 08:33"),
        ("2024-02-09 17:29", "1wh", "2024-02-18 09:29"),
    ],
)
def test_it_ends_on_the_minute_that_a_calendar_and_a_pencil_give(start, length, expected):
    assert end(at(start), length) == at(expected)


@pytest.mark.parametrize(
    ("hours", "start", "length", "expected"),
    [
        (STATION, "2026-10-12 16:30", "1wd", "2026-10-13 17:00"),
        (STATION, "2026-10-12 16:30", "1wh", "2026-10-13 09:30"),
        (STATION, "2026-09-30 16:59", "3wd", "2026-10-10 17:00"),
        (ROUND_THE_CLOCK, "2026-10-12 23:00", "2wh", "2026-10-13 01:01"),
    ],
)
def test_an_institution_with_other_hours_closes_at_its_own(hours, start, length, expected):
    assert end(at(start), length, hours) == at(expected)


@pytest.mark.parametrize(
    ("start", "length", "expected"),
    [
        # Berlin: clocks go forward on 29 March 2026, back on 25 October
        ("2026-03-28 12:00", "24h", "2026-03-29 13:00"),
        ("2026-10-24 12:00", "24h", "2026-10-25 11:00"),
        ("2026-03-29 01:30", "1h", "2026-03-29 03:30"),
        ("2026-03-27 10:00", "1wd", "2026-03-30 17:30"),
        ("2026-03-27 17:00", "1wh", "2026-03-30 09:00"),
        ("2026-10-23 17:00", "1wh", "2026-10-26 09:00"),
    ],
)
def test_where_summer_time_comes_and_goes_an_hour_is_an_hour_and_closing_time_local(start, length, expected):
    assert end(at(start, BERLIN), length, zone=BERLIN) == at(expected, BERLIN)


@pytest.mark.parametrize(
    ("ends", "length", "since", "until", "expected"),
    [
        ("2026-10-19 10:00", "7d", "2026-10-13 09:00", "2026-10-15 10:30", "2026-10-21 11:30"),
        ("2026-10-19 17:30", "5wd", "2026-10-13 09:00", "2026-10-13 17:00", "2026-10-19 17:30"),
        ("2026-10-19 17:30", "5wd", "2026-10-13 09:00", "2026-10-13 18:00", "2026-10-20 17:30"),
        ("2026-10-19 17:30", "5wd", "2026-10-13 09:00", "2026-10-15 10:00", "2026-10-21 17:30"),
        ("2026-10-13 17:30", "5wd", "2026-09-30 09:00", "2026-10-08 09:00", "2026-10-14 17:30"),
        ("2026-10-13 17:30", "5wd", "2026-10-01 00:00", "2026-10-07 23:59", "2026-10-13 17:30"),
        ("2026-10-12 17:00", "4wh", "2026-10-12 11:00", "2026-10-12 14:30", "2026-10-13 10:00"),
        ("2026-10-12 17:00", "4wh", "2026-10-12 12:00", "2026-10-12 13:30", "2026-10-12 17:00"),
    ],
)
def test_a_pause_adds_exactly_its_own_length(ends, length, since, until, expected):
    moved = shift(at(ends), at(since), at(until), length=length, zone=SHANGHAI, hours=OFFICE)

    assert moved.at == at(expected)


@pytest.mark.parametrize(
    ("start", "until", "minutes"),
    [
        ("2026-10-12 08:30", "2026-10-12 17:30", 450),
        ("2026-10-12 11:00", "2026-10-12 14:00", 90),
        ("2026-09-30 17:00", "2026-10-08 09:00", 60),
        ("2026-10-12 17:30", "2026-10-13 08:30", 0),
        ("2026-10-13 09:00", "2026-10-12 09:00", 0),
    ],
)
def test_working_time_between_two_moments(start, until, minutes):
    assert worked(at(start), at(until), zone=SHANGHAI, hours=OFFICE) == timedelta(minutes=minutes)


starts = st.timedeltas(timedelta(), timedelta(days=1000)).map(lambda passed: at("2024-01-02 00:00") + passed)
spans = st.timedeltas(timedelta(), timedelta(days=12))
lengths = st.builds("{}{}".format, st.integers(1, 30), st.sampled_from(["h", "d", "wh", "wd"]))


def later(start: datetime, by: timedelta) -> datetime:
    return (start.astimezone(UTC) + by).astimezone(SHANGHAI)


@given(starts, spans, lengths)
def test_who_begins_later_never_ends_earlier(start, by, length):
    assert end(start, length) <= end(later(start, by), length)


@given(starts, spans, spans, spans, lengths)
def test_a_pause_cut_in_two_adds_what_it_adds_whole(start, before, first, second, length):
    since = later(start, before)
    between, until = later(since, first), later(later(since, first), second)
    ends = end(start, length)
    told = {"length": length, "zone": SHANGHAI, "hours": OFFICE}
    halves = shift(shift(ends, since, between, **told).at, between, until, **told)

    assert halves.at == shift(ends, since, until, **told).at


@given(starts, spans, lengths)
def test_a_pause_never_brings_an_end_forward_and_an_empty_one_moves_nothing(start, by, length):
    ends = end(start, length)
    told = {"length": length, "zone": SHANGHAI, "hours": OFFICE}

    assert shift(ends, start, later(start, by), **told).at >= ends
    assert shift(ends, start, start, **told).at == ends


@given(starts, st.integers(0, 3000))
def test_work_done_from_a_start_takes_as_long_as_it_was_meant_to(start, minutes):
    done = worked_on(start, timedelta(minutes=minutes), zone=SHANGHAI, hours=OFFICE).at

    assert worked(start, done, zone=SHANGHAI, hours=OFFICE) == timedelta(minutes=minutes)


@given(starts, lengths)
def test_the_last_minute_counts_and_the_next_does_not(start, length):
    ends = end(start, length)

    assert not late(ends, ends + timedelta(seconds=59))
    assert late(ends, ends + timedelta(seconds=60))
