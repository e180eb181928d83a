"""A table of answers as a file: CSV for programs, xlsx for people. No cell is a formula, whatever it begins with."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Table = Sequence[Sequence[str | int | float]]

RISKY = ("=", "+", "-", "@", "\t", "\r")
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LONGEST_CELL = 32_767  # characters
WIDTH = 18


def as_csv(table: Table) -> bytes:
    """UTF-8 with its mark, by which a spreadsheet knows it."""
    out = io.StringIO()
    csv.writer(out).writerows([_plain(cell) for cell in row] for row in table)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def as_xlsx(table: Table) -> bytes:
    """One sheet, the headings above."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        sheet.freeze_panes(1, 0)
        for y, row in enumerate(table):
            for x, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(y, x, cell[:LONGEST_CELL], None if y else bold)
                else:
                    sheet.write_number(y, x, cell)
        if table:
            sheet.set_column(0, len(table[0]) - 1, WIDTH)
    return out.getvalue()


FILES: dict[str, tuple[Callable[[Table], bytes], str]] = {
    "csv": (as_csv, "text/csv"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def _plain(cell: str | float) -> str | float:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell
