"""The page with the two phones: its files, what it shows (``/state``) and what it asks for. It looks into the fakes only.

Nobody but this machine reaches it, and other pages in the same browser cannot
make it do anything: it acts on JSON alone, which they may not send.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import structlog
from aiohttp import web

from scripts.demo_channels import phones, wire
from scripts.demo_channels.troubles import KINDS, Troubles
from tests.fakes.wechat_people import NoFollower

if TYPE_CHECKING:
    import socket
    from collections.abc import Awaitable
    from types import TracebackType

    from scripts.demo_channels.city import Wall
    from tests.fakes.clock import VirtualClock
    from tests.fakes.telegram import FakeTelegram
    from tests.fakes.wechat import FakeWechat

log = structlog.get_logger()

HERE = Path(__file__).parent
FILES = {
    "page.css": "text/css",
    "page.js": "text/javascript",
    "phones.js": "text/javascript",
    "words.js": "text/javascript",
}
POLICY = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
PICTURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png", b"GIF8": "image/gif", b"RIFF": "image/webp"}
LARGEST = 48 << 20  # bytes of what the page sends
FURTHEST = 100 * 86_400.0  # seconds that the clock may be moved at once
AT_ONCE = 0.3  # seconds in which an action shows that it cannot be done


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page tells of Jiesu."""

    url: str
    passwords: dict[str, str]
    places: list[Wall]


