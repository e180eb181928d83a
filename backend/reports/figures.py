"""The counts that the chapters of one report are written from: each is asked once, so that all chapters tell the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from backend.reports import rates, spans
from backend.reports.names import Names
from backend.reports.written import Said
from backend.store import tables as t

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from backend.domain.periods import Period
    from backend.domain.scope import Scope
    from backend.reports.rates import Row
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

EVERY = Said("全部机构", "All institutions")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is of, and who asks."""

    institutions: Mapping[str, Institution]
    scope: Scope
    home: str | None  # id of an institution; None: of all within the scope
    whole: Period  # as it was asked for
    at: datetime
    zone: ZoneInfo
    minutes: int = 15  # that one case takes whoever registers it, for the need of staff

    @property
    def today(self) -> date:
        """By the institution's clock."""
        return self.at.astimezone(self.zone).date()

    @property
    def period(self) -> Period:
        """As much of it as has been."""
        return self.whole.upto(self.today)


@dataclass
class Figures:
    """The counts, within one unit of work."""

    work: UnitOfWork
    asked: Asked
    _rows: dict[Any, list[Row]] = field(default_factory=dict)
    _names: Names | None = None
    _begun: list[date | None] = field(default_factory=list)

    @property
    def period(self) -> Period:
        """What is told of."""
        return self.asked.period

    @property
    def before(self) -> Period:
        """The same stretch of the period before."""
        return self.asked.whole.compared(self.asked.today)[1]

    @property
    def year_before(self) -> Period:
        """The same stretch of the year before."""
        return spans.year_before(self.period, self.asked.whole)

    @property
    def homes(self) -> list[str] | None:
        """The institutions, for questions to the cases; None: all within the scope."""
        return [self.asked.home] if self.asked.home else None

    @property
    def names(self) -> Names:
        """What ids are called."""
        if self._names is None:
            self._names = Names(self.work, self.asked.institutions)
        return self._names

    @property
    def begun(self) -> date | None:
        """The first day of all that anything was counted on; None: nothing was yet."""
        if not self._begun:
            c = t.totals.c
            first = select(c.day).where(c.axis == "all").order_by(c.day).limit(1)
            first = first if self.asked.home is None else first.where(c.institution == self.asked.home)
            self._begun.append(self.work.conn.execute(first).scalar_one_or_none())
        return self._begun[0]

    def rows(self, period: Period, *by: str) -> list[Row]:
        """Rows of ``reports.rates``."""
        key = (period, by)
        if key not in self._rows:
            only = {"institution": [self.asked.home]} if self.asked.home else {}
            self._rows[key] = rates.of(
                self.work, self.asked.institutions, scope=self.asked.scope, period=period, at=self.asked.at, by=by,
                only=only,
            )  # fmt: skip
        return self._rows[key]

    def one(self, period: Period) -> Row:
        """All of it together."""
        return self.rows(period)[0]

    def then(self, period: Period) -> Row | None:
        """The same of an earlier period; None: nothing was kept yet in all of it."""
        return None if self.begun is None or period.last < self.begun else self.one(period)

    def partly(self, period: Period) -> bool:
        """Whether the first days of it are from before anything was kept."""
        return self.begun is not None and period.first < self.begun <= period.last

    @property
    def empty(self) -> bool:
        """Whether nothing at all happened in the period."""
        now = self.one(self.period)
        return not any(now.counts.values())

    @property
    def settled(self) -> date | None:
        """Up to which day what citizens said is told to this reader; None: all of it is."""
        asked = self.asked
        return rates.settled(asked.institutions, scope=asked.scope, home=asked.home, period=self.period, at=asked.at)

    def parts(self) -> str:
        """By what its course is told: day, week or month."""
        days = self.period.days
        return "day" if days <= DAYS else "week" if days <= WEEKS else "month"

    def course(self) -> list[tuple[date, int, int]]:
        """First day, received and answered of each part of it."""
        kind = self.parts()
        counted = {row.keys[kind]: row for row in self.rows(self.period, kind)}
        told = [(part.first, counted.get(part.first.isoformat())) for part in self.period.parts(kind)]
        return [(first, row.received if row else 0, row.answered if row else 0) for first, row in told]


DAYS, WEEKS = 62, 190
