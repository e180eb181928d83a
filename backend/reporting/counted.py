"""Reports that are one query and its rows (``reports.registry``) as chapters of a written one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.reports import accuracy, funnel
from backend.reports.registry import REPORTS
from backend.reports.written import COUNT, SHARE, TEXT, Chapter, Column, Said, Sheet, part
from backend.store import reporting
from backend.store.visible import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.reports.figures import Figures
    from backend.reports.registry import Report, Row

KNOWN = (accuracy, funnel)
"""What registers the queries when it is imported."""
LABELS = {
    "机构": "Institution", "类别": "Category", "渠道": "Channel", "步骤": "Step", "到达": "Arrived", "答了": "Answered",
    "跳过": "Skipped", "没听懂": "Not understood", "离开": "Left", "回来": "Came back", "离开率": "Left for good",
    "登记件数": "Filed", "紧急件数": "Emergencies", "加入他人件数": "Joined others", "计时件数": "Timed",
    "轮数合计": "Turns in all", "轮数中位": "Turns, half", "轮数九成": "Turns, nine in ten", "秒数合计": "Seconds in all",
    "秒数中位": "Seconds, half", "秒数九成": "Seconds, nine in ten", "建议件数": "Proposed", "正确件数": "Right",
    "准确率": "Right, share", "95%下限": "95% from", "95%上限": "95% to", "有把握占比": "Sure of itself",
    "有把握时准确率": "Right when sure", "市民自选": "Chosen by citizens", "常被误作": "Taken for",
}  # fmt: skip
SHARES = frozenset({"离开率", "准确率", "95%下限", "95%上限", "有把握占比", "有把握时准确率"})
WORDS = frozenset({"机构", "类别", "渠道", "步骤", "常被误作"})
TITLES = {
    "funnel": "Where citizens stop",
    "pace": "How long filing takes",
    "accuracy": "How often the proposal was right",
}


def stops(figures: Figures) -> Chapter:
    """The funnel."""
    sheet = _sheet(figures, "funnel")
    rows = [row for row in sheet.dicts() if row["离开率"]]
    worst = max(rows, key=lambda row: (part(row["离开率"]) or 0.0, str(row["步骤"])), default=None)
    told = Said("本期没有市民中途离开。", "Nobody left on the way.")
    if worst is not None:
        share = f"{worst['离开率']:.1%}"
        told = Said(
            f"离开最多的一步是“{worst['步骤']}”：到达 {worst['到达']} 次，{share} 没有再回来。",
            f"Most left at “{worst['步骤']}”: {share} of {worst['到达']} did not come back.",
        )
    return Chapter("funnel", sheet.title, (told,), (sheet,))


def pace(figures: Figures) -> Chapter:
    """How many turns and seconds filing took."""
    sheet = _sheet(figures, "pace")
    return Chapter("pace", sheet.title, (), (sheet,))


def proposals(figures: Figures) -> Chapter:
    """How often the proposed category was right."""
    sheet = _sheet(figures, "accuracy")
    whole = [row for row in sheet.dicts() if row["类别"] == accuracy.EVERY]
    told = tuple(
        Said(
            f"{row['机构']}：建议 {row['建议件数']} 件，正确 {row['正确件数']} 件，准确率 {_share(row, '准确率')}"
            f"（95% 在 {_share(row, '95%下限')} 到 {_share(row, '95%上限')} 之间）。",
            f"{row['机构']}: {row['正确件数']} of {row['建议件数']} proposals right, {_share(row, '准确率')}"
            f" (95% between {_share(row, '95%下限')} and {_share(row, '95%上限')}).",
        )
        for row in whole
        if row["建议件数"]
    )
    none = (Said("本期没有类别已经确定的案件。", "No case has a settled category yet."),)
    return Chapter("accuracy", sheet.title, told or none, (sheet,))


def _sheet(figures: Figures, name: str) -> Sheet:
    found: Report = REPORTS[name]
    query = found.query(figures.period.first, figures.period.last)
    if name == "accuracy":
        query = visible(query, figures.asked.scope)
    home = figures.asked.home or figures.asked.scope.institution
    rows = found.shape(reporting.rows(figures.work, query, institution=home), figures.asked.institutions)
    return sheet_of(found, rows)


def sheet_of(found: Report, rows: list[Row]) -> Sheet:
    """The rows of such a report as a sheet; its columns are those of the first row."""
    heads = list(rows[0]) if rows else []
    columns = tuple(
        Column(head, Said(head, LABELS.get(head, head)), SHARE if head in SHARES else TEXT if head in WORDS else COUNT)
        for head in heads
    )
    notes = (Said(found.meaning, found.meaning),) if found.meaning else ()
    told = tuple(tuple(_plain(row[head]) for head in heads) for row in rows)
    return Sheet(found.name, Said(found.title, TITLES.get(found.name, found.title)), columns, told, notes)


def _plain(value: object) -> str | int | float | None:
    if isinstance(value, bool):
        return "是" if value else "否"
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _share(row: Mapping[str, object], key: str) -> str:
    value = row[key]
    return f"{value:.1%}" if isinstance(value, int | float) else "—"
