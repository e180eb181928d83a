"""What is usual of a category at a place, by the hour: learnt from the last weeks. Pure.

A cell's level is its cases an hour; where it has few it is drawn to what its
category and its place have. The profile of its category by hour of the week is
drawn to the institution's. A holiday counts as a Sunday, a working Saturday as a
Friday. Later days count more, so that season is in the level; a day that stood
out moves it little. How far counts lie around it beyond chance (``width``) is
what the past had, and what is not known of the level.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

PAST_DAYS, FEWEST_DAYS = 56, 14
"""Days that are learnt from, and without which nothing is said."""
HALF_LIFE = 14.0
"""Days after which a day counts half for the level."""
PRIOR = 5.0
"""Cases for which the guess from category and place counts."""
SMOOTH = 20.0
"""Cases for which the institution's profile counts at each hour of the week of a category."""
ALL = 100.0
"""Cases for which it counts that a day has of everything what is usual."""
NARROW, WIDE = 0.02, 1.0
"""Between these the width of the past is believed."""
OUT = 4.0
"""Deviations at which a day that stood out is cut."""
KINDS, HOURS = 7, 24
FRIDAY, SUNDAY = 4, 6
WHOLE = ""
"""The place that is the whole institution; a street's is "district/street"."""


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """A category at a place."""

    category: str
    place: str = WHOLE

    @property
    def depth(self) -> int:
        """0: the whole, 1: a district, 2: a street."""
        return (1 + ("/" in self.place)) if self.place else 0

    def within(self, other: Cell) -> bool:
        """Whether the other one is wider and holds it."""
        if self.category != other.category or self.place == other.place:
            return False
        return not other.place or self.place.startswith(f"{other.place}/")


@dataclass(frozen=True, slots=True)
class Counted:
    """So many cases of one local hour; ``place`` as narrow as it is known."""

    day: date
    hour: int
    category: str
    place: str
    n: int


