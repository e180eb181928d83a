"""How well it went: every rate with its numbers, interval, what is left out and why, in the words that define it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain.rates import RATES, ROWS, THREE, Rate, differs
from backend.reports.written import SHARE, TEXT, Chapter, Column, Said, Sheet, count, part, percent, share

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from backend.domain.rates import Definition
    from backend.reports.figures import Figures
    from backend.reports.written import Cell


def chapter(figures: Figures) -> Chapter:
    """A sentence for each rate, two tables, and what each is of."""
    rates = _rates(figures)
    sentences = [
        said
        for row, definition in zip(rates.dicts(), ROWS, strict=True)
        for said in _sentence(definition, row, kept=figures.settled is not None and definition.key in THREE)
    ]
    return Chapter(
        "quality", Said("办理质量", "How well it went"), tuple(sentences), (rates, _left(figures), _defined())
    )


def _rates(figures: Figures) -> Sheet:
    now, before, ago = (
        figures.one(figures.period).rates, figures.then(figures.before), figures.then(figures.year_before)
    )  # fmt: skip
    rows = []
    for key, row in RATES.items():
        one = now[key]
        then, last = before.rates[key] if before else None, ago.rates[key] if ago else None
        rows.append(
            (
                Said(row.label, row.label_en), one.numerator, one.denominator, share(one.numerator, one.denominator),
                _end(one.low), _end(one.high), *_earlier(then), *_earlier(last),
            )
        )  # fmt: skip
    columns = (
        Column("rate", Said("指标", "Rate"), TEXT),
        Column("part", Said("分子", "Part")),
        Column("whole", Said("分母", "Of")),
        Column("share", Said("比率", "Share"), SHARE),
        Column("low", Said("95% 下限", "95% from"), SHARE),
        Column("high", Said("95% 上限", "95% to"), SHARE),
        Column("before_part", Said("上期分子", "Before")),
        Column("before_whole", Said("上期分母", "Of")),
        Column("before", Said("上期", "Before"), SHARE),
        Column("year_part", Said("上年同期分子", "A year ago")),
        Column("year_whole", Said("上年同期分母", "Of")),
        Column("year", Said("上年同期", "A year ago"), SHARE),
    )
    return Sheet("rates", Said("各项比率", "Rates"), columns, tuple(rows))


def _earlier(rate: Rate | None) -> tuple[Cell, Cell, Cell]:
    if rate is None:
        return None, None, None
    return rate.numerator, rate.denominator, share(rate.numerator, rate.denominator)


def _sentence(row: Definition, told: Mapping[str, Cell], *, kept: bool) -> Iterator[Said]:
    """``kept``: what citizens said lately is not counted for this reader yet."""
    if kept and not told["whole"]:
        yield Said(
            f"{row.label}：回访期还没有过，暂不显示。", f"{row.label_en}: not shown until the visit-backs are over."
        )
        return
    if not told["whole"]:
        yield Said(f"{row.label}：本期没有可以计算的数据。", f"{row.label_en}: nothing to count.")
        return
    zh = (
        f"{row.label} {percent(part(told['share']))}（{told['part']}/{told['whole']}，"
        f"95% 可能在 {percent(part(told['low']))} 到 {percent(part(told['high']))} 之间）"
    )
    en = (
        f"{row.label_en} {percent(part(told['share']))} ({told['part']} of {told['whole']}, "
        f"95% likely between {percent(part(told['low']))} and {percent(part(told['high']))})"
    )
    against = _against(row, told)
    yield Said(f"{zh}{against.zh}。", f"{en}{against.en}.")


def _against(row: Definition, told: Mapping[str, Cell]) -> Said:
    """Beside the period before; whether up is good the rate itself tells, whether it is chance the two intervals."""
    now, then_ = (_rate(told, *keys) for keys in (("part", "whole"), ("before_part", "before_whole")))
    share_now, before = part(told["share"]), part(told["before"])
    if share_now is None or before is None:
        return Said("", "")
    then = percent(before)
    if percent(share_now) == then:
        return Said("，与上期相同", ", as before")
    if not differs(now, then_):
        return Said(f"，与上期的 {then} 相差不大，可能是偶然", f", before {then}: the difference may be chance")
    up = share_now > before
    good = up == (row.better > 0)
    zh = f"，比上期的 {then} {'高' if up else '低'}，{'好转' if good else '变差'}"
    return Said(zh, f", before {then}: {'up' if up else 'down'}, {'better' if good else 'worse'}")


def _rate(told: Mapping[str, Cell], numerator: str, denominator: str) -> Rate:
    return Rate(count(told[numerator]), count(told[denominator]))


def _left(figures: Figures) -> Sheet:
    now = figures.one(figures.period).rates
    rows = [
        (Said(row.label, row.label_en), Said(reason.label, reason.label_en), n)
        for row in ROWS
        for reason in row.left_out
        if (n := now[row.key].left_out.get(reason.key, 0))
    ]
    columns = (
        Column("rate", Said("指标", "Rate"), TEXT),
        Column("why", Said("没有计入的和原因", "Left out, and why"), TEXT),
        Column("count", Said("数量", "How many")),
    )
    return Sheet("left_out", Said("没有计入的", "What is left out"), columns, tuple(rows))


def _defined() -> Sheet:
    rows = tuple(
        (
            Said(row.label, row.label_en),
            Said(row.numerator, row.numerator_en),
            Said(row.denominator, row.denominator_en),
        )
        for row in ROWS
    )
    columns = (
        Column("rate", Said("指标", "Rate"), TEXT),
        Column("numerator", Said("分子", "Part"), TEXT),
        Column("denominator", Said("分母", "Of"), TEXT),
    )
    return Sheet("defined", Said("各项比率怎样计算", "How the rates are defined"), columns, rows)


def _end(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
