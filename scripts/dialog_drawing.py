"""The drawing of the dialog's map: a card for each stage, in columns by how many steps it is away at first.

Each card says who takes what is said there and which stages that leads to; an
arrow leads to each stage from where it is first reached. Who may take anything
at any time stands on the left, in order. Plain SVG, laid out here.
"""

from __future__ import annotations

from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WIDE, GAP_X, GAP_Y, EDGE = 200, 96, 22, 24  # pixels: a card, between columns, between cards, around all
PANEL = 236
HEAD, LINE, CHIP = 46, 15, 21  # heights: of a card's head, of a line of text, of a row of chips
LETTER = 6.1  # pixels a letter of a chip is wide, about
HUES = {
    "idle": "#5a6675", "consent": "#1a5f96", "elsewhere": "#6b5b95", "splitting": "#0b7285", "asking": "#1d7145",
    "confirming": "#2f6b1f", "changing": "#8a5a00", "cancelling": "#8a3b12", "sorting": "#5b4a9e", "claiming": "#3d5a80",
    "withdrawing": "#7a3e65", "reason": "#7a4a2b", "alarm": "#b3261e", "joining": "#2a6f6f", "placing": "#4d6a12", "forgetting": "#6d4c41",
}  # fmt: skip
OTHER = "#44505e"
GLOSS = {
    "idle": "nothing under way", "consent": "may we use what you tell us?", "elsewhere": "not ours: file it all the same?",
    "splitting": "several matters: a case each?", "asking": "one fact after the other", "confirming": "the summary is shown",
    "changing": "which fact is to be changed?", "cancelling": "really cancel?", "sorting": "new, or more of the last case?",
    "claiming": "the phone that proves a number", "withdrawing": "really take it back?", "reason": "why?",
    "alarm": "danger: where, which phone?", "joining": "others told the same: join them?", "placing": "which of these places?",
    "forgetting": "really delete what we keep?",
}  # fmt: skip
STYLE = """\
text { font-family: -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; fill: #1d2733; }
.name { font-size: 15px; font-weight: 600; } .soft { font-size: 11px; fill: #5a6675; } .chip { font-size: 11px; fill: #fff; }
.by { font-size: 11px; fill: #1d2733; } .label { font-size: 10.5px; fill: #1a5f96; paint-order: stroke; stroke: #f3f5f8;
stroke-width: 4px; } .way { fill: none; stroke: #8fa3b8; stroke-width: 1.6; }"""


def drawn(
    leads: Mapping[str, Mapping[str, Sequence[str]]],
    reached: Mapping[str, tuple[int, str, str]],
    first: Sequence[tuple[str, Sequence[str]]],
) -> str:
    """The SVG.

    *leads*: stage -> who takes it there -> stages it leads to. *reached*: stage -> (steps from the beginning, from
    which stage at first, by what). *first*: who may take anything, in order, and the stages that leads to.
    """
    columns: dict[int, list[str]] = defaultdict(list)
    for stage, (steps, _, _) in reached.items():
        columns[steps].append(stage)
    heights = {stage: _height(leads.get(stage, {})) for stage in reached}
    tall = max(sum(heights[s] + GAP_Y for s in stages) for stages in columns.values())
    tall = max(tall, len(first) * 40 + 60)
    at: dict[str, tuple[int, int]] = {}
    for number, steps in enumerate(sorted(columns)):
        stages = columns[steps]
        y = EDGE + (tall - sum(heights[s] + GAP_Y for s in stages)) // 2
        for stage in stages:
            at[stage] = (EDGE + PANEL + 40 + number * (WIDE + GAP_X), y)
            y += heights[stage] + GAP_Y
    wide = EDGE * 2 + PANEL + 40 + len(columns) * (WIDE + GAP_X) - GAP_X
    parts = [_arrow(at, heights, stage, told) for stage, told in reached.items() if told[1] in at and told[1] != stage]
    parts += [_card(at[stage], stage, leads.get(stage, {}), heights[stage]) for stage in reached]
    body = "\n".join([_panel(first, tall), *parts])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {tall + 2 * EDGE}" width="{wide}" '
        f'height="{tall + 2 * EDGE}" role="img" aria-label="The stages of the dialog and what leads from one to the other">\n'
        f'<style>{STYLE}</style>\n<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#8fa3b8"/></marker></defs>\n'
        f'<rect width="100%" height="100%" fill="#f3f5f8"/>\n{body}\n</svg>\n'
    )


