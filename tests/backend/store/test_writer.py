"""Group commit: what shares a transaction, what runs again, who waits for whom."""

from __future__ import annotations

from concurrent.futures import Future, wait
from statistics import median
from threading import Event
from time import perf_counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event, insert, select

from backend.store import tables as t
from backend.store.engine import Busy, StoreUnavailable
from backend.store.sqlite import connect, explain, writing_engine
from backend.store.writer import Writer
from tests.backend.store.test_engine import AT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine

    from backend.store.work import UnitOfWork


class Refused(Exception):
    """A service says no."""


class Desk:
    """A writer on a database in memory, which can be held so that calls gather behind it."""

    def __init__(self, engine: Engine, **limits: int) -> None:
        self.commits = 0
        self._go = Event()
        self.conn = connect(engine, "")
        t.metadata.create_all(self.conn)
        self.conn.commit()
        event.listen(engine, "commit", self._count)
        self.writer = Writer(self.conn, lambda: b"", lambda error: explain(error, "memory"), **limits)  # type: ignore[arg-type]

    def _count(self, _: object) -> None:
        self.commits += 1

    def hold(self) -> Future[None]:
        """Keep the writer busy until ``go``."""
        began = Event()

        def stay(_: UnitOfWork) -> None:
            began.set()
            assert self._go.wait(10)

        held = self.writer.submit(stay)
        assert began.wait(10)
        return held

    def go(self) -> None:
        """Let it work on. The unit that held it took more than 10 ms: what gathered is a group of its own."""
        Event().wait(0.012)
        self._go.set()

    def codes(self) -> list[str]:
        """What is stored, in the order it was written."""
        return self.writer.submit(
            lambda work: list(work.conn.execute(select(t.places.c.code).order_by(t.places.c.name)).scalars())
        ).result(10)


@pytest.fixture
def desks() -> Iterator[Callable[..., Desk]]:
    """Makes desks, and closes them."""
    opened: list[tuple[Desk, Engine]] = []

    def make(**limits: int) -> Desk:
        engine = writing_engine("")
        opened.append((Desk(engine, **limits), engine))
        return opened[-1][0]

    yield make
    for desk, engine in opened:
        desk.writer.close()
        engine.dispose()


def adding(code: str) -> Callable[[UnitOfWork], str]:
    """A unit that leaves a trace."""

    def add(work: UnitOfWork) -> str:
        work.conn.execute(insert(t.places).values(code=code, name=f"{code:>4}", fill={}, created_at=AT))
        return code

    return add


def refusing(code: str) -> Callable[[UnitOfWork], None]:
    """A unit that leaves a trace, then fails."""

    def add_and_refuse(work: UnitOfWork) -> None:
        adding(code)(work)
        raise Refused(code)

    return add_and_refuse


def ending_the_transaction(work: UnitOfWork) -> None:
    """A unit during which the database gives up the whole transaction, as it may on a full disk."""
    adding("lost")(work)
    work.conn.exec_driver_sql("ROLLBACK")


def test_what_waits_is_committed_together(desks: Callable[..., Desk]) -> None:
    desk = desks()
    desk.hold()
    before = desk.commits
    calls = [desk.writer.submit(adding(str(number))) for number in range(20)]
    desk.go()

    assert [call.result(10) for call in calls] == [str(number) for number in range(20)]
    assert desk.commits - before == 2  # of the unit that held the writer, and of the twenty


def test_a_group_holds_at_most_64(desks: Callable[..., Desk]) -> None:
    desk = desks()
    desk.hold()
    before = desk.commits
    calls = [desk.writer.submit(lambda _: None) for _ in range(65)]
    desk.go()
    wait(calls, 10)

    assert desk.commits - before >= 3


def test_a_lone_caller_does_not_wait_for_company(desks: Callable[..., Desk]) -> None:
    desk = desks()
    took = []
    for number in range(50):
        began = perf_counter()
        desk.writer.submit(adding(str(number))).result(10)
        took.append(perf_counter() - began)

    assert median(took) < 0.010  # what a group waits at the most


def test_nobody_is_answered_before_the_commit(desks: Callable[..., Desk]) -> None:
    desk = desks()
    desk.hold()
    commits_when_told: list[int] = []
    calls = [desk.writer.submit(adding(str(number))) for number in range(10)]
    for call in calls:
        call.add_done_callback(lambda _: commits_when_told.append(desk.commits))
    before = desk.commits
    desk.go()
    wait(calls, 10)

    assert commits_when_told == [before + 2] * 10


