"""How long one step of the dialog takes, over every turn of the transcripts, and as a ratio to understanding.

    python bench/step.py [--rounds 7]

Each transcript of tests/transcripts is played on a store in memory; every
event that came to ``dialogs.engine.step``, with the conversation as it was, is
kept. Then step, and understanding of the same turns' words, take turns, and the
best round of each turn counts. Where a step itself has words understood anew
(two matters told apart), that is in its time.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # runnable from a plain checkout

from backend import services
from backend.store import schema
from backend.store.engine import open_store
from dialogs.engine import step
from dialogs.events import Heard
from nlp.understand import understand
from scripts.evaluation.figures import Figure, lines
from tests.transcripts.play import SALT, played

if TYPE_CHECKING:
    from collections.abc import Callable

TRANSCRIPTS = sorted((Path(__file__).resolve().parent.parent / "tests/transcripts").glob("*.txt"))
MOST = 1.0  # milliseconds


@dataclass
class Kept:
    """Everything that came to ``step``."""

    turns: list[tuple[Any, Any, Any]] = field(default_factory=list)  # institution, conversation, event

    def step(self, *told: Any) -> Any:
        """As the real one."""
        self.turns.append(told)
        return step(*told)


def turns() -> list[tuple[Any, Any, Any]]:
    """All turns of all transcripts."""
    kept = Kept()
    users = [module for name, module in sys.modules.items() if name.startswith(f"{services.__name__}.")]
    for module in users:
        if getattr(module, "step", None) is step:
            module.step = kept.step
    for path in TRANSCRIPTS:
        store = open_store("sqlite://", salt=lambda: SALT)
        schema.create(store)
        played(path, store)
        store.close()
    return kept.turns


def best(rounds: int, work: Callable[[], object]) -> float:
    """Milliseconds of the quickest of that many."""
    took = []
    for _ in range(rounds):
        began = perf_counter()
        work()
        took.append(perf_counter() - began)
    return min(took) * 1000


def share(values: list[float], part: float) -> float:
    """The value that so great a part lies at or below."""
    return sorted(values)[max(0, round(part * len(values)) - 1)]


def main() -> None:
    """Measure and print."""
    reader = argparse.ArgumentParser(description="How long one step of the dialog takes.")
    reader.add_argument("--rounds", type=int, default=7)
    rounds = reader.parse_args().rounds
    told = turns()
    assert told, "nothing was kept"
    steps = [best(rounds, lambda turn=turn: step(*turn)) for turn in told]
    heard = [(home, event) for home, _, event in told if isinstance(event, Heard) and event.text]
    texts = [best(rounds, lambda h=h, e=e: understand(e.text, now=e.at, institution=h)) for h, e in heard]
    figures = [
        Figure("a step of the dialog, p50, ms", share(steps, 0.5), len(steps), MOST, most=True),
        Figure("a step of the dialog, p99, ms", share(steps, 0.99), len(steps), MOST, most=True),
        Figure("the slowest one, ms", max(steps), len(steps)),
        Figure("understanding the same turns, p50, ms", share(texts, 0.5), len(texts)),
        Figure("understanding the same turns, p99, ms", share(texts, 0.99), len(texts)),
        Figure("a step takes × of understanding, p50", share(steps, 0.5) / share(texts, 0.5), len(steps)),
        Figure("all steps take × of all understanding", sum(steps) / sum(texts), len(steps)),
    ]
    print("\n".join(lines(figures)))


if __name__ == "__main__":
    main()
