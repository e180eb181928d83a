"""How likely a running clock is to be broken: learnt each night from clocks that ended, told on the case's page."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.domain import clock, forecast
from backend.domain.forecast import Forecast, Glimpse, Learnt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from backend.domain.case import Case
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

SINCE = timedelta(days=550)
"""Older cases tell of how things were."""
MOST = 40_000
"""Of the newest cases, so many are learnt from: seconds, not minutes, of a night."""
ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Life:
    """As much of a case as its clocks are told from."""

    category: str
    department: str
    grade: str
    kind: str
    filed_at: datetime
    closed_at: datetime | None
    due: dict[str, str]
    record: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one night has learnt of one institution."""

    learnt: Learnt
    loads: dict[str, str]  # department -> how much it has on its desk


def ground(work: UnitOfWork, institution: str, *, at: datetime) -> list[Life]:
    """The cases to learn from."""
    rows = work.forecasts.cases(institution, since=at - SINCE, most=MOST)
    return [Life(*tuple(row)) for row in rows]


def lesson(institution: Institution, lives: Sequence[Life], *, at: datetime) -> Lesson:
    """Learn from them; slow, and so done outside any unit."""
    desks = Desks(lives)
    glimpses = [one for life in lives for one in seen(institution, life, desks, at=at)]
    loads = {department: desks.load(department, at) for department in desks.departments()}
    return Lesson(forecast.learn(glimpses), loads)


def keep(work: UnitOfWork, institution: str, told: Lesson, *, at: datetime) -> None:
    """Serve it from now on."""
    work.forecasts.keep(institution, {"learnt": forecast.as_json(told.learnt), "loads": told.loads}, at=at)


def served(work: UnitOfWork, institution: str) -> Lesson | None:
    """What is served of that institution; None: nothing was learnt yet."""
    found = work.forecasts.of(institution)
    if found is None:
        return None
    return Lesson(forecast.from_json(found[1]["learnt"]), found[1]["loads"])


def of(institution: Institution, told: Lesson | None, case: Case, name: str, *, now: datetime) -> Forecast | None:
    """How likely that running clock is to be broken; None: nobody can say, or it is broken already."""
    own = case.record.get("clocks", {}).get(name)
    if told is None or own is None or name not in case.due or clock.late(case.due[name], now):
        return None
    if not _told_of(institution, name):
        return None
    begun, due = datetime.fromisoformat(own["from"]), case.due[name]
    gone = (now - begun) / (due - begun) if due > begun else 0.0
    share = forecast.point(gone)
    load = told.loads.get(case.department_id, "usual")
    life = Life(case.category_id, case.department_id, case.grade, case.kind, case.filed_at, case.closed_at, {}, {})
    names = _names(institution, life, name, begun=begun, share=share, load=load)
    return forecast.of(told.learnt, category=f"{name}/{case.category_id}", share=share, names=names)


def seen(institution: Institution, life: Life, desks: Desks, *, at: datetime) -> Iterator[Glimpse]:
    """The looks at this case's clocks that tell something: those that ended, and those that ran out and still run."""
    for name, (begun, due, until, late) in _ends(life, at=at).items():
        if not _told_of(institution, name):
            continue
        load = desks.load(life.department, begun)
        local = begun.astimezone(ZoneInfo(institution.timezone))
        for share in forecast.SHARES:
            if begun + share * (due - begun) <= until:
                names = _names(institution, life, name, begun=begun, share=share, load=load)
                yield Glimpse(local.strftime("%Y-%m"), f"{name}/{life.category}", share, names, late)


class Desks:
    """How many cases each department had open at any time."""

    def __init__(self, lives: Sequence[Life]) -> None:
        begun: dict[str, list[datetime]] = defaultdict(list)
        ended: dict[str, list[datetime]] = defaultdict(list)
        for life in lives:
            begun[life.department].append(life.filed_at)
            if (over := _over(life)) is not None:
                ended[life.department].append(over)
        self._begun = {department: sorted(times) for department, times in begun.items()}
        self._ended = {department: sorted(times) for department, times in ended.items()}
        self._usual = {
            department: median(self.count(department, at) for at in times) for department, times in self._begun.items()
        }

    def departments(self) -> list[str]:
        """Those that had any."""
        return sorted(self._begun)

    def count(self, department: str, at: datetime) -> int:
        """How many were open then."""
        return bisect_right(self._begun.get(department, []), at) - bisect_right(self._ended.get(department, []), at)

    def load(self, department: str, at: datetime) -> str:
        """The same beside what it usually has."""
        return forecast.load(self.count(department, at), self._usual.get(department, 0.0))


def _names(
    institution: Institution, life: Life, name: str, *, begun: datetime, share: float, load: str
) -> tuple[str, ...]:
    """What is known of a clock when one looks at it."""
    weekday = begun.astimezone(ZoneInfo(institution.timezone)).isoweekday()
    return (
        f"clock={name}",
        f"category={life.category}",
        f"department={life.department}",
        f"grade={life.grade}",
        f"kind={life.kind}",
        f"weekday={weekday}",
        f"load={load}",
        f"share={share}",
    )


def _ends(life: Life, *, at: datetime) -> dict[str, tuple[datetime, datetime, datetime, bool]]:
    """Of each clock that is decided: when it began, was due, until when it ran, whether it was late."""
    found = {}
    for name, ended in life.record.get("ended", {}).items():
        begun, due, until = (datetime.fromisoformat(ended[key]) for key in ("from", "due", "at"))
        found[name] = (begun, due, until, not ended["kept"])
    for name, told in life.due.items():
        own, due = life.record.get("clocks", {}).get(name), datetime.fromisoformat(told)
        if own and life.closed_at is None and clock.late(due, at):
            found[name] = (datetime.fromisoformat(own["from"]), due, at, True)
    return found


def _over(life: Life) -> datetime | None:
    """When its department was done with it: it was answered, or closed."""
    answered = [ended["at"] for name, ended in life.record.get("ended", {}).items() if name in ("answer", "result")]
    return datetime.fromisoformat(answered[0]) if answered else life.closed_at


def _told_of(institution: Institution, name: str) -> bool:
    """Whether it is a clock that an answer stops: the others are too short, or not the department's."""
    rule = institution.clocks.get(name)
    return rule is not None and ANSWERED in rule.stops
