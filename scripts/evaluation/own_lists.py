"""Lists of our own, which are tests as well: dangers and what only sounds like one, two matters, numbers."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from institutions.catalog import load_all
from nlp.category.classify import Classifier
from nlp.danger.urgency import danger
from nlp.matters import split
from nlp.segment import normal
from nlp.who import identifiers
from scripts.evaluation.figures import Figure, share
from tests.nlp.who import test_identifiers as numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.evaluation.given import Given

LISTS = Path(__file__).resolve().parents[2] / "tests/nlp"


def measure(_given: Given) -> Iterator[Figure]:
    """All of them; they need no data."""
    yield from _dangers(tomllib.loads((LISTS / "danger.toml").read_text(encoding="utf-8")))
    yield from _matters(tomllib.loads((LISTS / "matters.toml").read_text(encoding="utf-8")))
    yield from _numbers()


def _dangers(told: dict[str, Any]) -> Iterator[Figure]:
    found = [danger(normal(one["text"])) for one in told["danger"]]
    right = sum(
        one is not None and one.value in {row["kind"], *row.get("or", [])}
        for row, one in zip(told["danger"], found, strict=True)
    )
    wrongly = sum(danger(normal(one["text"])) is not None for one in told["harmless"])
    yield share("dangers seen, and which", right, len(found), target=1.0)
    yield share("look-alikes taken for dangers", wrongly, len(told["harmless"]), target=0.0, most=True)


def _matters(told: dict[str, Any]) -> Iterator[Figure]:
    classifier = Classifier(load_all()["hotline"])
    seen = {
        key: sum(len(split(text, classifier.propose(text), classifier.propose)) > 1 for text in told[key])
        for key in ("two", "one")
    }
    yield share("two matters seen as two", seen["two"], len(told["two"]), target=0.8)
    yield share("seen as two that are two", seen["two"], seen["two"] + seen["one"], target=0.95)


def _numbers() -> Iterator[Figure]:
    """Identity cards, plates, orders and their like, with what only looks like one."""
    whole = _rows(numbers.test_a_well_formed_number_is_found_whole_under_its_slot)
    none = _rows(numbers.test_what_only_looks_like_such_a_number_is_none)
    found = [[(one.slot, one.value) for one in identifiers.find(normal(text))] for text, _, _ in whole]
    right = sum((slot, value) in one for (_, slot, value), one in zip(whole, found, strict=True))
    proposed = sum(map(len, found)) + sum(len(identifiers.find(normal(text))) for text in none)
    yield share("well-formed numbers found", right, len(whole), target=1.0)
    yield share("numbers found that are there", right, proposed, target=1.0)


def _rows(test: Any) -> list[Any]:
    """The rows that a test is run with."""
    rows: list[Any] = test.pytestmark[0].args[1]
    return rows
