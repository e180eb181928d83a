"""Reports that are being made beside the requests, and those that were made just now: a page never waits for one long.

Kept in this process alone, for five minutes: page, Word file and sheets of one
report so tell the same. Another process, or this one after a restart, makes it
again. Two who see the same wait for the same; it ends when the last of them has
said that they do not want it. Whoever goes away without a word may come back.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
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

log = structlog.get_logger()

KEPT = timedelta(minutes=5)
MOST = 12
"""Reports that are kept; the oldest go."""
AT_ONCE = 2
"""Reports that are made at a time: they read much, and others want to work."""
EACH = 4
"""Reports that one person may have on their way."""
PATIENCE = 2.0
"""Seconds that a page waits before it shows how far the report is."""

Key = tuple[str, "Scope", str | None, "date", "date", str, int]


class Enough(Exception):
    """Somebody has asked for more reports than anybody reads at a time."""


@dataclass
class Job:
    """One report on its way. ``of``: who wait for it."""

    begun: datetime
    of: set[str] = field(default_factory=set)
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

    async def get(
        self, site: Site, kind: Kind, asked: Asked, *, by: str, patience: float | None = None
    ) -> Written | Job:  # fmt: skip
        """The report, made lately or within that patience; else how far it is.

        Raises: Cancelled, Enough; what went wrong in making it.
        """
        key, job = key_of(kind, asked), self.jobs.get(key_of(kind, asked))
        if job is None or (_ended(job) and site.clock() - job.begun > KEPT):
            if sum(by in one.of and not _ended(one) for one in self.jobs.values()) >= EACH:
                raise Enough
            job = self.jobs[key] = Job(site.clock())
            job.task = asyncio.create_task(self._make(site, kind, asked, job))
            job.task.add_done_callback(_heard)
            self._tidy()
        job.of.add(by)
        task = job.task
        if task is None:
            return job
        await asyncio.wait({task}, timeout=PATIENCE if patience is None else patience)
        if not task.done():
            return job
        if (task.cancelled() or task.exception() is not None) and self.jobs.get(key) is job:
            del self.jobs[key]
        return task.result()

    def stop(self, kind: Kind, asked: Asked, *, by: str) -> None:
        """They want it no more; what is made already stays, and so does what somebody else waits for."""
        job = self.jobs.get(key_of(kind, asked))
        if job is None or _ended(job):
            return
        job.of.discard(by)
        if not job.of:
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
            if job.cancelled:
                raise Cancelled
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


def _heard(task: asyncio.Task[Written]) -> None:
    """Whoever waited may be gone: what went wrong is told all the same."""
    if not task.cancelled() and (error := task.exception()) is not None and not isinstance(error, Cancelled):
        log.warning("a report could not be made", why=type(error).__name__)


def _ended(job: Job) -> bool:
    return job.task is not None and job.task.done()
