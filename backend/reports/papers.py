"""What a printed paper holds, as values: a cover, parts with facts, words, tables and pictures, lines to sign.

Pure data. What stands in it, its maker decides; how it looks, ``word``.
"""

from __future__ import annotations

from dataclasses import dataclass

Rows = tuple[tuple[str, ...], ...]
Facts = tuple[tuple[str, str], ...]
"""(label, words)."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below headings; ``widths``: the columns' shares of the page, in any unit."""

    headings: tuple[str, ...]
    rows: Rows
    widths: tuple[float, ...]
    title: str = ""  # above it
    notes: tuple[str, ...] = ()  # below it


@dataclass(frozen=True, slots=True)
class Picture:
    """A small picture with its caption; without ``data`` (JPEG or PNG) the caption stands alone."""

    caption: str
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One chapter. Empty kinds of content are left out; ``signs``: labels of lines that are filled in by hand."""

    title: str
    facts: Facts = ()
    texts: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    pictures: tuple[Picture, ...] = ()
    signs: tuple[str, ...] = ()
    empty: str = ""  # what is said where there is nothing at all
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper. ``pages`` has {page} and {pages}; ``head`` stands above each page."""

    title: str
    under: str  # below the title
    cover: Facts
    parts: tuple[Part, ...]
    head: str
    pages: str
    language: str  # zh-CN, en-GB
    covered: bool = True  # False: the title and its facts stand on the first page with the rest
