"""From what an expression fixes to a stretch of time.

Intervals are [start, end). A complaint speaks of the past: what leaves the
year, month or day open is the latest that has begun (``past=True``); without
that it lies in the year, month, week or day of ``now``. Weeks begin on Monday.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Protocol

from nlp.when import lunar, words
from nlp.when.span import Days, Span, month_days

if TYPE_CHECKING:
    from collections.abc import Callable

    from nlp.when.fields import Fields


class Level(Protocol):
    """Reads one level of a calendar: what *f* means on the day *today*."""

    def __call__(self, f: Fields, today: date, *, past: bool) -> Days | None:
        """None where there is no such day."""


PIECES_OF_MONTH = {"初": (1, 6), "上旬": (1, 11), "中": (11, 21), "中旬": (11, 21), "下旬": (21, 32), "底": (25, 32)}
PIECES_OF_YEAR = {"初": (1, 2), "中": (6, 8), "底": (11, 13)}
EARLY = 5
"""At night, hours below this are the next morning's: 晚上四点 is four o'clock, 晚上五点 is seventeen."""


def resolve(f: Fields, now: datetime, *, past: bool = True) -> Span | None:
    """The stretch of time that *f* means; None where there is no such day (2月30日)."""
    try:
        return _resolve(f, now, past=past)
    except (ValueError, OverflowError):
        return None


def _resolve(f: Fields, now: datetime, *, past: bool) -> Span | None:
    if "vague" in f and "part" not in f:
        back, precision = words.VAGUE[f["vague"]]
        return Span(now - timedelta(days=back), now, precision)
    today = now.date()
    days = _days(f, today, past=past)
    if days is None:
        return None
    if "part" not in f and "hour" not in f:
        return Span(_at(now, days.first), _at(now, days.end), days.precision)
    if days.precision in {"month", "year"}:
        return Span(_at(now, days.first), _at(now, days.end), days.precision)
    span = _clock(f, now, days)
    floating = not FIXES_DAY & f.keys()
    late_night = (
        f.get("day_shift") == 0 and f.get("part") in words.NIGHT and (now.hour < EARLY or span.start.date() > today)
    )
    if past and span.start > now and f.keys() & {"weekday", "day"} and not f.keys() & SHIFTED:
        before = _days(f, today - timedelta(days=1), past=past)  # 周六晚十点, said on a Saturday morning
        span = _clock(f, now, before) if before else span
    if past and span.start > now and (floating or late_night):
        day = timedelta(days=1)
        span = Span(span.start - day, span.end - day, span.precision)
    return span


SHIFTED = frozenset({"day_shift", "week_shift", "month_shift", "year_shift", "year", "lunar"})
"""What counts from now, or leaves nothing open."""
FIXES_DAY = frozenset({
    "years", "year", "year_shift", "month", "month_shift", "week_shift", "weekday", "day", "day_shift", "holiday", "term",
    "season", "nth_week", "weekday_nth", "vague",
})  # fmt: skip


def _at(now: datetime, day: date, hours: float = 0) -> datetime:
    return datetime.combine(day, time(), now.tzinfo) + timedelta(hours=hours)


def _clock(f: Fields, now: datetime, days: Days) -> Span:
    part = f.get("part", "")
    if "hour" not in f:
        start, end = words.PARTS[part]
        last = days.end - timedelta(days=1)
        return Span(_at(now, days.first, start), _at(now, last, end), "part")
    hour = _hour(f["hour"], part)
    start_at = _at(now, days.first, hour) + timedelta(minutes=f.get("minute", 0), seconds=f.get("second", 0))
    if "second" in f:
        return Span(start_at, start_at + timedelta(seconds=1), "minute")
    if "minute" in f:
        return Span(start_at, start_at + timedelta(minutes=1), "minute")
    return Span(start_at, start_at + timedelta(hours=1 + max(0, f.get("hour_to", 0) - f["hour"])), "hour")


def _hour(hour: int, part: str) -> int:
    """Hours from the midnight that begins the day: 下午三点 15, 晚上十二点 24, 半夜两点 26."""
    if hour > 12:
        return hour
    if part in words.NIGHT and hour == 12:
        return 24
    if part in words.NIGHT and hour < EARLY + (words.PARTS[part][0] > 18):
        return hour + 24
    small = hour < (
        12 if part in words.AFTERNOON else 5 if words.PARTS.get(part, (0, 0))[0] in {11, 12} or part == "白天" else 0
    )
    if small:
        return hour + 12
    return 0 if hour == 12 and part == "凌晨" else hour


def _days(f: Fields, today: date, *, past: bool) -> Days | None:
    if "half" in f:
        rule = _HALVES[f["half_of"]]
        return rule(f, today, past=past)
    for keys, rule in _LEVELS:
        if keys & f.keys():
            return rule(f, today, past=past)
    return _one_day(today)


def _one_day(day: date) -> Days:
    return Days(day, day + timedelta(days=1), "day")


def _year(f: Fields, today: date) -> int | None:
    if "year" in f:
        return f["year"]
    return today.year + f["year_shift"] if "year_shift" in f else None


def _latest(f: Fields, today: date, build: Callable[[int], Days | None], *, past: bool) -> Days | None:
    """What *build* makes of the year told, or else of this year, or of last year where this one's is still to come."""
    year = _year(f, today)
    if year is not None:
        return build(year)
    this = build(today.year)
    return build(today.year - 1) if past and (this is None or this.first > today) else this


