"""Fills a site with ninety days of a town's life: who complains when, then everybody's deeds in the order of time.

Everything goes through the services and the jobs of a running Jiesu, on a
clock that stands in the past. One chat, or one move of an officer, is one unit;
the jobs run every hour, and a citizen who gets a notice reads it soon (reading.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.demo import officers
from backend.demo.citizens import Citizen
from backend.demo.drawings import draw
from backend.demo.fates import FATES, times, waking
from backend.demo.officers import Life
from backend.demo.reading import Clock, Readers, Ringing
from backend.demo.telling import tell
from backend.jobs import clocks, forecasting, rounds
from backend.jobs.deliver import deliver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from backend.demo.fates import Fate
    from backend.demo.telling import Telling
    from backend.demo.town import Story, Town
    from backend.site import Site

DAYS = 90
HOUR = timedelta(hours=1)
FULL = 400  # the size of town that stories' voices are counted in
CLOSED = next(fate for fate in FATES if fate.name == "closed")
COMES_BACK = 0.12  # the share of cases told by somebody who has told one before
WITH_PHOTO = 0.6  # of the stories that can be photographed
OWNER = "demo"


async def fill(
    site: Site,
    town: Town,
    *,
    channels: Mapping[str, str],
    now: datetime,
    cases: int,
    seed: int,
    tell_of: Callable[[int], None],
) -> int:
    """Let *cases* be filed and worked on until *now*; how many there are.

    ``channels``: by institution, where its citizens chat. ``tell_of`` hears how many
    cases there are so far.
    """
    lives = plan(site, town, channels=channels, now=now, cases=cases, seed=seed)
    deeds = sorted(_deeds(site, lives, now=now), key=lambda deed: deed[:2])
    clock = Clock(deeds[0][0])
    zone = ZoneInfo(site.institutions[next(iter(channels))].timezone)
    readers = Readers(clock, Random(seed), zone)  # noqa: S311 - an invented town, no secret
    past = replace(site, clock=clock, channels={name: Ringing(name, readers.ring) for name in channels.values()})
    passing = _Passing(past, clock, readers, hour=clock.now + HOUR)
    filed = 0
    for at, place, name in deeds:
        await passing.until(at)
        await _live(past, clock, town, lives[place], name, at=at)
        filed += name == "file"
        tell_of(filed)
    await passing.until(now)
    clock.now = now
    await _jobs(past)
    await rounds.seal(past, OWNER)
    for key in channels:
        await forecasting.teach(past, key, at=now)
    return filed


@dataclass(slots=True)
class _Passing:
    """What happens by itself while time goes on: the jobs every hour, a seal every day, notices that are read."""

    site: Site
    clock: Clock
    readers: Readers
    hour: datetime  # of the next round
    rounds: int = 0

    async def until(self, at: datetime) -> None:
        """Everything up to then, each at its own time."""
        while min(self.hour, self.readers.next) <= at:
            if self.readers.next < self.hour:
                await self.readers.read(self.site.store)
                continue
            self.clock.now, self.hour = self.hour, self.hour + HOUR
            await _jobs(self.site)
            self.rounds += 1
            if self.rounds % 24 == 0:
                await rounds.seal(self.site, OWNER)


def plan(site: Site, town: Town, *, channels: Mapping[str, str], now: datetime, cases: int, seed: int) -> list[Life]:
    """Every case of the town: whose it is, what is told, when, and what will become of it."""
    rng = Random(seed)  # noqa: S311 - an invented town, no secret
    fates = list(_shares(cases))
    topics = _topics(town, fates, rng)
    lives: list[Life] = []
    told: set[str] = set()
    for number, fate in enumerate(fates):
        story = topics.get(number) or rng.choice(
            [each for each in town.stories if not each.voices and _fits(fate, each)]
        )
        zone = ZoneInfo(site.institutions[story.institution].timezone)
        filed = _filed(fate, story, rng, now=now, zone=zone)
        telling = _fresh(story, town, rng, told, at=filed.astimezone(zone))
        citizen = _citizen(lives, story, town, rng, channel=channels[story.institution], number=number)
        lives.append(Life(citizen, telling, fate, filed, Random(rng.random())))  # noqa: S311 - the same
    return lives


def _shares(cases: int) -> Iterator[Fate]:
    """So many fates by their shares: each once before any twice; what rounding leaves over is closed well."""
    whole = sum(fate.share for fate in FATES)
    wanted = [(fate, max(1, round(fate.share * cases / whole))) for fate in FATES]
    rows = [fate for n in range(cases) for fate, most in wanted if n < most]
    yield from rows[:cases]
    yield from [CLOSED] * (cases - len(rows))


def _topics(town: Town, fates: Sequence[Fate], rng: Random) -> dict[int, Story]:
    """Which cases are voices in a matter that many tell of, by their place."""
    chosen: dict[int, Story] = {}
    for story in (story for story in town.stories if story.voices):
        there = [n for n, fate in enumerate(fates) if n not in chosen and _fits(fate, story) and _meet(fate, story)]
        voices = round(story.voices * len(fates) / FULL)
        chosen |= dict.fromkeys(rng.sample(there, min(voices, len(there))), story)
    return chosen


def _meet(fate: Fate, story: Story) -> bool:
    """Whether the matter was told of when such a case was filed."""
    return fate.ages[0] < story.ago and fate.ages[1] > story.ago - story.over


def _filed(fate: Fate, story: Story, rng: Random, *, now: datetime, zone: ZoneInfo) -> datetime:
    """When the citizen tells it: awake, as old as the fate must be, and in the matter's own days if it has some."""
    youngest, oldest = fate.ages
    if story.voices:
        youngest, oldest = max(youngest, story.ago - story.over), min(oldest, story.ago)
    at = now - timedelta(days=rng.uniform(youngest, oldest))
    awake = waking(at, rng, zone)
    return awake if awake <= now - timedelta(days=youngest) else at


