"""How often rising matter is told in years without change, and how soon a tripling is found.

    python bench/rising.py [--years 1] [--seed 100] [--runs 100] [--daily 5000 …]

Cities are invented: 16 categories, 12 districts of different size, 8 streets
in each, day and night, weekends, holidays, a season of ±20 %, and spread
beyond chance: days on which everybody calls (±10 %), days of a category
(±12 %), hours of a district (±15 %). What is usual is learnt each fourth
night, the look is taken each quarter of an hour. The alarms of the years
are counted by month; then one cell at a time is tripled for six hours, at any
minute of the clock by day and night, and the time until its alarm is told is
taken, by how many cases an hour that cell has then.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # runnable from a plain checkout

from backend.domain.rising import FEWEST, REST, SHARE, WINDOWS, look, over
from backend.domain.usual import HOURS, PAST_DAYS, Cell, Counted, Usual, above, kind_of, learn
from backend.domain.workdays import workday
from bench.learning import learnt

CATEGORIES, DISTRICTS, STREETS = 16, 12, 8
QUARTERS = 4 * HOURS
WEEKEND, HOLIDAY, NIGHT, SEASON = 0.7, 0.5, 0.08, 0.2
CITY, MATTER, PLACE = 0.10, 0.12, 0.15
AGAIN = 12 * 4
"""Quarters after its end in which an alarm goes on instead of being told anew."""
BEGIN = date(2025, 1, 1)
"""Two years whose holidays are known."""
NEAR = 4.0
"""Deviations below which no chance is near its limit: the look is spared."""
NIGHTS = 4
"""What is usual is learnt so seldom here, to be quick; at work each night."""
Numbers = np.ndarray[Any, Any]
BASES = (1.0, 2.0, 5.0, 10.0, 20.0, 40.0)


@dataclass
class City:
    """An invented city: the counts of each quarter of an hour."""

    daily: float
    chance: np.random.Generator
    leaves: list[tuple[str, str]] = field(init=False)
    means: Numbers = field(init=False)
    shapes: Numbers = field(init=False)

    def __post_init__(self) -> None:
        sizes = self.chance.dirichlet(np.full(DISTRICTS * STREETS, 3.0))
        shares = self.chance.dirichlet(np.full(CATEGORIES, 1.5))
        self.leaves = [
            (f"c{c:02}", f"d{p // STREETS:02}/s{p % STREETS}")
            for c in range(CATEGORIES)
            for p in range(DISTRICTS * STREETS)
        ]
        self.means = np.outer(shares, sizes).ravel() * self.daily / HOURS / 4
        hours = np.arange(QUARTERS) / 4
        peaks = self.chance.uniform(9, 20, CATEGORIES)
        shape = NIGHT + np.exp(-0.5 * (((hours[None, :] - peaks[:, None] + 12) % 24 - 12) / 4.0) ** 2)
        self.shapes = shape / shape.mean(axis=1, keepdims=True)

    def expected(self, day: date) -> Numbers:
        """The true mean of each leaf and quarter, without the day's luck."""
        kind = 1.0 if workday(day).working else (HOLIDAY if day.weekday() < 5 else WEEKEND)
        season = 1 + SEASON * np.sin(2 * np.pi * (day.timetuple().tm_yday - 60) / 365)
        shapes: Numbers = np.repeat(self.shapes, DISTRICTS * STREETS, axis=0)
        found: Numbers = self.means[:, None] * shapes * (kind * season)
        return found

    def draw(self, day: date, *, more: Numbers | float = 1.0) -> Numbers:
        """A day: leaves × quarters."""
        mean = self.expected(day) * self._luck() * more
        return self.chance.poisson(mean).astype(np.int16)

    def _luck(self) -> Numbers:
        city = self._gamma(CITY, (1, 1, 1, 1))
        matter = self._gamma(MATTER, (CATEGORIES, 1, 1, 1))
        place = self._gamma(PLACE, (CATEGORIES, DISTRICTS, 1, HOURS))
        luck = np.broadcast_to(city * matter * place, (CATEGORIES, DISTRICTS, STREETS, HOURS))
        told: Numbers = np.repeat(luck.reshape(-1, HOURS), 4, axis=1)
        return told

    def _gamma(self, spread: float, size: tuple[int, ...]) -> Numbers:
        return self.chance.gamma(1 / spread**2, spread**2, size)


def working_kind(day: date) -> int:
    """As at work."""
    return kind_of(day, working=workday(day).working)


