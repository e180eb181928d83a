"""The SQLite file: full disks, closed folders, other processes and sudden death."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from textwrap import dedent
from threading import Event
from time import monotonic, sleep
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert, make_url, select, text

from backend.store import schema
from backend.store import tables as t
from backend.store.engine import Busy, OnlyReads, StoreUnavailable, open_store
from backend.store.sqlite import SqliteStore
from tests.backend.store.test_engine import AT, add, codes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.store.work import UnitOfWork

ROOT = Path(__file__).parents[3]
NOBODY = 65534


def pragma(work: UnitOfWork, name: str) -> object:
    """What SQLite says of a setting."""
    return work.conn.execute(text(f"PRAGMA {name}")).scalar_one()


def test_the_file_is_kept_as_the_architecture_says(sqlite_url: str) -> None:
    store = open_store(sqlite_url)

    assert store.run_now(pragma, "journal_mode") == "wal"
    assert store.run_now(pragma, "synchronous") == 2  # FULL: a power cut loses nothing
    assert store.run_now(pragma, "foreign_keys") == 1
    assert store.run_now(pragma, "busy_timeout") == 5000
    assert store.read_now(pragma, "query_only") == 1
    store.close()


def test_closing_leaves_one_file(sqlite_url: str, tmp_path: Path) -> None:
    store = open_store(sqlite_url)
    store.run_now(add, "a")
    store.read_now(codes)
    store.close()

    assert [path.name for path in tmp_path.iterdir()] == ["jiesu.db"]


def test_a_missing_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/var/data/jiesu.db")
    schema.create(store)
    store.run_now(add, "a")
    store.close()

    assert (tmp_path / "var/data").stat().st_mode & 0o777 == 0o700


def test_a_path_with_odd_characters_is_just_a_path(tmp_path: Path) -> None:
    path = tmp_path / "诉求 50%?#.db"
    store = SqliteStore(make_url("sqlite://").set(database=str(path)), lambda: b"")
    store.close()

    assert path.exists()


def test_a_store_in_memory_works_like_a_file() -> None:
    store = open_store("sqlite://")
    schema.create(store)
    store.run_now(add, "a")

    assert store.read_now(codes) == ["a"]
    assert store.is_current()
    with pytest.raises(OnlyReads):
        store.read_now(add, "b")
    assert store.run_now(add, "c") == "c"
    store.close()


async def test_a_disk_that_fills_up_in_the_middle_of_a_group_spoils_only_the_unit_that_needs_the_room(
    sqlite_url: str,
) -> None:
    def leave_room(work: UnitOfWork) -> None:
        pages = work.conn.execute(text("PRAGMA page_count")).scalar_one()
        work.conn.execute(text(f"PRAGMA max_page_count = {pages + 3}"))

    def fill_the_disk(work: UnitOfWork) -> None:
        for number in range(200):
            work.conn.execute(insert(t.places).values(code=f"f{number}", name="x" * 4000, fill={}, created_at=AT))

    store, held = open_store(sqlite_url), Event()
    store.run_now(leave_room)
    first = asyncio.create_task(store.run(lambda _: held.wait(10)))
    tasks = [asyncio.create_task(call) for call in (store.run(add, "a"), store.run(fill_the_disk), store.run(add, "c"))]
    await asyncio.sleep(0)
    held.set()
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    await first

    assert (answers[0], answers[2]) == ("a", "c")
    assert isinstance(answers[1], StoreUnavailable)
    assert "jiesu.db is full; free some space" in str(answers[1])
    assert answers[1].full
    assert await store.read(codes) == ["a", "c"]

    await store.run(lambda work: work.conn.execute(text("PRAGMA max_page_count = 100000")).close())
    await store.run(fill_the_disk)
    assert len(await store.read(codes)) == 202
    store.close()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "jiesu.db"
    path.write_bytes(b"A letter, and by no means a database. " * 100)

    with pytest.raises(StoreUnavailable, match=r"is not a SQLite database; name another file"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes().startswith(b"A letter")


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="cannot be opened"):
        open_store(f"sqlite:///{tmp_path}")


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("in the way")

    with pytest.raises(StoreUnavailable, match=r"the folder .*var cannot be made: File exists"):
        open_store(f"sqlite:///{tmp_path}/var/jiesu.db")


@contextmanager
def without_privileges() -> Iterator[Path]:
    """A folder outside root's own, and for root (whom no permission stops) the rights of nobody meanwhile."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if os.geteuid() != 0:
            yield folder
        else:
            os.chown(folder, NOBODY, -1)
            os.seteuid(NOBODY)
            try:
                yield folder
            finally:
                os.seteuid(0)
        folder.chmod(0o700)


def test_a_read_only_folder_is_refused_with_what_to_do() -> None:
    with without_privileges() as folder:
        folder.chmod(0o500)

        with pytest.raises(StoreUnavailable, match="cannot be opened; let the user that runs this write it"):
            open_store(f"sqlite:///{folder}/jiesu.db")
        with pytest.raises(StoreUnavailable, match=r"the folder .* cannot be made: Permission denied"):
            open_store(f"sqlite:///{folder}/var/jiesu.db")


def test_a_read_only_file_is_refused_with_what_to_do() -> None:
    with without_privileges() as folder:
        open_store(f"sqlite:///{folder}/jiesu.db").close()
        (folder / "jiesu.db").chmod(0o400)

        with pytest.raises(StoreUnavailable, match="cannot be written; let the user that runs this write it"):
            open_store(f"sqlite:///{folder}/jiesu.db")


