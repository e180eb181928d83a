"""Notices a second out of a full outbox: several processes send to a channel that takes everything at once.

    python bench/drain.py [--rows 100000] [--people 20000] [--processes 4] [--folder DISK] [--only sqlite|postgresql]

Each process runs what ``jiesu work`` runs to deliver. The channel writes down
what it was given; afterwards every notice must have gone out exactly once, and
each person's in their order. Exits with 1 where one did not.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # runnable from a plain checkout

from sqlalchemy import func, insert, select

from backend.jobs.deliver import deliver
from backend.store import tables as t
from backend.store.engine import open_store
from bench.size import KINDS, database
from bots import Way
from dialogs.messages import Receipt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import TextIOWrapper

    from backend.store.work import UnitOfWork
    from dialogs.messages import Outbound

GOAL = 3000  # notices a second
AT = datetime(2026, 1, 1, tzinfo=UTC)
TEXT = "您反映的事项已转交承办部门办理，有结果会马上告诉您。（{number}）"
AT_ONCE = 5000  # rows of one insert


@dataclass(frozen=True, slots=True)
class Nowhere:
    """A channel that takes everything at once, and notes what."""

    noted: TextIOWrapper
    ways: tuple[Way, ...] = (Way("nowhere"),)

    async def send(self, message: Outbound) -> Receipt:
        """It has arrived."""
        self.noted.write(f"{message.peer.address} {message.key}\n")
        return Receipt("nowhere", delivered=True)


def fill(work: UnitOfWork, rows: int, people: int) -> None:
    """So many notices, to everybody in turn."""
    one = {"channel": "nowhere", "language": "zh", "created_at": AT}
    for first in range(1, people + 1, AT_ONCE):
        some = range(first, min(first + AT_ONCE, people + 1))
        work.conn.execute(insert(t.people), [one | {"id": key, "address": str(key)} for key in some])
    plain: dict[str, Any] = {"kind": "status", "choices": [], "fields": {}, "state": "queued"}
    plain |= {"not_before": AT, "created_at": AT, "changed_at": AT}
    for first in range(rows)[::AT_ONCE]:
        told = [
            plain | {"person": n % people + 1, "text": TEXT.format(number=n)}
            for n in range(first, min(first + AT_ONCE, rows))
        ]
        work.conn.execute(insert(t.outbox), told)


def left(work: UnitOfWork) -> int:
    """Notices that have not arrived."""
    return int(work.conn.execute(select(func.count()).where(t.outbox.c.state != "delivered")).scalar_one())


async def work(url: str, owner: str, noted: Path) -> None:
    """What one process does until nothing is owed."""
    store = open_store(url, several=True)
    with noted.open("w", encoding="utf-8", buffering=1) as file:
        print("ready", flush=True)
        sys.stdin.readline()
        site: Any = SimpleNamespace(store=store, channels={"nowhere": Nowhere(file)}, clock=lambda: datetime.now(UTC))
        while await deliver(site, owner) or await store.read(left):
            pass
    store.close()


def went(folder: Path) -> Iterator[tuple[str, int]]:
    """Who was sent which row, as each process noted it."""
    for file in folder.glob("*.sent"):
        for line in file.read_text(encoding="utf-8").splitlines():
            person, key = line.split()
            yield person, int(key.rpartition("-")[2])


def order(url: str) -> dict[int, list[int]]:
    """The rows that each person has been told, in the order of their chat."""
    said = t.sayings.c

    def told(work: UnitOfWork) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for person, notice in work.conn.execute(select(said.person, said.notice).order_by(said.person, said.seq)):
            found[person].append(notice)
        return found

    store = open_store(url)
    found = store.read_now(told)
    store.close()
    return found


def drain(url: str, folder: Path, given: argparse.Namespace) -> tuple[float, list[str]]:
    """Seconds that it took, and what went wrong."""
    store = open_store(url)
    store.run_now(fill, given.rows, given.people)
    store.close()
    at_work = [
        subprocess.Popen(
            [sys.executable, __file__, "--work", url, "--owner", f"w{n}", "--folder", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(given.processes)
    ]
    for each in at_work:
        each.stdout.readline()  # it has started, as workers have when a mass of notices comes
    began = perf_counter()
    for each in at_work:
        each.stdin.write("go\n")
        each.stdin.flush()
    failed = sum(each.wait() != 0 for each in at_work)
    took = perf_counter() - began
    sent = list(went(folder))
    told = order(url)
    wrong = [f"{failed} processes failed"] if failed else []
    if len(sent) != given.rows or len(set(sent)) != given.rows:
        wrong.append(f"{len(sent)} went out, {len(set(sent))} of them different, of {given.rows}")
    if any(rows != sorted(rows) for rows in told.values()) or sum(map(len, told.values())) != given.rows:
        wrong.append("somebody was told in another order")
    return took, wrong


def main() -> int:
    """Each kind in turn, or what one process does."""
    options: Any = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0] if __doc__ else "")
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--people", type=int, default=20_000)
    options.add_argument("--processes", type=int, default=4)
    options.add_argument("--folder", type=Path, help="where the databases go (default: the system's own temporary one)")
    options.add_argument("--only", choices=KINDS)
    options.add_argument("--work", help=argparse.SUPPRESS)
    options.add_argument("--owner", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.work:
        asyncio.run(work(given.work, given.owner, given.folder / f"{given.owner}.sent"))
        return 0
    found: list[str] = []
    for kind in KINDS:
        if given.only in {None, kind}:
            folder = Path(tempfile.mkdtemp(prefix="jiesu-drain-", dir=given.folder))
            try:
                with database(kind, folder, None) as url:
                    took, wrong = drain(url, folder, given)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
            speed = given.rows / took
            print(f"{kind:<11} {given.rows} notices, {given.processes} processes: {speed:>7.0f} a second (goal {GOAL})")
            found += wrong
    for each in found:
        print(each)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
