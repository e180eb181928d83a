"""What rises: cases are counted by the hour, looked at each quarter of an hour, and told to those who lead.

What is usual is learnt from whole local days beside the database, once a day.
Sealed cases count nowhere here. An alarm ends by itself; of the same cell it
goes on instead of being told anew where it ended in the last half day. Who
says what about it: ``alarms``.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain import rising
from backend.domain.usual import HOURS, PAST_DAYS, Cell, Counted, Usual, above, kind_of, learn
from backend.domain.workdays import workday
from backend.store.alerts import Alert

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from backend.domain.rising import Rise
    from backend.store.rises import Alarm
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

HOUR = timedelta(hours=1)
AT_ONCE = timedelta(days=7)
"""What one unit counts at most."""
RECOUNTED = 3
"""Hours that are counted once more: a category is often corrected at once."""
RESUMED = timedelta(hours=12)
KEPT = timedelta(days=PAST_DAYS + 7)
TOLD = ("coordinator", "manager")
KIND = "rising"


def due(work: UnitOfWork, key: str, *, at: datetime) -> list[tuple[datetime, datetime]]:
    """The stretches of whole hours that are to be counted, oldest first."""
    now, upto = _hour(at), work.hours.upto(key)
    if upto is None:
        first = work.hours.first_case(key)
        since = now if first is None else max(_hour(first), now - KEPT)
    else:
        since = max(min(upto, now) - (RECOUNTED - 1) * HOUR, now - KEPT)
    found = []
    while since < now:
        found.append((since, min(now, since + AT_ONCE)))
        since += AT_ONCE
    return found


def count(work: UnitOfWork, key: str, stretch: tuple[datetime, datetime]) -> int:
    """Count one of them, and drop what is too old; how many rows it made."""
    since, until = stretch
    work.hours.forget(before=until - KEPT)
    return work.hours.count(key, since=since, until=until)


def ground(work: UnitOfWork, institution: Institution, *, at: datetime) -> tuple[list[Counted], list[date]]:
    """What is learnt from: the counts of the last whole local days, and these days."""
    zone = ZoneInfo(institution.timezone)
    today = at.astimezone(zone).date()
    first = work.hours.first_case(institution.id)
    if first is None:
        return [], []
    begun = max(today - timedelta(days=PAST_DAYS), first.astimezone(zone).date() + timedelta(days=1))
    days = [begun + timedelta(days=n) for n in range((today - begun).days)]
    since, until = (datetime(day.year, day.month, day.day, tzinfo=zone) for day in (begun, today))
    rows = work.hours.rows(institution.id, since=since, until=until)
    local = ((hour.astimezone(zone), category, place, n) for hour, category, place, n in rows)
    return [Counted(hour.date(), hour.hour, category, place, n) for hour, category, place, n in local], days


def usual(institution: Institution, told: tuple[list[Counted], list[date]]) -> Usual:
    """What is usual there; nothing while there are too few days."""
    return learn(*told, lambda day: _kind(institution, day))


def watch(work: UnitOfWork, institution: Institution, known: Usual, *, at: datetime) -> list[int]:
    """End what rises no more, tell what does; the ids of the new alarms."""
    key, counts = institution.id, {}
    for hours in rising.WINDOWS:
        counts[hours] = _cells(work.hours.lately(key, since=at - hours * HOUR, until=at))
    stretches = {hours: list(stretch(institution, at, hours)) for hours in rising.WINDOWS}
    standing = []
    for alarm in work.rises.on(key):
        cell = Cell(alarm.category, alarm.place)
        if rising.over(known, cell, counts[rising.REST].get(cell, 0), stretches[rising.REST]):
            work.rises.end(alarm.id, at=at)
        else:
            standing.append(cell)
    found = rising.look(known, counts, stretches, standing=standing)
    return [made for rise in found if (made := _tell(work, institution, rise, at=at)) is not None]


def stretch(institution: Institution, at: datetime, hours: int) -> Iterator[tuple[int, float]]:
    """The hours of the week in the last *hours*, each with how much of it lies there."""
    zone, start = ZoneInfo(institution.timezone), at - hours * HOUR
    while start < at:
        end = min(at, _hour(start) + HOUR)
        local = start.astimezone(zone)
        yield _kind(institution, local.date()) * HOURS + local.hour, (end - start) / HOUR
        start = end


def expected(institution: Institution, known: Usual, alarm: Alarm, *, at: datetime) -> float | None:
    """How many were to be expected of its cell since it began; None: nothing is known of it."""
    cell = Cell(alarm.category, alarm.place)
    if cell not in known.levels:
        return None
    hours = max(1, round((at - alarm.since) / HOUR))
    return known.expected(cell, list(stretch(institution, at, hours)))


def _tell(work: UnitOfWork, institution: Institution, rise: Rise, *, at: datetime) -> int | None:
    cell, since = rise.cell, at - rise.hours * HOUR
    told = {"institution": institution.id, "category": cell.category, "place": cell.place, "since": since, "at": at}
    numbers = {"hours": rise.hours, "count": rise.count, "expected": rise.expected}
    begun = work.rises.begin(told | numbers, resumed=at - RESUMED)
    if begun is None or not begun[1]:
        return None
    newest = work.hours.numbers(institution.id, cell.category, cell.place, since=since, until=at, limit=1)
    for number in newest:
        for role in TOLD:
            work.alerts.add(Alert(institution.id, number, KIND, at, {"rise": begun[0]}, role=role))
    return begun[0]


def _cells(rows: list[tuple[str, str, int]]) -> dict[Cell, int]:
    found: dict[Cell, int] = {}
    for category, told, n in rows:
        for place in above(told):
            cell = Cell(category, place)
            found[cell] = found.get(cell, 0) + n
    return found


def _kind(institution: Institution, day: date) -> int:
    return kind_of(day, working=workday(day, institution.hours.calendar).working)


def _hour(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
