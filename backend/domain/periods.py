"""Stretches of days that are counted together and compared: day, week, month, quarter, half-year, year, or any two days.

Days are local. A period that still runs is compared with the same stretch of
the one before: the first twelve days of a month with the first twelve of the
last. A period of two days of one's own choice is compared with as many days
just before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CUSTOM = "custom"
KINDS: dict[str, tuple[str, str]] = {
    "day": ("日", "Day"),
    "week": ("周", "Week"),
    "month": ("月", "Month"),
    "quarter": ("季度", "Quarter"),
    "half": ("半年", "Half-year"),
    "year": ("年", "Year"),
    CUSTOM: ("自选日期", "Days of your choice"),
}
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
A_DAY = timedelta(days=1)
EARLIEST = date(2000, 1, 1)
LONGEST = 3660
"""Days of a period of one's own choice: ten years."""


class BadPeriod(ValueError):
    """There is no such period to count; ``zh`` says why in Chinese."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.zh = zh


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both included."""

    first: date
    last: date
    kind: str = CUSTOM

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def upto(self, today: date) -> Period:
        """As much of it as has been; its last day is today while it runs."""
        return Period(self.first, min(self.last, today), self.kind)

    def before(self) -> Period:
        """The whole one before it."""
        if self.kind == CUSTOM:
            return Period(self.first - self.days * A_DAY, self.first - A_DAY)
        return holding(self.kind, self.first - A_DAY)

    def compared(self, today: date) -> tuple[Period, Period]:
        """What has been of it, and the same stretch of the one before, no longer than that one was."""
        now, then = self.upto(today), self.before()
        if now == self:
            return now, then
        last = min(then.last, then.first + (now.days - 1) * A_DAY)
        return now, Period(then.first, last, self.kind)

    def parts(self, kind: str) -> Iterator[Period]:
        """The days, weeks or months in it, the first and the last cut to it."""
        day = self.first
        while day <= self.last:
            whole = holding(kind, day)
            yield Period(day, min(whole.last, self.last), kind)
            day = whole.last + A_DAY


def holding(kind: str, day: date) -> Period:
    """The day, week (from Monday), month … that this day is in. Raises: BadPeriod: there is no such kind."""
    if kind == "day":
        return Period(day, day, kind)
    if kind == "week":
        monday = day - day.weekday() * A_DAY
        return Period(monday, monday + 6 * A_DAY, kind)
    if kind not in MONTHS:
        known = ", ".join(KINDS)
        raise BadPeriod(f"there is no period {kind!r}; choose one of {known}", f"没有“{kind}”这种时段，请重新选择。")
    size = MONTHS[kind]
    first = date(day.year, (day.month - 1) // size * size + 1, 1)
    ends = first.year * 12 + first.month - 1 + size
    return Period(first, date(ends // 12, ends % 12 + 1, 1) - A_DAY, kind)


def chosen(kind: str, first: date, last: date | None = None, *, today: date) -> Period:
    """The period of that kind with *first* in it; of one's own choice, from *first* to *last*.

    Raises: BadPeriod: it is reversed, still to come, or longer or older than is counted.
    """
    if kind == CUSTOM:
        last = first if last is None else last
        if last < first:
            raise BadPeriod(
                f"the last day, {last}, is before the first, {first}",
                f"结束日期（{last}）早于开始日期（{first}），请对调。",
            )
        found = Period(first, last)
        if found.days > LONGEST:
            raise BadPeriod(f"{found.days} days are too many; {LONGEST} at most", "时段最长十年，请缩短。")
    else:
        found = holding(kind, first) if EARLIEST <= first < date(9990, 1, 1) else Period(first, first, kind)
    if found.first < EARLIEST:
        raise BadPeriod(f"nothing is counted before {EARLIEST}", f"{EARLIEST} 以前没有统计，请选晚一点的日期。")
    if found.first > today:
        raise BadPeriod(f"{found.first} is still to come", f"{found.first} 还没有到，请选今天或以前的日期。")
    return found


def read(told: str) -> date:
    """A day as it is written in addresses. Raises: BadPeriod."""
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise BadPeriod(f"{told[:20]!r} is no day; write it as in 2026-11-21", "日期请写成 2026-11-21 这样。") from None
