"""A measured figure: what it is, its target, how sure one may be of it, and a table of many."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import sqrt
from random import Random
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Row = TypeVar("Row")

SURE = 1.96
"""Standard deviations either side that hold 95 %."""

RESAMPLINGS = 1000


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. ``target`` None: the issue names none; ``most``: it must not be above its target."""

    name: str
    value: float
    n: int
    target: float | None = None
    ci95: tuple[float, float] | None = None
    most: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None: there is none."""
        if self.target is None:
            return None
        return self.value <= self.target if self.most else self.value >= self.target


def share(name: str, right: int, of: int, *, target: float | None = None, most: bool = False) -> Figure:
    """So many of so many; 0 of 0 is 0."""
    return Figure(name, right / of if of else 0.0, of, target, wilson(right, of), most)


def wilson(right: int, of: int) -> tuple[float, float]:
    """The interval that holds the true share 95 times in 100 (Wilson 1927); narrower than 0 to 1 also at the ends."""
    if not of:
        return 0.0, 1.0
    middle = (right + SURE**2 / 2) / (of + SURE**2)
    half = SURE * sqrt(right * (of - right) / of + SURE**2 / 4) / (of + SURE**2)
    return max(0.0, middle - half), min(1.0, middle + half)


def resampled(rows: Sequence[Row], figure: Callable[[Sequence[Row]], float], *, seed: int) -> tuple[float, float]:
    """The middle of what *figure* says to resamplings of *rows* (percentile bootstrap, Efron 1979)."""
    chance = Random(seed)  # noqa: S311 - for resampling, not a secret
    return middle([figure(chance.choices(rows, k=len(rows))) for _ in range(RESAMPLINGS)])


def middle(values: Sequence[float]) -> tuple[float, float]:
    """Where the middle 95 of 100 of them lie."""
    drawn = sorted(values)
    return drawn[int(0.025 * len(drawn))], drawn[max(0, int(0.975 * len(drawn)) - 1)]


def f1(right: int, proposed: int, there: int) -> float:
    """The harmonic mean of precision and recall; 0 where nothing is there or proposed."""
    return 2 * right / (proposed + there) if proposed + there else 0.0


def lines(figures: Iterable[Figure]) -> list[str]:
    """A table in Markdown."""
    head = ["| | target | measured | 95 % | n | met |", "|---|---:|---:|---|---:|---|"]
    return head + [_line(figure) for figure in figures]


def row(figure: Figure) -> dict[str, Any]:
    """The same for a program."""
    return asdict(figure) | {"met": figure.met}


def _line(one: Figure) -> str:
    sign = "≤" if one.most else "≥"
    target = "" if one.target is None else f"{sign} {one.target:g}"
    interval = "" if one.ci95 is None else f"{one.ci95[0]:.3f} … {one.ci95[1]:.3f}"
    met = {None: "", True: "yes", False: "**no**"}[one.met]
    return f"| {one.name} | {target} | {_number(one.value)} | {interval} | {one.n} | {met} |"


def _number(value: float) -> str:
    """With as many digits as people read: a share has three behind the point, a rank none."""
    if isinstance(value, int):
        return str(value)
    return f"{value:.3f}" if value < 2 else f"{value:.1f}" if value < 100 else f"{value:.0f}"
