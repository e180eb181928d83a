"""A model from a city's own labelled cases.

How weights come about is fitting.py's. How sure a proposal must be to stand
without a question is measured here, on letters that the weights have not
seen, near-duplicates held out together; calibrate.py sets the thresholds.

Needs the extra ``train``. Pure: the same letters and seed give the same model.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np

from nlp.segment import Segmenter
from nlp.training import duplicates
from nlp.training.calibrate import calibrate, figures
from nlp.training.features import HEAD_CHARACTERS, Reading, read
from nlp.training.fitting import Counts, Fit, count, fit, score
from nlp.training.model import Model, readable
from nlp.training.packed import Block

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

Progress = Callable[[str, float], None]
"""Told what is being done, and which share of the whole is behind us."""

DEFAULT = ("subject words", "subject runs", "whole words", "detail words", "detail runs")
"""The kinds of features that made better models; pairs of words made worse ones (docs/measurements.md)."""

FOLDS = 5
MOST_LABELS = 1000
LARGEST = 32767
"""The largest weight, in steps: a 16-bit number."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One labelled case. Where it has one text only, that is the detail."""

    subject: str
    detail: str
    label: str


class Unfit(Exception):
    """Nothing can be learnt from these letters; the sentence says why."""


def train(
    letters: Sequence[Letter],
    *,
    seed: int,
    told: Progress,
    unlabelled: Sequence[tuple[str, str]] = (),
    kinds: Sequence[str] = DEFAULT,
) -> Model:
    """Fit a model. Raises: Unfit: fewer than two labels or too many, or a label with one letter only.

    ``unlabelled`` are more texts, subject and detail each: they tell how rare
    a word is, not what it means.
    """
    labels = _labels(letters)
    counts = counted(letters, unlabelled, kinds, told)
    wanted = np.array([labels.index(letter.label) for letter in letters])
    whole, short = held_out(counts, wanted, split(letters, seed=seed), len(labels), seed=seed, told=told)
    calibration = calibrate(whole, short, wanted)
    told("fitting the weights", 0.9)
    final = fit(counts, wanted, np.ones(len(letters), dtype=bool), len(labels), seed=seed)
    history = {
        "letters": dict(sorted(Counter(letter.label for letter in letters).items())),
        "unlabelled": len(unlabelled),
        "seed": seed,
        "kinds": list(kinds),
        "held_out": figures(whole, wanted, calibration.sharpness, calibration.decided),
        "held_out_short": figures(short, wanted, calibration.sharpness, calibration.decided_short),
    }
    told("done", 1.0)
    return Model(labels, tuple(_blocks(counts, final)), tuple(map(float, final.bias)), calibration, history)


def split(letters: Sequence[Letter], *, seed: int) -> NDArray[np.int64]:
    """For each letter its fold, near-duplicates together."""
    order = list(range(len(letters)))
    Random(seed).shuffle(order)  # noqa: S311 - for a split, not a secret
    groups = duplicates.groups([f"{letter.subject}\n{letter.detail}" for letter in letters])
    return np.array(duplicates.folds(groups, FOLDS, order))


def held_out(
    counts: Sequence[Counts], wanted: NDArray[Any], fold: NDArray[Any], labels: int, *, seed: int, told: Progress
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Scores of every letter, whole and short, by weights that have not seen its fold."""
    whole, short = np.zeros((len(wanted), labels)), np.zeros((len(wanted), labels))
    for number in range(FOLDS):
        told("trying weights on letters held out", 0.5 + 0.4 * number / FOLDS)
        held = fold == number
        if held.any() and not held.all():
            fitted = fit(counts, wanted, ~held, labels, seed=seed)
            whole[held] = score(fitted, [kind.whole[held] for kind in counts])
            short[held] = score(fitted, [kind.short[held] for kind in counts])
    return whole, short


def _labels(letters: Sequence[Letter]) -> tuple[str, ...]:
    known = Counter(letter.label for letter in letters)
    if len(known) < 2:
        raise Unfit(f"two labels are needed to tell texts apart, and there is {len(known)}")
    if len(known) > MOST_LABELS:
        raise Unfit(f"{len(known)} labels are more than the {MOST_LABELS} that a model may have")
    if few := sorted(label for label, times in known.items() if times < 2):
        names = ", ".join(few[:5]) + (f" and {len(few) - 5} others" if len(few) > 5 else "")
        raise Unfit(f"one text is too few to learn a label from, and no more have {names}")
    return tuple(sorted(known))


def counted(
    letters: Sequence[Letter], unlabelled: Sequence[tuple[str, str]], kinds: Sequence[str], told: Progress
) -> tuple[Counts, ...]:
    """What is in all texts; a letter is also counted as short as a chat message: its subject, or its beginning."""
    segmenter = Segmenter()
    texts = [(letter.subject, letter.detail) for letter in letters]
    texts += [("", letter.subject or letter.detail[:HEAD_CHARACTERS]) for letter in letters]
    readings: list[Reading] = []
    for number, (subject, detail) in enumerate([*texts, *unlabelled]):
        if number % 100 == 0:
            told("reading", 0.3 * number / (len(texts) + len(unlabelled)))
        readings.append(read(detail, subject, segmenter))
    told("counting words", 0.3)
    return tuple(count(readings, kind, len(letters)) for kind in kinds)


def _blocks(counts: Sequence[Counts], final: Fit) -> Iterator[Block]:
    """In the model's form: rarity already in the weights, weights in whole steps."""
    start = 0
    for kind, chosen in zip(counts, final.chosen, strict=True):
        end = start + len(chosen.columns)
        ready = final.weights[:, start:end] * chosen.rarity
        step = float(np.abs(ready).max(initial=0.0)) / LARGEST or 1.0
        columns = tuple(array("h", np.round(row / step).astype(np.int16).tobytes()) for row in ready)
        index = {kind.names[column]: row for row, column in enumerate(chosen.columns)}
        words = bytes(readable(kind.kind, name) for name in index)
        yield Block(kind.kind, index, words, array("f", chosen.rarity.astype(np.float32).tobytes()), columns, step)
        start = end
