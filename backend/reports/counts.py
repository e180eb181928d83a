"""How many cases there are, of which kind, and how well they were answered: the counts behind /public.

Rates are not reckoned here but in ``backend.domain.rates``, from these counts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from backend.domain import rates
from backend.domain.lifecycle import Status
from backend.reports.registry import report
from backend.store import tables as t

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select

    from backend.store.work import UnitOfWork

    Rows = Sequence[Any]

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(9999, 12, 31)
"""Every day a case can have been filed on."""

ANSWERED = frozenset({Status.ANSWERED, Status.VISITING_BACK})
OVER = frozenset({Status.CLOSED, Status.ARCHIVED, Status.WITHDRAWN, Status.REFUSED})
"""What is in neither is open: somebody still has to do something."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A share from 0 to 1, None where there is nothing to count, and of how many."""

    share: float | None
    of: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Everything so far."""

    at: datetime
    filed: int
    open: int
    answered: int
    closed: int
    by_category: dict[tuple[str, str], int]  # (institution, category id)
    by_institution: dict[str, int]
    on_time: Rate
    response: Rate
    solution: Rate
    satisfaction: Rate


@report("各状态件数")
def by_status(first: date, last: date) -> Select[Any]:
    """Where the cases stand now."""
    status = t.cases.c.status
    return select(status.label("状态"), func.count().label("件数")).where(_filed(first, last)).group_by(status)


@report("各类别件数")
def by_category(first: date, last: date) -> Select[Any]:
    """What they are about."""
    institution, category = t.cases.c.institution, t.cases.c.category_id
    return (
        select(institution.label("机构"), category.label("类别"), func.count().label("件数"))
        .where(_filed(first, last))
        .group_by(institution, category)
    )


@report("各机构件数")
def by_institution(first: date, last: date) -> Select[Any]:
    """Whom they were brought to."""
    institution = t.cases.c.institution
    return (
        select(institution.label("机构"), func.count().label("件数")).where(_filed(first, last)).group_by(institution)
    )


@report("时限履行情况")
def promises(first: date, last: date) -> Select[Any]:
    """The clocks that ended, kept or not. Those that still run are not here."""
    kept = t.events.c.detail["kept"].as_boolean()
    return (
        select(kept.label("按时"), func.count().label("次数"))
        .select_from(t.events.join(t.cases, t.events.c.number == t.cases.c.number))
        .where(_filed(first, last), t.events.c.what == "clock", kept.is_not(None))
        .group_by(kept)
    )


@report("回访结果")
def visit_backs(first: date, last: date) -> Select[Any]:
    """What people said when they were asked: contacted, solved, satisfied, and how many said just that."""
    c = t.surveys.c
    return (
        select(
            c.contacted.label("已联系"),
            c.solved.label("已解决"),
            c.satisfied.label("满意度"),
            func.count().label("件数"),
        )
        .select_from(t.surveys.join(t.cases, c.number == t.cases.c.number))
        .where(_filed(first, last), c.answered_at.is_not(None))
        .group_by(c.contacted, c.solved, c.satisfied)
    )


def so_far(work: UnitOfWork, *, now: datetime) -> Counts:
    """Everything that was ever filed, as it stands at *now*."""
    stands: dict[Status, int] = {Status(status): n for status, n in _ask(work, by_status(FIRST_DAY, LAST_DAY))}
    answered, closed = (sum(stands.get(status, 0) for status in group) for group in (ANSWERED, OVER))
    said = _ask(work, visit_backs(FIRST_DAY, LAST_DAY))
    filed = sum(stands.values())
    return Counts(
        at=now,
        filed=filed,
        open=filed - answered - closed,
        answered=answered,
        closed=closed,
        by_category={(home, key): n for home, key, n in _ask(work, by_category(FIRST_DAY, LAST_DAY))},
        by_institution=dict(tuple(row) for row in _ask(work, by_institution(FIRST_DAY, LAST_DAY))),
        on_time=_on_time(dict(tuple(row) for row in _ask(work, promises(FIRST_DAY, LAST_DAY))), _late(work, now)),
        response=_response(said),
        solution=_solution(said),
        satisfaction=_satisfaction(said),
    )


def _late(work: UnitOfWork, now: datetime) -> int:
    """Cases that are over a promise which still runs."""
    late = select(func.count()).select_from(t.cases).where(t.cases.c.next_due < now)
    return int(work.conn.execute(late).scalar_one())


def _on_time(ended: Mapping[bool, int], late_now: int) -> Rate:
    kept, broken = ended.get(True, 0), ended.get(False, 0) + late_now
    return Rate(rates.on_time(in_time=kept, late=broken), kept + broken)


def _response(said: Rows) -> Rate:
    counted = _sum(said, 0)
    yes, no = counted[True], counted[False]
    return Rate(rates.response(contacted=yes, not_contacted=no), yes + no)


def _solution(said: Rows) -> Rate:
    counted = _sum(said, 1)
    share = rates.solution(solved=counted["yes"], partly=counted["partly"], unsolved=counted["no"])
    return Rate(share, counted.total())


def _satisfaction(said: Rows) -> Rate:
    scores = _sum(said, 2)
    return Rate(rates.satisfaction(scores), scores.total())


def _sum(said: Rows, column: int) -> Counter[Any]:
    """How many gave each answer to one question, the rows being (contacted, solved, satisfied, people)."""
    counted: Counter[Any] = Counter()
    for row in said:
        if row[column] is not None:
            counted[row[column]] += row[3]
    return counted


def _ask(work: UnitOfWork, query: Select[Any]) -> Rows:
    return work.conn.execute(query).all()


def _filed(first: date, last: date) -> ColumnElement[bool]:
    return t.cases.c.filed_day.between(first, last)
