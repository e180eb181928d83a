"""What periods are called in reports, and the same stretch a year before."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from backend.domain.periods import CUSTOM, MONTHS, Period, holding
from backend.reports.written import Said

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

WEEKS_OF_A_YEAR = timedelta(days=364)
"""A week is compared with the one of the same weekdays a year before."""
QUARTERS = "一二三四"
NAMED = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def year_before(period: Period, whole: Period) -> Period:
    """The same stretch of the year before; *whole*: the period that this is the first part of."""
    if period.kind in MONTHS and period.kind != "year":
        found = holding(period.kind, date(whole.first.year - 1, whole.first.month, 1))
    elif period.kind == "year":
        found = holding("year", date(whole.first.year - 1, 1, 1))
    elif period.kind == "week":
        found = Period(whole.first - WEEKS_OF_A_YEAR, whole.last - WEEKS_OF_A_YEAR, "week")
    else:
        return Period(_a_year_back(period.first), _a_year_back(period.last), period.kind)
    if period == whole:
        return found
    return Period(found.first, min(found.last, found.first + (period.last - period.first)), period.kind)


def called(period: Period) -> Said:
    """``2026年10月``, ``October 2026``; of a part of one, its days are added."""
    whole = period if period.kind == CUSTOM else holding(period.kind, period.first)
    said = NAMES[period.kind](whole)
    if period == whole or period.kind == CUSTOM:
        return said
    return Said(f"{said.zh}（到{_zh(period.last)}）", f"{said.en} (until {_en(period.last)})")


def _day(period: Period) -> Said:
    return Said(_zh(period.first, year=True), _en(period.first, year=True))


def _week(period: Period) -> Said:
    year, week, _ = period.first.isocalendar()
    days = f"{_zh(period.first)}至{_zh(period.last)}"
    return Said(f"{year}年第{week}周（{days}）", f"week {week} of {year} ({_en(period.first)} to {_en(period.last)})")


def _month(period: Period) -> Said:
    first = period.first
    return Said(f"{first.year}年{first.month}月", f"{NAMED[first.month - 1]} {first.year}")


def _quarter(period: Period) -> Said:
    place = (period.first.month - 1) // 3
    return Said(f"{period.first.year}年第{QUARTERS[place]}季度", f"Q{place + 1} {period.first.year}")


def _half(period: Period) -> Said:
    second = period.first.month > 1
    year = period.first.year
    return Said(f"{year}年{'下' if second else '上'}半年", f"{'second' if second else 'first'} half of {year}")


def _year(period: Period) -> Said:
    return Said(f"{period.first.year}年", str(period.first.year))


def _custom(period: Period) -> Said:
    if period.days == 1:
        return _day(period)
    return Said(
        f"{_zh(period.first, year=True)}至{_zh(period.last, year=True)}",
        f"{_en(period.first, year=True)} to {_en(period.last, year=True)}",
    )


NAMES: dict[str, Callable[[Period], Said]] = {
    "day": _day,
    "week": _week,
    "month": _month,
    "quarter": _quarter,
    "half": _half,
    "year": _year,
    CUSTOM: _custom,
}


def _zh(day: date, *, year: bool = False) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if year else f"{day.month}月{day.day}日"


def _en(day: date, *, year: bool = False) -> str:
    return f"{day.day} {NAMED[day.month - 1]} {day.year}" if year else f"{day.day} {NAMED[day.month - 1]}"


def _a_year_back(day: date) -> date:
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return date(day.year - 1, day.month, last)


def ends(period: Period, zone: tzinfo) -> tuple[datetime, datetime]:
    """When it begins, and when it is over."""
    first, last = (datetime.combine(day, time(), zone) for day in (period.first, period.last + timedelta(days=1)))
    return first, last
