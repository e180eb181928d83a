"""The cases behind the numbers of a report, for its sheets: where each stands, never who it is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain.lifecycle import RULES, Status
from backend.reports import cases
from backend.reports.names import SOURCES
from backend.reports.written import TEXT, Chapter, Column, Said, Sheet

if TYPE_CHECKING:
    from backend.reports.cases import Listed
    from backend.reports.figures import Figures
    from backend.reports.written import Cell

GRADES = {
    "emergency": Said("特急", "Emergency"),
    "urgent": Said("紧急", "Urgent"),
    "ordinary": Said("一般", "Ordinary"),
    "complex": Said("复杂", "Complex"),
    "minor": Said("轻微", "Minor"),
}
COLUMNS = (
    Column("number", Said("编号", "Number"), "number"),
    Column("filed", Said("登记日期", "Filed"), TEXT),
    Column("institution", Said("机构", "Institution"), TEXT),
    Column("source", Said("来源", "Source"), TEXT),
    Column("category", Said("类别", "Category"), TEXT),
    Column("department", Said("部门", "Department"), TEXT),
    Column("district", Said("区域", "District"), TEXT),
    Column("grade", Said("等级", "Grade"), TEXT),
    Column("status", Said("现状", "Status"), TEXT),
    Column("officer", Said("承办人", "Officer"), TEXT),
    Column("closed", Said("办结日期", "Closed"), TEXT),
)


def chapter(figures: Figures) -> Chapter:
    """A sheet that stands aside of what is read."""
    found = cases.listed(figures)
    received = figures.one(figures.period).received
    rows = tuple(_row(figures, one) for one in found)
    title = Said("案件明细", "The cases")
    cut = max(0, received - len(rows)) if len(rows) == cases.LISTED else 0
    sheet = Sheet("cases", title, COLUMNS, rows, (SEALED,), cut, aside=True, inside=True)
    return Chapter("cases", title, (), (sheet,), inside=True)


SEALED = Said(
    "保密案件计入数字，但不在明细里。",
    "Sealed cases are counted, where the reader may know of them, and listed nowhere.",
)


def _row(figures: Figures, one: Listed) -> tuple[Cell, ...]:
    names, status = figures.names, RULES[Status(one.status)]
    return (
        one.number,
        one.filed_day.isoformat(),
        Said(*names.of(one.institution, "institution", one.institution)),
        SOURCES.get(one.source, one.source),
        Said(*names.of(one.institution, "category", one.category_id)),
        Said(*names.of(one.institution, "department", one.department_id)),
        one.district,
        GRADES.get(one.grade, one.grade),
        Said(status.label, status.label_en),
        one.officer or "",
        one.closed_day.isoformat() if one.closed_day else None,
    )
