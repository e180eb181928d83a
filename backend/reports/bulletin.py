"""The numbers of a monthly bulletin: the rates are those of every report, of a place reckoned from its cases' histories.

Sealed cases are in none of it. A place is a compound or community by its name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from backend.domain import bulletin, tally
from backend.domain.bulletin import Kind, Month
from backend.domain.lifecycle import PAUSING
from backend.domain.rates import reckon
from backend.domain.scope import NOBODY, Scope
from backend.reports import rates
from backend.reports.standing import UNDER_WAY
from backend.store import tables as t

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement

    from backend.domain.periods import Period
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

BACK = timedelta(days=366)
"""Cases of a place filed so long before the month still count in what ended or was said in it."""
MANY = 500  # cases whose histories are read at once


def of(
    work: UnitOfWork, institutions: Institutions, home: str, subject: tuple[str, str], period: Period, *, at: datetime
) -> Month:
    """That month of a place, a department or the institution. *subject*: about and key of the wish."""
    about, key = subject
    zone = ZoneInfo(institutions[home].timezone)
    mine = [t.cases.c.institution == home, t.cases.c.sealed.is_(False), *_about(about, key)]
    if about == bulletin.PLACE:
        counts: Mapping[str, int] = _counted(work, mine, period, zone, at)
    else:
        only = {"institution": [home]} | ({"department": [key]} if about == bulletin.DEPARTMENT else {})
        counts = rates.one(
            work, institutions, scope=Scope(home, named=NOBODY), period=period, at=at, only=only
        ).counts  # fmt: skip
    kinds, half = _filed(work, mine, period)
    received = sum(kind.cases for kind in kinds)
    on_time, solved = reckon("on_time", counts), reckon("solution", counts)
    return Month(received, kinds, half, on_time, solved, near=about == bulletin.PLACE)


def _about(about: str, key: str) -> list[ColumnElement[bool]]:
    c = t.cases.c
    if about == bulletin.DEPARTMENT:
        return [c.department_id == key]
    if about == bulletin.PLACE:
        pieces = (c.facts[("where", "pieces", kind)].as_string() for kind in ("compound", "community"))
        return [or_(*(piece == key for piece in pieces))]
    return []


def _filed(
    work: UnitOfWork, mine: list[ColumnElement[bool]], period: Period
) -> tuple[tuple[Kind, ...], timedelta | None]:  # fmt: skip
    """What kinds were filed, and how soon half of them were answered; who waits counts as later than any.

    One person is one chat; of who has none, one phone number, else one case.
    """
    c = t.cases.c
    contact = c.facts[("who", "contact")].as_string()
    query = select(c.category_id, c.filed_at, c.decided_at, c.person, contact, c.number)
    rows = work.conn.execute(query.where(c.filed_day.between(period.first, period.last), *mine)).all()
    took = sorted(row.decided_at - row.filed_at for row in rows if row.decided_at is not None)
    middle = (len(rows) - 1) // 2
    cases, people, numbers = Counter[str](), defaultdict[str, set[int]](set), dict[object, int]()
    for category, _, _, person, phone, number in rows:
        cases[category] += 1
        people[category].add(numbers.setdefault(person or phone or number, len(numbers)))
    kinds = tuple(Kind(key, n, frozenset(people[key])) for key, n in sorted(cases.items()))
    return kinds, took[middle] if rows and middle < len(took) else None


def _counted(
    work: UnitOfWork, mine: list[ColumnElement[bool]], period: Period, zone: ZoneInfo, at: datetime
) -> Counter[str]:
    """The counts of every report, of these cases."""
    c = t.cases.c
    query: Any = select(c.number, c.status, c.next_due).where(
        c.filed_day.between(period.first - BACK, period.last), *mine
    )
    rows = work.conn.execute(query.order_by(c.number)).all()
    found: Counter[str] = Counter()
    upto = work.totals.newest()
    for start in range(0, len(rows), MANY):
        for told in work.totals.histories([row.number for row in rows[start : start + MANY]], upto=upto).values():
            counted = tally.tally(told.events, place=told.now, zone=zone)
            found.update({spot.what: n for spot, n in counted.items() if spot.day in period})
    end = min(at, datetime.combine(period.last + timedelta(days=1), time(), zone))
    begin = datetime.combine(period.first, time(), zone)
    pausing = {status.value for status in PAUSING}
    for _, status, due in rows:
        if due is not None and begin <= due < end and status in UNDER_WAY:
            found[tally.WAITING if status in pausing else tally.OVERDUE] += 1
    return found
