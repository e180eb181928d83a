"""Charts as SVG, made here: nothing but shapes and words, with a text alternative; colours are the page's own classes."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDE, HIGH = 720, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 12, 28
LINES = 4  # of the grid, at most
TOLD = 8  # labels below it, at most
DOTTED = 70
"""Points that are marked; more would run into each other."""


@dataclass(frozen=True, slots=True)
class Series:
    """One line. ``mark``: circle or square, so that lines differ without colour too."""

    name: str
    values: tuple[int, ...]
    mark: str = "circle"


def lines(title: str, text: str, labels: Sequence[str], series: Sequence[Series], *, key: str) -> str:
    """A line for each series over the labels. *text*: what a reader hears; *key*: unique on the page.

    Classes: chart, grid, tick, line-0, line-1 …
    """
    top = _round_up(max((value for one in series for value in one.values), default=0))
    head = (
        f'<svg class="chart" viewBox="0 0 {WIDE} {HIGH}" role="img" aria-labelledby="{key}-title {key}-text" '
        f'xmlns="http://www.w3.org/2000/svg"><title id="{key}-title">{escape(title)}</title>'
        f'<desc id="{key}-text">{escape(text)}</desc>'
    )
    parts = [head]
    step = max(1, top // LINES)
    for value in range(0, top + 1, step):
        y = _y(value, top)
        parts.append(f'<path class="grid" d="M{LEFT} {y}H{WIDE - RIGHT}"/>')
        parts.append(f'<text class="tick" x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value}</text>')
    every = max(1, ceil(len(labels) / TOLD))
    for n in range(0, len(labels), every):
        anchor = "start" if n == 0 and len(labels) > 1 else "end" if n == len(labels) - 1 > 0 else "middle"
        x = _x(n, len(labels))
        parts.append(f'<text class="tick" x="{x}" y="{HIGH - 8}" text-anchor="{anchor}">{escape(labels[n])}</text>')
    for place, one in enumerate(series):
        parts.append(_line(one, place, len(labels), top))
    return "".join([*parts, "</svg>"])


def _line(one: Series, place: int, size: int, top: int) -> str:
    points = [(_x(n, size), _y(value, top)) for n, value in enumerate(one.values)]
    path = "L".join(f"{x} {y}" for x, y in points)
    drawn = [f'<path class="line line-{place}" d="M{path}"/>'] if points else []
    if len(points) <= DOTTED:
        for x, y in points:
            drawn.append(
                f'<rect class="dot dot-{place}" x="{x - 2.5:.1f}" y="{y - 2.5:.1f}" width="5" height="5"/>'
                if one.mark == "square"
                else f'<circle class="dot dot-{place}" cx="{x}" cy="{y}" r="2.8"/>'
            )
    return "".join(drawn)


def _x(n: int, size: int) -> float:
    room = WIDE - LEFT - RIGHT
    return round(LEFT + (room / 2 if size == 1 else room * n / (size - 1)), 1)


def _y(value: int, top: int) -> float:
    return round(TOP + (HIGH - TOP - BOTTOM) * (1 - value / top), 1)


def _round_up(value: int) -> int:
    """The next number that four lines of a grid divide well."""
    size = LINES
    while size * 10 < value:
        size *= 10
    return next(size * n for n in range(1, 11) if size * n >= value)