def _card(place: tuple[int, int], stage: str, leads: Mapping[str, Sequence[str]], height: int) -> str:
    x, y = place
    hue = HUES.get(stage, OTHER)
    parts = [
        f'<rect x="{x}" y="{y}" width="{WIDE}" height="{height}" rx="9" fill="#fff" stroke="{hue}" stroke-width="1.5"/>',
        f'<rect x="{x}" y="{y}" width="6" height="{height}" rx="3" fill="{hue}"/>',
        f'<text class="name" x="{x + 16}" y="{y + 20}">{escape(stage)}</text>',
        f'<text class="soft" x="{x + 16}" y="{y + 36}">{escape(GLOSS.get(stage, ""))}</text>',
    ]
    y += HEAD
    for taker, ends in leads.items():
        y += LINE
        parts.append(f'<text class="by" x="{x + 16}" y="{y - 3}">{escape(_short(taker))} →</text>')
        for row in _rows(ends):
            parts += _chips(x + 16, y, row)
            y += CHIP
    return "\n".join(parts)


def _chips(x: float, y: int, row: Sequence[str]) -> list[str]:
    parts = []
    for stage in row:
        wide = _chip_width(stage)
        parts.append(f'<rect x="{x:g}" y="{y}" width="{wide:g}" height="17" rx="8.5" fill="{HUES.get(stage, OTHER)}"/>')
        parts.append(f'<text class="chip" x="{x + 7:g}" y="{y + 12.5:g}">{escape(stage)}</text>')
        x += wide + 4
    return parts


def _arrow(
    at: Mapping[str, tuple[int, int]], heights: Mapping[str, int], stage: str, told: tuple[int, str, str]
) -> str:
    """From where the stage is first reached, labelled with what leads there."""
    (x0, y0), (x1, y1) = at[told[1]], at[stage]
    if x1 - x0 > WIDE + GAP_X:  # cards lie between: a short arrow that says where it comes from
        y1 += 20
        way = f'<path class="way" d="M{x1 - 60} {y1}H{x1 - 3}" marker-end="url(#tip)"/>'
        label = escape(f"{told[1]}: {told[2]}")
        return f'{way}\n<text class="label" x="{x1 - 8}" y="{y1 - 6}" text-anchor="end">{label}</text>'
    x0, y0, y1 = x0 + WIDE, y0 + min(20, heights[told[1]] // 2), y1 + 20
    bend = (x1 - x0) / 2
    way = (
        f'<path class="way" d="M{x0} {y0}C{x0 + bend:g} {y0} {x1 - bend:g} {y1} {x1 - 3} {y1}" marker-end="url(#tip)"/>'
    )
    return f'{way}\n<text class="label" x="{x1 - 8}" y="{y1 - 6}" text-anchor="end">{escape(told[2])}</text>'


def _panel(first: Sequence[tuple[str, Sequence[str]]], tall: int) -> str:
    high = len(first) * 40 + 52
    y = EDGE + (tall - high) // 2
    parts = [
        f'<rect x="{EDGE}" y="{y}" width="{PANEL}" height="{high}" rx="9" fill="#fff" stroke="#d9dfe6"/>',
        f'<text class="name" x="{EDGE + 14}" y="{y + 22}">whatever was asked</text>',
        f'<text class="soft" x="{EDGE + 14}" y="{y + 37}">each in turn may take a message</text>',
    ]
    y += 46
    for number, (taker, ends) in enumerate(first, 1):
        parts.append(f'<text class="by" x="{EDGE + 14}" y="{y + 12}">{number}. {escape(_short(taker))}</text>')
        shown = list(ends)
        row = next(iter(_rows(shown, PANEL - 44)), [])
        parts += _chips(EDGE + 28, y + 17, row) if row else []
        if not row:
            parts.append(f'<text class="soft" x="{EDGE + 28}" y="{y + 28}">and back to the question</text>')
        elif len(row) < len(shown):
            end = EDGE + 28 + sum(_chip_width(stage) + 4 for stage in row)
            parts.append(f'<text class="soft" x="{end:g}" y="{y + 29}">…</text>')
        y += 40
    return "\n".join(parts)


def _height(leads: Mapping[str, Sequence[str]]) -> int:
    return HEAD + sum(LINE + CHIP * len(list(_rows(ends))) for ends in leads.values()) + 6


def _rows(ends: Sequence[str], wide: float = WIDE - 28) -> list[list[str]]:
    """The chips, as many a row as there is room for."""
    rows: list[list[str]] = []
    left = 0.0
    for stage in ends:
        if not rows or left < _chip_width(stage):
            rows.append([])
            left = wide
        rows[-1].append(stage)
        left -= _chip_width(stage) + 4
    return rows


def _chip_width(stage: str) -> float:
    return round(len(stage) * LETTER + 14, 1)


def _short(taker: str) -> str:
    return taker.removeprefix("dialogs.")
