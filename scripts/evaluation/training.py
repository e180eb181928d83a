"""What a trained model is worth on your own letters: against plain methods, and kind of feature by kind.

    python -m scripts.evaluation.training LABELLED.csv … --text subject --text detail --label label [--seed 1]

Everything is measured on letters held out in five folds, near-duplicates
together, the same folds for all; differences with their 95 % intervals by
paired bootstrap. It ends with 1 where the model is worse than TF-IDF with a
linear support vector machine over words and characters by more than chance.
Without a file it says what it needs and measures nothing.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse
from sklearn.metrics import f1_score
from sklearn.svm import LinearSVC

from backend.cli import tables
from nlp.training import calibrate, train
from nlp.training.features import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from nlp.training.fitting import Counts

RESAMPLINGS = 2000
OURS, GATE = "our model", "TF-IDF, LinearSVC: words and characters"


@dataclass(frozen=True, slots=True)
class Row:
    """One method: scores of all letters, letters × labels, and how long its folds took."""

    name: str
    scores: NDArray[np.float64]
    seconds: float


@dataclass(frozen=True, slots=True)
class Bench:
    """All letters counted once, and the folds."""

    counts: dict[str, Counts]
    wanted: NDArray[Any]
    fold: NDArray[Any]
    labels: int
    seed: int

    def ours(self, name: str, kinds: Sequence[str]) -> Row:
        """The model of nlp.training.train with these kinds of features."""
        started = perf_counter()
        counts = [self.counts[kind] for kind in kinds]
        whole, _ = train.held_out(counts, self.wanted, self.fold, self.labels, seed=self.seed, told=silent)
        return Row(name, whole, perf_counter() - started)

    def plain(self, name: str, kinds: Sequence[str]) -> Row:
        """TF-IDF with logarithmic counts, each kind brought to length 1, and one LinearSVC, as its library has it."""
        started = perf_counter()
        scores = np.zeros((len(self.wanted), self.labels))
        for number in range(train.FOLDS):
            held = self.fold == number
            rows = sparse.hstack([tf_idf(self.counts[kind].whole, ~held) for kind in kinds]).tocsr()
            machine = LinearSVC(random_state=self.seed).fit(rows[~held], self.wanted[~held])
            decided = machine.decision_function(rows[held])
            scores[held] = decided if decided.ndim > 1 else np.column_stack([-decided, decided])
        return Row(name, scores, perf_counter() - started)


def main() -> int:
    """Print the table; 1 where the gate is not passed."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("files", nargs="*")
    reader.add_argument("--text", action="append", default=[])
    reader.add_argument("--label", default="label")
    reader.add_argument("--seed", type=int, default=1)
    asked = reader.parse_args()
    if not asked.files:
        print(
            "no letters named: python -m scripts.evaluation.training LABELLED.csv --text subject --text detail --label label"
        )
        return 0
    bench = counted(asked.files, asked.text or ["subject", "detail"], asked.label, asked.seed)
    rows = measured(bench)
    show(bench, rows)
    return gate(bench, rows)


def counted(files: Sequence[str], text: Sequence[str], label: str, seed: int) -> Bench:
    """All letters of these files, with the folds they are in."""
    letters = []
    for file in files:
        for row in tables.read(file, [*text, label]):
            subject, detail = (row[text[0]], row[text[1]]) if len(text) > 1 else ("", row[text[0]])
            letters.append(train.Letter(subject, detail, row[label]))
    labels = sorted({letter.label for letter in letters})
    wanted = np.array([labels.index(letter.label) for letter in letters])
    counts = dict(zip(KINDS, train.counted(letters, (), list(KINDS), silent), strict=True))
    return Bench(counts, wanted, train.split(letters, seed=seed), len(labels), seed)


