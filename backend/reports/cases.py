"""Cases themselves, for reports that list some: those of the period, and those that are typical by rule.

Sealed cases are never listed here: a report goes from hand to hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from backend.domain.lifecycle import PAUSING
from backend.reports.standing import UNDER_WAY
from backend.store import tables as t
from backend.store.cases import REPORTERS
from backend.store.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy import ColumnElement, Select

    from backend.reports.figures import Figures

LISTED = 20_000
"""Cases that one report lists; a longer list is opened by nobody, and the API has all of them."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One case as a list has it."""

    number: str
    filed_day: date
    institution: str
    source: str
    category_id: str
    department_id: str
    district: str
    grade: str
    status: str
    officer: str | None
    closed_day: date | None


@dataclass(frozen=True, slots=True)
class Typical:
    """One case as an example is written from it. ``n``: voices, days late, or how often reopened."""

    number: str
    filed_day: date
    institution: str
    category_id: str
    department_id: str
    district: str
    status: str
    facts: dict[str, Any]
    answer: str  # as it was written last; empty: none yet
    n: int


COLUMNS = tuple(t.cases.c[name] for name in Listed.__annotations__)
EXAMPLE = tuple(t.cases.c[name] for name in Typical.__annotations__ if name != "n")


def listed(figures: Figures, *, most: int = LISTED) -> list[Listed]:
    """The cases filed in the period, newest first."""
    c = t.cases.c
    query = select(*COLUMNS).where(*filed(figures)).order_by(c.filed_at.desc(), c.number.desc()).limit(most)
    return [Listed(*row) for row in figures.work.conn.execute(_seen(figures, query))]


def many_voices(figures: Figures, *, most: int) -> list[Typical]:
    """Those that the most people joined, two at least."""
    c, bound = t.cases.c, t.bindings.c
    joint = select(bound.number).where(bound.role == "joint", bound.number == c.number).correlate(t.cases).exists()
    voices = (
        select(func.count())
        .where(bound.number == c.number, bound.role.in_(REPORTERS))
        .correlate(t.cases)
        .scalar_subquery()
    )
    query = select(*EXAMPLE, voices).where(*filed(figures), joint).order_by(voices.desc(), c.number).limit(most)
    return [Typical(*row) for row in figures.work.conn.execute(_seen(figures, query))]


def latest(figures: Figures, *, most: int) -> list[Typical]:
    """Those whose promise is over the longest and still unkept."""
    c, at = t.cases.c, figures.asked.at
    paused = [status.value for status in PAUSING]
    late = (c.next_due < at, c.status.in_(UNDER_WAY), c.status.not_in(paused))
    query: Select[Any] = select(*EXAMPLE, c.next_due).where(*filed(figures), *late)
    query = query.order_by(c.next_due, c.number).limit(most)
    rows = figures.work.conn.execute(_seen(figures, query))
    return [Typical(*(*told, max(1, (at - due).days))) for *told, due in rows]


def reopened(figures: Figures, *, most: int) -> list[Typical]:
    """Those that were reopened most often."""
    c = t.cases.c
    query = select(*EXAMPLE, c.round - 1).where(*filed(figures), c.round > 1)
    query = query.order_by(c.round.desc(), c.number).limit(most)
    return [Typical(*row) for row in figures.work.conn.execute(_seen(figures, query))]


def filed(figures: Figures) -> Iterator[ColumnElement[bool]]:
    """What is true of the cases filed in the period."""
    c, zone = t.cases.c, figures.asked.zone
    first, last = figures.period.first, figures.period.last + timedelta(days=1)
    yield c.filed_at >= datetime.combine(first, time(), zone)
    yield c.filed_at < datetime.combine(last, time(), zone)
    if figures.homes is not None:
        yield c.institution.in_(figures.homes)


def _seen(figures: Figures, query: Select[Any]) -> Select[Any]:
    return visible(query, figures.asked.scope).where(t.cases.c.sealed.is_(False))
