"""A written report as Markdown for people and as JSON for programs; nothing is reckoned here."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from backend.reports.written import Said, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from backend.reports.written import Cell, Chapter, Sheet, Written

WORDS = {
    "of": Said("机构", "Institution"),
    "span": Said("时段", "Period"),
    "made": Said("生成时间", "Made at"),
    "none": Said("没有可列的内容。", "Nothing to list."),
    "cut": Said("另有 {n} 行没有列出。", "{n} more rows are not listed."),
}


def markdown(found: Written, language: str) -> str:
    """Headings, sentences, tables."""
    lines = [
        f"# {found.title.of(language)}",
        "",
        *(
            f"- {label}：{words}" if language != "en" else f"- {label}: {words}"
            for label, words in facts(found, language)
        ),
        *(f"- {note.of(language)}" for note in found.notes),
    ]
    for place, chapter in enumerate(read(found), start=1):
        lines += ["", f"## {heading(place, chapter, language)}", "", *_sentences(chapter, language)]
        for sheet in chapter.sheets:
            if not sheet.aside:
                lines += ["", *_table(sheet, language)]
    return "\n".join([*lines, ""])


def as_json(found: Written) -> str:
    """Both languages, the tables as rows by the keys of their columns; one line."""
    return json.dumps(as_dict(found), ensure_ascii=False)


def as_dict(found: Written) -> dict[str, Any]:
    """The same as values."""
    return {
        "report": found.key,
        "title": found.title.zh,
        "title_en": found.title.en,
        "institution": found.institution,
        "institution_name": found.home.zh,
        "institution_name_en": found.home.en,
        "from": found.period.first.isoformat(),
        "to": found.period.last.isoformat(),
        "period": found.period.kind,
        "period_name": found.span.zh,
        "period_name_en": found.span.en,
        "made_at": found.made,
        "notes": [note.zh for note in found.notes],
        "notes_en": [note.en for note in found.notes],
        "sections": [_chapter(chapter) for chapter in found.chapters],
    }


def facts(found: Written, language: str) -> tuple[tuple[str, str], ...]:
    """What a reader must know before they read."""
    told_ = (
        ("of", found.home.of(language)),
        ("span", spanned(found, language)),
        ("made", found.made[:16].replace("T", " ")),
    )
    return tuple((WORDS[key].of(language), words) for key, words in told_)


def spanned(found: Written, language: str) -> str:
    """The period's name and its days."""
    days = Said(f"{found.period.first} 至 {found.period.last}", f"{found.period.first} to {found.period.last}")
    return f"{found.span.of(language)}（{days.zh}）" if language != "en" else f"{found.span.en} ({days.en})"


NUMERALS = "一二三四五六七八九十"


def heading(place: int, chapter: Chapter, language: str) -> str:
    """一、总体情况."""
    number = NUMERALS[place - 1] if place <= len(NUMERALS) else str(place)
    return f"{number}、{chapter.title.zh}" if language != "en" else f"{place}. {chapter.title.en}"


def read(found: Written) -> list[Chapter]:
    """The chapters that have something to read; the others are in the sheets."""
    return [one for one in found.chapters if one.sentences or any(not sheet.aside for sheet in one.sheets)]


WIDEST = 9
"""Columns that a reader sees side by side; of a wider table parts and wholes stay in sheets and JSON, where shares have them."""


def columns(sheet: Sheet) -> list[int]:
    """The columns that are read: none that is empty in every row, and no more than fit."""
    told = [n for n in range(len(sheet.columns)) if not sheet.rows or any(row[n] is not None for row in sheet.rows)]
    if len(told) <= WIDEST:
        return told
    return [n for n in told if not sheet.columns[n].key.endswith(("_part", "_whole"))]


def cells(sheet: Sheet, language: str, among: Sequence[int]) -> Iterator[list[str]]:
    """Each row as readers see it, in those columns."""
    for row in sheet.rows:
        yield [told(row[n], sheet.columns[n].kind, language) for n in among]


def left_off(sheet: Sheet, language: str) -> list[str]:
    """What stands below a table."""
    cut = [WORDS["cut"].of(language).format(n=sheet.cut)] if sheet.cut else []
    return [*cut, *(note.of(language) for note in sheet.notes)]


def _sentences(chapter: Chapter, language: str) -> list[str]:
    if chapter.points:
        return [f"{n}. {_plain(one.of(language))}" for n, one in enumerate(chapter.sentences, start=1)]
    words = (" " if language == "en" else "").join(one.of(language) for one in chapter.sentences)
    return [_plain(words)] if words else []


def _table(sheet: Sheet, language: str) -> list[str]:
    title = f"**{sheet.title.of(language)}**"
    if not sheet.rows:
        return [title, "", WORDS["none"].of(language)]
    among = columns(sheet)
    head = [sheet.columns[n].label.of(language) for n in among]
    rows = [head, ["---"] * len(head), *([_plain(cell) for cell in row] for row in cells(sheet, language, among))]
    notes = left_off(sheet, language)
    return [title, "", *(f"| {' | '.join(row)} |" for row in rows), *(["", *notes] if notes else [])]


MARKS = re.compile(r"[\\|<`\[\]]")
"""What begins a tag, a link, a picture or a cell: whoever wrote the words of a case writes nothing into the page."""


def _plain(words: str) -> str:
    return MARKS.sub(r"\\\g<0>", words).replace("\n", " ")


def _chapter(chapter: Chapter) -> dict[str, Any]:
    return {
        "key": chapter.key,
        "title": chapter.title.zh,
        "title_en": chapter.title.en,
        "text": [one.zh for one in chapter.sentences],
        "text_en": [one.en for one in chapter.sentences],
        "tables": [_sheet(sheet) for sheet in chapter.sheets],
    }


def _sheet(sheet: Sheet) -> dict[str, Any]:
    heads = [
        {"key": one.key, "label": one.label.zh, "label_en": one.label.en, "kind": one.kind} for one in sheet.columns
    ]
    return {
        "key": sheet.key,
        "title": sheet.title.zh,
        "title_en": sheet.title.en,
        "columns": heads,
        "rows": [dict(_both(row)) for row in sheet.dicts()],
        "left_off": sheet.cut,
        "notes": [note.zh for note in sheet.notes],
        "notes_en": [note.en for note in sheet.notes],
    }


def _both(row: Any) -> Iterator[tuple[str, Cell]]:
    """Words in Chinese under the key, in English beside it where they differ."""
    for key, cell in row.items():
        if isinstance(cell, Said):
            yield key, cell.zh
            if cell.en != cell.zh:
                yield f"{key}_en", cell.en
        else:
            yield key, cell
