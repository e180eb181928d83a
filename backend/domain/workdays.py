"""The working calendar of mainland China, and the hours worked on it.

The days are the State Council's yearly notice as chinese_calendar carries it.
Beyond its years only weekends and the holidays with a fixed date (Decree 795
of 2024) are known; what was reckoned with them is provisional. How long a
promise runs is ``clock``'s.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from chinese_calendar import is_workday

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from institutions.model import Hours

FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})  # month, day

_DAY = timedelta(days=1)
_FULL_DAY = 24 * 60  # minutes
_FRIDAY = 5


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
def workday(day: date) -> Workday:
    """Whether people work on that day."""
    try:
        return Workday(working=bool(is_workday(day)), provisional=False)
    except NotImplementedError:
        weekday = day.isoweekday() <= _FRIDAY
        return Workday(working=weekday and (day.month, day.day) not in FIXED_HOLIDAYS, provisional=True)


def working_days(first: date) -> Iterator[tuple[date, bool]]:
    """The working days from *first* on, without end; each with whether it is provisional, or one passed over was."""
    guessed = False
    for day in (first + n * _DAY for n in count()):
        working, provisional = workday(day)
        guessed = guessed or provisional
        if working:
            yield day, guessed


def stretches(start: datetime, zone: ZoneInfo, hours: Hours) -> Iterator[Stretch]:
    """Working time that ends at *start* or later, without end. Raises: BadHours."""
    spans = _minutes(hours)
    for day, guessed in working_days(start.astimezone(zone).date()):
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
