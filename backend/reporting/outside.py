"""A report as it may leave the desk by itself: sums alone. Rows of cases, of officers and of places stay where one logs in.

A page and a file that somebody fetches are made for their rights, at that
moment, and the fetching is theirs to answer for. A letter goes to a mailbox or
a group chat that others may read, today or in years.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from backend.reports.written import Said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.reports.written import Chapter, Written

LEFT_OUT = Said(
    "涉及具体案件、承办人和地点的内容不外发，请登录接诉系统查看。",
    "What tells of single cases, officers and places is not sent; log in to read it.",
)


def outside(found: Written) -> Written:
    """The same report without what stays inside, and a note that says so where anything was left out."""
    chapters = tuple(_chapters(found))
    left_out = chapters != found.chapters
    return replace(found, chapters=chapters, notes=(*found.notes, LEFT_OUT) if left_out else found.notes)


def _chapters(found: Written) -> Iterator[Chapter]:
    for chapter in found.chapters:
        if not chapter.inside:
            yield replace(chapter, sheets=tuple(sheet for sheet in chapter.sheets if not sheet.inside))
