"""A survey campaign: its states, whom it may ask and when, and what its answers come to. Pure.

What it asks, questionnaire.py says; who is drawn, sampling.py.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from math import sqrt
from typing import TYPE_CHECKING

from backend.domain import planning
from backend.domain.questionnaire import SCALES
from backend.domain.rates import Z

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from backend.domain.questionnaire import Answer, Question

SMALL = 5
"""Fewer people than this are not told of apart: somebody could guess who they are."""
WITHIN = timedelta(days=90)
"""The time in which nobody is asked more often than the institution allows."""
LONGEST = timedelta(days=92)
"""Of a campaign, from its beginning to its end."""
CAPS = range(1, 100_001)
SIZES = range(1, 100_001)
DAYS = 366
"""A population is of so many days at most."""


class State(StrEnum):
    """Where a campaign stands."""

    DRAFT = "draft"
    RUNNING = "running"
    STOPPED = "stopped"
    ENDED = "ended"


class Asked(StrEnum):
    """Where one person of the sample stands."""

    DRAWN = "drawn"  # not asked yet
    ASKED = "asked"
    BEGUN = "begun"
    DONE = "done"
    LEFT = "left"  # did not want to go on
    REFUSED = "refused"  # said never to be asked again
    LOST = "lost"  # was not reached: no message arrives, or the time was over before one could be sent
    DROPPED = "dropped"  # may be asked no more: forgotten, without consent, asked often enough
    WITHDRAWN = "withdrawn"  # the campaign was stopped before


WAITING = (Asked.ASKED, Asked.BEGUN)
REACHED = (Asked.ASKED, Asked.BEGUN, Asked.DONE, Asked.LEFT, Asked.REFUSED)
"""Who was asked at all."""


class LeftOut(StrEnum):
    """Why somebody of the population is not asked."""

    SEALED = "sealed"
    NO_CHAT = "no_chat"
    FORGOTTEN = "forgotten"
    NO_CONSENT = "no_consent"
    GONE = "gone"
    OPTED_OUT = "opted_out"
    WISH = "wish"
    OFTEN = "often"


@dataclass(frozen=True, slots=True)
class Population:
    """Which cases it is about. Days are local, of filing, both ends in; nothing listed: all."""

    first: date
    last: date
    categories: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Schedule:
    """From when until when, and how many people a local day and an hour; None: as many as there are."""

    start: datetime
    end: datetime
    per_day: int | None = None
    per_hour: int | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """What of a person's last case, and of all their chats, says whether they may be asked."""

    person: int | None
    sealed: bool = False
    veiled: bool = False  # the person was forgotten
    withheld: bool = False  # they took back consent
    gone: bool = False
    opted_out: bool = False
    wish: str = ""  # what they want to be told: see ``planning.WISHES``
    asked: int = 0  # times in the last 90 days, in whichever chat


def left_out(case: Case, *, most: int) -> LeftOut | None:
    """Why they are not asked; None: they may be. ``most``: times in 90 days; the first reason that holds counts."""
    reasons = (
        (case.sealed, LeftOut.SEALED),
        (case.person is None, LeftOut.NO_CHAT),
        (case.veiled, LeftOut.FORGOTTEN),
        (case.withheld, LeftOut.NO_CONSENT),
        (case.gone, LeftOut.GONE),
        (case.opted_out, LeftOut.OPTED_OUT),
        (not planning.wished(case.wish, decided=False, asks=False), LeftOut.WISH),
        (case.asked >= most, LeftOut.OFTEN),
    )
    return next((why for holds, why in reasons if holds), None)


def wrong_period(first: date, last: date, *, today: date) -> str:
    """Why no population is of these days; empty: it can be."""
    if last < first:
        return "period.turned"
    if first > today:
        return "period.future"
    return "period.long" if (last - first).days >= DAYS else ""


def wrong_schedule(schedule: Schedule, *, now: datetime) -> str:
    """Why it cannot be sent so; empty: it can."""
    if schedule.end <= schedule.start:
        return "schedule.turned"
    if schedule.end <= now:
        return "schedule.past"
    if schedule.end - max(schedule.start, now) > LONGEST:
        return "schedule.long"
    caps = [cap for cap in (schedule.per_day, schedule.per_hour) if cap is not None]
    return "schedule.caps" if any(cap not in CAPS for cap in caps) else ""


