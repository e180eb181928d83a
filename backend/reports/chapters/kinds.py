"""What it was about, where and by which door it came: tables with shares, the first three of each in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain.rates import RATES, THREE
from backend.reports.names import SOURCES, UNTOLD
from backend.reports.written import SHARE, TEXT, Chapter, Column, Said, Sheet, part, percent, said, share

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from backend.reports.figures import Figures
    from backend.reports.rates import Row
    from backend.reports.written import Cell

FIRST = 3
LABELS = {
    "category": Said("类别", "Category"),
    "district": Said("区域", "District"),
    "source": Said("来源", "Source"),
}
TITLES = {
    "category": Said("按类别", "By category"),
    "district": Said("按区域", "By district"),
    "source": Said("按来源", "By source"),
}
COUNT_WORDS = "零一二三"
UNKNOWN = {key: Said(*UNTOLD[key]) for key in ("category", "district")}
"""What is called so is no kind."""


def chapter(figures: Figures) -> Chapter:
    """Three tables; the first three of each in a sentence."""
    sheets = tuple(_sheet(figures, key) for key in LABELS)
    sentences = [one for sheet in sheets for one in _first(sheet)]
    if not sentences:
        sentences = [Said("本期没有来件可以分类。", "There was nothing to sort.")]
    return Chapter("kinds", Said("来件分类", "What it was about"), tuple(sentences), sheets)


def _sheet(figures: Figures, key: str) -> Sheet:
    several = figures.asked.home is None and key == "category"
    by = ("institution", key) if key == "category" else (key,)
    before = figures.then(figures.before)
    earlier = {_ids(row, by): row.received for row in figures.rows(figures.before, *by)}
    found = [row for row in figures.rows(figures.period, *by) if row.received]
    found.sort(key=lambda row: (not row.keys[key], -row.received, _ids(row, by)))  # who told none are last
    whole, so_far, rows = sum(row.received for row in found), 0, []
    for row in found:
        so_far += row.received
        then = earlier.get(_ids(row, by), 0) if before else None
        home: tuple[Cell, ...] = (_called(row, "institution"),) if several else ()
        three = [] if key == "source" else [cell for rate in THREE for cell in _rate_of(row, rate)]
        rows.append(
            (
                *home, _called(row, key), row.received, share(row.received, whole), so_far, share(so_far, whole), then,
                None if then is None else row.received - then, *three,
            )
        )  # fmt: skip
    return Sheet(key, TITLES[key], _columns(key, several=several), tuple(rows), _notes(found))


def _columns(key: str, *, several: bool) -> tuple[Column, ...]:
    home = [Column("institution", Said("机构", "Institution"), TEXT)] if several else []
    rates = [] if key == "source" else [column for one in THREE for column in _rate_columns(one)]
    return (
        *home,
        Column(key, LABELS[key], TEXT),
        Column("received", Said("件数", "Cases")),
        Column("share", Said("占比", "Share"), SHARE),
        Column("sum", Said("累计", "So far")),
        Column("sum_share", Said("累计占比", "Share so far"), SHARE),
        Column("before", Said("上期", "Before")),
        Column("change", Said("比上期", "Change"), "change"),
        *rates,
    )


def _first(sheet: Sheet) -> Iterator[Said]:
    every, label = list(sheet.dicts()), LABELS[sheet.key]
    known = [row for row in every if row[sheet.key] != UNKNOWN.get(sheet.key)]
    rows = known[:FIRST]
    if rows:
        zh = "、".join(
            f"{said(row[sheet.key]).zh} {row['received']} 件（{percent(part(row['share']))}）" for row in rows
        )
        en = ", ".join(f"{said(row[sheet.key]).en} {row['received']} ({percent(part(row['share']))})" for row in rows)
        if len(every) == 1:
            yield Said(f"{TITLES[sheet.key].zh}看，全部是{zh}。", f"{TITLES[sheet.key].en}, all were {en}.")
            return
        some = COUNT_WORDS[len(rows)] if len(rows) != 2 else "两"
        together = _together(rows[-1]) if len(known) > FIRST else Said("", "")
        yield Said(
            f"{TITLES[sheet.key].zh}看，最多的{some}个{label.zh}是{zh}{together.zh}。",
            f"{TITLES[sheet.key].en}, most were {en}{together.en}.",
        )
    for row in every:
        if row not in known:
            n, of = row["received"], percent(part(row["share"]))
            yield Said(f"另有 {n} 件没有说明{label.zh}，占 {of}。", f"{n} told none ({of}).")


def _together(last: Mapping[str, Cell]) -> Said:
    """What the rows down to this one come to."""
    n, of = last["sum"], percent(part(last["sum_share"]))
    return Said(f"，合计 {n} 件，占 {of}", f"; together {n} ({of})")


def _notes(rows: list[Row]) -> tuple[Said, ...]:
    return tuple(dict.fromkeys(Said(*note) for row in rows for note in row.notes))


def _called(row: Row, key: str) -> Said:
    if key == "source":
        return SOURCES.get(row.keys[key], Said(row.keys[key], row.keys[key]))
    return Said(row.names[key], row.names_en[key])


def _rate_columns(key: str) -> Iterator[Column]:
    label = Said(RATES[key].label, RATES[key].label_en)
    yield Column(f"{key}_part", Said(f"{label.zh}分子", f"{label.en}: part"))
    yield Column(f"{key}_whole", Said(f"{label.zh}分母", f"{label.en}: of"))
    yield Column(key, label, SHARE)


def _rate_of(row: Row, key: str) -> Iterator[Cell]:
    rate = row.rates[key]
    yield from (rate.numerator, rate.denominator, share(rate.numerator, rate.denominator))


def _ids(row: Row, by: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(row.keys[key] for key in by)
