"""Reports that are one query and its rows (``reports.registry``) as chapters of a written one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.reports import accuracy, funnel
from backend.reports.registry import REPORTS
from backend.reports.written import COUNT, SHARE, TEXT, Chapter, Column, Said, Sheet, part, said
from backend.store import reporting
from backend.store.visible import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.reports.figures import Figures
    from backend.reports.registry import Report, Row
    from backend.reports.written import Cell
    from institutions.model import Institution

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
NAMED, TAKEN = frozenset({"机构", "类别", "步骤"}), "常被误作"
TITLES = {
    "funnel": "Where citizens stop",
    "pace": "How long filing takes",
    "accuracy": "How often the proposal was right",
}


MEANINGS = {
    "funnel": "Arrived: times that this was asked, also after a change. Left: cancelled, closed when its time was over, or silent"
    " for a whole day; came back: went on afterwards. Not understood: answers that were not read. Emergencies are filed at"
    " once and are not here. Counts alone, nothing of citizens.",
    "pace": "From the first words to filing; turns are the citizen's messages. Half, and nine in ten, of the cases took no more;"
    " durations are the upper end of their bracket. Emergencies are not timed.",
}


def stops(figures: Figures) -> Chapter:
    """The funnel."""
    sheet = _sheet(figures, "funnel")
    rows = [row for row in sheet.dicts() if row["离开率"]]
    worst = max(rows, key=lambda row: (part(row["离开率"]) or 0.0, said(row["步骤"]).zh), default=None)
    told = Said("本期没有市民中途离开。", "Nobody left on the way.")
    if worst is not None:
        share, step = f"{worst['离开率']:.1%}", said(worst["步骤"])
        told = Said(
            f"离开最多的一步是“{step.zh}”：到达 {worst['到达']} 次，{share} 没有再回来。",
            f"Most left at “{step.en}”: {share} of {worst['到达']} did not come back.",
        )
    return Chapter("funnel", sheet.title, (told,), (sheet,))


def pace(figures: Figures) -> Chapter:
    """How many turns and seconds filing took."""
    sheet = _sheet(figures, "pace")
    return Chapter("pace", sheet.title, (), (sheet,))


def proposals(figures: Figures) -> Chapter:
    """How often the proposed category was right."""
    sheet = _sheet(figures, "accuracy")
    whole = [row for row in sheet.dicts() if said(row["类别"]).zh == accuracy.EVERY]
    told = tuple(
        Said(
            f"{said(row['机构']).zh}：建议 {row['建议件数']} 件，正确 {row['正确件数']} 件，准确率 {_share(row, '准确率')}"
            f"（95% 在 {_share(row, '95%下限')} 到 {_share(row, '95%上限')} 之间）。",
            f"{said(row['机构']).en}: {row['正确件数']} of {row['建议件数']} proposals right, {_share(row, '准确率')}"
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
    return sheet_of(found, rows, figures.asked.institutions)


def sheet_of(found: Report, rows: list[Row], institutions: Mapping[str, Institution]) -> Sheet:
    """The rows of such a report as a sheet; its columns are those of the first row."""
    english = _english(institutions)
    heads = list(rows[0]) if rows else []
    columns = tuple(
        Column(head, Said(head, LABELS.get(head, head)), SHARE if head in SHARES else TEXT if head in WORDS else COUNT)
        for head in heads
    )
    notes = (Said(found.meaning, MEANINGS.get(found.name, found.meaning)),) if found.meaning else ()
    told = tuple(tuple(_plain(head, row[head], english) for head in heads) for row in rows)
    return Sheet(found.name, Said(found.title, TITLES.get(found.name, found.title)), columns, told, notes)


def _plain(head: str, value: object, english: Mapping[str, str]) -> Cell:
    if isinstance(value, bool):
        return Said("是", "yes") if value else Said("否", "no")
    if isinstance(value, str) and head in NAMED:
        return Said(value, english.get(value, value))
    if isinstance(value, str) and head == TAKEN:
        parts = [one.rpartition(" ") for one in value.split("，")]
        return Said(value, ", ".join(f"{english.get(name, name)} {n}" for name, _, n in parts).strip())
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _english(institutions: Mapping[str, Institution]) -> dict[str, str]:
    """What the names of institutions, categories and questions are in English."""
    found = {funnel.called(step, "zh"): funnel.called(step, "en") for step in funnel.ORDER}
    for home in institutions.values():
        found[home.name] = home.name_en or home.name
        found |= {one.name: one.name_en or one.name for one in home.categories}
    return found | {accuracy.EVERY: "All"}


def _share(row: Mapping[str, object], key: str) -> str:
    value = row[key]
    return f"{value:.1%}" if isinstance(value, int | float) else "—"
