"""Weights for words, from counts of them: the numerical part of train.py, and it needs what that needs.

For each label a linear support vector machine over features that are first
weighed by how much likelier they are under it than elsewhere (Wang and
Manning, "Baselines and Bigrams", 2012: NB-SVM). Only the features that tell
labels apart best take part, which makes a better model and a smaller one.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse
from sklearn.svm import LinearSVC

from nlp.training.features import KINDS, features
from nlp.training.packed import RARITY_STEP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from nlp.training.features import Reading

LEAST, MOST = 2, 20_000
"""Letters that must hold a feature; features of a kind. More than these did worse (docs/measurements.md)."""

CAPACITY, SMOOTHING = 0.1, 1.0
"""How much a wrong letter may bend the weights; what is added to each count before likelihoods are compared."""


@dataclass(frozen=True, slots=True)
class Counts:
    """One kind of feature: for each letter 1 + log of how often each is there, sparse, letters × features."""

    kind: str
    names: tuple[str, ...]
    whole: Any
    short: Any  # what a letter would count as, had it only its subject; measured on, not learnt from
    elsewhere: NDArray[Any]  # texts without a label that hold the feature
    unlabelled: int  # how many of those texts there are


@dataclass(frozen=True, slots=True)
class Chosen:
    """The features of one kind that some letters chose, and how rare each is among them."""

    columns: NDArray[Any]
    rarity: NDArray[Any]


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights for all chosen features of all kinds, side by side: labels × features."""

    chosen: tuple[Chosen, ...]
    weights: NDArray[Any]
    bias: NDArray[Any]


def count(readings: Sequence[Reading], kind: str, letters: int) -> Counts:
    """Every feature that enough whole letters hold, in the order of their names.

    *readings* are the letters, then the same letters short, then texts without a label.
    """
    numbers: defaultdict[str, int] = defaultdict(lambda: len(numbers))
    found, ends, often = array("i"), array("i", [0]), array("i")
    for reading in readings:
        counts = Counter(features(reading, KINDS[kind]))
        found.extend(map(numbers.__getitem__, counts))
        often.extend(counts.values())
        ends.append(len(found))
    values = 1.0 + np.log(np.array(often, dtype=np.float32))
    every = sparse.csr_matrix((values, np.array(found), np.array(ends)), shape=(len(readings), len(numbers)))
    held = every[:letters].getnnz(axis=0)
    names = sorted(name for name, number in numbers.items() if held[number] >= LEAST)
    every = every[:, [numbers[name] for name in names]]
    others = every[2 * letters :]
    return Counts(
        kind, tuple(names), every[:letters], every[letters : 2 * letters], others.getnnz(axis=0), others.shape[0]
    )


def fit(counts: Sequence[Counts], wanted: NDArray[Any], learnt: NDArray[Any], labels: int, *, seed: int) -> Fit:
    """Choose features and fit weights on the letters that *learnt* marks; *wanted* are all letters' labels."""
    mine = wanted[learnt]
    chosen = tuple(_choose(kind, kind.whole[learnt], mine, labels) for kind in counts)
    rows = _lengthened([kind.whole[learnt] for kind in counts], chosen)
    # one after another: the library's threads share one source of chance, and would not do the same twice
    fitted = [_against_the_rest(rows, mine == label, seed) for label in range(labels)]
    return Fit(chosen, np.array([weights for weights, _ in fitted]), np.array([bias for _, bias in fitted]))


def score(fitted: Fit, asked: Sequence[Any]) -> NDArray[np.float64]:
    """What the weights say to letters, given as their counts of each kind: letters × labels."""
    return np.asarray(_lengthened(asked, fitted.chosen) @ fitted.weights.T + fitted.bias)


def _choose(kind: Counts, matrix: Any, wanted: NDArray[Any], labels: int) -> Chosen:
    """The features whose frequency under some label is farthest from what chance would give (chi-squared)."""
    found = matrix.getnnz(axis=0).astype(np.float64)
    telling = np.zeros(matrix.shape[1])
    for label in range(labels):
        mine = wanted == label
        by_chance = np.maximum(found * mine.mean(), 1e-9)
        telling = np.maximum(telling, (matrix[mine].getnnz(axis=0) - by_chance) ** 2 / by_chance)
    telling[found < LEAST] = -1.0
    best = np.argsort(-telling, kind="stable")[:MOST]
    columns = np.sort(best[telling[best] >= 0])
    columns = columns[np.argsort(-found[columns], kind="stable")]  # what is often looked up lies close together
    texts = matrix.shape[0] + kind.unlabelled
    rarity = np.log((1.0 + texts) / (1.0 + (found + kind.elsewhere)[columns])) + 1.0
    return Chosen(columns, np.round(rarity / RARITY_STEP) * RARITY_STEP)


def _lengthened(matrices: Sequence[Any], chosen: Sequence[Chosen]) -> Any:
    """The chosen features times their rarity, side by side; each letter's features of a kind brought to length 1."""
    kinds = []
    for matrix, some in zip(matrices, chosen, strict=True):
        rows = matrix[:, some.columns].multiply(some.rarity).tocsr()
        length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
        kinds.append(sparse.diags(1.0 / np.where(length > 0, length, 1.0)) @ rows)
    return sparse.hstack(kinds).tocsr()


def _against_the_rest(rows: Any, mine: NDArray[Any], seed: int) -> tuple[NDArray[Any], float]:
    """Weights and bias of one label; where no letter has it (or all do), they say no (or yes) to everything."""
    if mine.all() or not mine.any() or rows.shape[1] == 0:
        return np.zeros(rows.shape[1]), 1.0 if mine.all() else -1.0
    here = rows[mine].getnnz(axis=0) + SMOOTHING
    there = rows[~mine].getnnz(axis=0) + SMOOTHING
    likelier = np.log((here / here.sum()) / (there / there.sum()))
    weighed = sparse.csr_matrix((rows.data * likelier[rows.indices], rows.indices, rows.indptr), shape=rows.shape)
    machine = LinearSVC(C=CAPACITY, random_state=seed).fit(weighed, mine)
    return machine.coef_[0] * likelier, float(machine.intercept_[0])