@dataclass(frozen=True, slots=True)
class Level:
    """Cases an hour, and how wide counts lie around it: square of the relative spread beyond chance."""

    rate: float
    width: float


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual. ``profile``: by category and hour of the week, 1 on average."""

    levels: Mapping[Cell, Level] = field(default_factory=dict)
    profile: Mapping[str, Sequence[float]] = field(default_factory=dict)

    def expected(self, cell: Cell, stretch: Sequence[tuple[int, float]]) -> float:
        """Cases to be expected in hours of the week, each with how much of it is meant."""
        profile = self.profile[cell.category]
        return self.levels[cell].rate * sum(profile[hour] * part for hour, part in stretch)


def above(place: str) -> list[str]:
    """The place and those that hold it, the narrowest first."""
    found = [place] if place else []
    if "/" in place:
        found.append(place.split("/", maxsplit=1)[0])
    return [*found, WHOLE]


def kind_of(day: date, *, working: bool) -> int:
    """The weekday that a day is like."""
    weekday = day.weekday()
    if working == (weekday <= FRIDAY):
        return weekday
    return FRIDAY if working else SUNDAY


def learn(rows: Iterable[Counted], days: Sequence[date], kind: Callable[[date], int]) -> Usual:
    """From whole local *days*, oldest first; too few of them: nothing. The order of *rows* does not matter."""
    if len(days) < FEWEST_DAYS:
        return Usual()
    past = _Past(days, [kind(day) for day in days])
    for row in rows:
        past.take(row)
    profile = past.profiles()
    masses = {
        category: [sum(told[each * HOURS : (each + 1) * HOURS]) for each in range(KINDS)]
        for category, told in profile.items()
    }
    usual_days = {category: [mass[each] for each in past.kinds] for category, mass in masses.items()}
    raw = {cell: _level(told, usual_days[cell.category], 0.0)[0] for cell, told in past.by_day.items()}
    shares = _shares(raw)
    levels = {
        cell: _level(told, usual_days[cell.category], _guess(cell, raw, shares)) for cell, told in past.by_day.items()
    }
    widths = past.widths({cell: rate for cell, (rate, _) in levels.items()}, profile)
    made = {
        cell: Level(rate, widths[cell.category, cell.depth] + 1 / known)
        for cell, (rate, known) in sorted(levels.items())
    }
    return Usual(made, profile)


class _Past:
    """The counts, added up as they are needed."""

    def __init__(self, days: Sequence[date], kinds: Sequence[int]) -> None:
        self.kinds = kinds
        self._order = {day: index for index, day in enumerate(days)}
        self.by_day: dict[Cell, list[int]] = defaultdict(lambda: [0] * len(days))
        self._by_slot: dict[str, list[int]] = defaultdict(lambda: [0] * (KINDS * HOURS))
        self._by_hour: dict[Cell, dict[tuple[int, int], int]] = defaultdict(lambda: defaultdict(int))

    def take(self, row: Counted) -> None:
        """Count it in; other days are left out."""
        index = self._order.get(row.day)
        if index is None:
            return
        self._by_slot[row.category][self.kinds[index] * HOURS + row.hour] += row.n
        for place in above(row.place):
            cell = Cell(row.category, place)
            self.by_day[cell][index] += row.n
            self._by_hour[cell][index, row.hour] += row.n

    def profiles(self) -> dict[str, list[float]]:
        """By hour of the week, of each category.

        It is drawn to its own hours of the day on the institution's weekdays: a category has its
        hours, which are known soon, and what is its own on one weekday is known late.
        """
        times = [self.kinds.count(n // HOURS) for n in range(KINDS * HOURS)]
        every = [sum(told[n] for told in self._by_slot.values()) for n in range(KINDS * HOURS)]
        flat = [1.0] * (KINDS * HOURS)
        days, whole = _by_hour(every, times, flat), _profile(every, times, flat)
        found = {}
        for category, told in sorted(self._by_slot.items()):
            own = _by_hour(told, times, days)
            like = [here * week / day for here, week, day in zip(own, whole, days, strict=True)]
            found[category] = _profile(told, times, like)
        return found

    def widths(
        self, rates: Mapping[Cell, float], profile: Mapping[str, Sequence[float]]
    ) -> dict[tuple[str, int], float]:
        """By category and depth: what the hours missed beyond chance, by the square of what was expected.

        What a day brought of everything is taken out: ``rising.general`` does so at the look. The profile was
        learnt from the same hours, so that they miss it by less than those to come: ``left`` of it.
        """
        missed: dict[tuple[str, int], float] = defaultdict(float)
        squares: dict[tuple[str, int], float] = defaultdict(float)
        every = self._general(rates, profile)
        days = [sum(e * e for e, told in zip(every, self.kinds, strict=True) if told == kind) for kind in range(KINDS)]
        for cell, rate in rates.items():
            slots, key = profile[cell.category], (cell.category, cell.depth)
            whole = rates[Cell(cell.category)]
            left = [1 - rate / (whole * max(1, self.kinds.count(kind)) + SMOOTH) for kind in range(KINDS)]
            # Hours without a case miss what was expected of them: all are reckoned so, then those with cases mended.
            for kind, part in enumerate(left):
                square = rate * rate * days[kind] * sum(slots[kind * HOURS + n] ** 2 for n in range(HOURS))
                squares[key] += part * square
                missed[key] += square
            for (index, hour), n in self._by_hour[cell].items():
                kind = self.kinds[index]
                mean = rate * slots[kind * HOURS + hour] * every[index]
                near = min(n, 4 * mean + 4)
                missed[key] += near * (near - 2 * mean) - left[kind] * n
        return {key: min(WIDE, max(NARROW, missed[key] / squares[key])) for key in squares}

    def _general(self, rates: Mapping[Cell, float], profile: Mapping[str, Sequence[float]]) -> list[float]:
        """By day: how many times as much as usual there was of everything, drawn to once."""
        kinds = [
            sum(rates[Cell(key)] * sum(slots[k * HOURS : (k + 1) * HOURS]) for key, slots in profile.items())
            for k in range(KINDS)
        ]
        counted = [sum(self.by_day[Cell(key)][index] for key in profile) for index in range(len(self.kinds))]
        return [(n + ALL) / (kinds[kind] + ALL) for n, kind in zip(counted, self.kinds, strict=True)]


def _profile(told: Sequence[int], times: Sequence[int], like: Sequence[float]) -> list[float]:
    mean = sum(told) / sum(times)
    return [(n + SMOOTH * shared) / (mean * there + SMOOTH) for n, there, shared in zip(told, times, like, strict=True)]


def _by_hour(told: Sequence[int], times: Sequence[int], like: Sequence[float]) -> list[float]:
    """The profile of the hours of a day, whatever the weekday, at each hour of the week."""
    cases, days = ([sum(each[hour::HOURS]) for hour in range(HOURS)] for each in (told, times))
    return _profile(cases, days, like[:HOURS]) * KINDS


def _level(told: Sequence[int], masses: Sequence[float], guess: float) -> tuple[float, float]:
    """Cases an hour of a mean hour, and for how many cases that is known."""
    plain = sum(told) / sum(masses)
    weights = [0.5 ** ((len(told) - 1 - index) / HALF_LIFE) for index in range(len(told))]
    capped = []
    for n, mass in zip(told, masses, strict=True):
        mean = plain * mass
        capped.append(min(float(n), mean + 1 + OUT * sqrt(mean + 0.1 * mean * mean)))
    cases = sum(weight * n for weight, n in zip(weights, capped, strict=True))
    hours = sum(weight * mass for weight, mass in zip(weights, masses, strict=True))
    guess = guess or plain
    rate = (cases + PRIOR) / (hours + PRIOR / guess)
    worth = sum(weights) / sum(weight * weight for weight in weights)
    return rate, cases * worth + PRIOR


def _shares(raw: Mapping[Cell, float]) -> dict[str, float]:
    """Cases an hour by place, of all categories."""
    found: dict[str, float] = defaultdict(float)
    for cell, rate in raw.items():
        found[cell.place] += rate
    return found


def _guess(cell: Cell, raw: Mapping[Cell, float], shares: Mapping[str, float]) -> float:
    """What it would have if its place had all categories alike; 0: nothing is guessed."""
    if not cell.place:
        return 0.0
    wider = above(cell.place)[1]
    return raw[Cell(cell.category, wider)] * shares[cell.place] / shares[wider]
