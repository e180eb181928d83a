"""Turns a second: units committed together against one commit for each, in the same run, on the same disk.

    python bench/store.py [--turns 2000] [--callers 64] [--postgres URL]

A turn is what a message costs at least: four statements. Prints what it
measured; the ratio is what other machines can be compared by.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # runnable from a plain checkout

from sqlalchemy import bindparam, func, insert, make_url, select, update

from backend.store import schema
from backend.store import tables as t
from backend.store.engine import Store, open_store
from backend.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from backend.store.work import UnitOfWork

AT = datetime(2026, 1, 1, tzinfo=UTC)
ENTER = insert(t.journal).values(received_at=AT, message={"text": "路灯坏了三天，晚上看不清路。"}, state="done")
SAY = insert(t.sayings).values(at=AT, text="请问是哪个小区？", choices=[])
KEEP = update(t.conversations).values(updated_at=AT).where(t.conversations.c.person == bindparam("whose"))
LAST = select(func.max(t.sayings.c.seq)).where(t.sayings.c.person == bindparam("whose"))


def turn(work: UnitOfWork, person: int, number: int) -> None:
    """Read the last number said, journal the message, answer it, keep the conversation."""
    last = work.conn.execute(LAST, {"whose": person}).scalar_one() or 0
    work.conn.execute(ENTER, {"person": person, "message_id": str(number)})
    work.conn.execute(SAY, {"person": person, "seq": last + 1})
    work.conn.execute(KEEP, {"whose": person, "state": {"step": "asking", "number": number}})


def add_person(work: UnitOfWork, address: str) -> int:
    """A citizen to talk with."""
    person = work.people.find_or_add("web", address, language="zh", at=AT).id
    work.people.save_conversation(person, "hotline", {}, at=AT)
    return person


async def measure(store: Store, *, turns: int, callers: int) -> float:
    """Turns a second with that many callers, each waiting for its answer before it asks again."""
    people = [await store.run(add_person, f"caller-{number}") for number in range(callers)]
    numbers = count(1)

    async def caller(person: int) -> None:
        while (number := next(numbers)) <= turns:
            await store.run(turn, person, number)

    began = perf_counter()
    await asyncio.gather(*(caller(person) for person in people))
    return turns / (perf_counter() - began)


def in_file(folder: str, name: str, *, group: int) -> Store:
    """A fresh SQLite store whose groups hold at most so many units."""
    store = SqliteStore(make_url(f"sqlite:///{folder}/{name}.db"), lambda: b"\0" * 16, group=group)
    schema.create(store)
    return store


def report(name: str, store: Store, *, turns: int, callers: int) -> float:
    """Measure, print one line, close. Returns turns a second."""
    speed = asyncio.run(measure(store, turns=turns, callers=callers))
    store.close()
    print(f"{name:<44} {speed:>8.0f} turns/s")
    return speed


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0] if __doc__ else "")
    options.add_argument("--turns", type=int, default=2000)
    options.add_argument("--callers", type=int, default=64)
    options.add_argument("--folder", help="where the files go: the disk that is measured (default: the system's own)")
    options.add_argument("--postgres", help="a migrated throw-away database to measure too")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        each = report(
            f"SQLite, one commit a unit, {given.callers} callers",
            in_file(folder, "each", group=1),
            turns=given.turns,
            callers=given.callers,
        )
        together = report(
            f"SQLite, group commit, {given.callers} callers",
            in_file(folder, "together", group=64),
            turns=given.turns,
            callers=given.callers,
        )
        report("SQLite, group commit, 1 caller", in_file(folder, "alone", group=64), turns=given.turns // 4, callers=1)
    print(f"{'ratio, group commit to one commit a unit':<44} {together / each:>8.2f}")
    if given.postgres:
        report(
            f"PostgreSQL, {given.callers} callers",
            open_store(given.postgres),
            turns=given.turns,
            callers=given.callers,
        )


if __name__ == "__main__":
    main()
