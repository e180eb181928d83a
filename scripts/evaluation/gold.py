"""How well messages written for each institution are understood: category, department, kind and grade.

    python -m scripts.evaluation.gold [--by-institution] [--pairs]

The 280 messages of tests/nlp/gold were written before and apart from the
words that classify them. Prints shares with 95 % Wilson intervals; ``--pairs``
prints which category was taken for which, never a message.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from institutions.catalog import load_all
from nlp.understand import understand
from scripts.evaluation import figures
from scripts.evaluation.figures import wilson

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from institutions.model import Institution
    from scripts.evaluation.figures import Figure
    from scripts.evaluation.given import Given

GOLD = Path(__file__).resolve().parents[2] / "tests/nlp/gold"
NOW = datetime.fromisoformat("2026-11-20T09:00:00+08:00")
PARTS = ("category", "category_top3", "department", "department_top3", "kind", "grade")
TARGETS = {"category": 0.85, "category_top3": 0.97, "department": 0.85, "department_top3": 0.97}


@dataclass(frozen=True, slots=True)
class Judged:
    """One message: which parts were right, and what was taken for what."""

    institution: str
    right: frozenset[str]
    pair: tuple[str, str]  # the category meant, the category proposed
    departments: tuple[str, str | None]  # the one meant, the one proposed


def judge(message: dict[str, object], institution: Institution) -> Judged:
    """Understand one message of the gold and compare; ``or`` holds what is accepted as well."""
    facts = understand(str(message["text"]), now=NOW, institution=institution)
    proposal = facts.proposal
    categories = [one.category_id for one in proposal.top]
    departments = [one.department_id for one in (proposal.departments or proposal.top)]
    shown = list(dict.fromkeys(departments))[:3]
    held = {
        "category": categories[0] in _accepted(message, "category", "or"),
        "category_top3": not _accepted(message, "category", "or").isdisjoint(categories[:3]),
        "department": departments[0] in _accepted(message, "department"),
        "department_top3": not _accepted(message, "department").isdisjoint(shown),
        "kind": facts.kind in _accepted(message, "kind"),
        "grade": facts.urgency == message["grade"],
    }
    return Judged(
        institution=institution.id,
        right=frozenset(part for part, held_ in held.items() if held_),
        pair=(str(message["category"]), categories[0]),
        departments=(str(message["department"]), departments[0]),
    )


def judge_all() -> list[Judged]:
    """Every message of every institution."""
    institutions = load_all()
    rows = []
    for path in sorted(GOLD.glob("*.toml")):
        messages = tomllib.loads(path.read_text(encoding="utf-8"))["message"]
        rows += [judge(message, institutions[path.stem]) for message in messages]
    return rows


def share(rows: Sequence[Judged], part: str) -> float:
    """Of *rows*, how many have that part right, from 0 to 1."""
    return sum(part in row.right for row in rows) / len(rows)


def measure(_given: Given) -> Iterator[Figure]:
    """Each part of all messages."""
    rows = judge_all()
    for part in PARTS:
        right = sum(part in row.right for row in rows)
        yield figures.share(
            f"gold: {part.replace('_top3', ' among three')}", right, len(rows), target=TARGETS.get(part)
        )


def table(rows: Sequence[Judged]) -> Iterable[str]:
    """The figures of *rows*, a line a part."""
    for part in PARTS:
        right = sum(part in row.right for row in rows)
        low, high = wilson(right, len(rows))
        yield f"{part:16} {right / len(rows):6.3f}  [{low:.3f}, {high:.3f}]  {right}/{len(rows)}"


def _accepted(message: dict[str, object], key: str, also: str = "") -> set[str]:
    others = message.get(also or f"or_{key}")
    return {str(message[key]), *(others if isinstance(others, list) else [])}


def main() -> None:
    """Print the table, for all and by institution."""
    parser = argparse.ArgumentParser(description="Messages written for each institution, understood.")
    parser.add_argument("--by-institution", action="store_true", help="a line for each institution as well")
    parser.add_argument("--pairs", action="store_true", help="which category or department was taken for which")
    wanted = parser.parse_args()
    rows = judge_all()
    print("\n".join(table(rows)))
    if wanted.by_institution:
        print(f"\n{'right of 10':16}" + "".join(f"{part:>17}" for part in PARTS))
        for name in dict.fromkeys(row.institution for row in rows):
            own = [row for row in rows if row.institution == name]
            print(f"{name:16}" + "".join(f"{sum(part in row.right for row in own):17}" for part in PARTS))
    if wanted.pairs:
        wrong = Counter((row.institution, *row.pair) for row in rows if "category" not in row.right)
        print("\ncategory meant -> proposed")
        print("\n".join(f"{n} {where}: {meant} -> {got}" for (where, meant, got), n in sorted(wrong.items())))
        handed = Counter((row.institution, *row.departments) for row in rows if "department" not in row.right)
        print("\ndepartment meant -> proposed")
        print("\n".join(f"{n} {where}: {meant} -> {got}" for (where, meant, got), n in sorted(handed.items())))


if __name__ == "__main__":
    main()