def is_quiet(now: datetime, quiet: tuple[str, str], zone: ZoneInfo) -> bool:
    """Whether it is night there; *quiet* is begin and end as HH:MM, equal: never."""
    begins, ends = (time.fromisoformat(part) for part in quiet)
    here = now.astimezone(zone).time()
    if begins <= ends:
        return begins <= here < ends
    return here >= begins or here < ends


def day_began(now: datetime, zone: ZoneInfo) -> datetime:
    """When the local day began."""
    return datetime.combine(now.astimezone(zone).date(), time(), zone)


def allowance(schedule: Schedule, *, today: int, hour: int, most: int) -> int:
    """How many may be asked now, after so many today and in the last hour; *most* at once."""
    day = most if schedule.per_day is None else schedule.per_day - today
    last = most if schedule.per_hour is None else schedule.per_hour - hour
    return max(0, min(day, last, most))


@dataclass(frozen=True, slots=True)
class Said:
    """One person's answer to one question, with what they stand for."""

    answer: Answer
    weight: float = 1.0
    group: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """How many gave one value. The share and its 95 % interval are weighted; None: too few to be told of."""

    value: str
    count: int | None
    share: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Distribution:
    """What one question's answers come to."""

    answered: int
    passed: int  # came to it and passed it by
    cells: tuple[Cell, ...] = ()
    mean: float | None = None  # of a scale


@dataclass(frozen=True, slots=True)
class Group:
    """One group's cells; ``answered`` is None where it is too small to be told of."""

    name: str
    answered: int | None
    cells: tuple[Cell, ...] = ()


@dataclass(slots=True)
class _Sums:
    weight: float = 0.0
    squares: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    weights: dict[str, float] = field(default_factory=dict)


def distribution(question: Question, said: Sequence[Said]) -> Distribution:
    """The answers, value by value. Of several choices each share is of the people who answered."""
    told = [one for one in said if one.answer]
    sums = _summed(told)
    cells = tuple(_cell(value, sums) for value in question.values)
    mean = None
    if question.kind in SCALES and sums.weight:
        mean = sum(float(one.answer.values[0]) * one.weight for one in told) / sums.weight
    return Distribution(len(told), len(said) - len(told), cells, mean)


def by_group(question: Question, said: Sequence[Said]) -> list[Group]:
    """The same group by group, without what tells of fewer than ``SMALL`` people, or would let it be reckoned."""
    names = sorted({one.group for one in said})
    told = {name: [one for one in said if one.group == name and one.answer] for name in names}
    hidden = too_small({name: len(some) for name, some in told.items()})
    groups = []
    for name in names:
        if name in hidden:
            groups.append(Group(name, None))
            continue
        sums = _summed(told[name])
        small = too_small({value: sums.counts[value] for value in question.values})
        cells = (Cell(value, None) if value in small else _cell(value, sums) for value in question.values)
        groups.append(Group(name, len(told[name]), tuple(cells)))
    return groups


def weights(of: Mapping[str, int], answered: Mapping[str, int]) -> dict[str, float]:
    """How many people one answer of each stratum stands for, one on the whole: who was drawn less counts more."""
    known = {name: n for name, n in answered.items() if n and of.get(name)}
    people = sum(of[name] for name in known)
    total = sum(known.values())
    return {name: (of[name] / n) * (total / people) for name, n in known.items()}


def interval(share: float, n: float) -> tuple[float, float]:
    """Where a share lies with 95 % confidence (Wilson), of *n* people or as many as weighted answers are worth."""
    spread = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    middle, scale = share + Z * Z / (2 * n), 1 + Z * Z / n
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def _summed(told: Iterable[Said]) -> _Sums:
    sums = _Sums()
    for one in told:
        sums.weight += one.weight
        sums.squares += one.weight**2
        for value in one.answer.values:
            sums.counts[value] += 1
            sums.weights[value] = sums.weights.get(value, 0.0) + one.weight
    return sums


def _cell(value: str, sums: _Sums) -> Cell:
    if not sums.weight:
        return Cell(value, 0)
    share = min(1.0, sums.weights.get(value, 0.0) / sums.weight)
    low, high = interval(share, sums.weight**2 / sums.squares)  # Kish's effective number
    return Cell(value, sums.counts[value], share, low, high)


def too_small(counts: Mapping[str, int]) -> frozenset[str]:
    """What is too small, and where that is one alone the next smallest: else the whole would tell it."""
    small = [name for name, n in counts.items() if n < SMALL]
    rest = sorted((n, name) for name, n in counts.items() if n >= SMALL)
    if rest and small and sum(counts[name] for name in small) < SMALL and any(counts[name] for name in small):
        small.append(rest[0][1])
    return frozenset(small)