def _decade(f: Fields, today: date, *, past: bool) -> Days | None:  # noqa: ARG001 - one signature for all levels
    first, end = f["years"]
    if "century" in f:
        base = today.year // 100 * 100 + f["century"]
        first, end = base + first, base + end
    length = (end - first) // 5 if end - first > 10 else 3
    if f.get("piece") == "初":
        end = first + length
    elif f.get("piece") == "底":
        first = end - length
    return Days(date(first, 1, 1), date(end, 1, 1), "year")


def _feast(f: Fields, today: date, *, past: bool) -> Days | None:
    return _latest(f, today, lambda year: _feast_in(f, year), past=past)


def _feast_in(f: Fields, year: int) -> Days | None:
    name, length = f["holiday"], 1
    start: date | None
    if name in words.FIXED:
        month, day, length = words.FIXED[name]
        start = date(year, month, day)
    elif name in words.LUNAR:
        month, day, length = words.LUNAR[name]
        start = lunar.day(year, month, day)
        if start and name in {"春节", "过年"} and f.get("days_off"):
            start -= timedelta(days=1)  # the holiday begins on New Year's Eve
    elif name in words.TERM_FEASTS:
        start, length = lunar.term(year, name), words.TERM_FEASTS[name]
    else:
        month, nth, weekday = words.NTH_SUNDAY[name]
        start = _nth_weekday(date(year, month, 1), nth, weekday)
    if start is None:
        return None
    return Days(start, start + timedelta(days=length if f.get("days_off") else 1), "day")


def _nth_weekday(first: date, nth: int, weekday: int) -> date:
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _term(f: Fields, today: date, *, past: bool) -> Days | None:
    def build(year: int) -> Days | None:
        day = lunar.term(year, f["term"])
        return _one_day(day) if day else None

    return _latest(f, today, build, past=past)


def _lunar(f: Fields, today: date, *, past: bool) -> Days | None:
    def build(year: int) -> Days | None:
        leap = f.get("leap", False)
        month = f.get("month")
        if month is None:
            return None
        if "day" in f:
            day = lunar.day(year, month, f["day"], leap=leap)
            return _one_day(day) if day else None
        found = lunar.month(year, month, leap=leap)
        return Days(*found, "month") if found else None

    if "month" not in f and not f.keys() & {"year", "year_shift"}:
        return None
    return _latest(f, today, build, past=past)


def _week(f: Fields, today: date, *, past: bool) -> Days | None:
    monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * f.get("week_shift", 0))
    if "weekday" not in f:
        return _half_week(f, monday) if "half" in f else Days(monday, monday + timedelta(days=7), "week")
    weekend = f["weekday"] == 7
    day = monday + timedelta(days=5 if weekend else f["weekday"])
    if past and "week_shift" not in f and day > today:
        day -= timedelta(days=7)
    return Days(day, day + timedelta(days=2 if weekend else 1), "day")


def _half_week(f: Fields, monday: date) -> Days:
    middle = monday + timedelta(days=3)
    return Days(monday, middle, "week") if f["half"] == 1 else Days(middle, monday + timedelta(days=7), "week")


def _relative_day(f: Fields, today: date, *, past: bool) -> Days | None:  # noqa: ARG001 - one signature for all levels
    return _one_day(today + timedelta(days=f["day_shift"]))


def _month(f: Fields, today: date, *, past: bool) -> Days | None:
    if "month_shift" in f:
        year = _year(f, today) or today.year
        return _within_month(f, month_days(year, today.month + f["month_shift"]))
    if "month" in f:
        return _latest(f, today, lambda year: _within_month(f, month_days(year, f["month"])), past=past)
    month = month_days(today.year, today.month)
    if past and "day" in f and f["day"] > today.day:
        month = month_days(today.year, today.month - 1)
        if f["day"] > (month.end - month.first).days:
            month = month_days(today.year, today.month - 2)
    return _within_month(f, month)


def _within_month(f: Fields, month: Days) -> Days | None:
    first, length = month.first, (month.end - month.first).days
    if "day" in f:
        return _one_day(first.replace(day=f["day"])) if f["day"] <= length else None
    if "nth_week" in f:
        monday = _nth_weekday(first, f["nth_week"], 0)
        return Days(monday, monday + timedelta(days=7), "week")
    if "weekday_nth" in f:
        nth = f["weekday_nth"]
        day = _nth_weekday(first, nth, f["weekday"]) if nth > 0 else _nth_weekday(month.end, 0, f["weekday"])
        return _one_day(day)
    if "edge" in f:
        return _edge(f, month)
    if f.get("half_of") in {"月", "个月"}:
        middle = first + timedelta(days=15)
        return Days(first, middle, "week") if f["half"] == 1 else Days(middle, month.end, "week")
    if "piece" in f:
        start, end = PIECES_OF_MONTH[f["piece"]]
        return Days(first + timedelta(days=start - 1), min(first + timedelta(days=end - 1), month.end), "week")
    return month


