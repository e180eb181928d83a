"""What came and what became of it, beside the period before and the same one a year ago; its course over the days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain import tally
from backend.domain.lifecycle import Status
from backend.domain.tally import OVER
from backend.reports import spans
from backend.reports.standing import ANSWERED
from backend.reports.written import CHANGE, TEXT, Chapter, Chart, Column, Said, Sheet, count, part, percent, said, share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.reports.figures import Figures
    from backend.reports.rates import Row
    from backend.reports.written import Cell

MEASURES: tuple[tuple[str, Said], ...] = (
    (tally.RECEIVED, Said("登记来件", "Cases filed")),
    (tally.JOINED, Said("加入他人案件（人次）", "People who joined another's case")),
    ("to_accepted", Said("受理", "Accepted")),
    ("to_refused", Said("不予受理", "Refused")),
    ("to_assigned", Said("派出", "Assigned")),
    ("to_returned", Said("退单", "Returned by departments")),
    ("to_answered", Said("答复", "Answers given")),
    ("to_reopened", Said("重新办理", "Reopened")),
    ("to_closed", Said("办结", "Closed")),
    ("to_withdrawn", Said("撤回", "Taken back")),
)
"""What is compared: times that it happened in the period."""
STANDS = (
    ("open", Said("还在办", "still open")),
    ("answered", Said("已经答复", "answered")),
    ("over", Said("已经办结或结束", "over")),
)
PART = {
    "day": Said("日", "Day"),
    "week": Said("周（起始日）", "Week from"),
    "month": Said("月（起始日）", "Month from"),
}


def chapter(figures: Figures) -> Chapter:
    """Compared, and where the period's cases stand now."""
    compared, stands = _compared(figures), _stands(figures)
    now = figures.one(figures.period)
    told = [_first(figures, now), *_against(figures, now), *_done(compared), *_standing(stands, now.received)]
    trend = _trend(figures)
    charts = (_chart(trend),) if len(trend.rows) > 1 else ()
    return Chapter("overview", Said("总体情况", "Overview"), tuple(told), (compared, stands, trend), charts)


def _compared(figures: Figures) -> Sheet:
    now, before = figures.one(figures.period), figures.then(figures.before)
    years = figures.period.kind != "year"  # a year before a year is the period before
    ago = figures.then(figures.year_before) if years else None
    rows = []
    for key, label in MEASURES:
        n = now.counts.get(key, 0)
        row: tuple[Cell, ...] = (label, n, *_beside(n, before, key))
        rows.append((*row, *_beside(n, ago, key)) if years else row)
    columns = [
        Column("what", Said("项目", "What"), TEXT),
        Column("now", Said("本期", "Now")),
        Column("before", Said("上期", "Before")),
        Column("change", Said("比上期", "Change"), CHANGE),
        Column("change_share", Said("比上期（%）", "Change (%)"), CHANGE),
    ]
    if years:
        columns += [
            Column("year_ago", Said("上年同期", "A year ago")),
            Column("year_change", Said("比上年同期", "Change on year"), CHANGE),
            Column("year_change_share", Said("比上年同期（%）", "Change on year (%)"), CHANGE),
        ]
    return Sheet(
        "compared", Said("本期与上期、上年同期", "This period and those before"), tuple(columns), tuple(rows),
        tuple(_spans(figures, years=years)),
    )  # fmt: skip


def _beside(n: int, row: Row | None, key: str) -> tuple[Cell, Cell, Cell]:
    """The earlier number, the difference, and that as a share of the earlier one."""
    if row is None:
        return None, None, None
    then = row.counts.get(key, 0)
    return then, n - then, share(n - then, then)


def _spans(figures: Figures, *, years: bool) -> Iterator[Said]:
    before, ago = figures.before, figures.year_before
    told = [("上期", "Before", before), *([("上年同期", "A year ago", ago)] if years else [])]
    for zh, en, span in told:
        yield Said(f"{zh}：{span.first} 至 {span.last}。", f"{en}: {span.first} to {span.last}.")
        if figures.partly(span):
            yield Said(
                f"{zh}从 {figures.begun} 起才有记录，数字偏小。",
                f"{en}: kept only from {figures.begun} on, so too small.",
            )


def _first(figures: Figures, now: Row) -> Said:
    span = spans.called(figures.period)
    if not now.received:
        return Said(f"{span.zh}没有收到新的来件。", f"No case was filed in {span.en}.")
    return Said(
        f"{span.zh}共登记来件 {now.received} 件。",
        f"{_cases(now.received)} filed in {span.en}.",
    )


