"""The working calendar of mainland China, and the hours worked on it.

The days are the State Council's yearly notice as chinese_calendar carries it,
or as an office has written a year down itself (``hours.calendar``). Beyond
those years only weekends and the holidays with a fixed date (Decree 795 of
2024) are known; what was reckoned with them is provisional. How long a promise
runs is ``clock``'s.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from chinese_calendar import constants, get_holiday_detail, is_workday

from institutions.calendar import USUAL, Calendar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from institutions.model import Hours

LAST_KNOWN: int = max(constants.holidays).year
"""The last year whose notice comes with the program."""
FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})  # month, day

_DAY = timedelta(days=1)
_FULL_DAY = 24 * 60  # minutes
_FRIDAY = 5
_NAMES = {
    "New Year's Day": ("元旦", "New Year"),
    "Spring Festival": ("春节", "Spring Festival"),
    "Tomb-sweeping Day": ("清明", "Qingming"),
    "Labour Day": ("劳动节", "Labour Day"),
    "Dragon Boat Festival": ("端午", "Dragon Boat Festival"),
    "Mid-autumn Festival": ("中秋", "Mid-Autumn"),
    "National Day": ("国庆", "National Day"),
}


class BadHours(ValueError):
    """Working hours that nobody can work."""

    def __init__(self, hours: Hours) -> None:
        spans = ", ".join(f"{opens}-{closes}" for opens, closes in hours.spans) or "none"
        super().__init__(
            f"working hours must be spans within one day that do not overlap, like 08:30-12:00, not {spans}"
        )
        self.hours = hours


class Workday(NamedTuple):
    """What is known of a day."""

    working: bool
    provisional: bool


class Stretch(NamedTuple):
    """Some working time without a break, in UTC."""

    opens: datetime
    closes: datetime
    last: bool  # of its day
    provisional: bool  # its day, or a day passed over to get there


@lru_cache(maxsize=4096)  # the library looks through all its years for each question
def workday(day: date, calendar: Calendar = USUAL) -> Workday:
    """Whether people work on that day."""
    if day.year in calendar.years:
        weekday = not is_weekend(day) and day not in calendar.holidays
        return Workday(working=weekday or day in calendar.workdays, provisional=False)
    try:
        return Workday(working=bool(is_workday(day)), provisional=False)
    except NotImplementedError:
        weekday = not is_weekend(day)
        return Workday(working=weekday and (day.month, day.day) not in FIXED_HOLIDAYS, provisional=True)


def is_weekend(day: date) -> bool:
    """Whether it is a Saturday or Sunday, worked or not."""
    return day.isoweekday() > _FRIDAY


def holiday(day: date, calendar: Calendar = USUAL) -> tuple[str, str] | None:
    """What holiday a day off belongs to, in Chinese and English; empty names: one that only its date tells of.

    None: a worked day, or a weekend like any other.
    """
    if workday(day, calendar).working:
        return None
    if day.year in calendar.years or day.year > LAST_KNOWN:
        return ("", "") if not is_weekend(day) or day in calendar.holidays else None
    _, name = get_holiday_detail(day)
    return _NAMES.get(name, ("", "")) if name or not is_weekend(day) else None


def working_days(first: date, calendar: Calendar = USUAL) -> Iterator[tuple[date, bool]]:
    """The working days from *first* on, without end; each with whether it is provisional, or one passed over was."""
    guessed = False
    for day in (first + n * _DAY for n in count()):
        working, provisional = workday(day, calendar)
        guessed = guessed or provisional
        if working:
            yield day, guessed


def stretches(start: datetime, zone: ZoneInfo, hours: Hours) -> Iterator[Stretch]:
    """Working time that ends at *start* or later, without end. Raises: BadHours."""
    spans = _minutes(hours)
    for day, guessed in working_days(start.astimezone(zone).date(), hours.calendar):
        for opens, closes in spans:
            stretch = Stretch(_instant(day, opens, zone), _instant(day, closes, zone), closes == spans[-1][1], guessed)
            if stretch.closes >= start:
                yield stretch


def closing_time(day: date, zone: ZoneInfo, hours: Hours) -> datetime:
    """When work ends on that day, in UTC. Raises: BadHours."""
    return _instant(day, _minutes(hours)[-1][1], zone)


def _minutes(hours: Hours) -> list[tuple[int, int]]:
    """The spans as minutes after midnight, in order. Raises: BadHours."""
    edges = [edge for span in sorted(hours.spans) for edge in span]
    try:
        minutes = [_FULL_DAY if edge == "24:00" else _minute(time.fromisoformat(edge)) for edge in edges]
    except ValueError:
        raise BadHours(hours) from None
    pairs = list(zip(minutes[::2], minutes[1::2], strict=True))
    if not pairs or minutes != sorted(minutes) or any(opens == closes for opens, closes in pairs):
        raise BadHours(hours)
    return pairs


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    days, rest = divmod(minute, _FULL_DAY)  # 24:00 is the next midnight
    return datetime.combine(day + days * _DAY, time(rest // 60, rest % 60), zone).astimezone(UTC)
