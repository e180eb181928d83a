"""Is it alive, is it ready, and how is it doing: for whoever runs it. No personal data."""

from __future__ import annotations

import asyncio
import math
import time
from typing import TYPE_CHECKING

import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from backend.store.errors import Busy, StoreUnavailable
from backend.web.counting import ChannelGauges
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

log = structlog.get_logger()

QUIET_SECONDS = 60.0
"""The same trouble is logged no more often; and so long after a full disk we do not call ourselves ready."""
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """What is counted, in a registry of this application's own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Histogram(
            "jiesu_request_seconds",
            "How long answers took, by route; streams are not counted",
            ("method", "route", "status"),
            buckets=SECONDS,
            registry=self.registry,
        )
        self.messages = Counter(
            "jiesu_messages",
            "Messages taken from citizens, by channel and outcome (done, failed: kept but not understood)",
            ("channel", "outcome"),
            registry=self.registry,
        )
        self.arrived = Counter(
            "jiesu_received",
            "Messages that platforms brought to a hook, by channel; a redelivery counts again",
            ("channel",),
            registry=self.registry,
        )
        self.answered = Histogram(
            "jiesu_hook_seconds",
            "How long a platform waited for our answer, by channel",
            ("channel",),
            buckets=SECONDS,
            registry=self.registry,
        )
        self.refused = Counter(
            "jiesu_refused",
            "Calls to hooks that were not from the platform, or no message, by channel and status",
            ("channel", "status"),
            registry=self.registry,
        )
        self.channels = ChannelGauges(self.registry)
        self.streams = Gauge("jiesu_streams", "Chat pages that are listening now", registry=self.registry)


class Database:
    """What requests ran into: told in the log, but not for each of them; and remembered for who asks whether we are ready."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock  # seconds, only ever forward
        self._told: dict[str, float] = {}  # sentence -> when it was logged last
        self._full = -math.inf  # when a write failed for want of space

    def failed(self, error: StoreUnavailable) -> None:
        """A request could not be served for this reason."""
        now, words = self._clock(), str(error)
        if error.full:
            self._full = now
        self._told = {sentence: at for sentence, at in self._told.items() if at > now - QUIET_SECONDS}
        if words not in self._told:
            self._told[words] = now
            log.error("the database cannot be used", why=words)

    @property
    def full(self) -> bool:
        """Whether a write failed for want of space in the last minute; reading goes on."""
        return self._clock() < self._full + QUIET_SECONDS


DATABASE = web.AppKey("database", Database)
METRICS = web.AppKey("metrics", Metrics)


def setup(app: web.Application) -> None:
    """Add /health/live, /health/ready and /metrics."""
    app[METRICS] = Metrics()
    app[DATABASE] = Database()
    app.router.add_get("/health/live", live)
    app.router.add_get("/health/ready", ready)
    app.router.add_get("/metrics", metrics)


async def live(_: web.Request) -> web.Response:
    """The process answers."""
    return web.json_response({"status": "live"})


async def ready(request: web.Request) -> web.Response:
    """The database can be used and has this program's schema; else 503 and a word, for anybody may ask. The log tells more."""
    store, database = request.config_dict[SITE].store, request.config_dict[DATABASE]
    try:
        current = await asyncio.to_thread(store.is_current)
    except Busy:
        return _not_ready("database")
    except StoreUnavailable as error:
        database.failed(error)
        return _not_ready("database")
    if not current:
        return _not_ready("the database's schema is not this program's; run jiesu migrate")
    return _not_ready("database") if database.full else web.json_response({"status": "ready"})


def _not_ready(why: str) -> web.Response:
    return web.json_response({"status": "not ready", "why": why}, status=503)


async def metrics(request: web.Request) -> web.Response:
    """The counts, in Prometheus' text format; those of the store are as they were where it cannot be read."""
    counted, database = request.config_dict[METRICS], request.config_dict[DATABASE]
    try:
        await counted.channels.refresh(request.config_dict[SITE], at=time.monotonic())
    except Busy:
        pass
    except StoreUnavailable as error:
        database.failed(error)
    body = generate_latest(counted.registry)
    return web.Response(body=body, headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})


@web.middleware
async def measure(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Time every answer, by its route and not its address, which may say whose it is."""
    began = time.perf_counter()
    status = 500
    try:
        response = await handler(request)
        status = response.status
    except web.HTTPException as error:
        status = error.status
        raise
    else:
        return response
    finally:
        resource = request.match_info.route.resource
        route = resource.canonical if resource else "none"
        if not route.endswith("/stream"):
            seconds = time.perf_counter() - began
            request.config_dict[METRICS].requests.labels(request.method, route, str(status)).observe(seconds)
