"""A written report as a Word file: chapters with sentences and tables, on A4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.reports import word
from backend.reports.as_text import WORDS, cells, columns, facts, heading, left_off, read, spanned
from backend.reports.papers import Paper, Part, Table
from backend.reports.written import TEXT, Said

if TYPE_CHECKING:
    from datetime import datetime

    from backend.reports.written import Chapter, Sheet, Written

PAGES = Said("第 {page} 页，共 {pages} 页", "Page {page} of {pages}")
CAPTION = Said("{title}：{told}", "{title}. {told}")
WIDE, NARROW = 2.2, 1.0
LANGUAGES = {"en": "en-GB"}


def docx(found: Written, language: str, *, at: datetime) -> bytes:
    """The file's bytes."""
    return word.docx(paper(found, language), at=at)


def paper(found: Written, language: str) -> Paper:
    """The report as a paper."""
    notes = (
        (Part(_notes_title(language), texts=tuple(note.of(language) for note in found.notes)),) if found.notes else ()
    )
    parts = tuple(_part(place, chapter, language) for place, chapter in enumerate(read(found), start=1))
    return Paper(
        found.title.of(language),
        spanned(found, language),
        facts(found, language),
        (*parts, *notes),
        f"{found.home.of(language)} · {found.title.of(language)}",
        PAGES.of(language),
        LANGUAGES.get(language, "zh-CN"),
        covered=False,
    )


def _notes_title(language: str) -> str:
    return Said("说明", "Notes").of(language)


def _part(place: int, chapter: Chapter, language: str) -> Part:
    sentences = [one.of(language) for one in chapter.sentences]
    if chapter.points:
        texts = tuple(f"{n}. {one}" for n, one in enumerate(sentences, start=1))
    else:
        words = (" " if language == "en" else "").join(sentences)
        texts = (words,) if words else ()
    drawn = {chart.key: chart.text.of(language) for chart in chapter.charts}
    shown = [sheet for sheet in chapter.sheets if sheet.rows and (not sheet.aside or sheet.key in drawn)]
    tables = tuple(_table(sheet, language, drawn.get(sheet.key, "")) for sheet in shown)
    return Part(heading(place, chapter, language), texts=texts, tables=tables, empty=WORDS["none"].of(language))


def _table(sheet: Sheet, language: str, told: str) -> Table:
    """The table; *told*: what the chart says that it stands for."""
    places = columns(sheet)
    widths = tuple(WIDE if sheet.columns[n].kind == TEXT else NARROW for n in places)
    headings = tuple(sheet.columns[n].label.of(language) for n in places)
    rows = tuple(tuple(row) for row in cells(sheet, language, places))
    title = sheet.title.of(language)
    caption = CAPTION.of(language).format(title=title, told=told) if told else title
    return Table(headings, rows, widths, caption, tuple(left_off(sheet, language)))
