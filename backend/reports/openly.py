"""What /public tells beside counts and rates: months, districts, speed, and the letters in which hot topics are found.

Sealed cases are in none of it; of letters neither is what was told in confidence.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, func, or_, select, type_coerce

from backend.domain import tally
from backend.store import tables as t

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import ColumnElement

    from backend.store.work import UnitOfWork

MONTHS = 12
YOUNG, OLD = timedelta(days=30), timedelta(days=60)
"""Cases filed so long ago tell how soon one is answered: most have had their time."""
LATELY = timedelta(days=30)
LETTERS = 400
"""The newest letters that are searched for topics: seconds of work."""


@dataclass(frozen=True, slots=True)
class Speed:
    """Half of *of* cases were answered within *half*; None: more than half wait still, or there are none."""

    of: int
    half: timedelta | None


@dataclass(frozen=True, slots=True)
class Letter:
    """What one person told, and where."""

    number: str
    at: datetime
    person: str
    what: str
    where: str


@dataclass(frozen=True, slots=True)
class Open:
    """Months by their first day, oldest first, this one left out; districts by name."""

    months: tuple[tuple[date, int], ...]
    districts: dict[str, int]
    speed: Speed
    letters: tuple[Letter, ...]


def of(work: UnitOfWork, *, today: date, now: datetime) -> Open:
    """What came before that local day, which began at *now*."""
    return Open(_months(work, today), _districts(work, today), _speed(work, now), _letters(work, now))


def _months(work: UnitOfWork, today: date) -> tuple[tuple[date, int], ...]:
    last = today.replace(day=1) - timedelta(days=1)
    firsts = [last.replace(day=1)]
    while len(firsts) < MONTHS:
        firsts.insert(0, (firsts[0] - timedelta(days=1)).replace(day=1))
    found: Counter[date] = Counter()
    only = {"what": [tally.RECEIVED]}
    for (day,), n in work.totals.summed(("day",), first=firsts[0], last=last, only=only, sealed=False).items():
        found[day.replace(day=1)] += n
    begun = next((place for place, month in enumerate(firsts) if found[month]), len(firsts))
    return tuple((month, found[month]) for month in firsts[begun:])


def _districts(work: UnitOfWork, today: date) -> dict[str, int]:
    last = today - timedelta(days=1)
    counted = work.totals.summed(("district",), last=last, only={"what": [tally.RECEIVED]}, sealed=False)
    return {district: n for (district,), n in counted.items() if district and n}


def _speed(work: UnitOfWork, now: datetime) -> Speed:
    """Who is not answered yet counts as later than any: so those who wait do not make it look quicker."""
    c = t.cases.c
    some: list[ColumnElement[bool]] = [c.filed_at >= now - OLD, c.filed_at < now - YOUNG, c.sealed.is_(False)]
    every = int(work.conn.execute(select(func.count()).where(*some)).scalar_one())
    if not every:
        return Speed(0, None)
    took = type_coerce(c.decided_at, BigInteger) - type_coerce(c.filed_at, BigInteger)
    query = select(took).where(*some, c.decided_at.is_not(None)).order_by(took).limit(1).offset((every - 1) // 2)
    half = work.conn.execute(query).scalar_one_or_none()
    return Speed(every, None if half is None else timedelta(microseconds=int(half)))


def _letters(work: UnitOfWork, now: datetime) -> tuple[Letter, ...]:
    c = t.cases.c
    who: Any = c.facts["who"]
    told = [
        or_(who[key].as_boolean().is_(None), who[key].as_boolean().is_(False)) for key in ("confidential", "secret")
    ]
    where = func.coalesce(c.facts[("where", "text")].as_string(), "")
    query = select(c.number, c.filed_at, c.person, c.facts["what"].as_string(), where)
    query = query.where(c.filed_at >= now - LATELY, c.filed_at < now, c.sealed.is_(False), *told)
    rows = work.conn.execute(query.order_by(c.filed_at.desc(), c.number.desc()).limit(LETTERS))
    return tuple(
        Letter(number, at, str(person or number), what or "", place) for number, at, person, what, place in rows
    )
