"""Deadlines: when a promise about time ends.

Lengths: ``30m``, ``2h``, ``7d`` (24 h each) run by the clock from the minute
of the starting event; ``3wm`` and ``4wh`` run in working hours only; ``5wd`` ends at
closing time of the fifth working day after the start's local day, which
itself never counts. The last minute still belongs to the promise (``late``).

Which days and hours are worked, ``workdays`` knows. Nothing here knows what
time it is; which status pauses a clock is the caller's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from backend.domain.workdays import closing_time, stretches, working_days
from institutions.lengths import LENGTH

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from institutions.model import Hours, Institution

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BY_THE_CLOCK = {"m": MINUTE, "h": HOUR, "d": DAY}
AT_WORK = {"wm": MINUTE, "wh": HOUR}


class BadLength(ValueError):
    """A duration that is not like 30m, 2h, 7d, 4wh or 5wd."""

    def __init__(self, length: str) -> None:
        super().__init__(f"{length!r} is no duration; write it like 30m, 2h, 7d, 4wh or 5wd")
        self.length = length


class NoZone(ValueError):
    """A time without zone: nobody can tell which day it is."""

    def __init__(self, at: datetime) -> None:
        super().__init__(f"{at} has no time zone")
        self.at = at


@dataclass(frozen=True, slots=True)
class Due:
    """The end of a promise. Its whole minute still counts."""

    at: datetime  # in the institution's zone
    provisional: bool  # the holidays of a year it runs through are not announced yet


def due(start: datetime, length: str, *, zone: ZoneInfo, hours: Hours) -> Due:
    """When a promise of that *length*, begun at *start*, ends.

    Raises: BadLength, NoZone, workdays.BadHours.
    """
    amount, unit = _parsed(length)
    begun = _utc(start).replace(second=0, microsecond=0)
    if unit in BY_THE_CLOCK:
        return Due((begun + amount * BY_THE_CLOCK[unit]).astimezone(zone), provisional=False)
    if unit in AT_WORK:
        return _worked_on(begun, amount * AT_WORK[unit], zone, hours)
    return _closing_after(begun, amount, zone, hours)


def shift(
    at: datetime, paused_from: datetime, paused_until: datetime, *, length: str, zone: ZoneInfo, hours: Hours
) -> Due:
    """Where the end *at* of a clock of that *length* goes when the clock stood still for a while.

    By the clock the pause adds its own length; in working hours, the working
    hours inside it; in working days, one for each closing time inside it. So
    two pauses in a row add as much as one, and an end that was still ahead
    when the pause began is still ahead when it is over.
    Raises: BadLength, NoZone, workdays.BadHours; ValueError: the pause ends before it begins.
    """
    since, until = _utc(paused_from), _utc(paused_until)
    if until < since:
        raise ValueError(f"a pause cannot end at {paused_until}, before it began at {paused_from}")
    _, unit = _parsed(length)
    if unit in BY_THE_CLOCK:
        return Due((_utc(at) + (until - since)).astimezone(zone), provisional=False)
    passed = list(takewhile(lambda stretch: stretch.opens < until, stretches(since, zone, hours)))
    moved = Due(at.astimezone(zone), provisional=False)
    if unit in AT_WORK:
        worked = sum((min(each.closes, until) - max(each.opens, since) for each in passed), timedelta())
        moved = _worked_on(_utc(at), worked, zone, hours) if worked else moved
    else:
        closings = sum(each.last and each.closes < until for each in passed)
        moved = _closing_after(_utc(at), closings, zone, hours) if closings else moved
    return Due(moved.at, provisional=moved.provisional or any(each.provisional for each in passed))


def worked(start: datetime, end: datetime, *, zone: ZoneInfo, hours: Hours) -> timedelta:
    """The working time between the two; none when *end* comes first. Raises: NoZone, workdays.BadHours."""
    since, until = _utc(start), _utc(end)
    passed = takewhile(lambda stretch: stretch.opens < until, stretches(since, zone, hours))
    return sum((min(each.closes, until) - max(each.opens, since) for each in passed), timedelta())


def worked_on(start: datetime, amount: timedelta, *, zone: ZoneInfo, hours: Hours) -> Due:
    """When so much work, begun at *start*, is done. Raises: NoZone, workdays.BadHours."""
    return _worked_on(_utc(start), amount, zone, hours)


def in_working_time(length: str) -> bool:
    """Whether a clock of that length runs in working time only. Raises: BadLength."""
    return _parsed(length)[1] not in BY_THE_CLOCK


def checked(length: str) -> str:
    """The same. Raises: BadLength."""
    _parsed(length)
    return length


def late(at: datetime, now: datetime) -> bool:
    """Whether the promise that ended *at* is broken; its last minute is still in time."""
    return _utc(now) >= _utc(at) + MINUTE


def stopping(institution: Institution, status: str) -> frozenset[str]:
    """The names of the clocks that entering *status* stops."""
    return frozenset(name for name, clock in institution.clocks.items() if status in clock.stops)


def _worked_on(start: datetime, amount: timedelta, zone: ZoneInfo, hours: Hours) -> Due:
    """When *amount* of work, begun at *start*, is done."""
    left = amount
    for stretch in stretches(start, zone, hours):
        begun = max(stretch.opens, start)
        if begun + left <= stretch.closes:
            return Due((begun + left).astimezone(zone), provisional=stretch.provisional)
        left -= stretch.closes - begun
    raise AssertionError("working time goes on for ever")


def _closing_after(start: datetime, days: int, zone: ZoneInfo, hours: Hours) -> Due:
    """Closing time of the n-th working day after the local day of *start*; n = 0: that day's, or now if it is past."""
    today = start.astimezone(zone).date()
    day, guessed = next(islice(working_days(today + DAY, hours.calendar), days - 1, None)) if days else (today, False)
    return Due(max(closing_time(day, zone, hours), start).astimezone(zone), provisional=guessed)


def _parsed(length: str) -> tuple[int, str]:
    match = LENGTH.fullmatch(length)
    if match is None:
        raise BadLength(length)
    return int(match[1]), match[2]


def _utc(at: datetime) -> datetime:
    """In UTC, where adding hours means hours. Raises: NoZone."""
    if at.tzinfo is None:
        raise NoZone(at)
    return at.astimezone(UTC)