def _fits(fate: Fate, story: Story) -> bool:
    if story.institution not in fate.institutions:
        return False
    if story.urgent:
        return bool(fate.deeds) and fate.fits == "all"
    match fate.fits:
        case "refuse":
            return bool(story.refuse)
        case "pass_on":
            return bool(story.pass_on)
        case "trouble":
            return not (story.calm or story.refuse or story.pass_on)
    return not (story.refuse or story.pass_on)


def _fresh(story: Story, town: Town, rng: Random, told: set[str], *, at: datetime) -> Telling:
    """A telling that nobody has told yet."""
    telling = tell(story, town, rng, at=at)
    while telling.text in told:
        telling = tell(story, town, rng, at=at)
    told.add(telling.text)
    return telling


def _citizen(lives: Sequence[Life], story: Story, town: Town, rng: Random, *, channel: str, number: int) -> Citizen:
    """Somebody new, or somebody who has been here with another matter."""
    known = [
        life.citizen
        for life in lives
        if life.citizen.channel == channel and life.citizen.language == story.language and not life.telling.story.voices
    ]
    if known and not story.voices and rng.random() < COMES_BACK:
        return rng.choice(known)
    surname = rng.choice(town.surnames)
    name = rng.choice([surname + rng.choice(town.given), surname + rng.choice(["女士", "先生"])])
    return Citizen(
        channel=channel,
        address=f"demo-{number:04d}",
        name=rng.choice(town.english_names) if story.language == "en" else name,
        phone=f"1990000{number % 10_000:04d}",
        anonymous=rng.random() < town.anonymous_share,
        language=story.language,
        institution=story.institution,
    )


def _deeds(site: Site, lives: Sequence[Life], *, now: datetime) -> Iterator[tuple[datetime, int, str]]:
    """Every deed of every life: when, whose, what."""
    for place, life in enumerate(lives):
        institution = site.institutions[life.telling.story.institution]
        zone = ZoneInfo(institution.timezone)
        yield life.filed, place, "file"
        done = times(life.fate, life.telling.story, life.rng, filed=life.filed, now=now, zone=zone)
        for at, name in zip(done, life.fate.deeds, strict=True):
            yield at, place, name


async def _photograph(site: Site, life: Life) -> None:
    """Store what the citizen will send, as the edge does before the unit."""
    picture = draw(life.telling.story.photo, life.rng)
    file, _ = await site.evidence.take(f"IMG_{life.rng.randint(1000, 9999)}.jpg", picture)
    life.photos.append(file)


async def _live(site: Site, clock: Clock, town: Town, life: Life, name: str, *, at: datetime) -> None:
    """One deed, and the notices that come of it."""
    if name == "file" and life.telling.story.photo and life.rng.random() < WITH_PHOTO:
        await _photograph(site, life)
    clock.now = await site.store.run(officers.do, site.institutions, town, life, name, at=at)
    if name != "file":
        await _deliver(site)


async def _jobs(site: Site) -> None:
    """What runs in the background."""
    await rounds.ask_back(site, OWNER)
    await clocks.look(site, OWNER)
    await _deliver(site)


async def _deliver(site: Site) -> None:
    while await deliver(site, OWNER):
        pass
