"""Rising matter: a category at a place that is told of far more often than is usual at this hour. Pure.

The last 1, 2, 3 and 6 hours of each cell are compared with what is ``usual``:
the chance of so many or more is that of a negative binomial. False alarms are
shared out: ``A_YEAR`` for an institution, in equal parts to the whole, its
districts and its streets, and in equal parts to the cells of each. How many
there are in truth, and how soon a tripling is found: bench/rising.py, docs/topics.md.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import exp, lgamma, log, log1p
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from backend.domain.usual import Cell, Usual

    Stretch = Sequence[tuple[int, float]]
    """Hours of the week, each with how much of it lies in a window."""
    Windows = Mapping[int, Mapping[Cell, int]]
    """Counts by hours of the window."""

WINDOWS = (1, 2, 3, 6)
"""Hours back from now."""
A_YEAR = 6.0
"""Alarms in a year in which nothing changes, of one institution, as they are shared out."""
DEPTHS = 3
LOOKS = 35_000.0
"""Looks a year at one cell: each quarter of an hour. Windows overlap, so that more of them are hardly more looks."""
FEWEST = 6
"""Cases that make an alarm."""
REST, QUIET = 3, 0.05
"""An alarm ends when as many cases as in the last REST hours are this likely again."""
ENOUGH = 1e-12
NEARLY = 0.8
"""The share of what is more than usual that makes a narrower place the alarm's."""
SWELL, TELLING, OTHERS = 2.0, 5.0, 5
"""How much everything may be more than usual; cases that a category must have to tell of it, and categories."""
DEVIATIONS, SHARE = 3.0, 1.5
"""Below these it is not worth reckoning the chance: no alarm is so near to what is usual."""


@dataclass(frozen=True, slots=True)
class Rise:
    """What stands out: so many cases in the last hours against what is expected; ``chance``: of so many or more."""

    cell: Cell
    hours: int
    count: int
    expected: float
    chance: float


def limits(usual: Usual) -> dict[int, float]:
    """The chance below which it is an alarm, by depth of the cell."""
    cells = Counter(cell.depth for cell in usual.levels)
    return {depth: A_YEAR / DEPTHS / n / LOOKS for depth, n in cells.items()}


def look(
    usual: Usual, counts: Windows, stretches: Mapping[int, Stretch], *, standing: Collection[Cell] = ()
) -> list[Rise]:
    """The cells that stand out now, none within another, the least likely first.

    *standing*: cells whose alarm is on. They are not told again, nor is what
    lies within them; of what they lie in, only the rest is looked at.
    """
    low, told, swell = limits(usual), set(standing), general(usual, counts, stretches)
    seen = sorted({cell for one in counts.values() for cell in one if cell in usual.levels})
    found: list[Rise] = []
    while True:
        free = [cell for cell in seen if cell not in told and not any(cell.within(other) for other in told)]
        rises = [one for cell in free if (one := _rise(usual, cell, counts, stretches, told, swell=swell)) is not None]
        rises = [one for one in rises if one.chance < low[one.cell.depth]]
        if not rises:
            return found
        found.append(_narrowest(min(rises, key=lambda one: (one.chance, one.cell)), rises))
        told.add(found[-1].cell)
        seen = [cell for cell in seen if cell.category in {one.cell.category for one in rises}]


def general(usual: Usual, counts: Windows, stretches: Mapping[int, Stretch]) -> float:
    """By how much everything is more than usual, from 1 to SWELL: the middle one of the categories tells.

    On a day on which everybody calls, no category stands out for that.
    """
    longest = max(counts, default=0)
    means = {cell: usual.expected(cell, stretches[longest]) for cell in usual.levels if not cell.place}
    ratios = [counts[longest].get(cell, 0) / mean for cell, mean in means.items() if mean >= TELLING]
    return min(SWELL, max(1.0, median(ratios))) if len(ratios) >= OTHERS else 1.0


def over(usual: Usual, cell: Cell, count: int, stretch: Stretch) -> bool:
    """Whether an alarm has ended: *count* in the last REST hours is nothing unusual."""
    if cell not in usual.levels:
        return count < FEWEST
    return tail(count, usual.expected(cell, stretch), usual.levels[cell].width) >= QUIET


def stands_out(count: float, mean: float, width: float) -> bool:
    """Whether it is worth reckoning the chance."""
    return count > SHARE * mean and (count - mean) ** 2 > DEVIATIONS**2 * (mean + width * mean * mean)


def tail(count: int, mean: float, width: float) -> float:
    """The chance of *count* or more of a negative binomial with that mean and variance mean + width × mean²."""
    if count <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    if count <= mean:
        return max(0.0, 1.0 - sum(_chance(n, mean, width) for n in range(count)))
    total, term, n, size = 0.0, _chance(count, mean, width), count, 1 / width
    while term > total * ENOUGH:
        total += term
        term *= (n + size) / (n + 1) * mean / (mean + size)
        n += 1
    return min(1.0, total)


def _narrowest(best: Rise, rises: Iterable[Rise]) -> Rise:
    """It is told where it is: the narrowest place that has nearly all of it."""
    most = NEARLY * (best.count - best.expected)
    inner = [one for one in rises if one.cell.within(best.cell) and one.count - one.expected >= most]
    return min(inner, key=lambda one: (-one.cell.depth, one.chance, one.cell), default=best)


def _rise(
    usual: Usual,
    cell: Cell,
    counts: Windows,
    stretches: Mapping[int, Stretch],
    told: Iterable[Cell],
    *,
    swell: float,
) -> Rise | None:
    """Its least likely window, without what is told of already."""
    width = usual.levels[cell].width
    parts = [one for one in told if one in usual.levels and one.within(cell)]
    found = []
    for hours, at in counts.items():
        count = at.get(cell, 0) - sum(at.get(one, 0) for one in parts)
        if count < FEWEST:
            continue
        whole = usual.expected(cell, stretches[hours]) * swell
        mean = max(whole - swell * sum(usual.expected(one, stretches[hours]) for one in parts), whole / 10)
        if stands_out(count, mean, width):
            found.append(Rise(cell, hours, count, mean, tail(count, mean, width)))
    return min(found, key=lambda one: (one.chance, one.hours), default=None)


def _chance(n: int, mean: float, width: float) -> float:
    """Of just so many."""
    size = 1 / width
    ways = lgamma(n + size) - lgamma(size) - lgamma(n + 1)
    return exp(ways - size * log1p(mean * width) + n * (log(mean) - log(mean + size)))
