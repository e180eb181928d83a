"""What a case's history adds to the totals of each day: pure, so that the same events always give the same counts.

What happened counts on its local day; ``at_<status>`` and ``received`` count on
the day of filing. Everything is counted where the case stands at the end of
what is looked at: a corrected category takes all that was counted with it. So
the totals up to an event are the sum over all cases of their tally up to it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backend.domain.lifecycle import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime, tzinfo

RECEIVED, KEPT, LATE = "received", "kept", "late"
AT, TO = "at_", "to_"
"""Before a status: where the case stands; that it entered it."""
CONTACTED, SOLVED, SATISFIED = "contacted_", "solved_", "satisfied_"
"""Before what the citizen said in the visit-back of the case's own: yes, no, partly, 1 to 5."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One event, as far as it is counted."""

    id: int  # the events' own numbering
    at: datetime
    what: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Spot:
    """What is counted together."""

    institution: str
    day: date
    department: str  # id; empty: no event tells it
    category: str
    source: str
    what: str


def difference(
    events: Sequence[Happened], *, after: int, upto: int, institution: str, source: str, zone: tzinfo
) -> Counter[Spot]:
    """What the events past *after* and up to *upto* change of one case's counts; what is gone is negative."""

    def counted(last: int) -> Counter[Spot]:
        some = [event for event in events if event.id <= last]
        return tally(some, institution=institution, source=source, zone=zone)

    changed = counted(upto)
    changed.subtract(counted(after))
    return Counter({spot: count for spot, count in changed.items() if count})


def tally(events: Sequence[Happened], *, institution: str, source: str, zone: tzinfo) -> Counter[Spot]:
    """The counts of one case: its events from the first on, oldest first; none: nothing is counted."""
    if not events:
        return Counter()
    department, category, status = _standing(events)
    filed = events[0].at.astimezone(zone).date()
    told = [(filed, RECEIVED), (filed, AT + status)]
    counted = [(event, what) for event in events for what in _counted(event)]
    counted += [(event, what) for event in _last_said(events) for what in _said(event.detail)]
    told += [(event.at.astimezone(zone).date(), what) for event, what in counted]
    return Counter(Spot(institution, day, department, category, source, what) for day, what in told)


def _standing(events: Sequence[Happened]) -> tuple[str, str, str]:
    """Department, category and status after these events."""
    department = category = ""
    status = Status.RECEIVED.value
    for event in events:
        match event.what:
            case "filed":
                department = str(event.detail.get("department_id") or department)
                category = str(event.detail.get("category_id") or category)
            case "corrected":
                department = _now(event.detail, "department_id", department)
                category = _now(event.detail, "category_id", category)
            case "moved":
                status = str(event.detail["to"])
                department = str(event.detail.get("department") or department)
    return department, category, status


def _now(detail: Mapping[str, Any], key: str, before: str) -> str:
    """What a correction made of it: it tells [before, now]."""
    changed = detail.get(key)
    return str(changed[1]) if isinstance(changed, list) else before


def _counted(event: Happened) -> Iterator[str]:
    detail = event.detail
    match event.what:
        case "moved":
            yield TO + str(detail["to"])
        case "clock" if isinstance(detail.get("kept"), bool):
            yield KEPT if detail["kept"] else LATE


def _last_said(events: Sequence[Happened]) -> Iterator[Happened]:
    """The last word of each visit-back: every answer of it is an event that repeats those before.

    What somebody says who joined is on record, and not counted.
    """
    last: Happened | None = None
    for event in events:
        if event.what == "rated" and "voice" not in event.detail:
            last = event
        elif last and event.what == "moved" and event.detail["to"] == Status.ANSWERED.value:
            yield last
            last = None
    if last:
        yield last


def _said(detail: Mapping[str, Any]) -> Iterator[str]:
    contacted, solved, satisfied = (detail.get(key) for key in ("contacted", "solved", "satisfied"))
    if isinstance(contacted, bool):
        yield CONTACTED + ("yes" if contacted else "no")
    if solved:
        yield SOLVED + str(solved)
    if satisfied:
        yield SATISFIED + str(satisfied)