def measured(bench: Bench) -> list[Row]:
    """The plain methods, ours, and ours with one kind of feature less or more."""
    rows = [
        bench.plain("TF-IDF, LinearSVC: words", ["whole words"]),
        bench.plain(GATE, ["whole words", "whole runs"]),
        bench.ours(OURS, train.DEFAULT),
    ]
    for kind in KINDS:
        if kind in train.DEFAULT:
            rows.append(bench.ours(f"… without {kind}", [each for each in train.DEFAULT if each != kind]))
        else:
            rows.append(bench.ours(f"… with {kind}", [*train.DEFAULT, kind]))
    rows += [
        bench.ours(f"… {unit} alone", [name for name in train.DEFAULT if KINDS[name].unit == unit])
        for unit in ("words", "runs")
    ]
    rows.append(bench.ours("… subject not apart", [name for name, kind in KINDS.items() if kind.part == "whole"]))
    return rows


def show(bench: Bench, rows: Sequence[Row]) -> None:
    """Print a line a method."""
    ours = right(bench, rows[2])
    print(f"{len(bench.wanted)} letters, {bench.labels} labels, {train.FOLDS} folds, seed {bench.seed}\n")
    print("| | accuracy | macro F1 | among three | decided at 0.975 right | accuracy, against our model | s |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for row in rows:
        hit, best = right(bench, row), row.scores.argmax(axis=1)
        three = (np.argsort(-row.scores, axis=1)[:, :3] == bench.wanted[:, None]).any(axis=1).mean()
        low, high = interval(hit.astype(float) - ours)
        against = "" if row is rows[2] else f"{(hit.mean() - ours.mean()):+.4f} ({low:+.4f} … {high:+.4f})"
        f1 = f1_score(bench.wanted, best, average="macro")
        print(
            f"| {row.name} | {hit.mean():.4f} | {f1:.4f} | {three:.4f} | {decided(bench, row):.3f} | {against} | {row.seconds:.0f} |"
        )
    low, high = interval(ours.astype(float))
    print(f"\nour model's accuracy: {ours.mean():.4f}, 95 % between {low:.4f} and {high:.4f}")


def gate(bench: Bench, rows: Sequence[Row]) -> int:
    """1 where our model is worse than the plain method by more than chance."""
    theirs = next(row for row in rows if row.name == GATE)
    low, high = interval(right(bench, rows[2]).astype(float) - right(bench, theirs))
    print(f"our model against {GATE}: {low:+.4f} … {high:+.4f}: {'worse' if high < 0 else 'not worse'}")
    return 1 if high < 0 else 0


def decided(bench: Bench, row: Row) -> float:
    """The share of letters that need no question, when so many of them must be right as nlp.training.calibrate asks."""
    sharpness = max(calibrate.SHARPNESSES, key=lambda each: calibrate.likelihood(row.scores, bench.wanted, each))
    shares = calibrate.shares(row.scores, sharpness)
    return float((shares.max(axis=1) >= calibrate.threshold(shares, bench.wanted, right_share=calibrate.RIGHT)).mean())


def right(bench: Bench, row: Row) -> NDArray[np.bool_]:
    """For each letter whether it is right."""
    return np.asarray(row.scores.argmax(axis=1) == bench.wanted)


def interval(values: NDArray[np.float64]) -> tuple[float, float]:
    """Of their mean: the middle 95 % of resamplings."""
    chance = np.random.default_rng(1)
    means = [values[chance.integers(0, len(values), len(values))].mean() for _ in range(RESAMPLINGS)]
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def tf_idf(matrix: Any, learnt: NDArray[Any]) -> Any:
    """All letters, weighed by how rare each feature is among those learnt from."""
    found = matrix[learnt].getnnz(axis=0)
    rows = matrix.multiply(np.log((1.0 + learnt.sum()) / (1.0 + found)) + 1.0).tocsr()
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return sparse.diags(1.0 / np.where(length > 0, length, 1.0)) @ rows


def silent(doing: str, share: float) -> None:
    """Tell nobody what is being done."""


if __name__ == "__main__":
    sys.exit(main())
