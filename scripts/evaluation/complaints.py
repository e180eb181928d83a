"""Slots read from annotated complaints, scored by the rules and the program that come with the data."""

from __future__ import annotations

import importlib.util
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING, Any

from backend.cli.texts import facts_json
from institutions.catalog import load_all
from nlp.understand import understand
from scripts.evaluation.figures import RESAMPLINGS, Figure, middle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from scripts.evaluation.given import Given

    Rows = Sequence[dict[str, Any]]
    Score = Callable[[Rows, dict[str, Any]], tuple[dict[str, Any], Any]]

SLOTS = ("when", "where", "target", "request", "who", "contact")
TARGETS = {"when": 0.92, "where": 0.87}
ACCURACIES = {"resolution": 0.90, "recurring": None, "urgency": None, "kind": None}


def measure(given: Given) -> Iterator[Figure]:
    """Relaxed F1 of each slot; how often a time's resolution, the urgency and the kind are right."""
    rows, score = given.rows("annotated_complaints.jsonl"), _scorer(given.file("slots/score_slots.py"))
    hotline = load_all()["hotline"]
    told = {
        row["id"]: facts_json(understand(row["text"], now=datetime.fromisoformat(row["now"]), institution=hotline))
        for row in rows
    }
    first = {key: _first_alone(one) for key, one in told.items()}
    measured, alone = score(rows, told)[0], score(rows, first)[0]
    drawn = _drawn(rows, lambda some: score(some, told)[0], given.seed)
    for slot in SLOTS:
        name = f"complaints: {slot}, relaxed F1"
        yield Figure(name, measured[slot]["relaxed_f1"], measured[slot]["gold"], TARGETS.get(slot), drawn[slot])
        yield Figure(f"complaints: {slot}, exact F1", measured[slot]["exact_f1"], measured[slot]["gold"])
    for slot in ("when", "where"):
        n = alone[slot]["gold"]
        yield Figure(f"complaints: {slot}, the first that is read alone, relaxed F1", alone[slot]["relaxed_f1"], n)
    for part, target in ACCURACIES.items():
        right, n = measured[part]["accuracy"], measured[part]["n"]
        yield Figure(f"complaints: {part} right", right, n, target, drawn[part])
    found, there = measured["urgent_recall"]
    yield Figure("complaints: urgent ones found", found / max(there, 1), there)


def _first_alone(told: dict[str, Any]) -> dict[str, Any]:
    """Without all but the first piece of each slot: the scorer takes any of them for a hit."""
    kept: dict[str, Any] = {}
    for piece in told["pieces"]:
        kept.setdefault(piece["slot"], piece)
    return told | {"pieces": list(kept.values())}


def _drawn(rows: Rows, scored: Callable[[Rows], dict[str, Any]], seed: int) -> dict[str, tuple[float, float]]:
    """The interval of each figure, all from the same resamplings."""
    chance = Random(seed)  # noqa: S311 - for resampling, not a secret
    reports = [scored(chance.choices(rows, k=len(rows))) for _ in range(RESAMPLINGS)]
    keys = dict.fromkeys(SLOTS, "relaxed_f1") | dict.fromkeys(ACCURACIES, "accuracy")
    return {part: middle([one.get(part, {}).get(key, 0.0) for one in reports]) for part, key in keys.items()}


def _scorer(path: Path) -> Score:
    spec = importlib.util.spec_from_file_location("score_slots", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    scored: Score = module.score
    return scored
