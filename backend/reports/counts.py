"""How many cases there are, of which kind, and how well they were answered: the counts behind /public.

Rates are not reckoned here but in ``backend.domain.rates``, from these counts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from backend.domain import rates, tally
from backend.domain.lifecycle import PAUSING, Status
from backend.domain.periods import Period
from backend.domain.tally import OVER
from backend.reports import rates as parted
from backend.reports.registry import report
from backend.reports.standing import ANSWERED
from backend.store import tables as t

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select

    from backend.domain.rates import Rate
    from backend.reports.rates import Institutions
    from backend.store.work import UnitOfWork

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(9999, 12, 31)
"""Every day a case can have been filed on."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Everything filed up to that local day, its last included."""

    last: date
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


def so_far(work: UnitOfWork, institutions: Institutions, *, last: date, now: datetime) -> Counts:
    """Everything that was filed up to that day and is not sealed, out of the daily totals.

    Everybody reads it, so also who handled a case: of what citizens said, no window is open any more. Where cases
    stand is told as the totals have it, which do not remember where they stood before. *now*: what is due before it
    and undone is late.
    """
    whats = Counter({key[0]: count for key, count in work.totals.summed(("what",), last=last, sealed=False).items()})
    ever = Period(FIRST_DAY, last)
    for _, _, what, n in parted.open_(work, institutions, (), ever, at=now, only={}, sealed=False):
        whats[what] -= n
    reckoned = rates.reckon_all(whats | _late(work, now))
    stands = {status: whats.get(tally.AT + status, 0) for status in Status}
    answered, closed = (sum(stands[status] for status in group) for group in (ANSWERED, OVER))
    filed = whats.get(tally.RECEIVED, 0)
    received = {
        key[:-1]: n
        for key, n in work.totals.summed(("institution", "category", "what"), last=last, sealed=False).items()
        if key[-1] == tally.RECEIVED
    }
    homes: Counter[str] = Counter()
    for (home, _), count in received.items():
        homes[home] += count
    return Counts(
        last=last,
        filed=filed,
        open=filed - answered - closed,
        answered=answered,
        closed=closed,
        by_category={(home, key): count for (home, key), count in received.items() if count},
        by_institution={home: count for home, count in homes.items() if count},
        on_time=reckoned["on_time"],
        response=reckoned["response"],
        solution=reckoned["solution"],
        satisfaction=reckoned["satisfaction"],
    )


def _late(work: UnitOfWork, now: datetime) -> dict[str, int]:
    """Cases that are over a promise which still runs, or which waits with its clock."""
    waits = t.cases.c.status.in_([status.value for status in PAUSING])
    late = select(waits, func.count()).where(t.cases.c.next_due < now, t.cases.c.sealed.is_(False)).group_by(waits)
    told = {bool(row[0]): int(row[1]) for row in work.conn.execute(late)}
    return {tally.OVERDUE: told.get(False, 0), tally.WAITING: told.get(True, 0)}


def _filed(first: date, last: date) -> ColumnElement[bool]:
    return t.cases.c.filed_day.between(first, last)
