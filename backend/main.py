"""The composition root: settings become a Site, a Site is served, its jobs run, and all of it ends in order."""

from __future__ import annotations

import asyncio
import errno
import os
import secrets
import signal
import socket
import sys
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog
import uvloop
from aiohttp import web

from backend import channels
from backend.channels import Around, attending
from backend.channels.tokens import StoredTokens
from backend.jobs import rounds
from backend.services.files.evidence import EvidenceFiles
from backend.services.office import learning, left, wording, yearly
from backend.services.office.institutions import load as load_institutions
from backend.services.office.served import Served
from backend.services.talks import reach
from backend.settings import TERMINAL, cache_folder, secret
from backend.site import Site
from backend.store import schema
from backend.store.engine import open_store
from backend.web import connections
from backend.web.app import build
from backend.web.health import METRICS
from dialogs.messages import ChatMoved, Result
from nlp import segment
from nlp.understand import understand

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Mapping

    from backend.settings import Settings
    from backend.store.engine import Store
    from bots import Channel
    from dialogs.messages import News
    from institutions.model import Institution

log = structlog.get_logger()

FINISH_SECONDS = 5.0
"""How long requests that are being answered, and rounds of the jobs, may take once we are told to end."""
TURN_SECONDS = 0.0005
"""How long one thread keeps another from Python. The store's writer gives way at every statement; at Python's own 5 ms
the loop would let it wait that long a dozen times a message: measured, half as many messages a second."""


NO_ADDRESS = "correct `listen` in jiesu.toml"


class CannotListen(Exception):
    """Nobody could reach us there; the sentence says what to do."""

    def __init__(self, what: str, do: str) -> None:
        super().__init__(f"{what}; {do}")


def now() -> datetime:
    """The clock of a running Jiesu."""
    return datetime.now(UTC)


def compose(settings: Settings, *, clock: Callable[[], datetime] = now, several: bool = False) -> Site:
    """Everything that a running Jiesu holds; its store is the caller's to close. ``several``: processes serve beside it.

    Raises: BadSettings, KeyNotKept, BadInstitution, StoreUnavailable, EvidenceUnavailable.
    """
    institutions = load_institutions(
        yearly.days(settings.calendar_place), own=settings.institutions_place, address=settings.url
    )
    homes = homes_of(settings, institutions)
    store = open_store(settings.database_url, several=several)
    try:
        schema.require_current(store)
        served = Served(institutions, store.read_now(left.of, institutions))
        served.follow(store.read_now(learning.live))
        served.speak(store.read_now(wording.live))
        for key, n in store.read_now(left.cases, institutions).items():
            log.warning("cases of an institution that is not served; put its file back", institution=key, cases=n)
        made = channels_of(settings, store, served, homes, clock)
        return Site(
            settings=settings,
            store=store,
            institutions=served,
            channels=made,
            platforms=channels.platforms(made),
            homes=homes,
            evidence=EvidenceFiles(settings.evidence_place),
            clock=clock,
            secret=secret(settings),
        )
    except BaseException:
        store.close()
        raise


def channels_of(
    settings: Settings,
    store: Store,
    served: Served,
    homes: Mapping[str, str],
    clock: Callable[[], datetime],
) -> dict[str, Channel]:
    """Those in the settings, and the terminal's. Raises: BadSettings."""

    async def hear(news: News) -> None:
        """What a platform tells while we send."""
        at = clock()
        await store.run(reach.note, served, served[homes[_channel_of(news)]], news, at=at)

    return channels.build(settings, Around(settings.url, clock, tokens=partial(StoredTokens, store, clock), news=hear))


def _channel_of(news: News) -> str:
    return news.channel if isinstance(news, Result | ChatMoved) else news.peer.channel


def homes_of(settings: Settings, institutions: Mapping[str, Institution]) -> dict[str, str]:
    """Whose dialog each channel talks. Raises: BadSettings: an institution that does not exist."""
    named = {"institution": settings.institution}
    named |= {f"channel.{n}.institution": c.institution for n, c in enumerate(settings.channel) if c.institution}
    for key, name in named.items():
        if name not in institutions:
            raise settings.wrong(
                key, f"there is no institution {name!r}; choose one of: {', '.join(sorted(institutions))}"
            )
    homes = {each.name: each.institution or settings.institution for each in settings.channel}
    return homes | {TERMINAL: settings.institution}


