"""How well lateness is foretold, on a generated year whose truth is known, and beside the category's base rate.

    python bench/forecast.py [--cases 20000] [--town 400]

Years of an office are invented: in ``structured`` a clock's chance of
being broken follows category, department, grade, weekday and load; in ``flat``
it follows the category alone, so that nothing can be learnt beyond its rate,
and serving a model would be a mistake. The best possible Brier score is that
of the chance with which each clock was drawn. Then the example city is filled
and learnt from, as its own nightly round does.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import random
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # runnable from a plain checkout

from backend import main as composition
from backend.demo import filling, town
from backend.demo.__main__ import SEED
from backend.demo.filling import FULL
from backend.domain.forecast import SHARES, Glimpse, Learnt, brier, learn, of
from backend.services.cases import forecasting
from backend.settings import Settings, WebSettings
from backend.store import schema

if TYPE_CHECKING:
    from backend.services.cases.forecasting import Lesson

CHANNELS = {"hotline": "web", "property": "owners"}
CATEGORIES = {"roads": 0.8, "noise": -0.4, "water": 0.2, "school": -1.2, "property": 0.5, "parking": -0.2}
DEPARTMENTS = {"works": 0.6, "police": -0.7, "housing": 0.9, "bureau": -0.3}
GRADES = {"urgent": 0.9, "ordinary": 0.0, "complex": -0.5}
LOADS = {"light": -0.8, "usual": 0.0, "heavy": 0.7, "flooded": 1.5}
WEEKDAYS = {1: 0.0, 2: 0.0, 3: 0.1, 4: 0.3, 5: 0.6, 6: 0.2, 7: 0.0}


def year(cases: int, *, structured: bool, seed: int) -> list[tuple[Glimpse, float]]:
    """Looks at invented clocks, each with the chance of being late that its clock was drawn with, given it still runs."""
    chance = random.Random(seed)
    found = []
    for _ in range(cases):
        category, department = chance.choice(list(CATEGORIES)), chance.choice(list(DEPARTMENTS))
        grade, load, weekday = chance.choice(list(GRADES)), chance.choice(list(LOADS)), chance.choice(list(WEEKDAYS))
        score = CATEGORIES[category] - 1.6
        if structured:
            score += DEPARTMENTS[department] + GRADES[grade] + LOADS[load] + WEEKDAYS[weekday]
        late = chance.random() < 1 / (1 + math.exp(-score))
        done = 1.1 if late else chance.random()  # of the clock's time
        month = f"2026-{chance.randint(1, 12):02}"
        for share in SHARES:
            if share <= done:
                odds = math.exp(score) / (1 - share)  # of those in time, this share is done by then
                names = (f"category={category}", f"department={department}", f"grade={grade}", f"load={load}",
                         f"weekday={weekday}", f"share={share}", "clock=answer")  # fmt: skip
                found.append((Glimpse(month, f"answer/{category}", share, names, late), odds / (1 + odds)))
    return found


def calibration(learnt: Learnt, glimpses: list[Glimpse]) -> list[str]:
    """Of those told a chance, how many were late."""
    lines = []
    for low in range(0, 100, 20):
        told = [(one, forecast.chance) for one in glimpses
                if (forecast := of(learnt, category=one.category, share=one.share, names=one.names))
                and low <= forecast.chance * 100 < low + 20]  # fmt: skip
        if told:
            said, were = sum(c for _, c in told) / len(told), sum(one.late for one, _ in told) / len(told)
            lines.append(
                f"    told {low:2}-{low + 20:3} %: {said:6.1%} on average, {were:6.1%} were late ({len(told)})"
            )
    return lines


def town_in(folder: Path, cases: int) -> None:
    """The example city: what its nightly lesson is worth."""
    channels = tuple(WebSettings(name=name, institution=home) for home, name in CHANNELS.items())
    settings = Settings(database="sqlite:///town.db", evidence="evidence", channel=channels, folder=folder)
    schema.upgrade(settings.database_url)
    site = composition.compose(settings)
    try:
        filled = filling.fill(
            site, town.load(), channels=CHANNELS, now=datetime(2026, 11, 20, 4, tzinfo=UTC), cases=cases, seed=SEED,
            tell_of=lambda _filed: None,
        )  # fmt: skip
        asyncio.run(filled)
        for key in CHANNELS:
            lesson = site.store.read_now(forecasting.served, key)
            print(f"example city, {key}: {lesson.learnt.n if lesson else 0} glimpses, {told_of(lesson)}")
    finally:
        site.store.close()


def told_of(lesson: Lesson | None) -> str:
    """How its trial went."""
    trial = lesson.learnt.trial if lesson else None
    if trial is None:
        return "too few to try: the category's rate is shown"
    return (
        f"months {', '.join(trial.months)}: {trial.n} glimpses, {trial.late} late; Brier model {trial.model:.4f}, "
        f"base rate {trial.base:.4f}; served: {'the model' if trial.better else 'the base rate'}"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--town", type=int, default=FULL, help="cases of the example city; 0: leave it out")
    told = parser.parse_args()
    invented(told.cases)
    if told.town:
        with TemporaryDirectory() as folder:
            town_in(Path(folder), told.town)


def invented(cases: int) -> None:
    """The two years."""
    for name, structured in (("structured", True), ("flat", False)):
        drawn = year(cases, structured=structured, seed=7)
        glimpses = [one for one, _ in drawn]
        begun = perf_counter()
        learnt = learn(glimpses)
        took = perf_counter() - begun
        trial = learnt.trial
        if trial is None:
            print(f"{name}: too few to try")
            continue
        best = brier((chance, one.late) for one, chance in drawn if one.month in trial.months)
        print(f"{name}: {cases} cases, {len(glimpses)} glimpses, learnt in {took:.1f} s")
        print(f"    held-out months {trial.months[0]} to {trial.months[-1]}: {trial.n} glimpses, {trial.late} late")
        print(f"    Brier: best possible {best:.4f}, model {trial.model:.4f}, base rate {trial.base:.4f}")
        print(f"    served: {'the model' if learnt.better else 'the base rate'}")
        print("\n".join(calibration(learnt, [one for one in glimpses if one.month in trial.months])))


if __name__ == "__main__":
    main()
