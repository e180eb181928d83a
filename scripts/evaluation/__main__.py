"""``python -m scripts.evaluation FOLDER [--full] [--json FILE] [--seed N]``: see ``make evaluate``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from scripts.evaluation import answers, complaints, day_one, gold, hot_topics, own_data, own_lists, times
from scripts.evaluation.figures import Figure, lines, row
from scripts.evaluation.given import Given, Missing

PARTS = {
    "shipped words": day_one.measure,
    "own data": own_data.measure,
    "folds": own_data.folds,
    "gold": gold.measure,
    "times": times.measure,
    "complaints": complaints.measure,
    "own lists": own_lists.measure,
    "hot topics": hot_topics.measure,
    "answers": answers.measure,
}


def main() -> int:
    """Print the table; a part whose file is not there is left out, and said to be."""
    reader = argparse.ArgumentParser(description="How well messages are understood, in one table.")
    reader.add_argument("data", type=Path, help="the folder with citizen_messages/ and slots/")
    reader.add_argument("--full", action="store_true", help="the five folds and their ablation as well")
    reader.add_argument("--json", type=Path, help="where the figures go besides, for programs")
    reader.add_argument("--only", choices=list(PARTS), action="append", help="this part alone; may be repeated")
    reader.add_argument("--seed", type=int, default=1)
    asked = reader.parse_args()
    if not asked.data.is_dir():
        print(f"jiesu: {asked.data} is no folder; name the one with citizen_messages/ and slots/", file=sys.stderr)
        return 2
    measured, left_out = collect(Given(asked.data, asked.full, asked.seed), asked.only or list(PARTS))
    print("\n".join(lines(measured)))
    if left_out:
        print("\nLeft out: " + "; ".join(left_out))
    if asked.json:
        asked.json.write_text(json.dumps([row(one) for one in measured], ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


def collect(given: Given, parts: list[str]) -> tuple[list[Figure], list[str]]:
    """The figures of these parts, and what could not be measured."""
    measured: list[Figure] = []
    left_out: list[str] = []
    for part in parts:
        if sys.stderr.isatty():
            print(f"measuring: {part} …", file=sys.stderr)
        try:
            measured += PARTS[part](given)
        except Missing as error:
            left_out.append(f"{part}: {error}")
    if not given.full and "folds" in parts:
        left_out.append("folds: only with FULL=1")
    return measured, left_out


if __name__ == "__main__":
    sys.exit(main())
