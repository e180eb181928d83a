"""The citizen's web chat: the page, and the calls that its script makes.

HTTP only. What a message is, bots/web.py says; what it does, intake; who is
listening, live.py.
"""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol, cast
from zoneinfo import ZoneInfo

import aiohttp_jinja2
import structlog
from aiohttp import web

from backend import arrivals
from backend.domain import numbers
from backend.services.talks import intake, places
from backend.store.errors import Busy, StoreUnavailable
from backend.store.evidence import NoSuchEvidence
from backend.web import chat_words, files, inbox, languages, live, talk, visitor
from backend.web.errors import Refused, hung_up
from backend.web.health import METRICS
from backend.web.keys import SITE
from backend.web.limits import address, check
from backend.web.live import LIVE
from bots import BadMessage, Channel
from dialogs.messages import Peer
from dialogs.wording import named

if TYPE_CHECKING:
    from datetime import datetime

    from backend.site import Site
    from backend.store.evidence import EvidenceRow
    from backend.store.journal import Saying
    from backend.store.places import Place
    from backend.store.work import UnitOfWork
    from backend.web.inbox import Sent
    from dialogs.messages import Inbound
    from institutions.model import Institution

log = structlog.get_logger()

KIND: str = "web"
HEARTBEAT = 15.0
"""Seconds between two signs of life of a stream; proxies cut silent connections."""
TOPICS = 6
"""Examples, or categories, that a first visit is shown to begin with."""
SEQ = re.compile(r"\d{1,9}", re.ASCII)


class WebChannel(Channel, Protocol):
    """What this page needs of its channel."""

    def parse(self, peer: Peer, payload: object) -> Inbound:
        """Raises: BadMessage."""
        ...


def setup(app: web.Application) -> None:
    """Add the page and its calls."""
    live.setup(app, app[SITE].store)
    for bare in ("/", "/chat", "/chat/"):
        app.router.add_get(bare, front)
    chat = "/chat/{channel}"
    app.router.add_get(chat, page)
    app.router.add_get(chat + "/messages", news)
    app.router.add_post(chat + "/messages", send)
    app.router.add_get(chat + "/stream", stream)
    app.router.add_get(chat + r"/files/{id:\d{1,18}}", file)


async def front(request: web.Request) -> web.Response:
    """A citizen who typed no channel's name: the first one's page."""
    for name in _pages(request.config_dict[SITE]):
        raise web.HTTPFound(f"/chat/{name}")
    raise web.HTTPNotFound


async def page(request: web.Request) -> web.Response:
    """The chat, with everything said so far."""
    site, channel = request.config_dict[SITE], _channel(request)
    who = visitor.recognised(request)
    if who is None:
        check(request, "chat.newcomer", address(request))
        who = visitor.new()
    check(request, "chat.look", who)
    said = await site.store.read(talk.load, Peer(channel.name, who))
    here = await _place(site, request.query.get("place", ""))
    language = said.person.language if said.person else languages.spoken(request)
    institution, words = site.institution_of(channel.name), chat_words.page(language)
    shown = {
        "channel": channel.name,
        "institution": institution,
        "name": named(language, institution.name, institution.name_en),
        "accepts": named(language, institution.accepts, institution.accepts_en),
        "language": language,
        "words": words,
        "script": {key: words[key] for key in chat_words.SCRIPT},
        "token": visitor.token(request, who),
        "known": said.person is not None,
        "seq": said.seq,
        "topics": topics(institution, language),
        "zone": institution.timezone,
        "here": here,
        "asked": _asked(request.query.get("case", "")),
        "bubbles": talk.bubbles(said, ZoneInfo(institution.timezone)),
        "year": site.clock().astimezone(ZoneInfo(institution.timezone)).year,
    }
    response = aiohttp_jinja2.render_template("chat/chat.html", request, shown)
    response.headers["Cache-Control"] = "no-store"
    visitor.remember(request, response, who)
    if here is not None:
        visitor.remember_place(request, response, here.code)
    return response


