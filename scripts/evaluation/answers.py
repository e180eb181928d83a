"""The check of answers: marked faults that it finds, good answers that it warns of, part by part. Needs no data."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from institutions.catalog import load_all
from nlp.answers.check import check
from nlp.answers.heard import Heard
from scripts.evaluation.figures import Figure, share

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from institutions.model import Institution
    from nlp.answers.heard import Caution
    from scripts.evaluation.given import Given

LISTS = Path(__file__).resolve().parents[2] / "tests/nlp/answers"
PARTS = ("one", "two", "three", "four", "five", "six")
"""Each was new when it was first tried; what was then mended is told in docs/answers.md."""


def measure(_given: Given) -> Iterator[Figure]:
    """Recall and false warnings of each part."""
    houses = load_all()
    for part in PARTS:
        found = marked = 0
        for row in rows(f"faulty_{part}"):
            hit, of = seen(row["faults"], checked(row, houses))
            found, marked = found + hit, marked + of
        good = rows(f"good_{part}")
        warned = sum(bool(checked(row, houses)) for row in good)
        yield share(f"faults of answers found, part {part}", found, marked, target=0.9)
        yield share(f"good answers warned of, part {part}", warned, len(good), target=0.1, most=True)


def rows(name: str) -> list[dict[str, Any]]:
    """The answers of a part."""
    told: list[dict[str, Any]] = tomllib.loads((LISTS / f"{name}.toml").read_text(encoding="utf-8"))["answer"]
    return told


def checked(row: Mapping[str, Any], houses: Mapping[str, Institution]) -> tuple[Caution, ...]:
    """What the check says of one."""
    heard = Heard(
        what=row["what"],
        request=row.get("request", ""),
        kind=row.get("kind", "complaint"),
        refused=row.get("refused", False),
        places=tuple(row.get("places", ())),
        days=tuple(date.fromisoformat(day) for day in row.get("days", ())),
        others=tuple(row.get("others", ())),
        around=row.get("around", 0),
        remedy_told=row.get("remedy_told", False),
    )
    house = houses[row.get("institution", "hotline")]
    return check(
        row["text"],
        heard,
        institution=house,
        channel=row.get("channel", "wechat"),
        language=row.get("language", "zh"),
    )


def seen(faults: list[str], found: tuple[Caution, ...]) -> tuple[int, int]:
    """How many of the marked faults were found, of how many. A fault: its key, and after a colon a piece of its stretch."""
    left, hits = list(found), 0
    for fault in faults:
        key, _, piece = fault.partition(":")
        hit = next((one for one in left if one.key == key and piece in one.quote), None)
        if hit is not None:
            left.remove(hit)
            hits += 1
    return hits, len(faults)
