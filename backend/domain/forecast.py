"""How likely a clock is to be broken, learnt from clocks that have ended; every figure can be told why.

A glimpse is one look at a running clock: what is known of its case then, as
names (``grade=urgent``), and whether it was late in the end. A logistic sum of
weights, one for each name, is fitted on the earlier months and tried on the
later ones; where its Brier score is not clearly better than the base rate of
the category at the same point of the clock, nothing but that rate is served.
Pure: no clock, no chance; the same glimpses give the same forecast.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SHARES = (0.0, 0.25, 0.5, 0.75)
"""At these points of a clock's time one looks at it: at its beginning, and when a quarter, half, three quarters are gone."""
FEWEST = 200
"""Glimpses that each side needs: with fewer, no comparison means anything."""
HELD_OUT = 0.25
"""The share of months that are held out, one at least."""
SURE = 1.64
"""Standard errors by which the score must be better: of twenty models no better than the rate, one passes."""
RIDGE = 1.0
ROUNDS = 30
SETTLED = 1e-4
PRIOR = 10.0
"""A category's rate is drawn to the institution's by as many glimpses as this."""


@dataclass(frozen=True, slots=True)
class Glimpse:
    """One look at a clock: the month in which it began, its category and the names of what was known, how it ended."""

    month: str  # 2026-09: sorted, it is the order of time
    category: str
    share: float  # one of SHARES
    names: tuple[str, ...]
    late: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """How a forecast did on the months that it had not seen. Brier scores: the less, the better."""

    n: int
    late: int
    months: tuple[str, ...]
    model: float
    base: float
    better: bool


@dataclass(frozen=True, slots=True)
class Learnt:
    """What is served: the weights if they passed their trial, the rates always."""

    weights: Mapping[str, float] = field(default_factory=dict)  # "" is what every sum begins with
    rates: Mapping[str, float] = field(default_factory=dict)  # "category@0.5" and "@0.5" of all -> share of late ones
    trial: Trial | None = None  # None: too few to try
    n: int = 0

    @property
    def better(self) -> bool:
        """Whether the weights are served."""
        return self.trial is not None and self.trial.better

    def base(self, category: str, share: float) -> float | None:
        """How many clocks of that category were late of those that still ran at that point; None: nothing is known."""
        return self.rates.get(f"{category}@{share}", self.rates.get(f"@{share}"))


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is said of one running clock."""

    chance: float
    base: float  # of its category
    better: bool  # False: the base rate is all there is, and the chance is that
    reasons: tuple[tuple[str, float], ...] = ()  # names that move it most, with their weights; above 0: later


def point(gone: float) -> float:
    """The last of SHARES that a clock has passed of whose time this share is gone."""
    return max(share for share in SHARES if share <= max(gone, 0.0))


def load(count: int, usual: float) -> str:
    """How much a department has on its desk, beside what it usually has."""
    ratio = (count + 1) / (usual + 1)
    return next((name for name, limit in (("light", 0.7), ("usual", 1.3), ("heavy", 2.0)) if ratio <= limit), "flooded")


def of(learnt: Learnt, *, category: str, share: float, names: Sequence[str], most: int = 3) -> Forecast | None:
    """The forecast for a clock as it stands; None: nothing was learnt about such."""
    base = learnt.base(category, share)
    if base is None:
        return None
    if not learnt.better:
        return Forecast(base, base, better=False)
    known = [(name, learnt.weights[name]) for name in names if name in learnt.weights]
    chance = sigmoid(learnt.weights.get("", 0.0) + sum(weight for _, weight in known))
    moving = sorted((pair for pair in known if abs(pair[1]) >= 0.1), key=lambda pair: (-abs(pair[1]), pair[0]))
    return Forecast(chance, base, better=True, reasons=tuple(moving[:most]))


def learn(glimpses: Sequence[Glimpse]) -> Learnt:
    """Fit, try on the later months, and keep what may be served. The order of *glimpses* does not matter."""
    months = sorted({one.month for one in glimpses})
    rates = rates_of(glimpses)
    held = set(months[-max(1, round(len(months) * HELD_OUT)) :]) if len(months) > 1 else set()
    earlier = [one for one in glimpses if one.month not in held]
    later = [one for one in glimpses if one.month in held]
    if min(len(earlier), len(later)) < FEWEST:
        return Learnt(rates=rates, n=len(glimpses))
    trial = _try(Learnt(fit(earlier), rates_of(earlier)), later, tuple(sorted(held)))
    return Learnt(fit(glimpses) if trial.better else {}, rates, trial, len(glimpses))


def brier(pairs: Iterable[tuple[float, bool]]) -> float:
    """The mean square of what a forecast missed; 0 is perfect, 0.25 is always saying half."""
    missed = [(chance - late) ** 2 for chance, late in pairs]
    return sum(missed) / len(missed) if missed else 0.0


def rates_of(glimpses: Iterable[Glimpse]) -> dict[str, float]:
    """The share of late ones, for each category at each point and for all; a small category's is drawn to that of all."""
    seen: Counter[str] = Counter()
    late: Counter[str] = Counter()
    for one in glimpses:
        for key in (f"{one.category}@{one.share}", f"@{one.share}"):
            seen[key] += 1
            late[key] += one.late
    whole = {key: late[key] / seen[key] for key in seen if key.startswith("@")}
    own = {key: (late[key] + PRIOR * whole[key[key.index("@") :]]) / (seen[key] + PRIOR) for key in sorted(seen)}
    return own | whole


