"""Visit-backs by phone: whom somebody is to call, who has them before them, and what came of it.

A row is waiting until it is done; while it waits one person at a time has it,
until they leave it or their time is over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select, update

from backend.store import tables as t
from backend.store.upsert import insert_into
from backend.store.visible import visible

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from backend.domain.scope import Scope

C = t.callbacks.c


@dataclass(frozen=True, slots=True)
class Callback:
    """One answer that somebody is called about."""

    number: str
    round: int
    institution: str
    why: str  # unreachable, silent, dissatisfied
    since: datetime
    due_at: datetime  # not before then
    tries: int = 0
    user: str | None = None  # who has it before them
    until: datetime | None = None  # … and until when
    done_at: datetime | None = None
    outcome: str = ""  # of the last call: reached, no_answer, wrong, refused, later; moot


COLUMNS = tuple(C[name] for name in Callback.__annotations__)


class Callbacks:
    """The list of calls."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def ask(self, one: Callback) -> bool:
        """Have them called; False: that was asked for already."""
        row = {"number": one.number, "round": one.round, "institution": one.institution, "why": one.why}
        entry = insert_into(self._conn, t.callbacks).values(row | {"since": one.since, "due_at": one.due_at})
        once = entry.on_conflict_do_nothing(index_elements=["number", "round"])
        return self._conn.execute(once.returning(C.number)).first() is not None

    def get(self, number: str, survey_round: int) -> Callback | None:
        """That one."""
        found = self._conn.execute(select(*COLUMNS).where(*_is(number, survey_round))).one_or_none()
        return None if found is None else Callback(**found._asdict())

    def waiting(self, scope: Scope, *, at: datetime, limit: int, skip: int = 0) -> list[Callback]:
        """What is to be called now, of the cases within that scope; what waits longest comes first."""
        query = _of(scope).where(C.due_at <= at).order_by(C.due_at, C.number, C.round).limit(limit).offset(skip)
        return [Callback(**row._asdict()) for row in self._conn.execute(query)]

    def later(self, scope: Scope, *, at: datetime) -> tuple[int, datetime | None]:
        """How many are to be called another time, and when the first of them is."""
        later = _of(scope).where(C.due_at > at).subquery()
        found = self._conn.execute(select(func.count(), func.min(later.c.due_at, type_=t.Instant)).select_from(later))
        count, first = found.one()
        return int(count), first

    def held(self, user: str, *, at: datetime) -> list[Callback]:
        """What this person has before them."""
        query = select(*COLUMNS).where(C.done_at.is_(None), C.user == user, C.until > at)
        return [Callback(**row._asdict()) for row in self._conn.execute(query.order_by(C.until))]

    def take(self, number: str, survey_round: int, user: str, *, at: datetime, until: datetime) -> bool:
        """Have it until then; of two who try at once one gets True, as does who has it already."""
        free = or_(C.until.is_(None), C.until <= at, C.user == user)
        taken = update(t.callbacks).where(*_is(number, survey_round), C.done_at.is_(None), free)
        return bool(self._conn.execute(taken.values(user=user, until=until)).rowcount)

    def leave(self, number: str, survey_round: int, user: str) -> None:
        """They have it no more."""
        self._conn.execute(
            update(t.callbacks).where(*_is(number, survey_round), C.user == user).values(user=None, until=None)
        )

    def called(self, number: str, survey_round: int, outcome: str, *, at: datetime, again: datetime | None) -> None:
        """What came of a call: done, or called *again* then."""
        told: dict[str, Any] = {"outcome": outcome, "tries": C.tries + 1, "user": None, "until": None}
        told |= {"done_at": at} if again is None else {"due_at": again}
        self._conn.execute(update(t.callbacks).where(*_is(number, survey_round)).values(told))

    def drop(self, number: str, survey_round: int, *, at: datetime) -> None:
        """There is nothing to call about any more."""
        waits = update(t.callbacks).where(*_is(number, survey_round), C.done_at.is_(None))
        self._conn.execute(waits.values(done_at=at, outcome="moot", user=None, until=None))


def _of(scope: Scope) -> Any:
    """Those that wait; not where the case is worked on again: who was silent is asked about the next answer."""
    joined = t.callbacks.join(t.cases, t.cases.c.number == C.number)
    stands = or_(C.why == "dissatisfied", t.cases.c.round <= C.round)
    return visible(select(*COLUMNS).select_from(joined), scope).where(C.done_at.is_(None), stands)


def _is(number: str, survey_round: int) -> tuple[Any, Any]:
    return C.number == number, C.round == survey_round
