"""Stretches of time and the arithmetic of durations: half a year ago, the week that holds a day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from nlp.when import words


class Span(NamedTuple):
    """A stretch of time and how exact it is (``When.precision``)."""

    start: datetime
    end: datetime
    precision: str


class Days(NamedTuple):
    """Whole days [first, end)."""

    first: date
    end: date
    precision: str


def month_days(year: int, month: int) -> Days:
    """A month counted on from January of *year*: 13 is the next January, 0 the last December."""

    def first(m: int) -> date:
        return date(year + (m - 1) // 12, (m - 1) % 12 + 1, 1)

    return Days(first(month), first(month + 1), "month")


def moved(now: datetime, spans: tuple[tuple[float, str], ...], sign: int) -> datetime | None:
    """*now* plus or minus a duration; months and years by the calendar. None beyond the calendar."""
    try:
        for amount, unit in spans:
            if unit in words.MONTHS:
                now = _by_months(now, sign * amount * words.MONTHS[unit])
            else:
                now += timedelta(days=sign * amount * words.DAYS[unit])
    except (ValueError, OverflowError):
        return None
    return now


def _by_months(now: datetime, months: float) -> datetime:
    whole = int(months)
    month = month_days(now.year, now.month + whole)
    day = min(now.day, (month.end - month.first).days)
    moved_to = now.replace(year=month.first.year, month=month.first.month, day=day)
    return moved_to + timedelta(days=round(30 * (months - whole)))


def precision_of(spans: tuple[tuple[float, str], ...]) -> str:
    """How exact a duration is: its smallest unit, and a half is a step finer."""
    amount, unit = spans[-1]
    if amount % 1 and unit in {"年", "月"}:
        return "month" if unit == "年" else "week"
    exact = {"秒": "minute", "分钟": "minute", "刻钟": "minute", "小时": "hour", "天": "day", "周": "week"}
    return exact.get(unit, "year" if unit in {"年", "世纪"} else "month")


def around(point: datetime, precision: str) -> Span:
    """The calendar unit that holds *point*: 三天前 is that whole day; hours and minutes begin at the point."""
    day = point.date()
    midnight = datetime.combine(day, time(), point.tzinfo)
    if precision in {"minute", "hour"}:
        start = point.replace(second=0, microsecond=0)
        return Span(start, start + (timedelta(minutes=1) if precision == "minute" else timedelta(hours=1)), precision)
    if precision == "day":
        return Span(midnight, midnight + timedelta(days=1), precision)
    if precision == "week":
        monday = midnight - timedelta(days=day.weekday())
        return Span(monday, monday + timedelta(days=7), precision)
    days = (
        month_days(day.year, day.month)
        if precision == "month"
        else Days(date(day.year, 1, 1), date(day.year + 1, 1, 1), "year")
    )
    return Span(
        datetime.combine(days.first, time(), point.tzinfo), datetime.combine(days.end, time(), point.tzinfo), precision
    )
