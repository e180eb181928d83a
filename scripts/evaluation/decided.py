"""How often a proposal is right by how sure it is: the curve that the constants of nlp/category/classify.py are set by.

    python -m scripts.evaluation.decided FILE.csv --label label --text subject --text detail [--institution hotline] [--folds 5]

Three ways of speaking are measured: subject and detail, the detail alone, the
subject alone (a short text). For each: how much is decided and right as it is
set now, with a bootstrapped interval and the spread over folds, and the least
share at which what is decided is right 0.975 of the time. Nothing is fitted;
the file's texts are read and forgotten.
"""

from __future__ import annotations

import argparse
import csv
import random
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from institutions import catalog
from nlp.category.classify import Classifier

if TYPE_CHECKING:
    from collections.abc import Sequence

AIM, ROUNDS, SEED = 0.975, 400, 1
Row = tuple[float, bool, bool]
"""The share of the first category, whether it is decided, whether it is right."""


def judged(classifier: Classifier, texts: Sequence[tuple[str, str, str]]) -> list[Row]:
    """Each (subject, detail, label) proposed for."""
    proposals = ((classifier.propose(detail, subject=subject), label) for subject, detail, label in texts)
    return [(one.confidence, one.decided, label in (one.best.category, one.best.matter)) for one, label in proposals]


def figures(rows: Sequence[Row]) -> tuple[float, float, float]:
    """Accuracy, the part that is decided, and how often that is right."""
    decided = [right for _, is_decided, right in rows if is_decided]
    accuracy = sum(right for _, _, right in rows) / len(rows)
    return accuracy, len(decided) / len(rows), sum(decided) / len(decided) if decided else 1.0


def interval(rows: Sequence[Row], chance: random.Random) -> tuple[float, float]:
    """Where 95 of 100 resampled files have their part that is right when decided."""
    drawn = sorted(figures(chance.choices(rows, k=len(rows)))[2] for _ in range(ROUNDS))
    return drawn[ROUNDS // 40], drawn[-1 - ROUNDS // 40]


def curve(rows: Sequence[Row]) -> list[tuple[float, float, float]]:
    """For each share from the highest: what part has it or more, and how often that is right."""
    points, count, right = [], 0, 0
    for share, group in groupby(sorted(rows, reverse=True), key=lambda row: round(row[0], 3)):
        same = [is_right for _, _, is_right in group]
        count, right = count + len(same), right + sum(same)
        points.append((share, count / len(rows), right / count))
    return points


def report(name: str, rows: Sequence[Row], folds: int) -> None:
    """Print one way of speaking."""
    accuracy, covered, right = figures(rows)
    low, high = interval(rows, random.Random(SEED))  # noqa: S311 - for resampling, not a secret
    spread = [figures(rows[part::folds])[2] for part in range(folds)]
    print(f"{name}: n {len(rows)}, accuracy {accuracy:.3f}, decided {covered:.3f}, right when decided {right:.4f}")
    print(f"  95 % interval {low:.4f} to {high:.4f}; folds {', '.join(f'{one:.3f}' for one in sorted(spread))}")
    points = curve(rows)
    least = min((point for point in points if point[2] >= AIM and point[1] > 0.02), default=points[0])
    print(f"  right {AIM} from a share of {least[0]:.3f}: decided {least[1]:.3f}, right {least[2]:.4f}")
    for wanted in (0.98, 0.95, 0.92, 0.9, 0.88, 0.85, 0.8, 0.7):
        share, part, correct = next((point for point in reversed(points) if point[0] >= wanted), points[0])
        print(f"    share >= {share:.3f}: {part:.3f} of all, right {correct:.4f}")


def main() -> None:
    """Read the file and print the three curves."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--label", required=True)
    parser.add_argument("--text", action="append", required=True, help="given twice: the subject, then the detail")
    parser.add_argument("--institution", default="hotline")
    parser.add_argument("--folds", type=int, default=5)
    told = parser.parse_args()
    classifier = Classifier(catalog.load_all()[told.institution])
    with Path(told.file).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    subjects, details = [row[told.text[0]] for row in rows], [row[told.text[-1]] for row in rows]
    labels, nothing = [row[told.label] for row in rows], [""] * len(rows)
    both = list(zip(subjects, details, labels, strict=True))
    if len(told.text) > 1:
        report("subject and detail", judged(classifier, both), told.folds)
        report("detail alone", judged(classifier, list(zip(nothing, details, labels, strict=True))), told.folds)
    report("subject alone", judged(classifier, list(zip(nothing, subjects, labels, strict=True))), told.folds)


if __name__ == "__main__":
    main()
