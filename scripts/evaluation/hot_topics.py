"""Hot topics of a year's letters: time, memory, and three matters that are known to be among them.

A letter is about a matter where a pattern below holds and it shares three
characters in a row with the place that the topic names. Which estates these
are is not written here.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from backend.cli import tables
from scripts.evaluation import process
from scripts.evaluation.figures import Figure, share

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scripts.evaluation.given import Given

KNOWN = {
    "parking tied to flats": re.compile("车位|捆绑|强制购买"),
    "mixing plant": re.compile("搅拌|混凝土"),
    "food stalls' fumes": re.compile("油烟|夜宵|烧烤"),
}
FIRST, SECONDS, MEGABYTES = 10, 60.0, 1000.0
LETTERS = "citizen_messages/hot_messages.csv"


def measure(given: Given) -> Iterator[Figure]:
    """The command ``jiesu hot`` on the file, as anybody would run it."""
    path = str(given.file(LETTERS))
    letters = {row["id"]: f"{row['subject']} {row['detail']}" for row in tables.read(path, ["id", "subject", "detail"])}
    topics, used = _asked(path)
    yield Figure("hot topics: seconds", used.seconds, len(letters), SECONDS, most=True)
    yield Figure("hot topics: memory, MB", used.megabytes, len(letters), MEGABYTES, most=True)
    for name, pattern in KNOWN.items():
        yield from _known(name, pattern, topics, letters)


def _asked(path: str) -> tuple[list[dict[str, Any]], process.Used]:
    """The topics, and what they took."""
    columns = ["--text", "subject", "--text", "detail", "--time", "time", "--id", "id"]
    program = Path(sys.executable).with_name("jiesu")
    with TemporaryDirectory() as folder:
        out = Path(folder) / "topics.json"
        used = process.run([program, "hot", "--csv", path, *columns, "--json"], out)
        return json.loads(out.read_text(encoding="utf-8")), used


def _known(
    name: str, pattern: re.Pattern[str], topics: Sequence[dict[str, Any]], letters: dict[str, str]
) -> Iterator[Figure]:
    """The hottest topic at one place that is mostly of that matter."""
    for rank, topic in enumerate(topics, 1):
        held = Counter(pattern.search(letters[key]) is not None for key in topic["ids"])
        if topic["place"] and held[True] > held[False]:
            runs = [topic["place"][at : at + 3] for at in range(len(topic["place"]) - 2)]
            about = {key for key, text in letters.items() if pattern.search(text) and any(run in text for run in runs)}
            inside = about.intersection(topic["ids"])
            yield Figure(f"hot topics: {name}: rank", rank, len(topics), FIRST, most=True)
            yield share(f"hot topics: {name}: of its letters, about it", len(inside), len(topic["ids"]), target=0.6)
            yield share(f"hot topics: {name}: of those about it, in it", len(inside), len(about), target=0.5)
            return
    yield Figure(f"hot topics: {name}: rank", len(topics) + 1, len(topics), FIRST, most=True)