def _against(figures: Figures, now: Row) -> Iterator[Said]:
    told = [(Said("上期", "the period before"), figures.before)]
    if figures.period.kind != "year":
        told.append((Said("上年同期", "the same period a year ago"), figures.year_before))
    unknown = [name for name, span in told if figures.then(span) is None]
    for name, span in told:
        then = figures.then(span)
        if then is not None and (then.received or now.received):
            yield _change(name, now.received, then.received)
    if unknown:
        zh, en = "、".join(name.zh for name in unknown), " and ".join(name.en for name in unknown)
        yield Said(f"{zh}没有记录，不作比较。", f"Nothing was kept in {en}, so there is no comparison.")


def _change(name: Said, now: int, then: int) -> Said:
    more = now - then
    if not more:
        return Said(f"与{name.zh}持平。", f"That is as many as in {name.en}.")
    part = share(more, then)
    zh, en = ("增加", "more") if more > 0 else ("减少", "fewer")
    share_zh = "" if part is None else f"，{'上升' if more > 0 else '下降'} {percent(abs(part))}"
    share_en = "" if part is None else f" ({percent(abs(part))})"
    return Said(
        f"比{name.zh}的 {then} 件{zh} {abs(more)} 件{share_zh}。",
        f"That is {abs(more)} {en} than the {then} of {name.en}{share_en}.",
    )


def _done(sheet: Sheet) -> Iterator[Said]:
    counts = {said(row["what"]): count(row["now"]) for row in sheet.dicts()}
    parts = [(what, counts[what]) for key, what in MEASURES if key != tally.RECEIVED and counts[what]]
    if parts:
        zh = "，".join(f"{what.zh} {n}" for what, n in parts)
        en = "; ".join(f"{what.en.lower()}: {n}" for what, n in parts)
        yield Said(f"本期办理的次数（含以前登记的案件）：{zh}。", f"Done in the period, also to earlier cases: {en}.")


def _stands(figures: Figures) -> Sheet:
    counts = figures.one(figures.period).counts
    at = {status: counts.get(tally.AT + status.value, 0) for status in Status}
    heaps = {
        "answered": sum(at[status] for status in ANSWERED),
        "over": sum(at[status] for status in OVER),
    }
    heaps["open"] = sum(at.values()) - sum(heaps.values())
    rows = tuple((label, heaps[key], share(heaps[key], sum(at.values()))) for key, label in STANDS)
    return Sheet(
        "stands",
        Said("本期登记的案件现在到了哪一步", "Where the period's cases stand now"),
        (
            Column("where", Said("现在", "Now"), TEXT),
            Column("cases", Said("件数", "Cases")),
            Column("share", Said("占比", "Share"), "share"),
        ),
        rows if sum(at.values()) else (),
    )


def _standing(sheet: Sheet, received: int) -> Iterator[Said]:
    if not received:
        return
    rows = [(said(where), n, percent(part(of))) for where, n, of in sheet.rows if n]
    zh = "，".join(f"{where.zh} {n} 件（{of}）" for where, n, of in rows)
    en = ", ".join(f"{n} {where.en} ({of})" for where, n, of in rows)
    yield Said(f"这些来件现在：{zh}。", f"Of these now: {en}.")


def _trend(figures: Figures) -> Sheet:
    columns = (
        Column("from", PART[figures.parts()], TEXT),
        Column("received", Said("登记", "Filed")),
        Column("answered", Said("答复", "Answered")),
    )
    rows = tuple((first.isoformat(), received, answered) for first, received, answered in figures.course())
    return Sheet(
        "trend", Said("登记与答复的走势", "Filed and answered over time"), columns, rows, aside=len(rows) > LONG
    )


LONG = 14
"""Rows of the course that a paper shows; a longer one is drawn, and is in the sheets."""


def _chart(trend: Sheet) -> Chart:
    first, most = max(((row[0], count(row[1])) for row in trend.rows), key=lambda pair: pair[1])
    text = Said(f"登记最多的一段从 {first} 起，{most} 件。", f"Most were filed in the stretch from {first}: {most}.")
    values = tuple(tuple(count(row[n]) for row in trend.rows) for n in (1, 2))
    labels = tuple(str(row[0]) for row in trend.rows)
    return Chart("trend", trend.title, text, labels, tuple(column.label for column in trend.columns[1:]), values)


def _cases(n: int) -> str:
    return "1 case was" if n == 1 else f"{n} cases were"
