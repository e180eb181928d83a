"""Reports that are being made beside the requests, and those that were made just now: a page never waits for one long.

Kept in this process alone, for five minutes: page, Word file and sheets of one
report so tell the same. Another process makes it again.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from aiohttp import web

from backend.reporting import making
from backend.reporting.making import Cancelled

if TYPE_CHECKING:
    from datetime import date, datetime

    from backend.domain.scope import Scope
    from backend.reporting.table import Kind
    from backend.reports.figures import Asked
    from backend.reports.written import Said, Written
    from backend.site import Site

KEPT = timedelta(minutes=5)
MOST = 12
"""Reports that are kept; the oldest go."""
AT_ONCE = 2
"""Reports that are made at a time: they read much, and others want to work."""
PATIENCE = 2.0
"""Seconds that a page waits before it shows how far the report is."""

Key = tuple[str, "Scope", str | None, "date", "date", str, int]


@dataclass
class Job:
    """One report on its way."""

    begun: datetime
    doing: Said | None = None
    done: int = 0
    whole: int = 1
    cancelled: bool = False
    task: asyncio.Task[Written] | None = None

    def __call__(self, doing: Said, done: int, whole: int) -> None:
        """How far it is, told by the thread that makes it. Raises: Cancelled."""
        if self.cancelled:
            raise Cancelled
        self.doing, self.done, self.whole = doing, done, whole


@dataclass
class Made:
    """What there is, by what was asked."""

    jobs: dict[Key, Job] = field(default_factory=dict)
    turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def get(self, site: Site, kind: Kind, asked: Asked, *, patience: float | None = None) -> Written | Job:
        """The report, made lately or within that patience; else how far it is. Raises: what went wrong in making it."""
        key, job = key_of(kind, asked), self.jobs.get(key_of(kind, asked))
        if job is None or (_ended(job) and site.clock() - job.begun > KEPT):
            job = self.jobs[key] = Job(site.clock())
            job.task = asyncio.create_task(self._make(site, kind, asked, job))
            self._tidy()
        task = job.task
        if task is None:
            return job
        await asyncio.wait({task}, timeout=PATIENCE if patience is None else patience)
        if not task.done():
            return job
        if task.cancelled() or task.exception() is not None:
            self.jobs.pop(key, None)
        return task.result()

    def stop(self, kind: Kind, asked: Asked) -> None:
        """Nobody wants it any more; what is made already stays."""
        job = self.jobs.get(key_of(kind, asked))
        if job is not None and not _ended(job):
            job.cancelled = True
            del self.jobs[key_of(kind, asked)]

    async def close(self) -> None:
        """The process ends."""
        for job in self.jobs.values():
            job.cancelled = True
        for job in self.jobs.values():
            if job.task is not None:
                with suppress(Cancelled, Exception):
                    await job.task

    async def _make(self, site: Site, kind: Kind, asked: Asked, job: Job) -> Written:
        async with self.turn:
            return await site.store.read(making.make, kind, asked, progress=job)

    def _tidy(self) -> None:
        ended = [key for key, job in self.jobs.items() if _ended(job)]  # in the order in which they were asked for
        for key in ended[: max(0, len(ended) - MOST)]:
            del self.jobs[key]


MADE: web.AppKey[Made] = web.AppKey("reports", Made)


def setup(app: web.Application) -> None:
    """One for the process."""
    app[MADE] = made = Made()

    async def close(_app: web.Application) -> None:
        await made.close()

    app.on_shutdown.append(close)


def key_of(kind: Kind, asked: Asked) -> Key:
    """Two who see the same get the same."""
    return kind.key, asked.scope, asked.home, asked.whole.first, asked.whole.last, asked.whole.kind, asked.minutes


def _ended(job: Job) -> bool:
    return job.task is not None and job.task.done()