@dataclass
class Watch:
    """Looks each quarter of an hour at what came, as the nightly and the quarter-hourly round do."""

    city: City
    days: list[date] = field(default_factory=list)
    past: list[Numbers] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    usual: Usual = field(default_factory=Usual)
    open: dict[Cell, int] = field(default_factory=dict)
    ended: dict[Cell, int] = field(default_factory=dict)
    before: Numbers | None = None

    def learn(self, *, compare: bool = False) -> None:
        """What is usual from the days so far; *compare*: and that it is what is learnt at work."""
        days = self.days[-PAST_DAYS:]
        self.usual = learnt(np.stack(self.past), self.cells, [working_kind(day) for day in days])
        if compare:
            self._compare(days)
        self.rates = np.array([self.usual.levels[c].rate if c in self.usual.levels else 0.0 for c in self.cells])
        self.widths = np.array([self.usual.levels[c].width if c in self.usual.levels else 1.0 for c in self.cells])
        self.profile = np.array([self.usual.profile[f"c{n:02}"] for n in range(CATEGORIES)])
        self.own = np.array([int(c.category[1:]) for c in self.cells])

    def _compare(self, days: list[date]) -> None:
        leaves = len(self.city.leaves)
        rows = [
            Counted(day, int(hour), *self.city.leaves[int(leaf)], int(counts[leaf, hour]))
            for day, counts in zip(days, self.past, strict=True)
            for leaf, hour in zip(*np.nonzero(counts[:leaves]), strict=True)
        ]
        there = learn(rows, days, working_kind)
        assert there.levels.keys() == self.usual.levels.keys()
        for cell, level in there.levels.items():
            mine = self.usual.levels[cell]
            assert np.allclose([level.rate, level.width], [mine.rate, mine.width])
        assert all(np.allclose(told, self.usual.profile[key]) for key, told in there.profile.items())

    def close(self, day: date, counts: Numbers) -> None:
        """The day is over: it can be learnt from."""
        told = self.summed(counts)
        self.past = [*self.past, told.reshape(len(told), HOURS, 4).sum(axis=2)][-PAST_DAYS:]
        self.days = [*self.days, day][-PAST_DAYS:]
        self.before = told[:, -6 * 4 :]

    def summed(self, counts: Numbers) -> Numbers:
        """Cells × quarters: streets, districts, the whole."""
        cube = counts.reshape(CATEGORIES, DISTRICTS, STREETS, -1).astype(np.int32)
        districts = cube.sum(axis=2)
        if not self.cells:
            self.cells = [Cell(c, p) for c, p in self.city.leaves]
            self.cells += [Cell(f"c{c:02}", f"d{d:02}") for c in range(CATEGORIES) for d in range(DISTRICTS)]
            self.cells += [Cell(f"c{c:02}") for c in range(CATEGORIES)]
        width = counts.shape[1]
        return np.concatenate([cube.reshape(-1, width), districts.reshape(-1, width), districts.sum(axis=1)])

    def day(self, day: date, counts: Numbers, *, number: int, first: int = 0) -> list[tuple[int, Cell]]:
        """The alarms that are told on it, each with its quarter of an hour."""
        assert self.before is not None
        told: list[tuple[int, Cell]] = []
        told_at = np.concatenate([self.before, self.summed(counts)], axis=1)
        running = np.concatenate([np.zeros((len(told_at), 1), dtype=np.int64), told_at.cumsum(axis=1)], axis=1)
        slots = np.concatenate([
            np.repeat(working_kind(day - timedelta(days=1)) * HOURS + np.arange(HOURS - 6, HOURS), 4),
            np.repeat(working_kind(day) * HOURS + np.arange(HOURS), 4),
        ])  # fmt: skip
        shape = self.profile[:, slots] / 4
        usual = np.concatenate([np.zeros((len(shape), 1)), shape.cumsum(axis=1)], axis=1)
        ends = np.arange(25, 25 + QUARTERS)
        odd = np.zeros((len(self.cells), QUARTERS), dtype=bool)
        for hours in WINDOWS:
            n = running[:, ends] - running[:, ends - 4 * hours]
            mean = (usual[:, ends] - usual[:, ends - 4 * hours])[self.own] * self.rates[:, None]
            odd |= (
                (n >= FEWEST)
                & (n > SHARE * mean)
                & ((n - mean) ** 2 > NEAR**2 * (mean + self.widths[:, None] * mean**2))
            )
        for quarter in range(first, QUARTERS):
            at = number * QUARTERS + quarter
            end = int(ends[quarter])
            stretches = {h: [(int(s), 0.25) for s in slots[end - 4 * h : end]] for h in WINDOWS}
            for cell in list(self.open):
                row = self.cells.index(cell)
                if over(self.usual, cell, int(running[row, end] - running[row, end - 4 * REST]), stretches[REST]):
                    del self.open[cell]
                    self.ended[cell] = at
            rows = np.nonzero(odd[:, quarter])[0]
            if not len(rows):
                continue
            held = {self.cells.index(cell): cell for cell in self.open} | {
                int(r): self.cells[int(r)] for r in [*rows, *range(len(self.cells) - CATEGORIES, len(self.cells))]
            }
            held |= {
                self.cells.index(one): one for c in self.open for p in above(c.place) for one in [Cell(c.category, p)]
            }
            counts_at = {
                h: {cell: int(running[row, end] - running[row, end - 4 * h]) for row, cell in held.items()}
                for h in WINDOWS
            }
            for rise in look(self.usual, counts_at, stretches, standing=self.open):
                if at - self.ended.get(rise.cell, -AGAIN) >= AGAIN:
                    told.append((quarter, rise.cell))
                self.open[rise.cell] = at
        return told


