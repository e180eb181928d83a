"""How each department did, and each handler: counts and rates of the same definitions as the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain.rates import RATES
from backend.reports.written import SHARE, TEXT, Chapter, Column, Said, Sheet, count, part, percent, said, share

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from backend.reports.figures import Figures
    from backend.reports.rates import Row
    from backend.reports.written import Cell

TOLD = ("on_time", "response", "solution", "satisfaction", "return", "reopen")
FEW = 10
"""A share of fewer is not named in a sentence: one more would change it by a tenth."""


def chapter(figures: Figures) -> Chapter:
    """Two tables, and who was busiest, best and latest."""
    departments, handlers = _sheet(figures, "department"), _sheet(figures, "handler")
    sentences = tuple(_sentences(departments))
    if not departments.rows:
        sentences = (Said("本期没有部门办理案件。", "No department worked on cases."),)
    return Chapter("offices", Said("各部门办理情况", "By department"), sentences, (departments, handlers))


def _sheet(figures: Figures, key: str) -> Sheet:
    rows = [row for row in figures.rows(figures.period, "institution", key) if row.received or row.answered]
    rows += [row for row in figures.rows(figures.period, "institution", key) if row not in rows and _counted(row)]
    rows.sort(key=lambda row: (-row.received, -row.answered, *row.keys.values()))
    several = figures.asked.home is None
    title = Said("各部门", "Departments") if key == "department" else Said("各承办人", "Handlers")
    notes = tuple(dict.fromkeys(Said(*note) for row in rows for note in row.notes))
    told = tuple(_row(row, key, several=several) for row in rows)
    return Sheet(
        key, title, _columns(key, several=several), told, notes, aside=key == "handler", inside=key == "handler"
    )


def _counted(row: Row) -> bool:
    return any(row.rates[key].denominator for key in TOLD)


def _row(row: Row, key: str, *, several: bool) -> tuple[Cell, ...]:
    home: tuple[Cell, ...] = (Said(row.names["institution"], row.names_en["institution"]),) if several else ()
    rates: list[Cell] = []
    for one in TOLD:
        rate = row.rates[one]
        rates += [rate.numerator, rate.denominator, share(rate.numerator, rate.denominator)]
    return (*home, Said(row.names[key], row.names_en[key]), row.received, row.answered, row.closed, *rates)


def _columns(key: str, *, several: bool) -> tuple[Column, ...]:
    home = [Column("institution", Said("机构", "Institution"), TEXT)] if several else []
    name = Said("部门", "Department") if key == "department" else Said("承办人", "Handler")
    rates: list[Column] = []
    for one in TOLD:
        label = Said(RATES[one].label, RATES[one].label_en)
        rates += [
            Column(f"{one}_part", Said(f"{label.zh}分子", f"{label.en}: part")),
            Column(f"{one}_whole", Said(f"{label.zh}分母", f"{label.en}: of")),
            Column(one, label, SHARE),
        ]
    return (
        *home,
        Column(key, name, TEXT),
        Column("received", Said("来件", "Filed")),
        Column("answered", Said("答复", "Answered")),
        Column("closed", Said("办结", "Closed")),
        *rates,
    )


def _sentences(sheet: Sheet) -> Iterator[Said]:
    rows = list(sheet.dicts())
    if (busiest := next((row for row in rows if row["received"]), None)) is not None:
        name, n = said(busiest["department"]), busiest["received"]
        yield Said(f"来件最多的是{name.zh}，{n} 件。", f"Most went to {name.en}: {n}.")
    for key, zh, en in (("on_time", "按期率", "on time"), ("solution", "解决率", "solved")):
        told = sorted(
            (row for row in rows if count(row[f"{key}_whole"]) >= FEW), key=lambda row: part(row[key]) or 0.0
        )  # fmt: skip
        if len(told) > 1 and told[0][key] != told[-1][key]:
            worst, best = said(told[0]["department"]), said(told[-1]["department"])
            high, low = _of(told[-1], key), _of(told[0], key)
            yield Said(
                f"{zh}最高的是{best.zh}（{high}），最低的是{worst.zh}（{low}）。",
                f"Highest {en}: {best.en} ({high}); lowest: {worst.en} ({low}).",
            )


def _of(row: Mapping[str, Cell], key: str) -> str:
    return f"{percent(part(row[key]))}, {row[f'{key}_part']}/{row[f'{key}_whole']}"
