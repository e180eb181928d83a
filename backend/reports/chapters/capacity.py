"""When cases come: by hour and weekday, and how many people must register them then.

The need is that of nine in ten such hours, for people who are busy four fifths
of an hour; how many minutes a case takes, whoever asks says.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from math import ceil
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, func, literal, select, type_coerce

from backend.reports.written import TEXT, Chapter, Chart, Column, Said, Sheet, count
from backend.store import tables as t
from backend.store.visible import visible

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import ColumnElement, Select

    from backend.reports.figures import Figures
    from backend.reports.written import Cell

HOUR = 3600 * 1_000_000
BUSY = 80
"""Per cent of an hour that somebody can be at a case; the rest goes by between two."""
MOSTLY = 0.9
WEEKDAYS = tuple(zip("一二三四五六日", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), strict=True))
Hours = Counter[tuple["date", int]]


def chapter(figures: Figures) -> Chapter:
    """Two tables: cases by hour and weekday, and by hour the need of staff."""
    hours = arrivals(figures)
    title = Said("来件时段与人员安排", "When cases come, and staff")
    if not hours:
        return Chapter(
            "capacity", title, (Said("本期没有来件，无法安排人员。", "No case was filed; no need of staff."),)
        )
    grid, need = _grid(hours), _need(figures, hours)
    whole = [count(row[1]) for row in need.rows]
    top = max(range(24), key=lambda hour: whole[hour])
    staff = max(count(row[4]) for row in need.rows)
    sentences = (
        Said(
            f"来件最多的是 {top} 点这一小时，全期共 {whole[top]} 件。", f"Most were filed in the hour from {top}:00: {whole[top]}."
        ),
        Said(
            f"按每件 {figures.asked.minutes} 分钟算，最忙的时段需要 {staff} 人登记。",
            f"At {figures.asked.minutes} minutes a case, the busiest hour needs {staff} people to register.",
        ),
    )  # fmt: skip
    text = Said(f"{top} 点最多，{whole[top]} 件。", f"Most at {top}:00, {whole[top]}.")
    labels = tuple(f"{hour}" for hour in range(24))
    chart = Chart("staff", Said("各小时来件", "By hour"), text, labels, (Said("件数", "Cases"),), (tuple(whole),))
    return Chapter("capacity", title, sentences, (need, grid), (chart,))


def arrivals(figures: Figures) -> Hours:
    """Cases filed in each local hour of the period."""
    asked, period, c = figures.asked, figures.period, t.cases.c
    since, until = (
        datetime.combine(day, time(), asked.zone) for day in (period.first, period.last + timedelta(days=1))
    )
    hour = type_coerce(c.filed_at, BigInteger) // literal(HOUR, BigInteger)
    columns: list[ColumnElement[Any]] = [hour, func.count()]
    query: Select[Any] = select(*columns).where(c.filed_at >= since, c.filed_at < until)
    query = query if figures.homes is None else query.where(c.institution.in_(figures.homes))
    found: Hours = Counter()
    for n, cases in figures.work.conn.execute(visible(query, asked.scope).group_by(hour)):
        local = datetime.fromtimestamp(int(n) * 3600, UTC).astimezone(asked.zone)
        found[local.date(), local.hour] += int(cases)
    return found


def _grid(hours: Hours) -> Sheet:
    told = Counter[tuple[int, int]]()
    for (day, hour), n in hours.items():
        told[hour, day.weekday()] += n
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (_hour(hour), *(told[hour, weekday] for weekday in range(7))) for hour in range(24)
    )
    days = [Column(f"day{n}", Said(f"周{zh}", en)) for n, (zh, en) in enumerate(WEEKDAYS, start=1)]
    title = Said("各小时、各周几的来件", "By hour and weekday")
    return Sheet("hours", title, (Column("hour", Said("时段", "Hour"), TEXT), *days), rows)


def _need(figures: Figures, hours: Hours) -> Sheet:
    minutes, days = figures.asked.minutes, figures.period.days
    dates = [figures.period.first + timedelta(days=n) for n in range(days)]
    rows = []
    for hour in range(24):
        each = sorted(hours[day, hour] for day in dates)
        mostly = each[ceil(MOSTLY * days) - 1]
        rows.append((_hour(hour), sum(each), each[-1], mostly, ceil(mostly * minutes * 100 / (60 * BUSY))))
    columns = (
        Column("hour", Said("时段", "Hour"), TEXT),
        Column("cases", Said("全期件数", "Cases in all")),
        Column("most", Said("最多的一天", "On the worst day")),
        Column("mostly", Said("九成的天数不超过", "Nine days in ten, at most")),
        Column("staff", Said("需要几人登记", "People needed")),
    )
    note = Said(
        f"人数 = 九成天数的件数 × 每件 {minutes} 分钟 ÷ 60 分钟 ÷ {BUSY}%（人不能一刻不停），向上取整。每件几分钟请按本单位的情况填写。",
        f"People = the cases of nine days in ten × {minutes} minutes ÷ 60 minutes ÷ {BUSY}% (nobody works without a break),"
        " rounded up. Give the minutes that a case takes with you.",
    )
    return Sheet("staff", Said("各小时需要的人员", "People needed by hour"), columns, tuple(rows), (note,))


def _hour(hour: int) -> str:
    return f"{hour}:00–{hour + 1}:00"