def _edge(f: Fields, whole: Days) -> Days | None:
    """前两天, 最后五天, 前十一个月 of the month or year *whole*."""
    side, count, unit = f["edge"]
    if unit == "月":
        first = whole.first if side == "head" else month_days(whole.end.year, whole.end.month - count).first
        return Days(first, month_days(first.year, first.month + count).first, "month")
    length = timedelta(days=count * (7 if unit == "周" else 1))
    precision = "week" if unit == "周" else "day"
    return (
        Days(whole.first, whole.first + length, precision)
        if side == "head"
        else Days(whole.end - length, whole.end, precision)
    )


def _months_of_year(f: Fields, today: date, *, past: bool) -> Days | None:
    """Seasons, quarters and halves."""
    if "quarter_shift" in f:
        quarter = (today.month - 1) // 3 + f["quarter_shift"]
        return Days(
            month_days(today.year, quarter * 3 + 1).first, month_days(today.year, quarter * 3 + 4).first, "month"
        )
    return _latest(f, today, lambda year: _months_in(f, year, today), past=past)


def _months_in(f: Fields, year: int, today: date) -> Days | None:
    if "quarters" in f:
        first, last = f["quarters"][0] * 3 - 2, f["quarters"][1] * 3
        if f.get("piece") == "初":
            last = first
        elif f.get("piece") == "底":
            first = last
        return Days(month_days(year, first).first, month_days(year, last).end, "month")
    if "half" in f:
        first = 1 if f["half"] == 1 else 7
        return Days(month_days(year, first).first, month_days(year, first + 5).end, "month")
    name = f["season"]
    if name[0] in words.SEASONS and "学期" not in name:
        first, end = words.SEASONS[name[0]]
        return Days(month_days(year, first).first, month_days(year, end).first, "month")
    if name == "暑假":
        return Days(date(year, 7, 1), date(year, 9, 1), "month")
    if name == "寒假":
        return Days(date(year, 1, 15), date(year, 2, 20), "month")
    return _term_of_school(name, year, today)


def _term_of_school(name: str, year: int, today: date) -> Days:
    """School terms: March to 5 July, September to 20 January."""
    if name[0] in "春秋":
        spring = name[0] == "春"
        return (
            Days(date(year, 3, 1), date(year, 7, 6), "month")
            if spring
            else Days(date(year, 9, 1), date(year + 1, 1, 21), "month")
        )
    terms = [
        Days(date(y, m, 1), date(y + (m == 9), 7 if m == 3 else 1, 6 if m == 3 else 21), "month")
        for y in range(today.year - 1, today.year + 2)
        for m in (3, 9)
    ]
    current = max(i for i, t in enumerate(terms) if t.first <= today)
    return terms[max(0, current + {"上": -1, "下": 1}.get(name[0], 0))]


def _whole_year(f: Fields, today: date, *, past: bool) -> Days | None:  # noqa: ARG001 - one signature for all levels
    year = _year(f, today) or today.year
    whole = Days(date(year, 1, 1), date(year + 1, 1, 1), "year")
    if "nth_week" in f:
        monday = _nth_weekday(whole.first, f["nth_week"], 0)
        return Days(monday, monday + timedelta(days=7), "week")
    if "edge" in f:
        return _edge(f, whole)
    if "piece" in f and f["piece"] in PIECES_OF_YEAR:
        first, end = PIECES_OF_YEAR[f["piece"]]
        return Days(month_days(year, first).first, month_days(year, end).first, "month")
    return whole


def _vague(f: Fields, today: date, *, past: bool) -> Days | None:  # noqa: ARG001 - one signature for all levels
    back, _ = words.VAGUE[f["vague"]]
    return Days(today - timedelta(days=int(back)), today + timedelta(days=1), "day")


_LEVELS: tuple[tuple[frozenset[str], Level], ...] = (
    (frozenset({"years"}), _decade),
    (frozenset({"vague"}), _vague),
    (frozenset({"holiday"}), _feast),
    (frozenset({"term"}), _term),
    (frozenset({"lunar"}), _lunar),
    (frozenset({"day_shift"}), _relative_day),
    (frozenset({"weekday_nth", "month", "month_shift", "day"}), _month),
    (frozenset({"season", "quarters", "quarter_shift"}), _months_of_year),
    (frozenset({"nth_week", "year", "year_shift"}), _whole_year),
    (frozenset({"week_shift", "weekday"}), _week),
)
"""The first level that *f* speaks of decides."""

_HALVES: dict[str, Level] = {"年": _months_of_year, "月": _month, "个月": _month, "周": _week}
