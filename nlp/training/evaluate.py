"""How good proposals are, measured on labelled texts: of shipped words and of trained models alike.

Pure: it is handed what was proposed, and chance as a seed. Intervals are the
middle 95 % of resamplings (percentile bootstrap, Efron 1979).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nlp.facts import Proposal

RESAMPLINGS = 1000


@dataclass(frozen=True, slots=True)
class Judged:
    """One labelled text: what it is, what was proposed, and whether that stood without a question."""

    label: str
    best: str
    among_three: bool
    decided: bool


@dataclass(frozen=True, slots=True)
class PerClass:
    """One label: how many texts have it; of those proposed as it, the right ones; of its own, those found."""

    n: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Shares between 0 and 1; ``right_when_decided`` is 0 where nothing was decided."""

    n: int
    accuracy: float
    macro_f1: float
    top3: float
    decided: float
    right_when_decided: float
    ci95: Mapping[str, tuple[float, float]]
    classes: Mapping[str, PerClass]


def judge(label: str, proposal: Proposal) -> Judged:
    """Hold a proposal against the true label, which is a category's name."""
    first = [candidate.category for candidate in proposal.top[:3]]
    return Judged(label, first[0], label in first, proposal.decided)


def evaluate(judged: Sequence[Judged], *, seed: int) -> Evaluation:
    """The figures of at least one text, with their intervals."""
    measured = _figures(Counter(judged))
    chance = Random(seed)  # noqa: S311 - for resampling, not a secret
    kinds = list(dict.fromkeys(judged))  # they are few, and their numbers are counted much sooner than they
    number = {kind: at for at, kind in enumerate(kinds)}
    numbers = [number[one] for one in judged]
    drawn = []
    for _ in range(RESAMPLINGS):
        counted = Counter(chance.choices(numbers, k=len(judged)))
        drawn.append(_figures(Counter({kinds[at]: times for at, times in counted.items()})))
    low, high = int(0.025 * RESAMPLINGS), int(0.975 * RESAMPLINGS) - 1
    ci95 = {}
    for name in measured:
        values = sorted(one[name] for one in drawn)
        ci95[name] = (values[low], values[high])
    return Evaluation(n=len(judged), **measured, ci95=ci95, classes=_classes(Counter(judged)))


def _figures(kinds: Counter[Judged]) -> dict[str, float]:
    n, decided = kinds.total(), sum(count for one, count in kinds.items() if one.decided)
    right = sum(count for one, count in kinds.items() if one.decided and one.best == one.label)
    classes = _classes(kinds)
    return {
        "accuracy": sum(count for one, count in kinds.items() if one.best == one.label) / n,
        "macro_f1": sum(each.f1 for each in classes.values()) / len(classes),
        "top3": sum(count for one, count in kinds.items() if one.among_three) / n,
        "decided": decided / n,
        "right_when_decided": right / decided if decided else 0.0,
    }


def _classes(kinds: Counter[Judged]) -> dict[str, PerClass]:
    """Each label that some text has; a label that was only proposed lowers the others' recall and is no row."""
    own: Counter[str] = Counter()
    proposed: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for one, count in kinds.items():
        own[one.label] += count
        proposed[one.best] += count
        right[one.label] += count if one.best == one.label else 0
    return {
        label: PerClass(
            n=n,
            precision=right[label] / proposed[label] if proposed[label] else 0.0,
            recall=right[label] / n,
            f1=2 * right[label] / (n + proposed[label]),
        )
        for label, n in sorted(own.items())
    }
