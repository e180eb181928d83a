"""Answers as a file: CSV for programs, for people xlsx with what they come to. No cell is a formula, whatever it begins with."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from backend.services.campaigns.results import Result
    from backend.web.desk.view import Reader

    Table = Sequence[Sequence[str | int | float]]

RISKY = ("=", "+", "-", "@", "\t", "\r")
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LONGEST_CELL = 32_767  # characters
WIDTH = 18


def as_csv(table: Table, _summed: Table, _names: Sequence[str]) -> bytes:
    """The answers; UTF-8 with its mark, by which a spreadsheet knows it."""
    out = io.StringIO()
    csv.writer(out).writerows([_plain(cell) for cell in row] for row in table)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def as_xlsx(table: Table, summed: Table, names: Sequence[str]) -> bytes:
    """The answers, and on a second sheet what each question's come to. ``names``: of both sheets."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        for name, rows in zip(names, (table, summed), strict=True):
            _sheet(book.add_worksheet(name), rows, bold)
    return out.getvalue()


def _sheet(sheet: Any, table: Table, bold: Any) -> None:
    sheet.freeze_panes(1, 0)
    for y, row in enumerate(table):
        for x, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(y, x, cell[:LONGEST_CELL], None if y else bold)
            else:
                sheet.write_number(y, x, cell)
    if table:
        sheet.set_column(0, len(table[0]) - 1, WIDTH)


def summed(results: Sequence[Result], reader: Reader) -> list[list[str | int | float]]:
    """A row for each value of each question: how many, the share, and where it lies with 95 % confidence."""
    heads = [reader.t(f"campaign.file.{key}") for key in ("question", "value", "count", "share", "low", "high")]
    return [[*heads], *(row for place, one in enumerate(results, start=1) for row in _summed(place, one, reader))]


def _summed(place: int, one: Result, reader: Reader) -> Iterator[list[str | int | float]]:
    asked = f"{place}. {one.question.text(reader.language)}"
    yield [asked, reader.t("campaign.answered", n=one.told.answered), one.told.answered]
    if one.told.mean is not None:
        yield [asked, reader.t("campaign.mean", mean=f"{one.told.mean:.2f}")]
    for cell in one.told.cells:
        ends = [round(each, 4) for each in (cell.share, cell.low, cell.high) if each is not None]
        yield [asked, one.question.label(cell.value, reader.language), cell.count or 0, *ends]


FILES: dict[str, tuple[Callable[[Table, Table, Sequence[str]], bytes], str]] = {
    "csv": (as_csv, "text/csv"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def _plain(cell: str | float) -> str | float:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell
