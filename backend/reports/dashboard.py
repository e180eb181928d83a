"""The managers' page as figures: what came and what stands open, rates beside the period before, the trend, the tables.

One question each to the daily totals and to the open cases; no words and no links, which the page has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.domain.rates import THREE
from backend.reports import rates, standing
from backend.reports.names import Names
from backend.reports.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from backend.domain.periods import Period
    from backend.domain.rates import Rate
    from backend.domain.scope import Scope
    from backend.reports.rates import Row
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

TABLES = ("category", "department", "district")
BY_DAY, BY_WEEK = 62, 400
"""Days of a period up to which its trend goes by days, and by weeks."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: one category, department or district."""

    ids: Mapping[str, str]
    name: str
    name_en: str
    received: int
    before: int  # received in the period before
    standing: Standing
    rates: Mapping[str, Rate]
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything the page tells."""

    period: Period  # as much of it as has been
    before: Period
    now: Row
    then: Row
    standing: Standing
    parts: str  # of the trend: day, week, month
    trend: tuple[tuple[date, int, int], ...]  # first day, received, answered
    tables: Mapping[str, tuple[Line, ...]]
    settled: date | None = None  # up to when what citizens said is told to this reader; None: all of it is


def figures(
    work: UnitOfWork,
    institutions: Mapping[str, Institution],
    *,
    scope: Scope,
    period: Period,
    today: date,
    at: datetime,
    home: str | None,
) -> Figures:
    """Of one institution, or of all within the scope."""
    period, before = period.compared(today)
    only = {"institution": [home]} if home else {}

    def rows(of: Period, *by: str) -> list[Row]:
        return rates.of(work, institutions, scope=scope, period=of, at=at, by=by, only=only)

    def stands(by: tuple[str, ...]) -> dict[tuple[str, ...], Standing]:
        homes = [home] if home else None
        return standing.now(work, by, scope=scope, institutions=homes, at=at)

    parts = "day" if period.days <= BY_DAY else "week" if period.days <= BY_WEEK else "month"
    counted = {row.keys[parts]: row for row in rows(period, parts)}
    firsts = [part.first for part in period.parts(parts)]
    told = [(first, counted.get(first.isoformat())) for first in firsts]
    tables, names = {}, Names(work, institutions)
    for key in TABLES:
        by = (key,) if key == "district" else ("institution", key)
        tables[key] = _table(by, rows(period, *by), rows(before, *by), stands(by), names)
    return Figures(
        period,
        before,
        rows(period)[0],
        rows(before)[0],
        stands(()).get((), Standing()),
        parts,
        tuple((first, row.received if row else 0, row.answered if row else 0) for first, row in told),
        tables,
        rates.settled(institutions, scope=scope, home=home, period=period, at=at),
    )


def _table(
    by: tuple[str, ...],
    now: list[Row],
    then: list[Row],
    stands: Mapping[tuple[str, ...], Standing],
    names: Names,
) -> tuple[Line, ...]:
    """The busiest first; also who received nothing but has something open."""
    found = {tuple(row.keys[one] for one in by): row for row in now}
    earlier = {tuple(row.keys[one] for one in by): row.received for row in then}
    lines = []
    for ids in found.keys() | stands.keys():
        row, keys = found.get(ids), dict(zip(by, ids, strict=True))
        name, name_en = names.of(keys.get("institution", ""), by[-1], ids[-1])
        lines.append(
            Line(
                keys,
                name,
                name_en,
                row.received if row else 0,
                earlier.get(ids, 0),
                stands.get(ids, Standing()),
                {one: row.rates[one] for one in THREE} if row else {},
                row.notes if row else (),
            )
        )
    busy = [line for line in lines if line.received or line.standing.open or line.standing.late or line.before]
    return tuple(sorted(busy, key=lambda line: (-line.received, -line.standing.open, *line.ids.values())))
