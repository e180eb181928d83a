"""The shipped words of the hotline on labelled letters: nothing trained, all 15 categories competing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from institutions.catalog import load_all
from nlp.category.classify import Classifier
from nlp.training.evaluate import evaluate, judge
from scripts.evaluation.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlp.training.evaluate import Evaluation
    from scripts.evaluation.given import Given


def measure(given: Given) -> Iterator[Figure]:
    """Of subject and detail, then of the subject alone."""
    letters, classifier = given.letters("dev.csv"), Classifier(load_all()["hotline"])
    whole = [judge(one.label, classifier.propose(one.detail, subject=one.subject)) for one in letters]
    yield from figures("shipped words, letters", evaluate(whole, seed=given.seed), {"accuracy": 0.88})
    short = [judge(one.label, classifier.propose(one.subject)) for one in letters]
    yield from figures("shipped words, subjects alone", evaluate(short, seed=given.seed), {"accuracy": 0.78})


NAMES = {
    "accuracy": "right",
    "macro_f1": "macro F1",
    "top3": "among the first three",
    "decided": "decided",
    "right_when_decided": "right when decided",
}


def figures(what: str, measured: Evaluation, targets: dict[str, float]) -> Iterator[Figure]:
    """All figures of an evaluation, with the targets that there are."""
    for key, name in NAMES.items():
        n = round(measured.n * measured.decided) if key == "right_when_decided" else measured.n
        yield Figure(f"{what}: {name}", getattr(measured, key), n, targets.get(key), measured.ci95[key])
