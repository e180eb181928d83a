"""A model trained on labelled letters, measured on others; and, where asked for, the folds and their ablation."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from nlp.training import train
from nlp.training.evaluate import evaluate, judge
from scripts.evaluation import day_one, training
from scripts.evaluation.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.evaluation.given import Given

TARGETS = {"accuracy": 0.93, "macro_f1": 0.92, "top3": 0.993, "decided": 0.80, "right_when_decided": 0.975}
SECONDS = 30.0


def measure(given: Given) -> Iterator[Figure]:
    """Trained on train.csv, asked of dev.csv."""
    learnt, asked = given.letters("train.csv"), given.letters("dev.csv")
    began = perf_counter()
    model = train.train([train.Letter(*one) for one in learnt], seed=given.seed, told=training.silent)
    took = perf_counter() - began
    judged = [judge(one.label, model.propose(one.detail, subject=one.subject)) for one in asked]
    yield from day_one.figures("own model, letters", evaluate(judged, seed=given.seed), TARGETS)
    yield Figure("own model: seconds of training", took, len(learnt), SECONDS, most=True)


def folds(given: Given) -> Iterator[Figure]:
    """Five folds over both files, near-duplicates together; against plain methods, and kind of feature by kind."""
    if not given.full:
        return
    files = [str(given.file(f"citizen_messages/{name}")) for name in ("train.csv", "dev.csv")]
    bench = training.counted(files, ["subject", "detail"], "label", given.seed)
    rows = training.measured(bench)
    ours = next(row for row in rows if row.name == training.OURS)
    for row in rows:
        right, n = training.right(bench, row), len(bench.wanted)
        target = TARGETS["accuracy"] if row is ours else None
        yield Figure(
            f"folds: {row.name}: right", float(right.mean()), n, target, training.interval(right.astype(float))
        )
    theirs = next(row for row in rows if row.name == training.GATE)
    more = training.right(bench, ours).astype(float) - training.right(bench, theirs)
    yield Figure(
        "gate: ours above LinearSVC with characters by", float(more.mean()), len(more), 0.0, training.interval(more)
    )
