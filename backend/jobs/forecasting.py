"""Each night, what the clocks that ended tell of those that run."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from backend.jobs.learning import LEASE, night
from backend.services.cases import forecasting

if TYPE_CHECKING:
    from datetime import date, datetime

    from backend.jobs.learning import School
    from backend.store.work import UnitOfWork

log = structlog.get_logger()

JOB = "forecast"


async def learn(site: School, owner: str) -> int:
    """At night, once for each institution that has cases."""
    at = site.clock()
    nights = {key: day for key in site.institutions if (day := night(site, key, at)) is not None}
    if not nights:
        return 0
    for key in await site.store.read(_waiting, nights, at=at):
        if await site.store.run(_begin, key, nights[key], owner=owner, at=at):
            await teach(site, key, at=at)
            await site.store.run(_end, key, nights[key], owner=owner, at=site.clock())
    return 0


async def teach(site: School, key: str, *, at: datetime) -> None:
    """Learn now from the cases that this institution has, and serve it."""
    lives = await site.store.read(forecasting.ground, key, at=at)
    told = await asyncio.to_thread(forecasting.lesson, site.institutions[key], lives, at=at)
    await site.store.run(forecasting.keep, key, told, at=site.clock())
    log.info("forecast learnt", institution=key, glimpses=told.learnt.n, better=told.learnt.better)


def _waiting(work: UnitOfWork, nights: dict[str, date], *, at: datetime) -> list[str]:
    since = (at - forecasting.SINCE - timedelta(days=1)).date()
    taken = {day: work.nights.taken(JOB, day, now=at) for day in set(nights.values())}
    there = work.forecasts.institutions(since=since) & nights.keys()
    return sorted(key for key in there if key not in taken[nights[key]])


def _begin(work: UnitOfWork, key: str, day: date, *, owner: str, at: datetime) -> bool:
    return work.nights.begin(JOB, key, day, owner=owner, now=at, until=at + LEASE)


def _end(work: UnitOfWork, key: str, day: date, *, owner: str, at: datetime) -> bool:
    return work.nights.end(JOB, key, day, owner=owner, now=at)
