"""A written report as a workbook (.xlsx): its sentences first, then a sheet for each table, all rows of it.

No cell is a formula: words are written as words, whatever they begin with.
Numbers are numbers and shares are shares, so that a spreadsheet can go on with
them.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import xlsxwriter

from backend.reports.as_text import WORDS, facts, heading, left_off
from backend.reports.word import plain
from backend.reports.written import CHANGE, SHARE, TEXT, Said

if TYPE_CHECKING:
    from backend.reports.written import Sheet, Written

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
"""What the name of a sheet may not have."""
LONGEST_NAME, LONGEST_CELL = 31, 32_767
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDTHS = {TEXT: 24, "number": 22}
SUMMARY = Said("文字", "Text")


def xlsx(found: Written, language: str) -> bytes:
    """The file's bytes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        book.set_properties({"title": plain(found.title.of(language)), "author": "", "company": ""})
        looks = {
            "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
            SHARE: book.add_format({"num_format": "0.0%"}),
            CHANGE: book.add_format({"num_format": "+0;-0;0"}),
            "change_share": book.add_format({"num_format": "+0.0%;-0.0%;0.0%"}),
        }
        taken: set[str] = set()
        _summary(book.add_worksheet(_name(SUMMARY.of(language), taken)), found, language, looks)
        for chapter in found.chapters:
            for sheet in chapter.sheets:
                _sheet(book.add_worksheet(_name(sheet.title.of(language), taken)), sheet, language, looks)
    return out.getvalue()


def _name(title: str, taken: set[str]) -> str:
    """A name that a sheet may have and none has yet."""
    short = FORBIDDEN.sub(" ", plain(title)).strip()[:LONGEST_NAME] or "-"
    name, n = short, 2
    while name.casefold() in taken:
        end = f" {n}"
        name, n = short[: LONGEST_NAME - len(end)] + end, n + 1
    taken.add(name.casefold())
    return name


def _summary(page: Any, found: Written, language: str, looks: dict[str, Any]) -> None:
    page.set_column(0, 0, 110)
    lines = [(plain(found.title.of(language)), "head")]
    lines += [(f"{label}  {words}", "wrap") for label, words in facts(found, language)]
    lines += [(note.of(language), "wrap") for note in found.notes]
    for place, chapter in enumerate(found.chapters, start=1):
        lines.append((heading(place, chapter, language), "head"))
        lines += [(one.of(language), "wrap") for one in chapter.sentences]
    for row, (words, look) in enumerate(lines):
        page.write_string(row, 0, plain(words)[:LONGEST_CELL], looks[look])


def _sheet(page: Any, sheet: Sheet, language: str, looks: dict[str, Any]) -> None:
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, WIDTHS.get(column.kind, 11))
        page.write_string(0, place, column.label.of(language), looks["head"])
    page.freeze_panes(1, 0)
    for n, row in enumerate(sheet.rows, start=1):
        for place, (cell, column) in enumerate(zip(row, sheet.columns, strict=True)):
            words = cell.of(language) if isinstance(cell, Said) else cell
            if isinstance(words, str):
                page.write_string(n, place, plain(words)[:LONGEST_CELL])
            elif words is not None:
                page.write_number(n, place, words, _look(words, column.kind, looks))
    below = len(sheet.rows) + 2
    told = left_off(sheet, language) or ([] if sheet.rows else [WORDS["none"].of(language)])
    for n, line in enumerate(told):
        page.write_string(below + n, 0, plain(line)[:LONGEST_CELL])


def _look(cell: float, kind: str, looks: dict[str, Any]) -> Any:
    return looks.get("change_share" if kind == CHANGE and isinstance(cell, float) else kind)
