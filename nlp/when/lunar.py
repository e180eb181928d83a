"""The Chinese lunar calendar from 1950 to 2050, and the solar terms people date by.

It converts days; which words mean which day is ``when_words``'s business.
"""

from __future__ import annotations

from datetime import date, timedelta

FIRST = 1950
_YEARS = (
    "2800536 1700aad 07515aa 25005b2 1400ba5 0431d4a 2300d4a 1180a95 2900a97 1900556 "
    "0860ab5 2600ad5 16006d2 0540ea5 2400ea5 130064a 0130c97 2000a9b 107155a 280056a "
    "1700b69 0751752 2600b52 1400b25 034164b 2200a4b 11814ab 29002ad 18005ad 0860b69 "
    "2700da9 1600d92 0541d25 2400d25 13a1a4d 3100a56 20002b6 09605b5 28006d5 1700ea9 "
    "0751e92 2600e92 1500d26 0330a56 2100a57 11814d6 300035a 18006d5 08516c9 2700749 "
    "1600693 044152b 230052b 1200a5b 022155a 200056a 0971b55 2900ba4 1800b49 0651a93 "
    "2500a95 140052d 0340aad 2100ab5 11915aa 30005d2 1900da5 0861d4a 2700d4a 1600c95 "
    "054152e 2300556 1200ab5 02215b2 21006d2 0960ea5 2800725 170064b 0650c97 2400cab "
    "140055a 0330ad6 2200b69 11b1752 3000b52 1900b25 0861a4b 2600a4b 15004ab 045055b "
    "23005ad 1200b6a 0221b52 2100d92 1071d25 2800d25 1700a55 06514ad 25004b6 13005b5 "
    "0330daa"
).split()
"""A word a year: days from 20 January to its new year, its leap month (hex, 0 none), and a bit a month, lowest first:
1 where the month has 30 days. The leap month stands after the month whose number it bears."""

TERMS = {
    "立春": (2, 3.87),
    "惊蛰": (3, 5.63),
    "春分": (3, 20.646),
    "清明": (4, 4.81),
    "谷雨": (4, 20.1),
    "立夏": (5, 5.52),
    "小满": (5, 21.04),
    "芒种": (6, 5.678),
    "夏至": (6, 21.37),
    "立秋": (8, 7.5),
    "处暑": (8, 23.13),
    "秋分": (9, 23.042),
    "霜降": (10, 23.438),
    "立冬": (11, 7.438),
    "冬至": (12, 21.94),
}
"""Solar terms of this century: month and the constant of the formula in ``term``; those that are also weather are left
out."""


def month(year: int, number: int, *, leap: bool = False) -> tuple[date, date] | None:
    """First day of a lunar month and of the one after it; None outside the table or where there is no such month."""
    if not (FIRST <= year < FIRST + len(_YEARS) and 1 <= number <= 12):
        return None
    row = _YEARS[year - FIRST]
    leap_month, bits = int(row[2], 16), int(row[3:], 16)
    if leap and leap_month != number:
        return None
    place = number - 1 + (leap or 0 < leap_month < number)
    start = date(year, 1, 20) + timedelta(days=int(row[:2]))
    for i in range(place):
        start += timedelta(days=29 + (bits >> i & 1))
    return start, start + timedelta(days=29 + (bits >> place & 1))


def day(year: int, number: int, of_month: int, *, leap: bool = False) -> date | None:
    """The solar date of a lunar day; day 30 of a month that has 29 is its last. None as in ``month``."""
    found = month(year, number, leap=leap)
    if found is None or not 1 <= of_month <= 30:
        return None
    start, end = found
    return min(start + timedelta(days=of_month - 1), end - timedelta(days=1))


def year_of(solar: date) -> int:
    """The lunar year a day falls into; the solar one outside the table."""
    found = month(solar.year, 1)
    return solar.year - 1 if found and solar < found[0] else solar.year


def term(year: int, name: str) -> date | None:
    """The day of a solar term, exact to a day between 2000 and 2099."""
    if name not in TERMS or not 1900 < year < 2100:
        return None
    of_month, constant = TERMS[name]
    short = year % 100
    return date(year, of_month, int(short * 0.2422 + constant) - (short - (of_month < 3)) // 4)
