"""What may be told to everybody: no count, and no difference of counts, that could point at a person.

Rows under ten are not named but told together. What they come to is told only
where it is ten or more itself, and of two rows or more: else the total less
the rows that are named would give one away, so that the smallest named row goes
in with them. A total under ten is told as "<10". A rate, whose whole is told, is
told where it counts ten at least on both sides; else what its whole alone allows
to say ("over 96 %"). Tables of two sides are not published at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.domain.rates import Rate

FEW = 10
FEWER = f"<{FEW}"
SHOWN = 10  # rows of a table
STEP = 10  # cases, in numbers told roughly


@dataclass(frozen=True, slots=True)
class Published:
    """A table as it may be seen: the rows that are named, largest first, and what all others come to."""

    rows: tuple[tuple[str, int], ...]
    rest: int | str  # a count, "<10", or 0: there are no others


@dataclass(frozen=True, slots=True)
class Share:
    """A rate as it may be seen, 0 to 1: with its 95 % interval, or only what it is more or less than, or nothing."""

    share: float | None = None
    low: float | None = None
    high: float | None = None
    over: float | None = None
    under: float | None = None


def publish(counts: Mapping[str, int], *, shown: int = SHOWN) -> Published:
    """The table with those names."""
    largest = sorted(((name, n) for name, n in counts.items() if n), key=lambda row: (-row[1], row[0]))
    named = [row for row in largest[:shown] if row[1] >= FEW]
    others = largest[len(named) :]
    small = any(n < FEW for _, n in others)
    while named and small and (sum(n for _, n in others) < FEW or len(others) < 2):
        others.insert(0, named.pop())
    return Published(tuple(named), few(sum(n for _, n in others)))


def few(count: int) -> int | str:
    """The count, or that it is small."""
    return FEWER if 0 < count < FEW else count


def share(rate: Rate) -> Share:
    """The rate beside its whole, which is told: exactly with FEW at least on both sides, else by the whole alone.

    What is said of few is the same for none to nine, so that it tells that they are few and not how many.
    """
    part, whole = rate.numerator, rate.denominator
    if whole < 2 * FEW:
        return Share()
    if whole - part < FEW:
        return Share(over=100 * (whole - FEW) // whole / 100)
    if part < FEW:
        return Share(under=-(-100 * FEW // whole) / 100)
    return Share(rate.share, rate.low, rate.high)


def rough(count: int) -> int:
    """To the nearest STEP, halves upwards: one case more or less is seldom seen."""
    return (count + STEP // 2) // STEP * STEP


def series(counts: Sequence[int]) -> tuple[int | None, ...]:
    """Counts in the order of time, whose sum may be known; None: hidden. Zero is told: nobody is in it.

    One hidden alone could be reckoned from the sum, so the smallest other goes with it.
    """
    hidden = {n for n, count in enumerate(counts) if 0 < count < FEW}
    _cover(counts, hidden)
    return tuple(None if n in hidden else count for n, count in enumerate(counts))


def _cover(counts: Sequence[int], hidden: set[int]) -> None:
    """Hide the smallest others until two are hidden and they come to FEW at least, or none is left."""
    others = sorted((n for n in range(len(counts)) if n not in hidden and counts[n]), key=lambda n: (counts[n], n))
    while hidden and others and (len(hidden) < 2 or sum(counts[n] for n in hidden) < FEW):
        hidden.add(others.pop(0))
