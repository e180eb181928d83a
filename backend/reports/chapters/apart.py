"""Every rate taken apart: of each institution, department, handler, category, district and stretch of the period.

Each row has what the whole has: numerator, denominator, share, Wilson's
interval, what is left out and why, and the same of the period before.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from backend.domain.rates import ROWS, reckon
from backend.reports.written import SHARE, TEXT, Chapter, Column, Said, Sheet, share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from backend.domain.periods import Period
    from backend.domain.rates import Definition, Rate
    from backend.reports.figures import Figures
    from backend.reports.rates import Row
    from backend.reports.written import Cell

AXES = {
    "institution": Said("各机构", "By institution"),
    "department": Said("各部门", "By department"),
    "handler": Said("各承办人", "By handler"),
    "category": Said("各类别", "By category"),
    "district": Said("各区域", "By district"),
}
HEADS = {
    "institution": Said("机构", "Institution"),
    "department": Said("部门", "Department"),
    "handler": Said("承办人", "Handler"),
    "category": Said("类别", "Category"),
    "district": Said("区域", "District"),
}
OWN = frozenset({"department", "handler", "category"})
"""Each institution has its own of these."""
COURSE = Said("走势", "Over time")
STRETCHES = {
    "day": Said("日", "Day"),
    "week": Said("周（起始日）", "Week from"),
    "month": Said("月（起始日）", "Month from"),
}
NUMBERS = (
    Column("part", Said("分子", "Part")),
    Column("whole", Said("分母", "Of")),
    Column("share", Said("比率", "Share"), SHARE),
    Column("low", Said("95% 下限", "95% from"), SHARE),
    Column("high", Said("95% 上限", "95% to"), SHARE),
    Column("left_out", Said("没有计入的和原因", "Left out, and why"), TEXT),
    Column("before_part", Said("上期分子", "Before: part")),
    Column("before_whole", Said("上期分母", "Before: of")),
    Column("before", Said("上期", "Before"), SHARE),
)


def chapters() -> Iterator[tuple[Said, Callable[[Figures], Chapter]]]:
    """One for each rate, for the table of reports."""
    for row in ROWS:
        yield Said(row.label, row.label_en), partial(chapter, row)


def chapter(rate: Definition, figures: Figures) -> Chapter:
    """What the rate is of, in words, and a table for each way to take it apart."""
    sheets = (*(_sheet(rate, figures, axis) for axis in AXES), _course(rate, figures))
    said = Said(
        f"分子：{rate.numerator}。分母：{rate.denominator}。", f"Part: {rate.numerator_en}. Of: {rate.denominator_en}."
    )
    told = (said,) if any(sheet.rows for sheet in sheets) else (Said("本期没有可以计算的数据。", "Nothing to count."),)
    return Chapter(f"rate_{rate.key}", Said(rate.label, rate.label_en), told, sheets)


def _sheet(rate: Definition, figures: Figures, axis: str) -> Sheet:
    several = axis in OWN and figures.asked.home is None
    by = ("institution", axis) if axis in OWN else (axis,)
    earlier = figures.then(figures.before) is not None
    now, then = (_by_key(figures.rows(period, *by), by) for period in (figures.period, figures.before))
    counted = {
        ids: row
        for ids, row in {**then, **now}.items()
        if any(_counts(_rate(rows.get(ids), rate.key)) for rows in (now, then))
    }
    rows = []
    for ids, row in sorted(counted.items(), key=lambda pair: (-_rate(now.get(pair[0]), rate.key).denominator, pair[0])):
        home: tuple[Cell, ...] = (_name(row, "institution"),) if several else ()
        before = _rate(then.get(ids), rate.key) if earlier else None
        rows.append((*home, _name(row, axis), *_numbers(rate, _rate(now.get(ids), rate.key), before)))
    heads = (*((HEADS["institution"], "institution"),) * several, (HEADS[axis], axis))
    notes = tuple(dict.fromkeys(Said(*note) for row in counted.values() for note in row.notes))
    return Sheet(
        f"{rate.key}_{axis}", _title(rate, AXES[axis]), _columns(heads), tuple(rows), notes, aside=axis == "handler",
        inside=axis == "handler",
    )  # fmt: skip


def _course(rate: Definition, figures: Figures) -> Sheet:
    """Stretch by stretch, the first beside the first of the period before, the second beside its second."""
    kind = figures.parts()
    earlier = _stretches(figures, figures.before, kind) if figures.then(figures.before) else None
    rows: list[tuple[Cell, ...]] = []
    for place, (first, row) in enumerate(_stretches(figures, figures.period, kind)):
        then = None
        if earlier is not None:
            then = _rate(earlier[place][1] if place < len(earlier) else None, rate.key)
        rows.append((first, *_numbers(rate, _rate(row, rate.key), then)))
    some = any(row[2] for row in rows)
    heads = ((STRETCHES[kind], kind),)
    return Sheet(f"{rate.key}_course", _title(rate, COURSE), _columns(heads), tuple(rows) if some else ())


def _stretches(figures: Figures, period: Period, kind: str) -> list[tuple[str, Row | None]]:
    found = {row.keys[kind]: row for row in figures.rows(period, kind)}
    firsts = [part.first.isoformat() for part in period.parts(kind)]
    return [(first, found.get(first)) for first in firsts]


def _columns(heads: Sequence[tuple[Said, str]]) -> tuple[Column, ...]:
    return (*(Column(key, label, TEXT) for label, key in heads), *NUMBERS)


def _numbers(rate: Definition, now: Rate, then: Rate | None) -> Iterator[Cell]:
    yield from (now.numerator, now.denominator, share(now.numerator, now.denominator), _end(now.low), _end(now.high))
    yield _left_out(rate, now)
    if then is None:
        yield from (None, None, None)
    else:
        yield from (then.numerator, then.denominator, share(then.numerator, then.denominator))


def _left_out(rate: Definition, now: Rate) -> Cell:
    """How many for each reason, in a few words; the report's chapter on all rates has the whole of them."""
    left = [(reason, now.left_out[reason.key]) for reason in rate.left_out if now.left_out.get(reason.key)]
    zh = "；".join(f"{reason.label.partition('：')[0]} {n}" for reason, n in left)
    en = "; ".join(f"{reason.label_en.partition(':')[0]}: {n}" for reason, n in left)
    return Said(zh, en) if left else None


def _counts(rate: Rate) -> bool:
    return bool(rate.denominator or rate.left_out)


def _rate(row: Row | None, key: str) -> Rate:
    """Where nothing was counted, a rate of nothing."""
    return row.rates[key] if row else reckon(key, {})


def _by_key(rows: Sequence[Row], by: Sequence[str]) -> Mapping[tuple[str, ...], Row]:
    return {_ids(row, by): row for row in rows}


def _ids(row: Row, by: Sequence[str]) -> tuple[str, ...]:
    return tuple(row.keys[key] for key in by)


def _name(row: Row, key: str) -> Said:
    return Said(row.names[key], row.names_en[key])


def _title(rate: Definition, by: Said) -> Said:
    return Said(f"{rate.label}·{by.zh}", f"{rate.label_en}: {by.en.lower()}")


def _end(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