class Page:
    """``async with``: it ends when the block does."""

    def __init__(self, clock: VirtualClock, wechat: FakeWechat, telegram: FakeTelegram, shown: Shown) -> None:
        self.clock, self.wechat, self.telegram, self.shown = clock, wechat, telegram, shown
        self.troubles = Troubles(wechat, telegram)
        self._doing: set[asyncio.Task[Any]] = set()
        app = web.Application(client_max_size=LARGEST, middlewares=[_guarded])
        app.add_routes(
            [
                web.get("/", self.home),
                web.get("/static/{name}", self.static),
                web.get("/state", self.state),
                web.get("/sample/{n:\\d}", self.sample),
                web.get("/wechat/media/{id}", self.media),
                web.get("/telegram/file/{id}", self.file),
                web.post("/wechat/{who}/{action}", self.by_wechat),
                web.post("/telegram/{who}/{action}", self.by_telegram),
                web.post("/clock", self.advance),
                web.post("/trouble", self.trouble),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._doing:
            task.cancel()
        await self._runner.cleanup()

    async def listen(self, at: socket.socket) -> None:
        """Serve there."""
        await web.SockSite(self._runner, at).start()

    # --- what it is

    async def home(self, request: web.Request) -> web.StreamResponse:
        """Its frame."""
        return web.Response(body=(HERE / "page.html").read_bytes(), content_type="text/html", charset="utf-8")

    async def static(self, request: web.Request) -> web.StreamResponse:
        """Its style and scripts."""
        name = request.match_info["name"]
        if name not in FILES:
            raise web.HTTPNotFound
        return web.Response(body=(HERE / name).read_bytes(), content_type=FILES[name], charset="utf-8")

    async def sample(self, request: web.Request) -> web.StreamResponse:
        """A photo that can be sent."""
        return _picture(phones.sample(int(request.match_info["n"])))

    async def media(self, request: web.Request) -> web.StreamResponse:
        """A picture in the left phone."""
        kept = self.wechat.world.media.get(request.match_info["id"])
        return _picture(kept.data if kept else None)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """A picture in the right phone."""
        kept = self.telegram.bot.files.get(request.match_info["id"])
        return _picture(kept.content if kept else None)

    # --- what it shows

    async def state(self, request: web.Request) -> web.StreamResponse:
        """Everything; 204 where nothing has changed since ``seen``."""
        told = {
            "ahead": round(self.clock.now() - time.time()),
            "wechat": {name: self._in_wechat(owner) for name, owner in phones.WECHAT.items()},
            "telegram": {name: self._in_telegram(owner) for name, owner in phones.TELEGRAM.items()},
            "people": {"wechat": _named(phones.WECHAT), "telegram": _named(phones.TELEGRAM)},
            "troubles": [{"platform": platform, "kind": kind} for platform, kind in self.troubles.on],
            "kinds": KINDS,
            "spots": [label for _, _, label in phones.SPOTS],
            "samples": len(phones.SAMPLES),
            "places": [vars(wall) for wall in self.shown.places],
            "jiesu": {"url": self.shown.url, "passwords": self.shown.passwords},
            "wire": wire.rows(self.wechat, self.telegram),
        }
        body = json.dumps(told, ensure_ascii=False).encode()
        version = hashlib.blake2b(body, digest_size=8).hexdigest()
        if request.query.get("seen") == version:
            return web.Response(status=204)
        return web.Response(body=body, content_type="application/json", headers={"X-Version": version})

    def _in_wechat(self, owner: phones.Owner) -> dict[str, Any]:
        person = self.wechat.person(owner.id, follows=False)
        now = self.clock.now()
        return {
            "subscribed": person.user.subscribed,
            "blocked": person.user.blocked_receive,
            "windows": [asdict(window) for window in person.user.windows if window.ends > now],
            "menu": (person.account.menu or {}).get("button", []),
            "bubbles": [asdict(shown) for shown in person.view],
        }

    def _in_telegram(self, owner: phones.Owner) -> dict[str, Any]:
        self.telegram.person(int(owner.id), name=owner.name, language=owner.language)
        return dict(self.telegram.view(int(owner.id)))

    # --- what it asks for

    async def by_wechat(self, request: web.Request) -> web.StreamResponse:
        """Somebody does something with the left phone."""
        owner, action = phones.WECHAT.get(request.match_info["who"]), phones.BY_WECHAT.get(request.match_info["action"])
        if owner is None or action is None:
            raise web.HTTPNotFound
        given = await request.json()
        return await self._do(action(self.wechat.person(owner.id, follows=False), given))

    async def by_telegram(self, request: web.Request) -> web.StreamResponse:
        """Somebody does something with the right phone."""
        owner = phones.TELEGRAM.get(request.match_info["who"])
        action = phones.BY_TELEGRAM.get(request.match_info["action"])
        if owner is None or action is None:
            raise web.HTTPNotFound
        action(self.telegram.person(int(owner.id), name=owner.name, language=owner.language), await request.json())
        return web.json_response({})

    async def advance(self, request: web.Request) -> web.StreamResponse:
        """Time passes, for everybody."""
        self.clock.advance(min(max(0.0, float((await request.json())["seconds"])), FURTHEST))
        return web.json_response({})

    async def trouble(self, request: web.Request) -> web.StreamResponse:
        """Something goes wrong, or is well again."""
        given = await request.json()
        await self.troubles.turn(given["platform"], given["kind"], on=bool(given["on"]))
        return web.json_response({})

    async def _do(self, action: Awaitable[Any]) -> web.StreamResponse:
        """Begin it. A push may take its three times five seconds, for which the page does not wait."""
        task = asyncio.ensure_future(action)
        self._doing.add(task)
        task.add_done_callback(self._ended)
        done, _ = await asyncio.wait({task}, timeout=AT_ONCE)
        for one in done:
            one.result()
        return web.json_response({})

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._doing.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.info("a phone could not do that", why=repr(error))


def _named(owners: dict[str, phones.Owner]) -> list[dict[str, str]]:
    return [{"id": key, "name": owner.name, "english": owner.english} for key, owner in owners.items()]


def _picture(data: bytes | None) -> web.Response:
    """What is surely a picture; a page of somebody's would run in ours."""
    kind = next((kind for start, kind in PICTURES.items() if data and data.startswith(start)), None)
    if data is None or kind is None:
        raise web.HTTPNotFound
    return web.Response(body=data, content_type=kind, headers={"Cache-Control": "max-age=3600"})


@web.middleware
async def _guarded(request: web.Request, handler: Any) -> web.StreamResponse:
    try:
        if request.method == "POST" and request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        answered: web.StreamResponse = await handler(request)
    except web.HTTPException as error:
        error.headers.update(POLICY)
        raise
    except NoFollower:
        answered = web.json_response({"why": "not following"}, status=409)
    except (phones.Unfit, LookupError, TypeError, ValueError) as error:
        answered = web.json_response({"why": str(error)}, status=400)
    answered.headers.update(POLICY)
    return answered