def test_a_lock_that_another_program_keeps_is_told_after_the_time_out_and_hurts_no_later_call(sqlite_url: str) -> None:
    store = SqliteStore(make_url(sqlite_url), lambda: b"", busy_seconds=0.05)
    with closing(sqlite3.connect(str(make_url(sqlite_url).database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy, match="another process keeps"):
            store.run_now(add, "a")
        assert store.read_now(codes) == []
        other.execute("COMMIT")

    assert store.run_now(add, "b") == "b"
    store.close()


def test_a_reader_keeps_its_snapshot_while_others_write(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    store.run_now(add, "a")

    def look_twice(work: UnitOfWork) -> tuple[list[str], list[str]]:
        before = codes(work)
        store.run_now(add, "b")
        return before, codes(work)

    assert store.read_now(look_twice) == (["a"], ["a"])
    assert store.read_now(codes) == ["a", "b"]
    store.close()


def test_eight_that_open_a_new_file_at_once_all_get_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new/jiesu.db"
    with ThreadPoolExecutor(8) as pool:
        stores = list(pool.map(lambda _: open_store(url), range(8)))

    assert [store.read_now(lambda work: work.conn.execute(text("SELECT 1")).scalar_one()) for store in stores] == [
        1
    ] * 8
    for store in stores:
        store.close()


def child(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Another Python process, which can import what we can."""
    command = [sys.executable, "-c", dedent(code), *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


COUNT_UP = """
    import asyncio, sys
    from datetime import date
    from sqlalchemy import select, text
    from backend.store.engine import open_store

    def count(work):
        last = work.conn.execute(text("SELECT last FROM counters")).scalar_one()
        work.conn.execute(text("UPDATE counters SET last = :next"), {"next": last + 1})

    async def main():
        store = open_store(sys.argv[1])
        print("ready", flush=True)
        for _ in range(25):
            await asyncio.gather(*(store.run(count) for _ in range(8)))
        await asyncio.to_thread(store.close)

    asyncio.run(main())
    """


def test_two_processes_on_one_file_take_nothing_from_each_other(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    store.run_now(lambda work: work.conn.execute(insert(t.counters).values(code="HL", day=AT.date(), last=0)).close())
    children = [child(COUNT_UP, sqlite_url) for _ in range(2)]

    assert [process.communicate(timeout=60)[0] for process in children] == ["ready\n"] * 2
    assert [process.returncode for process in children] == [0, 0]
    assert store.read_now(lambda work: work.conn.execute(select(t.counters.c.last)).scalar_one()) == 400
    store.close()


COMMIT_AND_NEVER_HEAR = """
    import asyncio, sys, time
    from datetime import UTC, datetime
    from backend.store.engine import open_store

    at = datetime(2026, 3, 1, tzinfo=UTC)

    def receive(work):
        person = work.people.find_or_add("web", "citizen", language="zh", at=at)
        work.journal.say(person.id, "收到", [], at=at, answers=work.journal.enter(person.id, "m1", {}, at=at))

    async def main():
        store = open_store(sys.argv[1])
        task = asyncio.create_task(store.run(receive))
        await asyncio.sleep(0)
        print("asked", flush=True)
        time.sleep(60)  # the loop stands still: the answer cannot reach its caller
        await task
        print("answered", flush=True)

    asyncio.run(main())
    """


def receive_again(work: UnitOfWork) -> tuple[int | None, list[str]]:
    """What the redelivery of the message finds."""
    person = work.people.find_or_add("web", "citizen", language="zh", at=AT)
    entered = work.journal.enter(person.id, "m1", {}, at=AT)
    return entered, [saying.text for saying in work.journal.answer(person.id, "m1")]


def test_kill_9_between_commit_and_answer_leaves_one_message_whose_answer_is_kept(store_url: str) -> None:
    store = open_store(store_url)
    process = child(COMMIT_AND_NEVER_HEAR, store_url)
    assert process.stdout is not None
    assert process.stdout.readline() == "asked\n"
    until = monotonic() + 30
    while not store.read_now(lambda work: work.conn.execute(select(t.journal.c.id)).all()):
        assert monotonic() < until
        sleep(0.005)

    process.send_signal(signal.SIGKILL)

    assert process.communicate(timeout=10)[0] == ""
    assert store.run_now(receive_again) == (None, ["收到"])
    store.close()


ADD_AND_TELL = """
    import asyncio, sys
    from datetime import UTC, datetime
    from itertools import count
    from backend.store.engine import open_store

    at = datetime(2026, 3, 1, tzinfo=UTC)
    numbers = count()

    async def caller(store):
        for number in numbers:
            await store.run(lambda work: work.places.add(str(number), "", {}, at=at))
            print(number, flush=True)

    async def main():
        store = open_store(sys.argv[1])
        await asyncio.gather(*(caller(store) for _ in range(16)))

    asyncio.run(main())
    """


def test_kill_9_at_any_moment_loses_nothing_that_was_answered(store_url: str) -> None:
    process = child(ADD_AND_TELL, store_url)
    assert process.stdout is not None
    with process:  # not communicate(), which reads past what readline() has buffered
        told = [process.stdout.readline() for _ in range(300)]
        process.send_signal(signal.SIGKILL)
        told += process.stdout.readlines()

    store = open_store(store_url)
    kept = set(store.read_now(codes))
    store.close()

    assert {line.strip() for line in told if line.endswith("\n")} <= kept
    assert len(kept) >= 300
