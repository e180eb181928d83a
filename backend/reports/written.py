"""A written report as values: chapters with sentences, tables and charts. How it looks, the renderers decide.

Whatever number stands in a sentence stands in a table of the same report too:
sentences are made of cells, and shares are rounded once, here, for both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from backend.domain.periods import Period

NOTHING = "—"
TEXT, COUNT, SHARE, CHANGE, NUMBER = "text", "count", "share", "change", "number"
"""What a column holds: words, how many, a share from 0 to 1, how many more (with its sign), a case's number."""


class Said(NamedTuple):
    """The same words for both languages."""

    zh: str
    en: str

    def of(self, language: str) -> str:
        """Those of one language; Chinese for any that there is not."""
        return self.en if language == "en" else self.zh


Cell = str | int | float | Said | None
"""What stands in a table; None: nothing is known of it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``of``: the column whose count its share is of, for who checks it."""

    key: str
    label: Said
    kind: str = COUNT


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table. ``cut``: rows that are not here, since they were too many."""

    key: str
    title: Said
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()
    notes: tuple[Said, ...] = ()
    cut: int = 0
    aside: bool = False  # a page and a paper leave it out; sheets and JSON have it
    inside: bool = False  # a row of it is one case, one officer, or somewhere: it never leaves the desk by itself

    def dicts(self) -> Iterator[Mapping[str, Cell]]:
        """Each row by the keys of its columns."""
        keys = [column.key for column in self.columns]
        for row in self.rows:
            yield dict(zip(keys, row, strict=True))


@dataclass(frozen=True, slots=True)
class Chart:
    """What the table of that key, in the same chapter, shows as a picture: one label and so many values a row.

    ``text``: what a reader hears; in a Word file, where the table stands for it, it is in the caption.
    """

    key: str
    title: Said
    text: Said
    labels: tuple[str, ...]
    names: tuple[Said, ...]
    values: tuple[tuple[int, ...], ...]  # of each name


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of a report."""

    key: str
    title: Said
    sentences: tuple[Said, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    charts: tuple[Chart, ...] = ()
    points: bool = False  # its sentences are a list, numbered
    inside: bool = False  # as of a sheet, and its sentences tell of those rows


@dataclass(frozen=True, slots=True)
class Written:
    """A whole report."""

    key: str
    title: Said
    home: Said  # whose it is
    institution: str | None  # id; None: of all
    period: Period  # as much of it as has been
    span: Said  # what the period is called
    notes: tuple[Said, ...]  # what a reader must know of the whole of it
    chapters: tuple[Chapter, ...]
    made: str  # ISO, local


def share(part: int, whole: int) -> float | None:
    """Of a whole, from 0 to 1, to a tenth of a per cent; None: of nothing."""
    return round(part / whole, 3) if whole else None


def told(cell: Cell, kind: str, language: str) -> str:
    """A cell for readers."""
    if cell is None:
        return NOTHING
    if isinstance(cell, Said):
        return cell.of(language)
    if kind == SHARE and isinstance(cell, int | float):
        return percent(float(cell))
    if kind == CHANGE and isinstance(cell, float):
        return f"{cell:+.1%}" if cell else "0.0%"
    if kind == CHANGE and isinstance(cell, int):
        return f"{cell:+d}" if cell else "0"
    return f"{cell:g}" if isinstance(cell, float) else str(cell)


def percent(value: float | None) -> str:
    """``56.3%``."""
    return NOTHING if value is None else f"{value:.1%}"


def joined(parts: Sequence[Said], zh: str = "、", en: str = ", ") -> Said:
    """Several in one line."""
    return Said(zh.join(part.zh for part in parts), en.join(part.en for part in parts))


def said(cell: Cell) -> Said:
    """A cell's words."""
    return (
        cell if isinstance(cell, Said) else Said("" if cell is None else str(cell), "" if cell is None else str(cell))
    )


def count(cell: Cell) -> int:
    """A cell's count; what is not known is none."""
    return cell if isinstance(cell, int) else 0


def part(cell: Cell) -> float | None:
    """A cell's share."""
    return float(cell) if isinstance(cell, int | float) else None
