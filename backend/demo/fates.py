"""What becomes of cases: one table of lives, from the citizen's first words to where the case stands today.

A life is a row of deeds (officers.py, citizens.py) after the filing. Its case
is old enough for all of them, so that every life ends where its name says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from backend.domain.workdays import workday

if TYPE_CHECKING:
    from random import Random
    from zoneinfo import ZoneInfo

    from backend.demo.town import Story

BOTH = ("hotline", "property")


@dataclass(frozen=True, slots=True)
class Fate:
    """One kind of life. ``fits``: trouble, all (also where there is nothing to quarrel about), refuse, pass_on."""

    name: str
    share: int  # of all cases, in proportion to the others
    ages: tuple[float, float]  # days since it was filed, at least and at most
    deeds: tuple[str, ...]
    institutions: tuple[str, ...] = BOTH
    fits: str = "trouble"


def _row(
    name: str, share: int, ages: tuple[float, float], deeds: str, *, only: str = "", fits: str = "trouble"
) -> Fate:
    return Fate(name, share, ages, tuple(deeds.split()), (only,) if only else BOTH, fits)


FATES = (
    _row("received", 8, (0.01, 0.4), "", fits="all"),
    _row("accepted", 5, (0.3, 1.6), "accept"),
    _row("assigned", 13, (0.8, 6), "accept assign call"),
    _row("investigating", 3, (1, 4), "accept assign look_into", only="property"),
    _row("mediating", 2, (2, 6), "accept assign look_into mediate", only="property"),
    _row("reviewing", 3, (2, 6), "accept assign note review"),
    _row("supplementing", 4, (0.8, 5), "ask_more"),
    _row("returned", 3, (1, 4), "accept assign_astray give_back"),
    _row("answered", 4, (1, 2.6), "accept assign answer", only="property"),
    _row("visiting_back", 8, (2, 6.5), "accept assign call answer", only="hotline"),
    _row("reopened", 7, (5, 14), "accept assign answer_poorly visit rate_ill"),
    _row("appealed", 3, (4, 12), "refuse object", only="hotline", fits="refuse"),
    _row("suspended", 4, (5, 30), "accept assign note suspend"),
    _row("transferred", 5, (1, 40), "accept pass_on", only="hotline", fits="pass_on"),
    _row("refused", 6, (2, 80), "refuse", only="hotline", fits="refuse"),
    _row("withdrawn", 9, (2, 85), "accept withdraw"),
    _row("archived", 24, (55, 90), "accept assign answer visit rate_well archive", fits="all"),
    _row("closed", 120, (5, 90), "accept assign answer visit rate_well", fits="all"),
    _row("closed after a call", 60, (9, 90), "accept assign call answer visit rate_well"),
    _row("closed, so so", 30, (9, 90), "accept assign note answer visit rate_fairly"),
    _row("closed in silence", 40, (20, 90), "accept assign answer"),
    _row("closed after more was told", 16, (12, 90), "ask_more add accept assign answer visit rate_well"),
    _row("closed after a detour", 12, (14, 90), "accept assign_astray give_back assign answer visit rate_well"),
    _row(
        "closed at the second try",
        16,
        (20, 90),
        "accept assign answer_poorly visit rate_ill assign call answer_again visit rate_well",
    ),
    _row(
        "closed after mediation", 8, (16, 90), "accept assign look_into mediate answer visit rate_well", only="property"
    ),
    _row("closed elsewhere", 3, (20, 90), "accept pass_on close", only="hotline", fits="pass_on"),
    _row("forgotten", 5, (4, 11), ""),
    _row("overdue", 16, (9, 24), "accept assign call ask"),
)


@dataclass(frozen=True, slots=True)
class Deed:
    """How long after the one before, in hours, and whether officers do it (in their working hours)."""

    hours: tuple[float, float]
    officer: bool = True


DEEDS = {
    "accept": Deed((0.4, 5)),
    "assign": Deed((0.3, 3)),
    "assign_astray": Deed((0.3, 3)),
    "give_back": Deed((3, 20)),
    "call": Deed((1, 18)),
    "note": Deed((1, 12)),
    "look_into": Deed((1, 10)),
    "mediate": Deed((4, 30)),
    "review": Deed((6, 40)),
    "ask_more": Deed((0.5, 5)),
    "answer": Deed((5, 90)),
    "answer_poorly": Deed((8, 60)),
    "answer_again": Deed((20, 100)),
    "visit": Deed((73, 90)),  # after three days
    "refuse": Deed((0.5, 8)),
    "pass_on": Deed((0.5, 8)),
    "object": Deed((8, 60)),
    "suspend": Deed((6, 40)),
    "archive": Deed((400, 700)),
    "close": Deed((100, 300)),
    "add": Deed((1, 30), officer=False),
    "ask": Deed((30, 90), officer=False),
    "rate_well": Deed((0.3, 30), officer=False),
    "rate_fairly": Deed((0.3, 40), officer=False),
    "rate_ill": Deed((0.2, 12), officer=False),
    "withdraw": Deed((2, 40), officer=False),
}
SOONER = {("hotline", "visit"): 0.0, ("property", ""): 0.25, ("property", "visit"): 1.0, ("property", "archive"): 1.0}
"""The property manager promises hours where the city promises days; the hotline asks back with the answer."""

URGENT = 0.03
"""Of the usual time, where people are in danger."""

CHAT = timedelta(minutes=12)  # a chat is over by then
LAST = timedelta(minutes=6)  # the latest deed is over by now
OPENS, CLOSES = time(8, 40), time(17, 20)
WAKES, SLEEPS = time(7, 30), time(22, 30)


def times(fate: Fate, story: Story, rng: Random, *, filed: datetime, now: datetime, zone: ZoneInfo) -> list[datetime]:
    """When each deed is done: in working hours if that leaves time for all, else evenly until *now*."""
    done, at = [], filed + CHAT
    for name in fate.deeds:
        deed = DEEDS[name]
        hours = rng.uniform(*deed.hours) * _sooner(story, name)
        at += timedelta(hours=hours)
        if not (story.urgent and deed.officer):
            at = _awake(at, rng, zone, officer=deed.officer)
        done.append(at)
    latest = now - LAST
    if done and done[-1] > latest:
        step = (latest - filed) / (len(done) + 1)
        return [filed + step * (n + 1) for n in range(len(done))]
    return done


def _sooner(story: Story, name: str) -> float:
    if story.urgent and name in {"accept", "assign", "answer"}:
        return URGENT
    return SOONER.get((story.institution, name), SOONER.get((story.institution, ""), 1.0))


def waking(at: datetime, rng: Random, zone: ZoneInfo) -> datetime:
    """That time, or the next at which people chat."""
    return _awake(at, rng, zone, officer=False)


def _awake(at: datetime, rng: Random, zone: ZoneInfo, *, officer: bool) -> datetime:
    opens, closes = (OPENS, CLOSES) if officer else (WAKES, SLEEPS)
    local = at.astimezone(zone)
    day, early = local.date(), local.time() < opens
    if not early and local.time() <= closes and (not officer or workday(day).working):
        return at
    if not early:
        day += timedelta(days=1)
    while officer and not workday(day).working:
        day += timedelta(days=1)
    return datetime.combine(day, opens, zone) + timedelta(minutes=rng.randint(0, 150))
