"""Live pages: each is told the number and version of a case that changed, and fetches what it needs itself.

One task a process asks the store each second what changed, and only while
somebody listens. A stream holds no database connection; each quarter of a
minute it makes sure that its session still lasts.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog
from aiohttp import web

from backend.domain import rights, scope
from backend.domain.scope import EVERYTHING
from backend.services.office import accounts
from backend.store.errors import Busy, StoreUnavailable
from backend.web import sessions
from backend.web.errors import Refused
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from backend.domain.case import Actor
    from backend.store.engine import Store
    from backend.store.work import UnitOfWork
    from backend.store.worklist import Change

log = structlog.get_logger()

EVERY = 1.0  # seconds between two looks
AGAIN = 5.0
"""Seconds that are looked at again: PostgreSQL commits events out of their numbers' order."""
HEARTBEAT = 15.0  # seconds
MOST_AT_ONCE = 500
"""Events read in one look; a page that missed more is told to fetch everything."""
MOST_WAITING = 200
"""Changes that wait for one slow reader; beyond, it loses the oldest and fetches less often."""
MOST = 500
"""Streams of one process."""


@dataclass(eq=False, slots=True)
class Listener:
    """One open page."""

    actor: Actor
    queue: asyncio.Queue[Change | None] = field(default_factory=lambda: asyncio.Queue(MOST_WAITING))

    def tell(self, change: Change | None) -> None:
        """A change it may know of; None: this is the end."""
        if change is not None and not rights.sees(self.actor, change):
            return
        if self.queue.full():
            self.queue.get_nowait()
        self.queue.put_nowait(change)


class Feed:
    """Everybody who listens, and what was told already."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._listeners: set[Listener] = set()
        self._needed = asyncio.Event()
        self._told: set[int] = set()  # events of the last seconds
        self._looks: deque[tuple[float, int]] = deque()  # (when, the newest event then)

    def add(self, actor: Actor) -> Listener:
        """Somebody listens from now on. Raises: Refused."""
        if len(self._listeners) >= MOST:
            raise Refused(503, "打开的页面太多了，请稍后再试。", "Too many pages are open; try again later.")
        listener = Listener(actor)
        self._listeners.add(listener)
        self._needed.set()
        return listener

    def remove(self, listener: Listener) -> None:
        """They have gone."""
        self._listeners.discard(listener)

    def close(self) -> None:
        """End every stream."""
        for listener in self._listeners:
            listener.tell(None)

    async def run(self) -> None:
        """Look each second while anybody listens, until cancelled."""
        while True:
            if not self._listeners:
                self._looks.clear()
                self._told.clear()
                self._needed.clear()
                await self._needed.wait()
            try:
                await self.look(time.monotonic())
            except (Busy, StoreUnavailable) as error:
                log.warning("desk pages wait for the database", why=str(error))
            except Exception:
                log.exception("desk pages were not looked after")
            await asyncio.sleep(EVERY)

    async def look(self, now: float) -> None:
        """Tell everybody what is new; ``now`` in seconds, only ever forward."""
        if not self._looks:
            self._looks.append((now, await self._store.read(_newest)))
            return
        floor = self._floor(now)
        changes = await self._store.read(_changes, floor, MOST_AT_ONCE)
        fresh = [change for change in changes if change.event not in self._told]
        self._told = {event for event in self._told if event > floor} | {change.event for change in fresh}
        newest = max([self._looks[-1][1], *(change.event for change in fresh)])
        self._looks.append((now, newest))
        for change in last_of_each(fresh):
            for listener in self._listeners:
                listener.tell(change)

    def _floor(self, now: float) -> int:
        """The newest event of a look some seconds ago."""
        while len(self._looks) > 1 and self._looks[1][0] <= now - AGAIN:
            self._looks.popleft()
        return self._looks[0][1]


FEED = web.AppKey("desk_feed", Feed)


def setup(app: web.Application) -> None:
    """The stream, and the task behind it as long as the application runs."""
    app[FEED] = Feed(app[SITE].store)
    app.router.add_get("/desk/stream", stream)
    app.cleanup_ctx.append(_running)
    app.on_shutdown.append(_end)


async def stream(request: web.Request) -> web.StreamResponse:
    """Server-sent events ``{"number","version"}``, first what happened since event ``after``."""
    session = await sessions.current(request)
    if session is None or session.must_change:
        return web.Response(status=204)  # which tells a browser not to ask again
    feed = request.app[FEED]
    listener = feed.add(session.actor)
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    try:
        await response.prepare(request)
        await response.write(b"retry: 3000\n\n")
        for change in last_of_each(await _missed(request, session.actor)):
            await response.write(_event(change))
        await _follow(request, response, listener, session)
    except ConnectionResetError:  # the reader has gone
        pass
    finally:
        feed.remove(listener)
    return response


def last_of_each(changes: Iterable[Change]) -> list[Change]:
    """Only the newest change of each case."""
    return list({change.number: change for change in changes}.values())


async def _follow(
    request: web.Request, response: web.StreamResponse, listener: Listener, session: sessions.Session
) -> None:
    """Pass on what comes, until we shut down or the session is over."""
    site = request.app[SITE]
    while True:
        try:
            change = await asyncio.wait_for(listener.queue.get(), HEARTBEAT)
        except TimeoutError:
            if await site.store.read(accounts.signed_in, session.id_hash, at=site.clock()) is None:
                return
            await response.write(b": still here\n\n")
            continue
        if change is None:
            return
        await response.write(_event(change))


async def _missed(request: web.Request, actor: Actor) -> list[Change]:
    """What happened between the making of the page, or its last event, and now."""
    after = request.headers.get("Last-Event-ID") or request.query.get("after", "")
    if not (after.isascii() and after.isdecimal() and len(after) < 19):
        return []
    return await request.app[SITE].store.read(_changes, int(after), MOST_AT_ONCE, actor)


def _event(change: Change) -> bytes:
    told = json.dumps({"number": change.number, "version": change.version})
    return f"id: {change.event}\ndata: {told}\n\n".encode()


async def _running(app: web.Application) -> AsyncIterator[None]:
    task = asyncio.create_task(app[FEED].run(), name="desk-feed")
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _end(app: web.Application) -> None:
    app[FEED].close()


def _newest(work: UnitOfWork) -> int:
    return work.worklist.last_event()


def _changes(work: UnitOfWork, after: int, limit: int, actor: Actor | None = None) -> list[Change]:
    return work.worklist.changes(after, scope=EVERYTHING if actor is None else scope.of(actor), limit=limit)