async def send(request: web.Request) -> web.Response:
    """Take a message and return what the bot says to it."""
    site, channel = request.config_dict[SITE], _channel(request)
    who = visitor.from_our_page(request)
    check(request, "chat.message", who)
    check(request, "chat.address", address(request))
    sent = await inbox.read(request, site.evidence, who)
    if isinstance(sent.payload, dict) and sent.payload.get("id") is None:
        sent.payload["id"] = secrets.token_hex(16)
    try:
        message = channel.parse(Peer(channel.name, who), sent.payload)
    except BadMessage as error:
        raise Refused(413 if error.long else 400, error.zh, error.en) from error
    here = await _place(site, visitor.came_from(request))
    message = replace(message, language=languages.spoken(request), place=here.code if here else "")
    says, outcome = await _take(site, message, site.institution_of(channel.name), sent, here)
    request.config_dict[METRICS].messages.labels(channel.name, outcome).inc()
    return _said(says)


async def news(request: web.Request) -> web.Response:
    """What was said after number ``after``; all before has been seen, so notices among it have arrived."""
    site, peer = request.config_dict[SITE], _peer(request)
    after = _seq(request.query.get("after", "0"))
    check(request, "chat.look", peer.address)
    person, says, unseen = await site.store.read(_news, peer, after)
    if unseen:
        await site.store.run(_arrived, person, after, at=site.clock())
    return _said(says)


async def stream(request: web.Request) -> web.StreamResponse:
    """Bubbles as they come, as server-sent events. Nobody yet: 204, and the browser does not ask again."""
    site, peer = request.config_dict[SITE], _peer(request)
    seen = _seq(request.headers.get("Last-Event-ID") or request.query.get("after", "0"))
    check(request, "chat.look", peer.address)
    person = await site.store.read(_known, peer)
    if person is None:
        return web.Response(status=204)
    listeners = request.config_dict[LIVE]
    listener = listeners.add(person, seen, partial(hung_up, request))
    gauge = request.config_dict[METRICS].streams
    gauge.inc()
    try:
        return await _listen(request, site, listener)
    finally:
        gauge.dec()
        listeners.remove(listener)


async def file(request: web.Request) -> web.StreamResponse:
    """A file that this visitor sent, back to nobody else."""
    site, peer = request.config_dict[SITE], _peer(request)
    check(request, "chat.look", peer.address)
    row = await site.store.read(_own_file, peer, int(request.match_info["id"]))
    shown = row.media_type in talk.SHOWN
    told = files.headers(row, row.media_type if shown else "application/octet-stream", saved=not shown)
    if (same := files.unchanged(request, told)) is not None:
        return same
    pieces = site.evidence.read(row.sha256)
    try:
        first = await anext(pieces, b"")
    except FileNotFoundError:
        raise NoSuchEvidence(row.id) from None
    response = web.StreamResponse(headers=told | {"Content-Length": str(row.bytes)})
    await response.prepare(request)
    await response.write(first)
    async for piece in pieces:
        await response.write(piece)
    return response


async def _take(
    site: Site, message: Inbound, institution: Institution, sent: Sent, here: Place | None
) -> tuple[list[Saying], str]:
    """What is said, and whether we could work on it; a fault of ours loses nothing."""
    at = site.clock()
    prepared, trouble = await arrivals.prepare(
        site, message, institution, files=sent.files, remarks=sent.remarks, here=here
    )
    if not trouble:
        try:
            return await site.store.run(intake.receive, site.institutions, prepared, at=at), "done"
        except (Busy, StoreUnavailable):
            raise
        except Exception as error:
            log.exception("a message was not understood", channel=message.peer.channel)
            trouble = repr(error)
    return await site.store.run(intake.keep, prepared, trouble, at=at), "failed"


async def _listen(request: web.Request, site: Site, listener: live.Listener) -> web.StreamResponse:
    response = web.StreamResponse(
        headers={
            "Content-Type": "text/event-stream; charset=utf-8",
            "Cache-Control": "no-store",
            "X-Accel-Buffering": "no",  # nginx hands each event on at once
        }
    )
    await response.prepare(request)
    try:
        await response.write(b"retry: 3000\n\n")
        while not listener.over:
            for saying in await site.store.read(_said_after, listener.person, listener.seen):
                await response.write(_event(saying))
                listener.seen = saying.seq
            await listener.wait(HEARTBEAT)
            await response.write(b": \n\n")
    except (ConnectionError, Busy, StoreUnavailable):
        pass  # they are gone, or will come back in a moment and ask for what they miss
    return response


def topics(institution: Institution, language: str) -> list[str]:
    """What a first visit may begin with: the institution's examples, else what its categories are called."""
    listed = institution.examples or tuple((c.name, c.name_en or c.name) for c in institution.categories)
    return [named(language, name, english) for name, english in listed[:TOPICS]]


def _asked(text: str) -> str:
    """The number that a slip's code brings along, to be sent with one tap; empty: it is none."""
    try:
        return numbers.read(text) if text else ""
    except (numbers.NotANumber, numbers.WrongCheckDigit):
        return ""


async def _place(site: Site, code: str) -> Place | None:
    """The place with that code; a code that is none of ours is no reason to send anybody away."""
    return await site.store.read(places.get, code) if code else None


def _channel(request: web.Request) -> WebChannel:
    """The channel of this page. Raises: Refused (404)."""
    site, name = request.config_dict[SITE], request.match_info["channel"]
    if name not in _pages(site):
        raise Refused(404, "没有这个聊天页面，请检查网址。", "There is no such chat; please check the address.")
    return cast("WebChannel", site.channels[name])


def _pages(site: Site) -> list[str]:
    """The channels that are pages of ours, in the settings' order."""
    return [channel.name for channel in site.settings.channel if channel.kind == KIND]


def _peer(request: web.Request) -> Peer:
    """The visitor on this channel. Raises: Refused (403, 404)."""
    return Peer(_channel(request).name, visitor.required(request))


def _seq(told: str) -> int:
    if not SEQ.fullmatch(told):
        raise Refused(400, "after 要是一个数字。", "after must be a number.")
    return int(told)


def _said(says: list[Saying]) -> web.Response:
    body = json.dumps({"say": [_json(saying) for saying in says]}, ensure_ascii=False)
    return web.Response(text=body, content_type="application/json", headers={"Cache-Control": "no-store"})


def _json(saying: Saying) -> dict[str, object]:
    choices = [{"id": choice["id"], "label": choice["label"]} for choice in saying.choices]
    return {"seq": saying.seq, "text": saying.text, "choices": choices}


def _event(saying: Saying) -> bytes:
    return f"id: {saying.seq}\ndata: {json.dumps(_json(saying), ensure_ascii=False)}\n\n".encode()


def _news(work: UnitOfWork, peer: Peer, after: int) -> tuple[int, list[Saying], bool]:
    person = work.people.find(peer.channel, peer.address)
    if person is None:
        return 0, [], False
    return person.id, work.journal.said_after(person.id, after), work.outbox.unseen_upto(person.id, after)


def _arrived(work: UnitOfWork, person: int, seq: int, *, at: datetime) -> None:
    work.outbox.delivered_upto(person, seq, at=at)


def _known(work: UnitOfWork, peer: Peer) -> int | None:
    person = work.people.find(peer.channel, peer.address)
    return person.id if person else None


def _said_after(work: UnitOfWork, person: int, seq: int) -> list[Saying]:
    return work.journal.said_after(person, seq)


def _own_file(work: UnitOfWork, peer: Peer, evidence_id: int) -> EvidenceRow:
    """Raises: NoSuchEvidence: there is none, or it is somebody else's, which is nobody's business."""
    row, person = work.evidence.get(evidence_id), work.people.find(peer.channel, peer.address)
    if person is None or row.person != person.id:
        raise NoSuchEvidence(evidence_id)
    return row
