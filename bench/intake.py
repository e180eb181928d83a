"""Turns a second of the whole intake path: a citizen's message understood, journaled, answered, committed.

    python bench/intake.py [--turns 1000] [--citizens 64] [--rounds 3] [--folder DISK]

Each citizen waits for the bot's answer before the next message, and makes room
for another when the case is filed; the store is SQLite at ``synchronous=FULL``.
In the same run, on the same disk, turn about: one commit for each message, one
citizen alone, and understanding alone, without any database. The ratios are
what other machines can be compared by; the middle round of each is told.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # runnable from a plain checkout

from sqlalchemy import make_url, text

from backend.demo import telling, town
from backend.services.talks import intake
from backend.store import schema
from backend.store.sqlite import SqliteStore
from dialogs.messages import Inbound, Peer
from institutions.catalog import load_all

if TYPE_CHECKING:
    from backend.store.engine import Store
    from backend.store.journal import Saying
    from backend.store.work import UnitOfWork

AT = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
INSTITUTIONS = load_all()
HOTLINE = INSTITUTIONS["hotline"]
TOWN = town.load()
STORIES = [story for story in TOWN.stories if story.institution == HOTLINE.id and story.language == "zh"]
WHOLE, EACH, ALONE, UNDERSTOOD = (
    "the whole path, messages committed together",
    "the whole path, one commit a message",
    "the whole path, 1 citizen at a time",
    "understanding alone, no database",
)
TAPS = ("consent.yes", "submit", "sort.new", "elsewhere.yes", "skip", "anonymous")
"""The button that a citizen in a hurry taps, if it is there."""


@dataclass(slots=True)
class Measured:
    """One run."""

    seconds: float = 0.0
    cases: int = 0
    heard: list[Inbound] = field(default_factory=list)  # every message, in the order they were sent

    @property
    def speed(self) -> float:
        """Turns a second."""
        return len(self.heard) / self.seconds


def next_message(name: str, number: int, says: list[Saying], rng: Random) -> Inbound:
    """What a citizen in a hurry says to that: a tap where there is a button, else a story."""
    offered = {choice["id"] for choice in says[-1].choices} if says else set()
    tap = next((each for each in TAPS if each in offered), "")
    words = "" if tap else telling.tell(rng.choice(STORIES), TOWN, rng, at=AT).text
    return Inbound(Peer("web", name), str(number), words, tap)


async def talk(store: Store, *, turns: int, citizens: int) -> Measured:
    """Let that many citizens talk at once until that many messages were answered."""
    measured, numbers = Measured(), count(1)

    async def place(name: str) -> None:
        rng, who = Random(name), name
        says: list[Saying] = []
        while (number := next(numbers)) <= turns:
            message = next_message(who, number, says, rng)
            measured.heard.append(message)
            at = AT + timedelta(seconds=number)
            prepared = intake.prepare(message, HOTLINE, at=at)
            says = await store.run(intake.receive, INSTITUTIONS, prepared, at=at)
            if message.choice == "submit":
                measured.cases += 1
                who, says = f"{name}-{number}", []

    began = perf_counter()
    await asyncio.gather(*(place(f"place-{n}") for n in range(citizens)))
    measured.seconds = perf_counter() - began
    return measured


def understand_alone(heard: list[Inbound]) -> Measured:
    """The same messages, only understood."""
    began = perf_counter()
    for message in heard:
        intake.prepare(message, HOTLINE, at=AT)
    return Measured(perf_counter() - began, heard=heard)


def run(folder: str, name: str, *, group: int, turns: int, citizens: int) -> Measured:
    """Measure on a fresh file whose groups hold at most so many units."""
    store = SqliteStore(make_url(f"sqlite:///{folder}/{name}.db"), lambda: b"\0" * 16, group=group)
    schema.create(store)
    try:
        if store.run_now(_synchronous) != 2:
            sys.exit("this measures synchronous=FULL, and the store is not set so")
        return asyncio.run(talk(store, turns=turns, citizens=citizens))
    finally:
        store.close()


def _synchronous(work: UnitOfWork) -> int:
    return int(work.conn.execute(text("PRAGMA synchronous")).scalar_one())


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0] if __doc__ else "")
    options.add_argument("--turns", type=int, default=1000, help="in each measurement")
    options.add_argument("--citizens", type=int, default=64, help="how many at a time")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--folder", help="where the files go: the disk that is measured (default: the system's own)")
    given = options.parse_args()
    intake.prepare(Inbound(Peer("web", "warm"), "0", "路灯坏了"), HOTLINE, at=AT)
    runs: dict[str, list[Measured]] = {}
    for number in range(given.rounds):
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            for name, group, citizens in ((WHOLE, 64, given.citizens), (EACH, 1, given.citizens), (ALONE, 64, 1)):
                measured = run(folder, f"{group}-{citizens}", group=group, turns=given.turns, citizens=citizens)
                runs.setdefault(name, []).append(measured)
        runs.setdefault(UNDERSTOOD, []).append(understand_alone(runs[WHOLE][number].heard))
    middle = {name: median(each.speed for each in rounds) for name, rounds in runs.items()}
    print(f"| intake, {given.citizens} citizens at a time | turns/s | the first line is × |\n|---|---:|---:|")
    for name, speed in middle.items():
        print(f"| {name} | {speed:.0f} | {middle[WHOLE] / speed:.2f} |")
    last = runs[WHOLE][-1]
    print(f"\n{given.rounds} rounds of {len(last.heard)} turns; {last.cases} cases were filed in the last")


if __name__ == "__main__":
    main()