def begun(daily: float, seed: int) -> tuple[Watch, date]:
    """A city with the past that is learnt from."""
    city = City(daily, np.random.default_rng(seed))
    watch, day = Watch(city), BEGIN
    for _ in range(PAST_DAYS):
        watch.close(day, city.draw(day))
        day += timedelta(days=1)
    return watch, day


def years(daily: float, count: int, seed: int) -> None:
    """Years without change."""
    months: list[int] = []
    depths = [0, 0, 0]
    for year in range(count):
        watch, day = begun(daily, seed + year)
        by_month = [0] * 12
        for number in range(360):
            if number % NIGHTS == 0:
                watch.learn(compare=not number)
            counts = watch.city.draw(day)
            for _, cell in watch.day(day, counts, number=number):
                by_month[number // 30] += 1
                depths[cell.depth] += 1
            watch.close(day, counts)
            day += timedelta(days=1)
        months += by_month
        print(
            f"{daily:7.0f} a day, year {year + 1}: {sum(by_month)} alarms, at most {max(by_month)} in a month {by_month}",
            flush=True,
        )
    print(
        f"{daily:7.0f} a day: {sum(months) / len(months):.2f} alarms a month; of the whole, districts, streets: {depths}; "
        f"months with none {months.count(0)}, one {months.count(1)}, more {sum(n > 1 for n in months)}",
        flush=True,
    )


def triplings(daily: float, runs: int) -> None:
    """One cell at a time, tripled for six hours."""
    watch, day = begun(daily, 7)
    watch.learn()
    city = watch.city
    true = watch.summed(np.ones((len(city.leaves), 1), dtype=np.int16))  # only to name the cells
    assert len(true) == len(watch.cells)
    found: dict[tuple[int, float], list[float]] = {}
    before, plain = watch.before, city.expected(day)
    smooth = np.concatenate([
        (cube := plain.reshape(CATEGORIES, DISTRICTS, STREETS, -1)).reshape(-1, QUARTERS),
        (districts := cube.sum(axis=2)).reshape(-1, QUARTERS), districts.sum(axis=1),
    ])  # fmt: skip
    starts = np.arange(24, QUARTERS - 24)
    hourly = np.stack([smooth[:, start : start + 8].sum(axis=1) / 2 for start in starts], axis=1)
    for depth in range(3):
        rows = np.array([row for row, cell in enumerate(watch.cells) if cell.depth == depth])
        for base in BASES:
            near = np.argwhere(np.abs(np.log(hourly[rows] / base)) < 0.15)
            if not len(near):
                continue
            for _ in range(runs):
                row, start = near[city.chance.integers(len(near))]
                cell, start = watch.cells[rows[row]], int(starts[start])
                more = np.ones((len(city.leaves), QUARTERS))
                inside = [leaf for leaf, at in enumerate(city.leaves) if Cell(*at) == cell or Cell(*at).within(cell)]
                more[inside, start : start + 24] = 3.0
                shift = city.chance.random()  # it begins within a quarter
                more[inside, start] = 1 + 2 * (1 - shift)
                watch.open, watch.ended, watch.before = {}, {}, before
                told = watch.day(day, city.draw(day, more=more), number=0, first=start)
                mine = [q + 1 - start - shift for q, one in told if one == cell or cell.within(one) or one.within(cell)]
                found.setdefault((depth, base), []).append(min(mine, default=999.0) / 4)
    for (depth, base), waits in sorted(found.items()):
        shares = " ".join(f"{h} h {np.mean(np.array(waits) <= h):5.0%}" for h in (1, 2, 3, 4, 6))
        print(
            f"{daily:7.0f} a day, {('whole', 'district', 'street')[depth]:8} {base:4.0f} an hour: {shares}", flush=True
        )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=1)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--daily", type=float, nargs="+", default=[5000])
    parser.add_argument("--seed", type=int, default=100)
    told = parser.parse_args()
    for daily in told.daily:
        if told.years:
            years(daily, told.years, told.seed)
        if told.runs:
            triplings(daily, told.runs)


if __name__ == "__main__":
    main()
