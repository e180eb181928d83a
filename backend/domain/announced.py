"""The days off and days made up of years that the program does not know yet, as an office writes them down.

A table for each year, as the State Council's notice has it::

    [2027]
    holidays = [2027-01-01, 2027-02-05, …]   # every day off; weekends inside may be listed or not
    workdays = [2027-02-07, …]               # the Saturdays and Sundays that are worked

What is told of a year replaces all that is known of it. Reading the file is
the caller's; a bad one is refused whole.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from backend.domain.workdays import FIXED_HOLIDAYS, LAST_KNOWN, is_weekend
from institutions.calendar import Calendar

if TYPE_CHECKING:
    from collections.abc import Mapping

KEYS = ("holidays", "workdays")
FIRST_YEAR, LAST_YEAR = 2004, 2100
"""Years that such a file may tell of: those of the law in force, as far as anybody plans."""
MOST_AHEAD = 3
"""So many years past the known ones may be told: notices come one year at a time."""
_DAY = timedelta(days=1)


class BadCalendar(Exception):
    """A table of days off that cannot be true; says which key and why."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}" if key else reason)
        self.key, self.reason = key, reason


def read(tables: Mapping[str, Any]) -> Calendar:
    """The days of all years told. Raises: BadCalendar."""
    years = sorted(_year(key) for key in tables)
    _no_year_between(years)
    holidays: set[date] = set()
    workdays: set[date] = set()
    for year in years:
        off, worked = _days_of(year, tables[str(year)])
        _check(year, off, worked)
        holidays |= off
        workdays |= worked
    return Calendar(frozenset(years), frozenset(holidays), frozenset(workdays))


def _year(key: str) -> int:
    if not re.fullmatch(r"\d{4}", key, re.ASCII):
        raise BadCalendar(key, "a table is named after a year, such as [2027]")
    year = int(key)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadCalendar(key, f"this is no year between {FIRST_YEAR} and {LAST_YEAR}")
    if year > LAST_KNOWN + MOST_AHEAD:
        raise BadCalendar(key, f"no notice tells of {year} yet; the program knows the years until {LAST_KNOWN}")
    return year


def _no_year_between(years: list[int]) -> None:
    """Deadlines run on from year to year: one that nobody told of would be guessed between two that are sure."""
    ahead = [year for year in years if year > LAST_KNOWN]
    for before, year in zip((LAST_KNOWN, *ahead), ahead, strict=False):
        if year != before + 1:
            raise BadCalendar(str(year), f"{before + 1} is missing before it; a calendar has no gap")


def _days_of(year: int, table: Any) -> tuple[set[date], set[date]]:
    if not isinstance(table, dict):
        raise BadCalendar(str(year), "this must be a table with holidays and workdays")
    if strange := sorted(set(table) - set(KEYS)):
        raise BadCalendar(f"{year}.{strange[0]}", f"there is no such key; there are {' and '.join(KEYS)}")
    if "holidays" not in table:
        raise BadCalendar(f"{year}.holidays", "this key is missing")
    off, worked = (_dates(year, key, table.get(key, [])) for key in KEYS)
    return off, worked


def _dates(year: int, key: str, told: Any) -> set[date]:
    where = f"{year}.{key}"
    if not isinstance(told, list):
        raise BadCalendar(where, f"this must be a list of dates, as in [{year}-10-01]")
    days: set[date] = set()
    for each in told:
        day = _date(where, each)
        if day.year != year:
            raise BadCalendar(where, f"{day} is not in {year}")
        if day in days:
            raise BadCalendar(where, f"{day} stands there twice")
        days.add(day)
    return days


def _date(where: str, told: Any) -> date:
    if isinstance(told, date) and not isinstance(told, datetime):
        return told
    try:
        return date.fromisoformat(told)
    except (TypeError, ValueError):
        raise BadCalendar(where, f"{told!r} is no date; write it like 2027-10-01") from None


def _check(year: int, off: set[date], worked: set[date]) -> None:
    """Raises: BadCalendar."""
    if both := sorted(off & worked):
        raise BadCalendar(f"{year}.workdays", f"{both[0]} is a day off under holidays too; the two overlap")
    if weekdays := [day for day in sorted(worked) if not is_weekend(day)]:
        raise BadCalendar(
            f"{year}.workdays", f"{weekdays[0]} is no Saturday or Sunday; people work then anyway: leave it out"
        )
    if lacking := [day for day in sorted(date(year, *each) for each in FIXED_HOLIDAYS) if day not in off]:
        raise BadCalendar(f"{year}.holidays", f"{lacking[0]} is a day off by law and is missing; the list has a gap")
    for day in sorted(off):
        between = day + _DAY
        if between not in off and between + _DAY in off and not is_weekend(between):
            raise BadCalendar(f"{year}.holidays", f"{between} is missing between two days off; the list has a gap")
