"""What every engine promises to the callers of a store."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from threading import Event
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from backend.store import tables as t
from backend.store.engine import OnlyReads, Store, StoreUnavailable, open_store
from backend.store.postgres import CONNECTIONS

if TYPE_CHECKING:
    from backend.store.work import UnitOfWork

AT = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)


class Refused(Exception):
    """A service says no."""


def add(work: UnitOfWork, code: str) -> str:
    """Leave a trace: a place of that code."""
    work.conn.execute(insert(t.places).values(code=code, name=code, fill={}, created_at=AT))
    return code


def add_and_refuse(work: UnitOfWork, code: str) -> None:
    """Leave a trace, then fail."""
    add(work, code)
    raise Refused(code)


def point_nowhere(work: UnitOfWork) -> None:
    """Break a foreign key, after a change that is right."""
    add(work, "orphan")
    work.conn.execute(insert(t.conversations).values(person=404, institution="hotline", state={}, updated_at=AT))


def codes(work: UnitOfWork) -> list[str]:
    """The traces."""
    return list(work.conn.execute(select(t.places.c.code).order_by(t.places.c.code)).scalars())


def reopened(url: str) -> list[str]:
    """The traces, as a new process would find them."""
    store = open_store(url)
    found = store.read_now(codes)
    store.close()
    return found


async def test_a_failing_unit_between_two_good_ones_takes_only_itself_back(store: Store) -> None:
    answers = await asyncio.gather(
        store.run(add, "a"), store.run(add_and_refuse, "b"), store.run(add, "c"), return_exceptions=True
    )

    assert answers[0] == "a"
    assert isinstance(answers[1], Refused)
    assert answers[2] == "c"
    assert await store.read(codes) == ["a", "c"]


async def test_a_broken_foreign_key_takes_only_its_unit_back(store: Store) -> None:
    answers = await asyncio.gather(
        store.run(add, "a"), store.run(point_nowhere), store.run(add, "c"), return_exceptions=True
    )

    assert isinstance(answers[1], IntegrityError)
    assert await store.read(codes) == ["a", "c"]


async def test_a_read_sees_at_once_what_was_committed(store: Store) -> None:
    for number in range(50):
        await store.run(add, f"{number:02}")
        assert len(await store.read(codes)) == number + 1


async def test_a_read_cannot_write(store: Store) -> None:
    with pytest.raises(OnlyReads):
        await store.read(add, "a")
    await store.run(add, "b")

    assert await store.read(codes) == ["b"]


async def test_a_read_that_fails_raises_its_own_exception(store: Store) -> None:
    def fail(_: UnitOfWork) -> None:
        raise Refused

    with pytest.raises(Refused):
        await store.read(fail)


class Gate:
    """A unit that holds its thread until it is let go."""

    def __init__(self) -> None:
        self.began, self.go = Event(), Event()

    def __call__(self, work: UnitOfWork, code: str) -> str:
        self.began.set()
        assert self.go.wait(10)
        return add(work, code)


async def test_a_call_that_is_cancelled_before_it_begins_is_dropped_and_hurts_nobody(store: Store) -> None:
    gate = Gate()
    held = [asyncio.create_task(store.run(gate, f"held-{number}")) for number in range(CONNECTIONS)]
    cancelled = [asyncio.create_task(store.run(add, f"cancelled-{number}")) for number in range(20)]
    kept = asyncio.create_task(store.run(add, "kept"))
    await asyncio.to_thread(gate.began.wait, 10)

    for task in cancelled:
        task.cancel()
    await asyncio.gather(*cancelled, return_exceptions=True)
    gate.go.set()

    expected = [f"held-{number}" for number in range(CONNECTIONS)] + ["kept"]
    assert await asyncio.gather(*held, kept) == expected
    assert await store.read(codes) == sorted(expected)


async def test_a_call_that_is_cancelled_while_it_runs_is_committed_unheard(store_url: str) -> None:
    store, gate = open_store(store_url), Gate()
    task = asyncio.create_task(store.run(gate, "unheard"))
    await asyncio.to_thread(gate.began.wait, 10)

    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    gate.go.set()
    store.close()

    assert task.cancelled()
    assert reopened(store_url) == ["unheard"]


async def test_closing_finishes_what_waits_and_refuses_what_comes_later(store_url: str) -> None:
    store = open_store(store_url)
    tasks = [asyncio.create_task(store.run(add, f"{number:02}")) for number in range(40)]
    await asyncio.sleep(0)
    await asyncio.to_thread(store.close)

    assert len(await asyncio.gather(*tasks)) == 40
    with pytest.raises(StoreUnavailable, match="closed"):
        await store.run(add, "late")
    with pytest.raises(StoreUnavailable, match="closed"):
        await store.read(codes)
    store.close()


def test_what_was_answered_is_there_when_the_store_is_opened_again(store_url: str) -> None:
    store = open_store(store_url)
    store.run_now(add, "a")
    store.close()

    assert reopened(store_url) == ["a"]


def test_a_naive_time_is_refused(store: Store) -> None:
    naive = AT.replace(tzinfo=None)

    with pytest.raises(ValueError, match="without zone"):
        store.run_now(lambda work: work.people.find_or_add("web", "x", language="zh", at=naive))


async def test_64_callers_who_count_together_lose_nothing(store: Store) -> None:
    day = AT.date()
    given = await asyncio.gather(*(store.run(lambda work: work.cases.next_count("HL", day)) for _ in range(64)))

    assert sorted(given) == list(range(1, 65))


async def test_each_caller_gets_its_own_answer(store: Store) -> None:
    wanted = [f"{number:03}" for number in range(130)]

    assert list(await asyncio.gather(*(store.run(add, code) for code in wanted))) == wanted


async def test_arguments_reach_the_unit_by_place_and_by_name(store: Store) -> None:
    def tell(_: UnitOfWork, first: int, *, second: str) -> tuple[int, str]:
        return first, second

    assert await store.run(tell, 1, second="2") == (1, "2")
    assert await store.read(tell, 1, second="2") == (1, "2")
    assert store.run_now(tell, 1, second="2") == (1, "2")
    assert store.read_now(tell, 1, second="2") == (1, "2")


def test_the_salt_of_the_store_reaches_its_units(sqlite_url: str) -> None:
    store = open_store(sqlite_url, salt=lambda: b"0123456789abcdef")

    assert store.run_now(lambda work: work.salt()) == b"0123456789abcdef"
    store.close()


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("", "cannot be read"),
        ("var/jiesu.db", "cannot be read"),
        ("postgresql://user:secret@host:many/db", "cannot be read"),
        ("mysql://user:secret@host/db", "of the kind mysql"),
    ],
)
def test_a_wrong_url_is_refused_without_repeating_its_password(url: str, sentence: str) -> None:
    with pytest.raises(StoreUnavailable, match=sentence) as refused:
        open_store(url)

    assert "sqlite:///var/jiesu.db" in str(refused.value)
    assert "secret" not in str(refused.value)


def test_an_update_in_a_unit_that_fails_is_taken_back(store: Store) -> None:
    def rename_and_refuse(work: UnitOfWork) -> None:
        work.conn.execute(update(t.places).values(name="renamed"))
        raise Refused

    store.run_now(add, "a")
    with pytest.raises(Refused):
        store.run_now(rename_and_refuse)

    assert store.read_now(lambda work: list(work.conn.execute(select(t.places.c.name)).scalars())) == ["a"]
