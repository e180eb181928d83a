"""PostgreSQL: deadlocks, locks, servers that go away, and what their errors become."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from itertools import count
from threading import Barrier, BrokenBarrierError, Event
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import make_url, text, update
from sqlalchemy.exc import ProgrammingError

from backend.store import tables as t
from backend.store.engine import Busy, StoreUnavailable, open_store
from backend.store.postgres import PostgresStore
from tests.backend.store.test_engine import AT, add, codes
from tests.conftest import administer, database, empty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from backend.store.work import UnitOfWork


@pytest.fixture
def store(pg_dsn: str) -> Iterator[PostgresStore]:
    """A store on PostgreSQL whose calls wait half a second for a lock, and three at most for a thread."""
    empty(pg_dsn)
    opened = PostgresStore(make_url(pg_dsn), lambda: b"", lock_seconds=0.5, waiting=3)
    yield opened
    opened.close()


def touch(work: UnitOfWork, code: str) -> None:
    """Lock a row."""
    work.conn.execute(update(t.places).where(t.places.c.code == code).values(name="touched"))


async def test_of_two_units_in_a_deadlock_both_are_done(pg_dsn: str) -> None:
    both_hold_one, runs = Barrier(2), count()

    def cross(work: UnitOfWork, first: str, second: str) -> str:
        next(runs)
        touch(work, first)
        with suppress(BrokenBarrierError):  # the one that runs again meets nobody
            both_hold_one.wait(1)
        touch(work, second)
        return first

    empty(pg_dsn)
    patient = PostgresStore(make_url(pg_dsn), lambda: b"")
    for code in "ab":
        await patient.run(add, code)

    assert list(await asyncio.gather(patient.run(cross, "a", "b"), patient.run(cross, "b", "a"))) == ["a", "b"]
    assert next(runs) >= 3
    await asyncio.to_thread(patient.close)


def failing(state: str, runs: list[str]) -> Callable[[UnitOfWork], None]:
    """A unit that the server refuses with this SQLSTATE, each time."""

    def fail(work: UnitOfWork) -> None:
        runs.append(state)
        add(work, "trace")
        work.conn.exec_driver_sql(f"DO $$ BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = '{state}'; END $$")

    return fail


@pytest.mark.parametrize("state", ["40001", "40P01"])
def test_a_unit_that_never_gets_through_is_tried_four_times_and_leaves_no_trace(
    store: PostgresStore, state: str
) -> None:
    runs: list[str] = []

    with pytest.raises(Busy):
        store.run_now(failing(state, runs))

    assert len(runs) == 4
    assert store.read_now(codes) == []


def test_a_full_disk_is_told_and_not_tried_again(store: PostgresStore) -> None:
    runs: list[str] = []

    with pytest.raises(StoreUnavailable, match=r"PostgreSQL's disk is full .* free some space there") as refused:
        store.run_now(failing("53100", runs))

    assert refused.value.full
    assert len(runs) == 1
    assert store.run_now(add, "a") == "a"


def test_a_mistake_of_the_unit_stays_its_own(store: PostgresStore) -> None:
    with pytest.raises(ProgrammingError):
        store.run_now(lambda work: work.conn.exec_driver_sql("SELECT nothing FROM nowhere"))


async def test_who_waits_too_long_for_a_lock_hears_that_others_hold_it(store: PostgresStore) -> None:
    locked, go = Event(), Event()

    def keep(work: UnitOfWork) -> None:
        touch(work, "a")
        locked.set()
        assert go.wait(10)

    await store.run(add, "a")
    keeping = asyncio.create_task(store.run(keep))
    await asyncio.to_thread(locked.wait, 10)

    with pytest.raises(Busy, match="locked"):
        await store.run(touch, "a")
    go.set()
    await keeping
    await store.run(touch, "a")


async def test_a_full_queue_refuses_the_next_one_and_keeps_the_others(store: PostgresStore) -> None:
    go = Event()

    def hold(work: UnitOfWork, code: str) -> str:
        assert go.wait(10)
        return add(work, code)

    tasks = [asyncio.create_task(store.run(hold, f"{number:02}")) for number in range(11)]
    await asyncio.sleep(0)

    with pytest.raises(Busy, match="try again in 1 s"):
        await store.run(add, "one too many")
    go.set()
    assert len(await asyncio.gather(*tasks)) == 11
    assert await store.run(add, "later") == "later"


def test_a_unit_whose_connection_dies_runs_again_on_another(store: PostgresStore) -> None:
    runs = count(1)

    def die_once(work: UnitOfWork) -> str:
        if next(runs) == 1:
            work.conn.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")
        return add(work, "a")

    assert store.run_now(die_once) == "a"
    assert store.read_now(codes) == ["a"]


def test_connections_that_died_while_nobody_used_them_are_replaced(
    store: PostgresStore, pg_dsn: str, pg_server: str
) -> None:
    store.run_now(add, "a")
    store.read_now(codes)
    administer(
        pg_server,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        f" WHERE application_name = 'jiesu' AND datname = '{make_url(pg_dsn).database}'",
    )

    assert store.run_now(add, "b") == "b"
    assert store.read_now(codes) == ["a", "b"]


def test_a_server_that_is_down_is_named_without_the_password() -> None:
    with pytest.raises(StoreUnavailable, match=r"PostgreSQL at 127.0.0.1, database jiesu .* start it") as refused:
        open_store("postgresql://user:secret@127.0.0.1:1/jiesu")

    assert "secret" not in str(refused.value)


def test_a_database_that_does_not_exist_is_told_in_the_servers_words(pg_dsn: str) -> None:
    url = make_url(pg_dsn).set(database="nowhere").render_as_string(hide_password=False)

    with pytest.raises(StoreUnavailable, match='database "nowhere" does not exist; start it, or correct'):
        open_store(url)


def test_a_database_that_cannot_hold_chinese_is_refused(pg_server: str) -> None:
    with (
        database(pg_server, "jiesu_ascii", encoding="SQL_ASCII") as url,
        pytest.raises(StoreUnavailable, match="kept in SQL_ASCII; create it again with ENCODING 'UTF8'"),
    ):
        open_store(url)


def test_a_read_is_one_snapshot(store: PostgresStore) -> None:
    def look_twice(work: UnitOfWork) -> tuple[list[str], list[str]]:
        before = codes(work)
        store.run_now(add, "b")
        return before, codes(work)

    store.run_now(add, "a")

    assert store.read_now(look_twice) == (["a"], ["a"])
    assert store.read_now(codes) == ["a", "b"]


async def test_two_deliveries_of_one_message_at_once_are_one(store: PostgresStore) -> None:
    person = store.run_now(lambda work: work.people.find_or_add("web", "x", language="zh", at=AT)).id

    def receive(work: UnitOfWork) -> int | None:
        return work.journal.enter(person, "m1", {}, at=AT)

    entered = await asyncio.gather(*(store.run(receive) for _ in range(8)))
    assert sorted(entry is None for entry in entered) == [False] + [True] * 7


async def test_eight_units_run_side_by_side(store: PostgresStore) -> None:
    together = Barrier(8)

    def meet(work: UnitOfWork) -> int:
        work.conn.execute(text("SELECT 1"))
        return together.wait(10)

    assert sorted(await asyncio.gather(*(store.run(meet) for _ in range(8)))) == list(range(8))
