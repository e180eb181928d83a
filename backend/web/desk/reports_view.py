"""A written report as its page shows it: chapters, tables that fit, charts as SVG; numbers of cases lead to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from markupsafe import Markup

from backend.reports import charts
from backend.reports.as_text import columns, heading, left_off, read, spanned
from backend.reports.charts import Series
from backend.reports.written import TEXT, told

if TYPE_CHECKING:
    from backend.reports.written import Chapter, Chart, Sheet, Written
    from backend.web.desk.view import Reader

Shown = dict[str, Any]
ROWS = 30
"""Of a table on the page; sheets have all."""
MARKS = ("circle", "square")
CASE = "/desk/cases/"


def shown(found: Written, reader: Reader) -> Shown:
    """What the template fills in."""
    language = reader.language
    return {
        "span": spanned(found, language),
        "of": found.home.of(language),
        "made": found.made[:16].replace("T", " "),
        "notes": [note.of(language) for note in found.notes],
        "chapters": [_chapter(place, one, reader) for place, one in enumerate(read(found), start=1)],
        "cases": _cases(found),
    }


def _cases(found: Written) -> str:
    """The work list of the cases filed in the period."""
    told_ = {"tab": "all", "filed_from": found.period.first.isoformat(), "filed_to": found.period.last.isoformat()}
    return f"/desk?{urlencode(told_ | ({'institution': found.institution} if found.institution else {}))}"


def _chapter(place: int, chapter: Chapter, reader: Reader) -> Shown:
    language = reader.language
    return {
        "key": chapter.key,
        "title": heading(place, chapter, language),
        "sentences": [one.of(language) for one in chapter.sentences],
        "points": chapter.points,
        "charts": [_chart(one, chapter.key, reader) for one in chapter.charts],
        "tables": [_table(sheet, language) for sheet in chapter.sheets],
    }


def _table(sheet: Sheet, language: str) -> Shown:
    among, apart = columns(sheet), sheet.key.endswith(APART)
    most = APART_ROWS if apart else OPEN_ROWS if sheet.key.endswith(OPEN) else ROWS
    rows = [
        [
            (
                told(row[n], sheet.columns[n].kind, language),
                sheet.columns[n].kind == "number",
                sheet.columns[n].kind == TEXT,
            )
            for n in among
        ]
        for row in sheet.rows[:most]
    ]
    return {
        "key": sheet.key,
        "title": sheet.title.of(language),
        "heads": [(sheet.columns[n].label.of(language), sheet.columns[n].kind == TEXT) for n in among],
        "rows": rows,
        "more": max(0, len(sheet.rows) - most),
        "notes": left_off(sheet, language),
        "folded": sheet.aside or sheet.key in FOLDED or apart,
    }


OPEN, APART = "_department", ("_institution", "_handler", "_category", "_district", "_course")
"""Of the tables of one rate that of departments stands open; the others are folded. There are forty, so all are short."""
OPEN_ROWS, APART_ROWS = 20, 8
FOLDED = frozenset({"defined", "left_out", "problems", "trend", "hours"})
"""Tables that are opened by whoever doubts."""


def _chart(chart: Chart, key: str, reader: Reader) -> Shown:
    language = reader.language
    lines = [
        Series(name.of(language), values, MARKS[n % len(MARKS)])
        for n, (name, values) in enumerate(zip(chart.names, chart.values, strict=True))
    ]
    labels = [label[5:] if len(label) == len("2026-11-21") else label for label in chart.labels]
    svg = charts.lines(chart.title.of(language), chart.text.of(language), labels, lines, key=f"{key}-{chart.key}")
    return {"title": chart.title.of(language), "svg": Markup(svg), "names": [name.of(language) for name in chart.names]}  # noqa: S704 - made here, escaped
