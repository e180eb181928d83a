"""Hot topics for the page of numbers: found beside the requests, kept for ten minutes, none that a reader may not see.

Finding them reads every letter, which takes seconds: a page never waits for it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from aiohttp import web

from backend.domain.scope import Scope
from backend.services.office import topics
from nlp.topics import hot

if TYPE_CHECKING:
    from backend.site import Site
    from nlp.topics.hot import Topic

KEPT = timedelta(minutes=10)
STRETCH = timedelta(days=7)
MOST = 300
"""Cases that are looked at, the newest: two seconds of work."""
SHOWN = 8

Key = tuple[str | None, bool]
"""The institution (None: all), and whether sealed cases are among them."""


@dataclass(frozen=True, slots=True)
class Found:
    """The hottest, as it was then."""

    at: datetime
    topics: tuple[Topic, ...]
    cut: bool  # there were more cases than are looked at


@dataclass
class Hot:
    """What was found, by whose it is, and what is being found now."""

    found: dict[Key, Found] = field(default_factory=dict)
    tasks: dict[Key, asyncio.Task[None]] = field(default_factory=dict)

    def newest(self, site: Site, scope: Scope, home: str | None) -> Found | None:
        """What was found last; where that is old, more is being found from now on. None: nothing yet."""
        key = (home, scope.named is None)
        kept, running = self.found.get(key), self.tasks.get(key)
        old = kept is None or site.clock() - kept.at > KEPT
        if old and (running is None or running.done()):
            self.tasks[key] = asyncio.create_task(self._find(site, key, scope, home))
        return kept

    async def _find(self, site: Site, key: Key, scope: Scope, home: str | None) -> None:
        at = site.clock()
        seen = Scope(home or scope.institution, named=None if scope.named is None else "")
        told = await site.store.read(topics.newest, seen, since=at - STRETCH, limit=MOST + 1)
        found = await asyncio.to_thread(hot.topics, told[-MOST:])
        self.found[key] = Found(at, found[:SHOWN], cut=len(told) > MOST)


HOT = web.AppKey("desk.hot", Hot)


def setup(app: web.Application) -> None:
    """Begin with nothing; what is being found ends with the server."""
    app[HOT] = Hot()
    app.on_cleanup.append(_stop)


async def _stop(app: web.Application) -> None:
    tasks = [task for task in app[HOT].tasks.values() if not task.done()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