def fit(glimpses: Sequence[Glimpse]) -> dict[str, float]:
    """The weight of each name, by Newton's steps on one after another; glimpses alike are counted together."""
    cells = _cells(glimpses)
    weights = dict.fromkeys(sorted({name for names, *_ in cells for name in names}), 0.0)
    sums = [0.0] * len(cells)
    having: dict[str, list[int]] = defaultdict(list)
    for index, (names, _, _) in enumerate(cells):
        for name in names:
            having[name].append(index)
    for _ in range(ROUNDS):
        if max((_step(name, having[name], cells, weights, sums) for name in weights), default=0.0) < SETTLED:
            break
    return {name: round(weight, 4) for name, weight in weights.items()}


def sigmoid(value: float) -> float:
    """A sum of weights as a chance."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


def as_json(learnt: Learnt) -> dict[str, Any]:
    """What is kept of it."""
    trial = learnt.trial
    told = {name: getattr(trial, name) for name in Trial.__annotations__} if trial else None
    return {"weights": dict(learnt.weights), "rates": dict(learnt.rates), "trial": told, "n": learnt.n}


def from_json(told: Mapping[str, Any]) -> Learnt:
    """The same from what was kept."""
    trial = told["trial"]
    tried = Trial(**{**trial, "months": tuple(trial["months"])}) if trial else None
    return Learnt(told["weights"], told["rates"], tried, told["n"])


def _cells(glimpses: Sequence[Glimpse]) -> list[tuple[tuple[str, ...], int, int]]:
    """Names, how many glimpses had just these, how many of them were late; each with the name that all have."""
    seen: Counter[tuple[str, ...]] = Counter()
    late: Counter[tuple[str, ...]] = Counter()
    for one in glimpses:
        names = ("", *sorted(set(one.names)))
        seen[names] += 1
        late[names] += one.late
    return [(names, seen[names], late[names]) for names in sorted(seen)]


def _step(
    name: str,
    having: list[int],
    cells: list[tuple[tuple[str, ...], int, int]],
    weights: dict[str, float],
    sums: list[float],
) -> float:
    """Move one weight to where the likelihood, less the ridge, is flat; how far it went."""
    ridge = 0.0 if name == "" else RIDGE
    slope, bend = -ridge * weights[name], ridge + 1e-9
    for index in having:
        _, n, late = cells[index]
        chance = sigmoid(sums[index])
        slope += late - n * chance
        bend += n * chance * (1 - chance)
    moved = max(-1.0, min(1.0, slope / bend))
    weights[name] += moved
    for index in having:
        sums[index] += moved
    return abs(moved)


def _try(learnt: Learnt, later: Sequence[Glimpse], months: tuple[str, ...]) -> Trial:
    gains, model, base = [], [], []
    for one in later:
        chance = sigmoid(sum(learnt.weights.get(name, 0.0) for name in ("", *one.names)))
        rate = learnt.base(one.category, one.share) or 0.0
        model.append((chance, one.late))
        base.append((rate, one.late))
        gains.append((rate - one.late) ** 2 - (chance - one.late) ** 2)
    mean = sum(gains) / len(gains)
    spread = math.sqrt(sum((gain - mean) ** 2 for gain in gains) / len(gains))
    clocks = len(gains) / len(SHARES)  # at least: looks at one clock tell nearly the same
    better = mean > SURE * spread / math.sqrt(clocks) and mean > 0
    late = sum(one.late for one in later)
    return Trial(len(later), late, months, round(brier(model), 5), round(brier(base), 5), better)
