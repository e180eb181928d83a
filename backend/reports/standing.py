"""What stands open now, what of it is due soon or late: from the cases themselves, by the index of the open ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, func, literal, select, type_coerce
from sqlalchemy import case as either

from backend.domain.lifecycle import PAUSING, Status
from backend.domain.tally import OVER
from backend.store import tables as t
from backend.store.visible import visible
from backend.store.worklist import BY_OPEN

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, tzinfo

    from sqlalchemy import ColumnElement, Select

    from backend.domain.periods import Period
    from backend.domain.scope import Scope
    from backend.store.work import UnitOfWork

ANSWERED = frozenset({Status.ANSWERED, Status.VISITING_BACK})
NEW = frozenset({Status.RECEIVED, Status.SUPPLEMENTING})
AGAIN = frozenset({Status.REOPENED, Status.APPEALED})
WORKING = frozenset(Status) - ANSWERED - OVER - NEW - AGAIN
UNDER_WAY = tuple(sorted(status.value for status in Status if status not in OVER))
SOON = timedelta(days=1)
DAY = 24 * 3600 * 1_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Standing:
    """Of some cases, how many are open, in the work list's heaps; how many are due within a day, or late.

    A case whose clocks stand still is neither due nor late.
    """

    new: int = 0
    working: int = 0
    again: int = 0
    soon: int = 0
    late: int = 0

    @property
    def open(self) -> int:
        """Somebody still has to do something."""
        return self.new + self.working + self.again


def columns() -> Mapping[str, ColumnElement[str]]:
    """What a case is counted by, under the keys of the totals; a case's officer is its handler now."""
    c = t.cases.c
    return {
        "institution": c.institution,
        "department": c.department_id,
        "category": c.category_id,
        "source": c.source,
        "district": c.district,
        "handler": func.coalesce(c.officer, ""),
    }


def now(
    work: UnitOfWork, by: Collection[str], *, scope: Scope, institutions: Collection[str] | None, at: datetime,
    only: Mapping[str, Collection[str]] | None = None,
) -> dict[tuple[str, ...], Standing]:  # fmt: skip
    """The cases of these institutions (None: of all) within that scope, by those keys."""
    c, known = t.cases.c, columns()
    told: list[ColumnElement[Any]] = [known[key] for key in by]
    runs = c.status.not_in([status.value for status in PAUSING])
    heaps = [c.status.in_([status.value for status in heap]) for heap in (NEW, WORKING, AGAIN)]
    ends = [(c.next_due >= at) & (c.next_due < at + SOON) & runs, (c.next_due < at) & runs]
    counts = [func.sum(either((told_, 1), else_=0)) for told_ in (*heaps, *ends)]
    query: Select[Any] = select(*told, *counts).where(
        c.status.in_(UNDER_WAY),
        c.closed_at.is_(None),
        *_of(institutions),
        *(known[key].in_(sorted(values)) for key, values in (only or {}).items()),
    )
    query = query.with_hint(t.cases, BY_OPEN, "sqlite")
    rows = work.conn.execute(visible(query, scope).group_by(*told))
    found = {tuple(row[: len(told)]): Standing(*(int(n or 0) for n in row[len(told) :])) for row in rows}
    return {key: one for key, one in found.items() if one != Standing()}


def overdue(
    work: UnitOfWork, by: Collection[str], period: Period, *, scope: Scope, institutions: Collection[str] | None, at: datetime,
    zone: tzinfo, only: Mapping[str, Collection[str]] | None = None,
) -> dict[tuple[tuple[str, ...], date, bool], int]:  # fmt: skip
    """The cases not over whose promise ended in that period and before *at*, still unkept: by keys, day, do they wait.

    A case counts once, by its earliest promise.
    """
    c, known = t.cases.c, columns()
    begin, end = (_midnight(day, zone) for day in (period.first, period.last + timedelta(days=1)))
    offset = int((begin.utcoffset() or timedelta()).total_seconds()) * 1_000_000
    told: list[ColumnElement[Any]] = [known[key] for key in by]
    day = (type_coerce(c.next_due, BigInteger) + literal(offset, BigInteger)) // literal(DAY, BigInteger)
    waits = either((c.status.in_([status.value for status in PAUSING]), 1), else_=0)
    query = select(*told, day, waits, func.count()).where(
        c.next_due >= begin,
        c.next_due < min(at, end),
        c.status.in_(UNDER_WAY),
        *_of(institutions),
        *(known[key].in_(sorted(values)) for key, values in (only or {}).items()),
    )
    rows = work.conn.execute(visible(query, scope).group_by(*told, day, waits))
    return {
        (tuple(row[:-3]), (EPOCH + row[-3] * timedelta(days=1)).date(), bool(row[-2])): int(row[-1]) for row in rows
    }


def _of(institutions: Collection[str] | None) -> list[ColumnElement[bool]]:
    return [] if institutions is None else [t.cases.c.institution.in_(sorted(institutions))]


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)