def test_a_failing_unit_shares_the_commit_of_the_good_ones_beside_it(desks: Callable[..., Desk]) -> None:
    desk = desks()
    desk.hold()
    before = desk.commits
    first, second, third = (desk.writer.submit(unit) for unit in (adding("a"), refusing("b"), adding("c")))
    desk.go()

    assert (first.result(10), third.result(10)) == ("a", "c")
    with pytest.raises(Refused):
        second.result(10)
    assert desk.commits - before == 2
    assert desk.codes() == ["a", "c"]


def test_when_the_database_ends_the_transaction_all_run_again_alone(desks: Callable[..., Desk]) -> None:
    desk = desks()
    runs: list[str] = []

    def counted(code: str) -> Callable[[UnitOfWork], str]:
        def run(work: UnitOfWork) -> str:
            runs.append(code)
            return adding(code)(work)

        return run

    desk.hold()
    calls = [desk.writer.submit(unit) for unit in (counted("a"), ending_the_transaction, counted("c"))]
    desk.go()

    assert calls[0].result(10) == "a"
    assert calls[2].result(10) == "c"
    with pytest.raises(StoreUnavailable):
        calls[1].result(10)
    assert runs.count("a") == 2
    assert desk.codes() == ["a", "c"]


def test_what_a_unit_does_after_the_transaction_ended_is_not_committed_by_itself(desks: Callable[..., Desk]) -> None:
    def carry_on(work: UnitOfWork) -> None:
        work.conn.exec_driver_sql("ROLLBACK")
        adding("stray")(work)

    desk = desks()

    with pytest.raises(StoreUnavailable):
        desk.writer.submit(carry_on).result(10)
    assert desk.codes() == []


def test_a_commit_that_fails_hurts_only_the_unit_that_makes_it_fail(desks: Callable[..., Desk]) -> None:
    def break_a_key_that_is_checked_at_commit(work: UnitOfWork) -> None:
        work.conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        work.conn.execute(insert(t.conversations).values(person=404, institution="x", state={}, updated_at=AT))

    desk = desks()
    desk.hold()
    units = (adding("a"), break_a_key_that_is_checked_at_commit, adding("c"))
    calls = [desk.writer.submit(unit) for unit in units]
    desk.go()

    assert (calls[0].result(10), calls[2].result(10)) == ("a", "c")
    assert "FOREIGN KEY" in str(calls[1].exception(10))
    assert desk.codes() == ["a", "c"]


def test_a_full_queue_refuses_the_next_one_and_keeps_the_others(desks: Callable[..., Desk]) -> None:
    desk = desks(waiting=3)
    desk.hold()
    calls = [desk.writer.submit(adding(str(number))) for number in range(3)]

    with pytest.raises(Busy, match="try again in 1 s"):
        desk.writer.submit(adding("one too many"))
    desk.go()
    assert [call.result(10) for call in calls] == ["0", "1", "2"]
    assert desk.writer.submit(adding("later")).result(10) == "later"


def test_a_call_that_is_cancelled_in_the_queue_never_runs(desks: Callable[..., Desk]) -> None:
    desk = desks()
    desk.hold()
    calls = [desk.writer.submit(adding(code)) for code in "abc"]
    assert calls[1].cancel()
    desk.go()

    assert (calls[0].result(10), calls[2].result(10)) == ("a", "c")
    assert desk.codes() == ["a", "c"]


def test_closing_finishes_what_waits(desks: Callable[..., Desk]) -> None:
    desk = desks()
    desk.hold()
    calls = [desk.writer.submit(adding(str(number))) for number in range(100)]
    desk.go()
    desk.writer.close()

    assert all(call.done() for call in calls)
    with pytest.raises(StoreUnavailable):
        desk.writer.submit(adding("late"))
    desk.writer.close()


def test_an_exception_that_is_no_error_also_reaches_only_its_caller(desks: Callable[..., Desk]) -> None:
    def leave(_: UnitOfWork) -> None:
        raise SystemExit(3)

    desk = desks()

    with pytest.raises(SystemExit):
        desk.writer.submit(leave).result(10)
    assert desk.writer.submit(adding("a")).result(10) == "a"


KINDS = {"good": adding, "bad": refusing, "ending": lambda _: ending_the_transaction}


@settings(max_examples=25, deadline=None)
@given(kinds=st.lists(st.sampled_from(sorted(KINDS)), max_size=12), group=st.integers(1, 5))
def test_whatever_fails_around_it_a_good_unit_is_stored_once_and_no_other_is(kinds: list[str], group: int) -> None:
    engine = writing_engine("")
    desk = Desk(engine, group=group)
    desk.hold()
    calls = [desk.writer.submit(KINDS[kind](f"{number:02}")) for number, kind in enumerate(kinds)]
    desk.go()
    good = [f"{number:02}" for number, kind in enumerate(kinds) if kind == "good"]

    assert [call.result(10) for call in calls if call.exception(10) is None] == good
    assert desk.codes() == good
    desk.writer.close()
    engine.dispose()
