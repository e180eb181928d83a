"""Learning by night, and noticing by day what was put live or taken back, here or elsewhere."""

from __future__ import annotations

import asyncio
from datetime import time, timedelta
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

import structlog

from backend.domain.lifecycle import SYSTEM
from backend.services.office import learning
from backend.services.office.learning import LearntMeanwhile
from nlp.understand import CLASSIFIERS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from backend.services.office.served import Served
    from backend.store.engine import Store
    from backend.store.work import UnitOfWork

log = structlog.get_logger()

JOB = "learn"
OPENS, CLOSES = time(2, 30), time(5, 0)
"""When nobody waits for the machine, by the institution's own clock."""
LEASE = timedelta(minutes=20)
"""Learning takes a minute at most; whoever has not ended by then is gone."""


class School(Protocol):
    """What learning needs of a Site."""

    @property
    def store(self) -> Store:
        """Where cases and versions are."""

    @property
    def institutions(self) -> Served:
        """As they are served."""

    @property
    def clock(self) -> Callable[[], datetime]:
        """Aware, UTC."""


async def follow(site: School, _owner: str) -> int:
    """Serve the versions that are live in the store; sort out the words of those that changed."""
    changed = site.institutions.follow(await site.store.read(learning.live))
    for institution in changed:
        await asyncio.to_thread(CLASSIFIERS.of, institution)
    return 0


async def learn(site: School, owner: str) -> int:
    """At night, once for each institution that has cases: learn, check, and put live what passes."""
    at = site.clock()
    nights = {key: day for key in site.institutions if (day := night(site, key, at)) is not None}
    if not nights:
        return 0
    for key in await site.store.read(_waiting, nights, at=at):
        if await site.store.run(_begin, key, nights[key], owner=owner, at=at):
            await _learn(site, key)
            await site.store.run(_end, key, nights[key], owner=owner, at=site.clock())
    return 0


def night(site: School, key: str, at: datetime) -> date | None:
    """The local day whose night it is there; None: it is not the hour."""
    local = at.astimezone(ZoneInfo(site.institutions[key].timezone))
    return local.date() if OPENS <= local.time() < CLOSES else None


async def _learn(site: School, key: str) -> None:
    ground = await site.store.read(learning.ground, key)
    lesson = await asyncio.to_thread(learning.lesson, ground, site.institutions.shipped[key])
    try:
        kept = await site.store.run(learning.record, lesson, by=SYSTEM, at=site.clock())
    except LearntMeanwhile as error:
        log.warning("not learnt", institution=key, why=str(error))
        return
    log.info("learnt", institution=key, what=learning.told(lesson, kept))
    await follow(site, "")


def _waiting(work: UnitOfWork, nights: dict[str, date], *, at: datetime) -> list[str]:
    taken = {day: work.nights.taken(JOB, day, now=at) for day in set(nights.values())}
    return sorted(key for key in work.models.institutions() & nights.keys() if key not in taken[nights[key]])


def _begin(work: UnitOfWork, key: str, day: date, *, owner: str, at: datetime) -> bool:
    return work.nights.begin(JOB, key, day, owner=owner, now=at, until=at + LEASE)


def _end(work: UnitOfWork, key: str, day: date, *, owner: str, at: datetime) -> bool:
    return work.nights.end(JOB, key, day, owner=owner, now=at)
