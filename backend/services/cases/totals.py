"""Daily totals are kept up with the events, a stretch of them in a unit; from scratch they come out the same."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain import tally
from backend.store.naming import Name, Naming

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from backend.domain.tally import Place, Spot
    from backend.store.naming import Key
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

AT_ONCE = 2000
"""Events of a unit: a busy quarter of an hour in a large city, half a second."""
EVENTS_OF_A_CASE = 8
"""About so many there are, for the size of a first stretch."""
GONE = ZoneInfo("Asia/Shanghai")
"""By whose days an institution is counted that is served no more."""


def horizon(work: UnitOfWork) -> int:
    """How far the totals may come now."""
    return work.totals.horizon()


def behind(work: UnitOfWork) -> int:
    """About how many events are not counted in yet; waits for nobody."""
    return max(0, work.totals.newest() - work.totals.upto())


def step(work: UnitOfWork, institutions: Institutions, *, upto: int, limit: int = AT_ONCE) -> int:
    """Count the next events in, none past *upto*; how many there were. Raises: TotalledMeanwhile."""
    after = work.totals.upto()
    if not after:
        return _first(work, institutions, upto=upto, limit=max(1, limit // EVENTS_OF_A_CASE))
    fresh = work.totals.fresh(after=after, upto=upto, limit=limit)
    if not fresh:
        return 0
    last = fresh[-1][0]
    changed, places = _changed(work, institutions, {n for _, n in fresh}, after=after, upto=last)
    work.totals.add(changed, after=after, upto=last)
    work.totals.placed(places)
    return len(fresh)


def _first(work: UnitOfWork, institutions: Institutions, *, upto: int, limit: int) -> int:
    """Count the next cases whole, each once, where nothing is counted yet: an event at a time would take ten times as long."""
    it = work.totals.first_pass(upto=upto, limit=limit)
    if not it.target:
        return 0
    changed, places = _changed(work, institutions, set(it.numbers), after=0, upto=it.target)
    work.totals.add_first(changed, it)
    work.totals.placed(places)
    return len(it.numbers) or 1


def renamed(work: UnitOfWork, institutions: Institutions) -> dict[Key, tuple[str, str]]:
    """What is called otherwise than it was when names were last kept, or is new: its names now."""
    kept = Naming(work.conn).all()
    return {
        key: names
        for home in institutions.values()
        for key, names in _names(home)
        if key not in kept or (kept[key][-1].name, kept[key][-1].name_en) != names
    }


def name(work: UnitOfWork, institutions: Institutions, *, today: date) -> None:
    """Keep the names that are new from *today* on; those before stay on record."""
    now = renamed(work, institutions)
    Naming(work.conn).keep((key, Name(today, *names)) for key, names in now.items())


def _names(home: Institution) -> Iterator[tuple[Key, tuple[str, str]]]:
    yield (home.id, "institution", home.id), (home.name, home.name_en)
    for kind, rows in (("department", home.departments), ("category", home.categories)):
        for row in rows:
            yield (home.id, kind, row.id), (row.name, row.name_en)


def _changed(
    work: UnitOfWork, institutions: Institutions, numbers: set[str], *, after: int, upto: int
) -> tuple[Counter[Spot], dict[str, Place]]:
    """What the stretch changes, and the cases that are counted at another place from now on."""
    changed: Counter[Spot] = Counter()
    places: dict[str, Place] = {}
    for number, (was, now, events) in work.totals.histories(sorted(numbers), upto=upto).items():
        home = now.institution
        zone = ZoneInfo(institutions[home].timezone) if home in institutions else GONE
        if after:
            counted = tally.difference(events, after=after, upto=upto, was=was, now=now, zone=zone)
        else:  # the first time nothing is taken away
            counted = tally.tally(events, place=now, zone=zone)
        for spot, count in counted.items():
            changed[spot] += count
        if was != now:
            places[number] = now
    return Counter({spot: count for spot, count in changed.items() if count}), places
