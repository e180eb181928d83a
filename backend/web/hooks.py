"""/hooks/{channel}: where platforms call us. A call is verified, its message kept, and answered; nothing else.

A platform hears 200 when the message is in the database, and not before. What is
wrong with a call is counted and logged without its content.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from typing import TYPE_CHECKING

import structlog
from aiohttp import web

from backend.arrivals import Arrivals
from backend.sending.passing import Passing
from backend.sending.postman import Postman
from backend.services.talks import arriving
from backend.web.errors import Refused as NotFound
from backend.web.health import METRICS
from backend.web.keys import SITE
from bots import Call, Refused, only_answers
from dialogs.messages import Say
from dialogs.speaking.language import closest
from dialogs.wording import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.services.talks.arriving import Arrived
    from backend.site import Site
    from bots import Platform, Taken

log = structlog.get_logger()

MOST_BYTES = 1024 * 1024
"""Of a call: platforms send words and ids, never files."""
ARRIVALS = web.AppKey("arrivals", Arrivals)
PASSING = web.AppKey("passing", Passing)
TYPES = {b"<": "text/xml", b"{": "application/json"}
"""What an answer is, by its first byte; a platform reads none that says something else."""


def setup(app: web.Application) -> None:
    """Add /hooks/{channel}, for GET (a platform asks whether it is us) and POST."""
    owner = f"hooks-{secrets.token_hex(4)}"
    postman = Postman(app[SITE], owner)
    app[ARRIVALS] = Arrivals(app[SITE], owner=owner, postman=postman)
    passing = app[PASSING] = Passing(app[SITE])
    app.on_shutdown.append(lambda _: postman.close())
    app.on_shutdown.append(lambda _: passing.close())
    app.router.add_route("GET", "/hooks/{channel}", hook)
    app.router.add_route("POST", "/hooks/{channel}", hook)


async def hook(request: web.Request) -> web.Response:
    """One call. Raises: Busy, StoreUnavailable: the platform comes again."""
    site, name = request.config_dict[SITE], request.match_info["channel"]
    channel = site.platforms.get(name)
    if channel is None:
        raise NotFound(404, "没有这个渠道。", "There is no such channel.")
    call = await _read(request, site)
    if call is None:
        return _refused(request, name, 413, "larger than any call of a platform")
    try:
        taken = channel.read(call)
    except Refused as why:
        return _refused(request, name, why.status, why.why)
    if taken.echo is not None:
        return web.Response(body=taken.echo, content_type="text/plain")
    if taken.unknown:
        log.info("a kind of call that is not known", channel=name, kind=taken.unknown)
        await request.config_dict[ARRIVALS].set_aside(channel, taken)
    metrics = request.config_dict[METRICS]
    metrics.arrived.labels(name).inc(len(taken.messages))
    began = time.perf_counter()
    body = await _answer(request.config_dict[ARRIVALS], request.config_dict[PASSING], channel, call, taken)
    metrics.answered.labels(name).observe(time.perf_counter() - began)
    return web.Response(body=body, content_type=TYPES.get(body[:1], "text/plain"))


async def _answer(arrivals: Arrivals, passing: Passing, channel: Platform, call: Call, taken: Taken) -> bytes:
    """The body of our answer: what there is to say, where it fits and is ready in time."""
    if not channel.patient:
        arrived = await arrivals.take(channel, taken, passively=False)
        if any(len(each.leased) < len(each.rows) for each in arrived):
            arrivals.site.ring.set()
        return channel.acknowledged(call)
    working = asyncio.ensure_future(arrivals.take(channel, taken, passively=True))
    try:
        arrived = await asyncio.wait_for(asyncio.shield(working), arrivals.patience.total_seconds())
    except TimeoutError:  # what it says goes out as a message of its own
        working.add_done_callback(_logged)
        await arrivals.keep(taken)
        return _wait(channel, call, taken) or channel.acknowledged(call)
    return await _said(arrivals, passing, channel, call, arrived) or channel.acknowledged(call)


async def _said(
    arrivals: Arrivals, passing: Passing, channel: Platform, call: Call, arrived: Sequence[Arrived]
) -> bytes | None:
    """What there is to say, as the body of our answer; None: nothing, or it goes by itself."""
    site, says = arrivals.site, [say for each in arrived for say in each.says]
    body = channel.passive(call, says) if says else None
    if body is not None and not passing.behind and all(each.fresh for each in arrived if each.rows):
        passing.went(arrived)
        return body
    if body is not None and await site.store.run(arriving.pass_on, arrived, at=site.clock()):
        return body
    if says:
        await site.store.run(arriving.release, arrived, at=site.clock())
        site.ring.set()
    return None


def _wait(channel: Platform, call: Call, taken: Taken) -> bytes | None:
    """Where nothing can be sent later by itself, who wrote is told how to get the answer; None: it comes by itself."""
    if not only_answers(channel) or not taken.messages:
        return None
    return channel.passive(call, [Say(phrase(closest(taken.messages[0].language), "unread.wait"))])


def _logged(done: asyncio.Task[list[Arrived]]) -> None:
    """Nobody waits for it any more; its trouble is told here."""
    if not done.cancelled() and (trouble := done.exception()) is not None:
        log.error("a message was not taken in time", why=repr(trouble))


async def _read(request: web.Request, site: Site) -> Call | None:
    """The call; None: it is too large."""
    if (request.content_length or 0) > MOST_BYTES:
        return None
    body = bytearray()
    while piece := await request.content.readany():
        body += piece
        if len(body) > MOST_BYTES:
            return None
    headers = {name.lower(): value for name, value in request.headers.items()}
    return Call(request.method, dict(request.query), headers, bytes(body), site.clock())


def _refused(request: web.Request, channel: str, status: int, why: str) -> web.Response:
    request.config_dict[METRICS].refused.labels(channel, status).inc()
    log.warning("a call to a hook was refused", channel=channel, status=status, why=why)
    return web.Response(status=status)
