"""A report as text: Markdown for people, JSON for programs. Nothing is reckoned here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from backend.reports.as_text import MARKS
from backend.reports.registry import BY_FILING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from backend.reports.registry import Row

    Render = Callable[[dict[str, Any], Sequence[Row]], str]

NOTHING = "—"


def markdown(head: dict[str, Any], rows: Sequence[Row]) -> str:
    """A title, the days, a table and what it means; a sentence where there are no rows."""
    lines = [f"# {head['title']}", "", f"{head['from']} 至 {head['to']}（{head.get('by', BY_FILING)}）", ""]
    if not rows:
        return "\n".join([*lines, "这段时间没有可统计的案件。"])
    columns = list(rows[0])
    table = [columns, ["---"] * len(columns), *([_cell(row[column]) for column in columns] for row in rows)]
    meaning = ["", head["meaning"]] if head.get("meaning") else []
    return "\n".join([*lines, *(f"| {' | '.join(cells)} |" for cells in table), *meaning])


def as_json(head: dict[str, Any], rows: Sequence[Row]) -> str:
    """The same as one line of JSON."""
    return json.dumps(head | {"rows": list(rows)}, ensure_ascii=False)


FORMATS: dict[str, Render] = {"md": markdown, "json": as_json}
"""How a report may be written out, by the word on the command line."""


def _cell(value: object) -> str:
    """A share as per cent; empty: a dash; what would break the table is masked."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.1%}"
    return MARKS.sub(r"\\\g<0>", str(value)).replace("\n", " ")
