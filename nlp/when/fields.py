"""What a run of characters about time fixes: a reader for each rule of ``when_grammar``.

A reader takes the match of its rule and gives fields, or None where the match
only looked like a time.
"""

from __future__ import annotations

import re
from typing import TypedDict

from nlp.when import words


class Fields(TypedDict, total=False):
    """What an expression fixes; a shift counts from now (去年: year_shift -1)."""

    every: str  # day, week, month, year: it recurs
    years: tuple[int, int]  # a decade or century: first year and the one after the last
    century: int  # years from 上世纪 or 本世纪, which need now
    year: int
    year_shift: int
    season: str
    half: int  # of the year, the month or the week: 1 or 2
    half_of: str
    quarters: tuple[int, int]  # first and last
    quarter_shift: int
    lunar: bool
    month: int
    leap: bool
    month_shift: int
    nth_week: int
    week_shift: int
    weekday: int  # 0 Monday; 7 the weekend
    weekday_nth: int  # of the month; -1 the last
    day: int
    day_shift: int
    edge: tuple[str, int, str]  # (head or tail, how many, of which unit) of the month or year
    piece: str  # 初, 中, 底, 上旬, 中旬, 下旬 of the year, quarter or month
    holiday: str
    days_off: bool  # its whole holiday
    term: str
    part: str
    hour: int
    hour_to: int
    minute: int
    second: int
    spans: tuple[tuple[float, str], ...]  # a duration: amounts and their units
    vague: str
    soft: bool  # alone it may mean something else


def stamp(m: re.Match[str]) -> Fields | None:
    """2026-11-03, 2026.11.3 8:05, 2018-12-1209:03."""
    fits = int(m[3]) <= 12 and m[2] == m[4]
    if not fits:
        return None
    out: Fields = {"year": int(m[1]), "month": int(m[3]), "day": int(m[5])}
    if m[6]:
        out |= {"hour": int(m[6]), "minute": int(m[7])}
    if m[8]:
        out["second"] = int(m[8])
    return out


def packed(m: re.Match[str]) -> Fields:
    """20261103."""
    return {"year": int(m[1]), "month": int(m[2]), "day": int(m[3])}


def year_month(m: re.Match[str]) -> Fields | None:
    """2026.11, 2026-11."""
    return {"year": int(m[1]), "month": int(m[2])} if 1 <= int(m[2]) <= 12 else None


def foreign(m: re.Match[str]) -> Fields | None:
    """13.5.2015: day, month, year."""
    fits = 1 <= int(m[3]) <= 12 and m[2] == m[4]
    return {"year": int(m[5]), "month": int(m[3]), "day": int(m[1])} if fits else None


def slash(m: re.Match[str]) -> Fields | None:
    """11/3, 6·30; 11.3 only where a time may begin, since it is a price or a measure elsewhere."""
    if m[2] == "." and not re.search(
        r"(?:^|[在于从自到至我,。;、!?\"“(\s])$", m.string[max(0, m.start() - 1) : m.start()]
    ):
        return None
    return {"month": int(m[1]), "day": int(m[3]), "soft": True}


def colon(m: re.Match[str]) -> Fields:
    """23:10, 9:30:15."""
    out: Fields = {"hour": int(m[1]), "minute": int(m[2])}
    if m[3]:
        out["second"] = int(m[3])
    return out


def _years(text: str) -> int:
    """A year in four or two places. Two stand for this century up to 39."""
    year = words.whole(text) if text.isascii() else int("".join(str(words.DIGITS[c]) for c in text))
    return year if len(text) == 4 else year + (2000 if year < 30 else 1900)


def _with_piece(out: Fields, piece: str | None) -> Fields:
    if piece:
        out["piece"] = {"末": "底", "尾": "底", "终": "底", "伊始": "初", "开头": "初"}.get(piece, piece)
    return out


def year4(m: re.Match[str]) -> Fields:
    """2026年, 二零二六年底."""
    return _with_piece({"year": _years(m[1])}, m[2])


def year2(m: re.Match[str]) -> Fields | None:
    """07年 is a year and 13年了 a duration; 五六年 is five or six years unless a month follows."""
    text, sure = m[1], bool(m[2] or m[3])
    pair = not text.isascii() and (words.number(text) or 0) % 1 > 0
    lead = m.string[max(0, m.start() - 1) : m.start()]
    if not sure and (pair or (text[0] not in "0零9八九" and not (lead in "在于从自到至是们我" and not m[4]))):
        return None
    if not text.isascii() and text[1] == "零" and not sure:
        return None
    return _with_piece({"year": _years(text)}, m[2])


def bare_year(m: re.Match[str]) -> Fields:
    """1995 in 1995-1997年."""
    return {"year": _years(m[1])}


def rel_year(m: re.Match[str]) -> Fields:
    """去年, 今年初."""
    return _with_piece({"year_shift": words.YEAR_SHIFTS[m[1]]}, m[2])


def century(m: re.Match[str]) -> Fields | None:
    """上世纪80年代, 十九世纪七十年代, 90年代末, 11世纪初."""
    age, decade = m[1], m[2]
    tens = words.whole(decade) if decade else 0
    span = (tens, tens + 10) if decade else (0, 100)
    if age in {"上", "本"}:
        return _with_piece({"century": -100 if age == "上" else 0, "years": span}, m[3])
    base = (words.whole(age) - 1) * 100 if age else 1900 if tens >= 30 else 2000
    return _with_piece({"years": (base + span[0], base + span[1])}, m[3]) if 0 < base < 9000 else None


def season(m: re.Match[str]) -> Fields:
    """夏天, 暑假, 上学期."""
    return {"season": m[0]}


def half(m: re.Match[str]) -> Fields:
    """上半年, 下半月."""
    return {"half": 1 if m[1] in "上前" else 2, "half_of": m[2]}


def quarter(m: re.Match[str]) -> Fields:
    """第三季度, 前三季度, 四季度初."""
    last = 1 if m[2] == "首" else words.whole(m[2])
    return _with_piece({"quarters": (1 if m[1] == "前" else last, last)}, m[3])


def rel_quarter(m: re.Match[str]) -> Fields:
    """上个季度."""
    return {"quarter_shift": words.STEP_SHIFTS[m[1]]}


LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}


def month(m: re.Match[str]) -> Fields | None:
    """9月, 9月底, 9月3日, 1月3, 二月十五 (lunar: Chinese numerals with a day that lacks its 日), 腊月廿三, 闰四月."""
    name, piece, day, unit = m[2], m[3], m[4], m[5]
    number = LUNAR_MONTHS.get(name) or words.whole(name)
    if not 1 <= number <= 12:
        return None
    out: Fields = {"month": number}
    if m[1]:
        out["leap"] = True
    if day:
        out["day"] = _lunar_day(day)
        if not 1 <= out["day"] <= 31:
            return None
    if (
        m[1]
        or name in LUNAR_MONTHS
        or (day and not unit and not (name + day).isascii() and not re.search(r"\d", name + day))
    ):
        out["lunar"] = True
    return _with_piece(out, piece)


def _lunar_day(text: str) -> int:
    if text[0] == "廿":
        return 20 + words.DIGITS.get(text[1:], 0)
    return words.whole(text.removeprefix("初"))


def rel_month(m: re.Match[str]) -> Fields:
    """上个月, 本月底."""
    return _with_piece({"month_shift": words.STEP_SHIFTS[m[1]]}, m[2])


def piece(m: re.Match[str]) -> Fields:
    """月初, 年底 of the current one."""
    shift: Fields = {"month_shift": 0} if m[1] == "月" else {"year_shift": 0}
    return _with_piece(shift, m[2])


def day(m: re.Match[str]) -> Fields | None:
    """3号, 三日; 一日 and 两日 are durations."""
    value = words.whole(m[1])
    if not 1 <= value <= 31 or (m[2] == "日" and m[1] in {"一", "两"}):
        return None
    return {"day": value}


def early_lunar(m: re.Match[str]) -> Fields:
    """大年初一, 年初三."""
    return {"lunar": True, "month": 1, "day": _lunar_day(m[1])}


def late_lunar(m: re.Match[str]) -> Fields:
    """廿三."""
    return {"lunar": True, "day": _lunar_day(m[0])}


def rel_day(m: re.Match[str]) -> Fields:
    """昨天, 大前天; 当天 and 次日 point into the story, so alone they are soft."""
    out: Fields = {"day_shift": words.DAY_SHIFTS[m[1]]}
    if m[1] in {"当", "次", "隔", "本"}:
        out["soft"] = True
    return out


PART_NAMES = {
    "夜": "夜里", "早": "早上", "晨": "清晨", "晚": "晚上", "午": "中午", "黑": "晚上", "黑了": "晚上", "黑儿": "晚上",
}  # fmt: skip
"""Short and spoken names of the parts of a day, as ``when_words.PARTS`` has them."""


def rel_part(m: re.Match[str]) -> Fields:
    """昨晚, 今早."""
    part = PART_NAMES.get(m[2], m[2])
    return {"day_shift": words.DAY_SHIFTS[m[1]], "part": part}


def weekday(m: re.Match[str]) -> Fields:
    """周三, 上上周五, 每周日, 下周末."""
    out: Fields = {"weekday": 7 if m[2] == "末" else words.WEEKDAYS[m[2]]}
    step = m[1].removesuffix("个")
    if step == "每":
        out["every"] = "week"
    elif step:
        out["week_shift"] = words.STEP_SHIFTS[step]
    return out


def nth_weekday(m: re.Match[str]) -> Fields:
    """第一个周二, 最后一个周三."""
    return {"weekday_nth": words.whole(m[1]) if m[1] else -1, "weekday": words.WEEKDAYS[m[2]]}


def rel_week(m: re.Match[str]) -> Fields:
    """上周, 这个星期."""
    return {"week_shift": words.STEP_SHIFTS[m[1]]}


def nth_week(m: re.Match[str]) -> Fields:
    """第三周."""
    return {"nth_week": words.whole(m[1])}


def edge(m: re.Match[str]) -> Fields:
    """前两天, 最后五天, 前十一个月, 首月."""
    unit = {"个月": "月", "个星期": "周", "星期": "周", "日": "天"}.get(m[4], m[4])
    return {"edge": ("tail" if m[1] in {"最后", "后"} else "head", 1 if m[3] else words.whole(m[2]), unit)}


_BEFORE_A_FEAST = "过放等到从在去今明前后是就于至逢每"


def holiday(m: re.Match[str]) -> Fields | None:
    """国庆, 春节期间, 清明假; 五一 alone may be a road, so it is soft; 赵国庆 and nothing else is a person."""
    alone = m.start() == 1 and not m.string[m.end() :].strip(" 。.!，,")
    if m[0] == "国庆" and alone and m.string[0] not in _BEFORE_A_FEAST:
        return None
    out: Fields = {"holiday": m[1]}
    if m[2] in {"假期", "假", "期间", "长假", "黄金周", "小长假"}:
        out["days_off"] = True
    elif m[1] in words.NUMERIC_FEASTS and not m[0].endswith("节") and m[2] is None:
        out["soft"] = True
    return out


def term(m: re.Match[str]) -> Fields:
    """立秋, 夏至."""
    return {"term": m[1]}


def part(m: re.Match[str]) -> Fields:
    """A part of the day; one character counts only in company (6月3日早, 晚八点)."""
    return {"part": m[1], "soft": True} if len(m[1]) == 1 else {"part": m[1]}


def clock(m: re.Match[str]) -> Fields | None:
    """八点半, 11点多, 两三点, 20时1刻, 7点09分18秒. A bare one-figure 点 or Chinese 时 is soft: 有一点, 及时."""
    first, text = m[1], m[2]
    hour = words.whole(text)
    if hour > 24 or (first and words.DIGITS[first] + 1 != hour):
        return None
    out: Fields = {"hour": words.DIGITS[first] if first else hour}
    if first:
        out["hour_to"] = hour
    minute = 30 if m[4] else words.whole(m[5]) * 15 if m[5] else words.whole(m[6]) if m[6] else None
    if minute is not None:
        if minute > 59:
            return None
        out["minute"] = minute
    if m[7]:
        out["second"] = words.whole(m[7])
    plain = minute is None and not m[3].endswith(("钟", "整")) and not m[8]
    if plain and (
        (m[3] == "点" and text in {"一", "1", "零"}) or (m[3] == "时" and not text.isascii() and len(text) == 1)
    ):
        out["soft"] = True
    return out


def hour_only(m: re.Match[str]) -> Fields | None:
    """9 in 9~12点."""
    return {"hour": words.whole(m[1])} if words.whole(m[1]) <= 24 else None


def duration(m: re.Match[str]) -> Fields | None:
    """三天, 一个半月, 两年半, 15个工作日."""
    amount, unit = words.number(m[1]), m[5]
    if amount is None or (unit == "月" and not m[2] and m[1] not in {"仨", "俩"}):
        return None
    amount += 0.5 if m[3] or m[6] else 0
    if m[4]:
        amount *= 7 / 5  # working days
    return {"spans": ((amount, words.SAME_UNIT.get(unit, unit)),)}


def half_unit(m: re.Match[str]) -> Fields:
    """半年, 半个多月."""
    return {"spans": ((0.5, words.SAME_UNIT.get(m[1], m[1])),)}


def last_unit(m: re.Match[str]) -> Fields:
    """上个小时."""
    return {"spans": ((1.0, words.SAME_UNIT.get(m[2], m[2])),)}


def every(m: re.Match[str]) -> Fields:
    """每天, 每个月, 每晚."""
    for key, unit in (("年", "year"), ("月", "month"), ("周", "week"), ("星期", "week"), ("礼拜", "week")):
        if key in m[0]:
            return {"every": unit}
    if m[0] in {"每晚", "夜夜"}:
        return {"every": "day", "part": "晚上"}
    return {"every": "day"}


def announce(_: re.Match[str]) -> Fields:
    """一到, 每逢: announces what recurs."""
    return {"every": ""}


def vague(m: re.Match[str]) -> Fields:
    """最近, 前几天, 刚才."""
    return {"vague": m[0]}


def lunar_mark(_: re.Match[str]) -> Fields:
    """农历, before or after the year."""
    return {"lunar": True}
