"""Counts and rates of a period, by institution, department, handler, category, district, source and stretch of time.

The API that pages and reports read their numbers from: ``of`` gives rows, each
with its counts and every rate of ``domain.rates``, out of the daily totals;
what runs over a promise now comes from the cases. Nothing is counted that is
not within the scope of who asks: sealed cases count for confidants alone, and
what citizens said counts for who handled it when no window of it can be open.
Hiding small cells instead would not do: the same stretch with a day more or
less, or a minute later, tells what is between by subtraction.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain import periods, rates, survey, tally
from backend.reports import standing
from backend.reports.names import Names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from backend.domain.periods import Period
    from backend.domain.rates import Rate
    from backend.domain.scope import Scope
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]
    Only = Mapping[str, Collection[str]]

PLACES = ("institution", "department", "category", "source", "district", "handler")
TIMES = tuple(kind for kind in periods.KINDS if kind != periods.CUSTOM)
OWN = frozenset({"department", "category", "handler"})
"""Ids of these are an institution's own: they are never added up over several."""
ELSEWHERE = "Asia/Shanghai"


class NoSuchKey(ValueError):
    """Nothing is counted by that."""

    def __init__(self, key: str) -> None:
        super().__init__(f"nothing is counted by {key!r}; choose from {', '.join((*PLACES, *TIMES))}")
        self.key = key


@dataclass(frozen=True, slots=True)
class Row:
    """What was counted together."""

    keys: Mapping[str, str]  # ids by key; a stretch of time by its first day
    names: Mapping[str, str]  # what readers call them now
    names_en: Mapping[str, str]
    counts: Mapping[str, int]  # by the keys of ``tally``
    rates: Mapping[str, Rate]  # by the keys of ``domain.rates``
    notes: tuple[tuple[str, str], ...] = field(default=())  # Chinese and English: another name before, or gone

    @property
    def received(self) -> int:
        """Cases filed."""
        return self.counts.get(tally.RECEIVED, 0)

    @property
    def answered(self) -> int:
        """Answers given, each time one was."""
        return self.counts.get(f"{tally.TO}answered", 0)

    @property
    def closed(self) -> int:
        """Cases closed."""
        return self.counts.get(f"{tally.TO}closed", 0)


def of(
    work: UnitOfWork,
    institutions: Institutions,
    *,
    scope: Scope,
    period: Period,
    at: datetime,
    by: Sequence[str] = (),
    only: Only | None = None,
) -> list[Row]:
    """A row for each that has counts, in the order of their keys; with no *by*, exactly one.

    *at*: now; promises that ended later run still. *only*: ids that count, by key.
    Raises: NoSuchKey; store.totals.NotKept: totals are not kept by those together.
    """
    places, times = _sorted(by)
    only = _within(only or {}, scope)
    counts = _counted(work, institutions, places, period, scope=scope, at=at, only=only, daily=bool(times))
    rows: dict[tuple[str, ...], Counter[str]] = {} if by else {(): Counter()}
    for (ids, day), told in counts.items():
        stretches = (max(periods.holding(kind, day).first, period.first).isoformat() for kind in times)
        rows.setdefault((*ids, *stretches), Counter()).update(told)
    names = Names(work, institutions) if places else None
    return [_row((*places, *times), key, told, names, period) for key, told in sorted(rows.items()) if told or not by]


def one(
    work: UnitOfWork,
    institutions: Institutions,
    *,
    scope: Scope,
    period: Period,
    at: datetime,
    only: Only | None = None,
) -> Row:
    """All of it together."""
    return of(work, institutions, scope=scope, period=period, at=at, only=only)[0]


def settled(institutions: Institutions, *, scope: Scope, home: str | None, period: Period, at: datetime) -> date | None:
    """Up to which day this reader's rates of what citizens said are whole; None: up to the period's end."""
    if not scope.rated:
        return None
    wanted = home or scope.institution
    days = [survey.settled(one, at) for one in institutions.values() if wanted in {None, one.id}]
    return min((day for day in days if day < period.last), default=None)


