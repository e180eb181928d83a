"""How sure is sure enough: turning scores of letters held out into shares that can be believed, and a threshold.

Part of train.py, and needs what it needs.
"""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

import numpy as np

from nlp.training.model import Calibration

if TYPE_CHECKING:
    from numpy.typing import NDArray

RIGHT, AIMED = 0.975, 0.978
"""How often a proposal that stands without a question should be right; what is aimed at for that, since a threshold is
a little too bold for letters that it was not set on."""

SHARPNESSES = np.geomspace(0.5, 10.0, 60)
NEVER = 1.01
"""A share that no proposal reaches."""

FEWEST = 20
"""Letters from which a share of right ones means something."""


def calibrate(scores: NDArray[np.float64], short: NDArray[np.float64], wanted: NDArray[np.int64]) -> Calibration:
    """The sharpness under which the true labels are likeliest, and the thresholds.

    ``scores`` are of whole letters, ``short`` of the same letters' subjects
    alone: letters × labels each.
    """
    both, twice = np.vstack([scores, short]), np.concatenate([wanted, wanted])
    sharpness = float(max(SHARPNESSES, key=lambda each: likelihood(both, twice, each)))
    return Calibration(
        sharpness=round(sharpness, 4),
        decided=threshold(shares(scores, sharpness), wanted),
        decided_short=threshold(shares(short, sharpness), wanted),
    )


def shares(scores: NDArray[np.float64], sharpness: float) -> NDArray[np.float64]:
    """As Model does it: they add up to 1 in each row."""
    raised = np.exp(sharpness * (scores - scores.max(axis=1, keepdims=True)))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def threshold(shares: NDArray[np.float64], wanted: NDArray[np.int64], *, right_share: float = AIMED) -> float:
    """The least share of the first such that those above it are right often enough; above 1: never."""
    first = shares.max(axis=1)
    order = np.argsort(-first, kind="stable")
    right = np.cumsum(shares.argmax(axis=1)[order] == wanted[order])
    so_many = np.arange(1, len(wanted) + 1)
    enough = np.flatnonzero((right >= right_share * so_many) & (so_many >= FEWEST))
    return floor(first[order[enough[-1]]] * 1e6) / 1e6 if len(enough) else NEVER


def figures(
    scores: NDArray[np.float64], wanted: NDArray[np.int64], sharpness: float, decided: float
) -> dict[str, float]:
    """What was measured, for people to read: shares of letters."""
    chances = shares(scores, sharpness)
    right, sure = chances.argmax(axis=1) == wanted, chances.max(axis=1) >= decided
    return {
        "accuracy": round(float(right.mean()), 4),
        "decided": round(float(sure.mean()), 4),
        "right_when_decided": round(float(right[sure].mean()), 4) if sure.any() else 0.0,
    }


def likelihood(scores: NDArray[np.float64], wanted: NDArray[np.int64], sharpness: float) -> float:
    """How likely the true labels are under these shares: the mean of their logarithms."""
    true = shares(scores, sharpness)[np.arange(len(wanted)), wanted]
    return float(np.log(np.maximum(true, 1e-12)).mean())