def listen(
    settings: Settings,
    *,
    otherwise: str = "`make run PORT=9000`, or `listen` in jiesu.toml",
    shared: bool = False,
) -> socket.socket:
    """Take the port before anything else is done; ``otherwise``: how another is chosen. Raises: CannotListen.

    ``shared``: with processes of ours, among which the system divides who
    connects, as soon as each of them can answer.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    address = (settings.host, settings.port)
    try:
        if shared:
            return _bound(address, family)
        return socket.create_server(address, family=family, backlog=connections.WAITING)
    except OSError as error:
        raise _cannot_listen(settings, error, otherwise) from error
    except ValueError as error:  # no name that any machine could have
        raise CannotListen(f"{settings.host!r} is no address of this machine", NO_ADDRESS) from error


def _bound(address: tuple[str, int], family: socket.AddressFamily) -> socket.socket:
    """The port, but nobody is let in yet: the loop does that when it can answer."""
    bound = socket.socket(family)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        bound.bind(address)
    except BaseException:
        bound.close()
        raise
    return bound


def _cannot_listen(settings: Settings, error: OSError, otherwise: str) -> CannotListen:
    port = settings.port
    if error.errno == errno.EADDRINUSE:
        return CannotListen(f"port {port} is taken", f"choose another with {otherwise}")
    if error.errno in {errno.EACCES, errno.EPERM}:
        return CannotListen(f"port {port} may not be used by this user", f"choose one above 1023 with {otherwise}")
    return CannotListen(f"{settings.host} is no address of this machine", NO_ADDRESS)


async def serve(
    site: Site,
    listening: socket.socket,
    *,
    jobs: bool = True,
    attend: bool = True,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Answer requests until SIGINT or SIGTERM; ``ready`` is called when the first one would be answered.

    ``attend``: keep in touch with the platforms too, as one of several processes does.
    """
    connections.raise_limit()
    await asyncio.to_thread(warm, site)
    app = build(site)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=FINISH_SECONDS)
    try:
        await runner.setup()
        server = await connections.listen(runner, listening)
        touch = partial(attending.attend, site, count=lambda name, n: app[METRICS].arrived.labels(name).inc(n))
        async with _until_stopped(site, jobs=jobs, beside=touch if attend else None):
            ready()
        server.close()
    finally:
        listening.close()
        await runner.cleanup()
        await attending.close(site)


async def work(site: Site, *, ready: Callable[[], None] = lambda: None) -> None:
    """Run the background jobs until SIGINT or SIGTERM."""
    try:
        async with _until_stopped(site, jobs=True):
            ready()
    finally:
        await attending.close(site)


@asynccontextmanager
async def _until_stopped(
    site: Site, *, jobs: bool, beside: Callable[[asyncio.Event], Coroutine[Any, Any, None]] | None = None
) -> AsyncIterator[None]:
    """Run the jobs, and leave when somebody tells us to stop; a second signal ends the process at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stop.set)
    turns = (*rounds.FOLLOWING, *(rounds.ROUNDS if jobs else ()))
    waiting: set[asyncio.Task[Any]] = {
        asyncio.create_task(stop.wait()),
        asyncio.create_task(rounds.run(site, owner(), stop, turns)),
        *([asyncio.create_task(beside(stop))] if beside else ()),
    }
    try:
        yield
        ended, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for task in ended:
            task.result()  # jobs never end but by an error
    finally:
        for sign in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(sign)
        stop.set()
        await settle(*waiting)


async def settle(*tasks: asyncio.Task[Any]) -> None:
    """Wait for tasks that were told to end, and cancel those that take too long."""
    await asyncio.wait(tasks, timeout=FINISH_SECONDS)
    await cancel(*tasks)


async def cancel(*tasks: asyncio.Task[Any]) -> None:
    """End tasks and wait until they have."""
    for task in tasks:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError, Exception):  # who waited for it has heard of it
            await task


def warm(site: Site) -> None:
    """Load the words and sort out each dialog's, so that the first citizen need not wait for it."""
    if (folder := cache_folder(os.environ)) is not None:
        segment.prepare(folder)
    for home in sorted(set(site.homes.values())):
        understand("你好", now=site.clock(), institution=site.institutions[home])


def owner() -> str:
    """Who leases notices: this process, told apart from every other on any machine."""
    return f"{socket.gethostname()[:24]}-{os.getpid()}-{secrets.token_hex(4)}"


def run(doing: Coroutine[Any, Any, None]) -> None:
    """Run the event loop until that is done."""
    sys.setswitchinterval(TURN_SECONDS)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(doing)
