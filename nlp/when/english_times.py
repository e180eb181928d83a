"""Which runs of an English text speak of time, and what each fixes; ``english_when`` joins and resolves them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from nlp.when.fields import Fields

MONTHS = {
    name: i + 1
    for i, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sept sep",
         "october oct", "november nov", "december dec")
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: i
    for i, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday wed",
            "thursday thurs thur thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
PARTS = {
    "morning": "上午",
    "afternoon": "下午",
    "evening": "晚上",
    "night": "晚上",
    "noon": "中午",
    "midnight": "半夜",
    "dawn": "凌晨",
}
"""Parts of the day, as ``when_words`` names them."""

UNITS = {
    "second": "秒",
    "minute": "分钟",
    "min": "分钟",
    "hour": "小时",
    "day": "天",
    "night": "天",
    "week": "周",
    "month": "月",
    "year": "年",
}
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "a couple of": 2, "couple of": 2, "a few": 3, "few": 3, "several": 4, "half a": 0.5, "half an": 0.5,
}  # fmt: skip

_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b(?:\.(?= ?\d))?"
_WEEKDAY = "(?:" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + r")\b"
_NUMBER = r"(?:\d{1,3}(?:\.5)?|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"
_UNIT = r"(?:second|minute|min|hour|day|night|week|month|year)s?"
_PART = r"(?:morning|afternoon|evening|night)"
_ORDINAL = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s?(?P<{}>20\d\d))?"


class Atom(NamedTuple):
    """A run of the text, what it fixes, and what it is: a point, or a reach from or up to now."""

    start: int
    end: int
    fields: Fields
    spans: tuple[tuple[float, str], ...] = ()
    reach: str = ""  # ago, lasting


RULES = (
    ("ago", rf"(?P<ago_n>{_NUMBER}) (?P<ago_u>{_UNIT}) (?:ago|before|back)\b|the other day\b"),
    (
        "lasting",
        rf"(?:for (?:about |over |more than |nearly |almost )?(?:the (?:past|last) )?|(?:the|these|in the) (?:past|last) |over the (?:past|last) )(?P<for_n>{_NUMBER}) (?P<for_u>{_UNIT})\b(?: now)?",
    ),
    ("iso", r"(?P<iso_y>20\d\d)[-/.](?P<iso_m>\d{1,2})[-/.](?P<iso_d>\d{1,2})"),
    ("day_month", rf"(?:the )?(?P<dm_d>{_ORDINAL})(?: of)? (?P<dm_m>{_MONTH}){_YEAR.format('dm_y')}"),
    ("month_day", rf"(?P<md_m>{_MONTH}) (?:the )?(?P<md_d>{_ORDINAL})\b(?!:| ?[ap]\.?m){_YEAR.format('md_y')}"),
    ("month", rf"(?:(?P<last_m>last) |in |since )(?P<m>{_MONTH}){_YEAR.format('m_y')}"),
    (
        "every",
        rf"(?:every|each)(?: single)? (?P<every>day|night|morning|afternoon|evening|week|weekend|month|year|{_WEEKDAY})(?: (?P<every_p>{_PART}))?|\b(?:daily|nightly|all day|day and night|all the time)\b",
    ),
    (
        "relative",
        rf"(?P<rel>the day before yesterday|yesterday|today|last night|tonight|this (?P<this_p>morning|afternoon|evening))(?: (?P<rel_p>{_PART}))?",
    ),
    ("week", r"(?P<w>last|this|the past|past) (?P<w_u>week(?:end)?|month|year)\b"),
    ("weekday", rf"(?:on )?(?:(?P<wd_l>last|this|past) )?(?P<wd>{_WEEKDAY})(?: (?P<wd_p>{_PART}))?(?P<wd_s>s\b)?"),
    (
        "clock",
        r"(?P<h>[01]?\d|2[0-4])(?:[:.](?P<mi>[0-5]\d))?\s?(?P<ap>[ap](?:m\b|\.m\.?))|(?P<h24>[01]?\d|2[0-3]):(?P<mi24>[0-5]\d)|(?P<oc>1[0-2]|[1-9]) o'?clock|(?P<word>noon|midnight)\b",
    ),
    (
        "hour",
        r"(?:at|after|past|until|till|around|about|by|before) (?P<bare>1[0-2]|[1-9])(?![\d:.,]?\d| ?[ap]\.?m\b| ?o'?clock| ?(?:%|[a-z]*(?:road|street|yuan|rmb|people|times|days|hours|weeks|months|minutes|years|building|floor)))\b",
    ),
    (
        "part",
        rf"(?:in the |at )(?P<part>{_PART})|(?P<late>late at night|all night|overnight|in the middle of the night)",
    ),
    ("year", r"(?:in|since) (?P<y>20\d\d)\b"),
    ("now", r"(?P<vague>recently|lately|these days|just now|a moment ago)\b"),
)
_SCAN = re.compile("|".join(f"(?P<{name}_>(?<![\\w-])(?:{pattern}))" for name, pattern in RULES), re.IGNORECASE)


def atoms(text: str, now: datetime) -> Iterator[Atom]:
    """The atoms of *text*, in order, without overlap."""
    for m in _SCAN.finditer(text):
        if (atom := _atom(m, now)) is not None:
            yield atom


def is_time(text: str) -> bool:
    """Whether *text* is a time and little else."""
    return sum(m.end() - m.start() for m in _SCAN.finditer(text)) * 2 >= len(text.strip()) > 0


def _atom(m: re.Match[str], now: datetime) -> Atom | None:
    rule = next(name for name, _ in RULES if m[f"{name}_"] is not None)
    if rule in {"ago", "lasting"}:
        amount, unit = (m["ago_n"], m["ago_u"]) if rule == "ago" else (m["for_n"], m["for_u"])
        if amount is None:
            return Atom(m.start(), m.end(), {}, ((3.0, "天"),), rule)
        return Atom(m.start(), m.end(), {}, ((_number(amount), UNITS[unit.lower().removesuffix("s")]),), rule)
    fields = _READERS[rule](m, now)
    return Atom(m.start(), m.end(), fields) if fields else None


def _number(text: str) -> float:
    return float(NUMBERS.get(text.lower(), 0) or text)


def _month_of(text: str) -> int:
    return MONTHS[text.lower().rstrip(".")]


def _ordinal(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _with_part(fields: Fields, part: str | None) -> Fields:
    if part:
        fields["part"] = PARTS[part.lower()]
    return fields


def _iso(m: re.Match[str], _now: datetime) -> Fields:
    return {"year": int(m["iso_y"]), "month": int(m["iso_m"]), "day": int(m["iso_d"])}


def _dated(month: str, day: str, year: str | None) -> Fields:
    fields: Fields = {"month": _month_of(month), "day": _ordinal(day)}
    if year:
        fields["year"] = int(year)
    return fields


def _day_month(m: re.Match[str], _now: datetime) -> Fields:
    return _dated(m["dm_m"], m["dm_d"], m["dm_y"])


def _month_day(m: re.Match[str], _now: datetime) -> Fields:
    return _dated(m["md_m"], m["md_d"], m["md_y"])


def _month(m: re.Match[str], _now: datetime) -> Fields:
    fields: Fields = {"month": _month_of(m["m"])}
    if m["m_y"]:
        fields["year"] = int(m["m_y"])
    return fields


def _every(m: re.Match[str], _now: datetime) -> Fields:
    what = (m["every"] or "day").lower()
    if what in WEEKDAYS:
        return _with_part({"every": "week", "weekday": WEEKDAYS[what]}, m["every_p"])
    if what in PARTS:
        return {"every": "day", "part": PARTS[what]}
    if m[0].lower() == "nightly":
        return {"every": "day", "part": "晚上"}
    if what == "weekend":
        return {"every": "week", "weekday": 7}
    return {"every": what}


def _relative(m: re.Match[str], _now: datetime) -> Fields:
    told = m["rel"].lower()
    if m["this_p"]:
        return _with_part({"day_shift": 0}, m["this_p"])
    if told in {"last night", "tonight"}:
        return {"day_shift": -1 if told == "last night" else 0, "part": "晚上"}
    return _with_part({"day_shift": {"yesterday": -1, "today": 0}.get(told, -2)}, m["rel_p"])


def _week(m: re.Match[str], _now: datetime) -> Fields:
    shift, unit = 0 if m["w"].lower() == "this" else -1, m["w_u"].lower()
    if unit == "weekend":
        return {"weekday": 7, "week_shift": shift}
    return (
        {"week_shift": shift}
        if unit == "week"
        else {"month_shift": shift}
        if unit == "month"
        else {"year_shift": shift}
    )


TITLE = re.compile(r"\b(?:mr|mrs|ms|miss|dr|prof|teacher|manager|is|am|i'm)\.? $", re.IGNORECASE)
GIVEN = re.compile(rf" (?!{_MONTH}|(?i:morning|afternoon|evening|night)\b)[A-Z][a-z]+")
"""What stands before and behind a Sun who is somebody."""


def _weekday(m: re.Match[str], now: datetime) -> Fields | None:
    name = m["wd"].lower()
    if name in {"sun", "sat", "mon", "wed"} and m["wd"][0].islower():
        return None  # the sun, sat, wed
    if name == "sun" and (TITLE.search(m.string[: m.start()]) or GIVEN.match(m.string, m.end())):
        return None  # Mr Sun, Sun Wei
    fields: Fields = {"weekday": WEEKDAYS[name]}
    if m["wd_s"]:
        fields["every"] = "week"
    elif m["wd_l"] and m["wd_l"].lower() != "this" and now.weekday() == fields["weekday"]:
        fields["week_shift"] = -1
    return _with_part(fields, m["wd_p"])


def _clock(m: re.Match[str], _now: datetime) -> Fields:
    if m["word"]:
        return {"hour": 12 if m["word"].lower() == "noon" else 0}
    if m["oc"]:
        return {"hour": int(m["oc"])}
    if m["h24"]:
        return {"hour": int(m["h24"]), "minute": int(m["mi24"])}
    hour = int(m["h"]) % 12 + (12 if m["ap"][0].lower() == "p" else 0) if int(m["h"]) <= 12 else int(m["h"])
    return {"hour": hour, "minute": int(m["mi"])} if m["mi"] else {"hour": hour}


def _hour(m: re.Match[str], _now: datetime) -> Fields:
    return {"hour": int(m["bare"])}


def _part(m: re.Match[str], _now: datetime) -> Fields:
    if m["late"]:
        return {"part": "晚上", "every": "day"}
    return _with_part({}, m["part"])


def _year(m: re.Match[str], _now: datetime) -> Fields:
    return {"year": int(m["y"])}


def _vague(m: re.Match[str], _now: datetime) -> Fields:
    return {"vague": "刚才" if m["vague"].lower() in {"just now", "a moment ago"} else "最近"}


_READERS: dict[str, Callable[[re.Match[str], datetime], Fields | None]] = {
    "iso": _iso, "day_month": _day_month, "month_day": _month_day, "month": _month, "every": _every, "relative": _relative,
    "week": _week, "weekday": _weekday, "clock": _clock, "hour": _hour, "part": _part, "year": _year, "now": _vague,
}  # fmt: skip
