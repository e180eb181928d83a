"""The one thread that writes to SQLite, and commits what waits together.

A group opens with the first unit that waits and takes in those that have come
meanwhile; it closes when nobody waits, at 64 units or after 10 ms. So a lone
caller pays for one fsync and no waiting, and many share it. Each unit has a
savepoint of its own. When the database ends the transaction (a full disk, a
COMMIT that fails), every unit of the group runs again, alone, once.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from backend.store.errors import Busy, TransactionEnded, closed
from backend.store.turns import Turns
from backend.store.work import UnitOfWork

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

T = TypeVar("T")

GROUP_UNITS = 64
GROUP_SECONDS = 0.010
WAITING_UNITS = 1024


@dataclass(slots=True, eq=False)
class Unit:
    """One caller's function and what became of it."""

    call: Callable[[UnitOfWork], Any]
    answer: Future[Any] = field(default_factory=Future)
    value: Any = None
    error: BaseException | None = None


class Writer:
    """Owns the writing connection. ``explain`` puts a driver's error into a sentence; ``turns``: with other processes."""

    def __init__(
        self,
        conn: Connection,
        salt: Callable[[], bytes],
        explain: Callable[[BaseException], BaseException],
        *,
        group: int = GROUP_UNITS,
        waiting: int = WAITING_UNITS,
        turns: Turns | None = None,
    ) -> None:
        self._conn, self._salt, self._explain = conn, salt, explain
        self._turns = turns or Turns("")
        self._group, self._limit = group, waiting
        self._queue: SimpleQueue[Unit | None] = SimpleQueue()  # None: close() was called, nothing follows
        self._door, self._closed = Lock(), False
        self._thread = Thread(target=self._serve, name="store-writer", daemon=True)
        self._thread.start()

    def submit(self, call: Callable[[UnitOfWork], T]) -> Future[T]:
        """Raises: Busy: too many wait; StoreUnavailable: closed."""
        unit = Unit(call)
        with self._door:
            if self._closed:
                raise closed()
            if self._queue.qsize() >= self._limit:
                raise Busy("too many messages wait for the database")
            self._queue.put(unit)
        return unit.answer

    def close(self) -> None:
        """Refuse new units, finish those that wait, end the thread."""
        with self._door:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _serve(self) -> None:
        while (first := self._queue.get()) is not None:
            with self._turns.turn():
                group = self._commit_group(first)
            for unit in group:
                self._tell(unit)

    def _commit_group(self, first: Unit) -> list[Unit]:
        try:
            transaction = self._conn.begin()
        except Exception as error:  # noqa: BLE001 - whatever it was, every caller must get an answer
            return self._refuse(first, error)
        group: list[Unit] = []
        try:
            with transaction:
                for unit in self._arrivals(first):
                    group.append(unit)
                    self._attempt(unit)
        except Exception:  # noqa: BLE001 - the transaction is gone, and with it what the group did
            self._clear()
            for unit in group:
                self._run_alone(unit)
        return group

    def _arrivals(self, first: Unit) -> Iterator[Unit]:
        """The units of one group; those whose caller has gone are dropped."""
        deadline = monotonic() + GROUP_SECONDS
        unit: Unit | None = first
        taken = 0
        while unit is not None:
            if unit.answer.set_running_or_notify_cancel():
                yield unit
            taken += 1
            if taken >= self._group or monotonic() >= deadline:
                return
            unit = self._next()

    def _next(self) -> Unit | None:
        """The unit that waits longest; None: nobody waits, or close() was called."""
        try:
            unit = self._queue.get_nowait()
        except Empty:
            return None
        if unit is None:
            self._queue.put(None)  # it was the last one: give it back to _serve
        return unit

    def _attempt(self, unit: Unit) -> None:
        """Run in a savepoint. Raises: any error of our own statements, which says that the transaction is gone."""
        self._say("SAVEPOINT unit")
        try:
            unit.value, unit.error = unit.call(UnitOfWork(self._conn, salt=self._salt)), None
        except BaseException as error:  # noqa: BLE001 - it belongs to the caller, whatever it is
            unit.value, unit.error = None, error
            self._say("ROLLBACK TO unit")
        self._say("RELEASE unit")

    def _say(self, statement: str) -> None:
        """Straight to the driver: each unit needs two of them. Raises: TransactionEnded."""
        driver: Any = self._conn.connection.driver_connection
        if not driver.in_transaction:  # a savepoint would begin another
            raise TransactionEnded
        driver.execute(statement)

    def _run_alone(self, unit: Unit) -> None:
        try:
            with self._conn.begin():
                self._attempt(unit)
        except Exception as error:  # noqa: BLE001 - as in _commit_group
            self._clear()
            unit.error = unit.error or error

    def _clear(self) -> None:
        """After a COMMIT that failed, SQLAlchemy thinks that nothing is open; SQLite does not."""
        self._conn.connection.rollback()

    def _refuse(self, first: Unit, error: BaseException) -> list[Unit]:
        """BEGIN failed: all who wait hear it now, instead of each waiting for the lock in turn."""
        group = list(self._arrivals(first))
        for unit in group:
            unit.error = error
        return group

    def _tell(self, unit: Unit) -> None:
        if unit.error is None:
            unit.answer.set_result(unit.value)
        else:
            unit.answer.set_exception(self._explain(unit.error))