def open_(
    work: UnitOfWork, institutions: Institutions, places: tuple[str, ...], period: Period, *, at: datetime, only: Only,
    sealed: bool | None,
) -> Iterator[tuple[tuple[str, ...], date, str, int]]:  # fmt: skip
    """What was said in windows that may be open still: ids, day, key of ``tally``, count.

    Of an institution that is no more as in the one that waits longest.
    """
    closed = {home.id: survey.settled(home, at) for home in institutions.values()}
    before = min(closed.values(), default=period.first - periods.A_DAY)
    if before >= period.last:
        return
    first = max(before + periods.A_DAY, period.first)
    keys, those = (*places, "institution", "day", "what"), {**only, "what": rates.SAID}
    told = work.totals.summed(keys, first=first, last=period.last, only=those, sealed=sealed)
    for (*ids, home_, day, what), n in told.items():
        if day > closed.get(home_, before):
            yield tuple(ids), day, what, n


def _sorted(by: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Places and times, each once; what is an institution's own comes with its institution."""
    for key in by:
        if key not in PLACES and key not in TIMES:
            raise NoSuchKey(key)
    places = tuple(dict.fromkeys(key for key in by if key in PLACES))
    if OWN.intersection(places) and "institution" not in places:
        places = ("institution", *places)
    return places, tuple(dict.fromkeys(key for key in by if key in TIMES))


def _within(only: Only, scope: Scope) -> dict[str, frozenset[str]]:
    """No more than the scope: its institution, its departments."""
    found = {key: frozenset(ids) for key, ids in only.items()}
    if scope.institution is not None:
        found["institution"] = found.get("institution", frozenset({scope.institution})) & {scope.institution}
    if scope.departments:
        found["department"] = found.get("department", scope.departments) & scope.departments
    return found


def _counted(
    work: UnitOfWork, institutions: Institutions, places: tuple[str, ...], period: Period, *, scope: Scope, at: datetime, only: Only,
    daily: bool,
) -> dict[tuple[tuple[str, ...], date], Counter[str]]:  # fmt: skip
    """Counts by ids and day; not *daily*: all on the first, which leaves fewer rows to read."""
    found: dict[tuple[tuple[str, ...], date], Counter[str]] = {}
    sealed = None if scope.named is None else False
    keys = (*places, *(("day",) if daily else ()), "what")
    summed = work.totals.summed(keys, first=period.first, last=period.last, only=only, sealed=sealed)
    for (*ids, what), n in summed.items():
        day = ids.pop() if daily else period.first
        if n:
            found.setdefault((tuple(ids), day), Counter())[what] += n
    if scope.rated:
        for ids_, on, what, n in open_(work, institutions, places, period, at=at, only=only, sealed=sealed):
            found.get((ids_, on if daily else period.first), Counter[str]())[what] -= n
        found = {key: left for key, told in found.items() if (left := +told)}
    for zone, homes in _zones(institutions, only):
        late = standing.overdue(
            work, places, period, scope=scope, institutions=homes, at=at, zone=zone,
            only={key: ids for key, ids in only.items() if key != "institution"},
        )  # fmt: skip
        for (ids_, on, waits), n in late.items():
            found.setdefault((ids_, on if daily else period.first), Counter())[
                tally.WAITING if waits else tally.OVERDUE
            ] += n
    return found


def _zones(institutions: Institutions, only: Only) -> Iterator[tuple[ZoneInfo, list[str] | None]]:
    """The institutions by their local time; where all have the same, those that are no more too."""
    wanted = only.get("institution")
    homes = [home for home in institutions.values() if wanted is None or home.id in wanted]
    zones = sorted({home.timezone for home in homes}) or [ELSEWHERE]
    for zone in zones:
        alone = len(zones) == 1
        every = None if wanted is None else sorted(wanted)
        yield ZoneInfo(zone), every if alone else [home.id for home in homes if home.timezone == zone]


def _row(keys: tuple[str, ...], ids: tuple[str, ...], told: Counter[str], names: Names | None, period: Period) -> Row:
    found = dict(zip(keys, ids, strict=True))
    home = found.get("institution", "")
    called = {
        key: names.of(home, key, value) if names and key in PLACES else (value, value) for key, value in found.items()
    }
    notes = tuple(note for key, value in found.items() if names for note in names.notes(home, key, value, period))
    return Row(
        found,
        {key: pair[0] for key, pair in called.items()},
        {key: pair[1] for key, pair in called.items()},
        dict(told),
        rates.reckon_all(told),
        notes,
    )
