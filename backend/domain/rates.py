"""The rates that a hotline is judged by, from counts. Shares from 0 to 1; None where there is nothing to count.

Response, solution and satisfaction come from the visit-back (the three rates
三率 of "接诉即办"): only people who answered that question count, silence is
neither yes nor no. The on-time rate comes from the clocks. Counting is the
reports' work.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SCORES = range(1, 6)
SATISFIED = 4  # this score and better counts as satisfied
Z = 1.96
"""Standard errors on both sides of a share that hold it 95 times of 100."""


class WrongCount(ValueError):
    """A count below zero, or a score that nobody can give."""

    def __init__(self, what: str, count: int) -> None:
        super().__init__(f"{what} cannot be {count}")
        self.what, self.count = what, count


def response(*, contacted: int, not_contacted: int) -> float | None:
    """The share of people whom a handler got in touch with. Raises: WrongCount."""
    return _share(contacted, contacted + not_contacted, contacted=contacted, not_contacted=not_contacted)


def solution(*, solved: int, partly: int, unsolved: int) -> float | None:
    """The share of people whose matter is solved; partly is not solved. Raises: WrongCount."""
    return _share(solved, solved + partly + unsolved, solved=solved, partly=partly, unsolved=unsolved)


def satisfaction(scores: Mapping[int, int]) -> float | None:
    """The share of people who gave 4 or 5 of 5; ``scores`` counts people by score. Raises: WrongCount."""
    for score in scores:
        if score not in SCORES:
            raise WrongCount("a score", score)
    pleased = sum(people for score, people in scores.items() if score >= SATISFIED)
    return _share(pleased, sum(scores.values()), **{f"people with score {key}": n for key, n in scores.items()})


def on_time(*, in_time: int, late: int) -> float | None:
    """The share of promises kept; ``late`` holds those broken and still open too, clocks still running count nowhere.

    Raises: WrongCount.
    """
    return _share(in_time, in_time + late, in_time=in_time, late=late)


def wilson(part: int, whole: int) -> tuple[float, float] | None:
    """Where a share lies with 95 % confidence (Wilson's interval); None: there is nothing to count. Raises: WrongCount."""
    share = _share(part, whole, **{"the part": part, "the rest": whole - part})
    if share is None:
        return None
    spread = Z * sqrt(share * (1 - share) / whole + Z * Z / (4 * whole * whole))
    middle, scale = share + Z * Z / (2 * whole), 1 + Z * Z / whole
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def _share(part: int, whole: int, **counts: int) -> float | None:
    for what, count in counts.items():
        if count < 0:
            raise WrongCount(what.replace("_", " "), count)
    return part / whole if whole else None
