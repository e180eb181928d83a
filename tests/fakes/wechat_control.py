"""The fake WeChat's remote control, ``/_ctl/…``: what a test, the demo page or a load generator does from outside.

JSON in and out. ``POST /_ctl/user/{openid}/{action}`` takes the action's arguments in its body; ``appid`` chooses an
account (else the first), ``"wait": false`` answers before the push is done.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakes import wechat_crypto as crypto
from tests.fakes import wechat_tokens as tokens
from tests.fakes.wechat_faults import Fault
from tests.fakes.wechat_people import FILM, PICTURE, VOICE, Person
from tests.fakes.wechat_world import Account, Settings

if TYPE_CHECKING:
    from tests.fakes.wechat import FakeWechat
    from tests.fakes.wechat_pusher import Push

Given = dict[str, Any]
Action = Callable[[Person, Given], Awaitable[Any]]


async def _block(person: Person, given: Given) -> None:
    person.block(blocked=given.get("blocked", True))


async def _blacklist(person: Person, given: Given) -> None:
    person.user.blacklisted = given.get("blacklisted", True)


def _bytes(given: Given, default: bytes = PICTURE) -> bytes:
    if isinstance(sent := given.get("file"), bytes):
        return sent
    return base64.b64decode(given["base64"]) if "base64" in given else default


def _some(given: Given, *names: str) -> Given:
    return {name: given[name] for name in names if name in given}


ACTIONS: dict[str, Action] = {
    "say": lambda who, given: who.say(given["text"], **_some(given, "menu_id")),
    "tap": lambda who, given: who.menu_tap(given["id"]),
    "menu_tap": lambda who, given: who.menu_tap(given["id"]),
    "image": lambda who, given: who.image(_bytes(given), **_some(given, "filename", "content_type")),
    "voice": lambda who, given: who.voice(_bytes(given, VOICE)),
    "video": lambda who, given: who.video(_bytes(given, FILM)),
    "location": lambda who, given: who.location(given["lat"], given["lon"], given.get("label", "")),
    "link": lambda who, given: who.link(given["title"], given.get("description", ""), given["url"]),
    "file": lambda who, given: who.file(given["title"], _bytes(given)),
    "click": lambda who, given: who.click(given["key"]),
    "view": lambda who, given: who.open_page(given["url"]),
    "scan": lambda who, given: who.scan(**_some(given, "scene", "ticket")),
    "follow": lambda who, given: who.follow(**_some(given, "scene", "ticket")),
    "unfollow": lambda who, given: who.unfollow(),
    "accept_sub": lambda who, given: who.accept(*given["templates"]),
    "reject_sub": lambda who, given: who.reject(*given["templates"]),
    "turn_off_sub": lambda who, given: who.turn_off(*given["templates"]),
    "scancode": lambda who, given: who.scan_by_menu(given["key"], given["result"]),
    "pictures": lambda who, given: who.pictures_by_menu(given["key"], [_bytes(given)]),
    "location_select": lambda who, given: who.location_by_menu(given["key"], given["lat"], given["lon"]),
    "report_location": lambda who, given: who.report_location(given["lat"], given["lon"]),
    "kf_create": lambda who, given: who.staff_takes_over(given.get("kf_account", "")),
    "kf_switch": lambda who, given: who.staff_passes_on(given["kf_account"]),
    "kf_close": lambda who, given: who.staff_closes(),
    "block": _block,
    "blacklist": _blacklist,
}


class Control:
    """The routes. ``fake``: what they steer."""

    def __init__(self, fake: FakeWechat) -> None:
        self.fake = fake

    def add_to(self, app: web.Application) -> None:
        app.router.add_post("/_ctl/user/{openid}/{action}", self.act)
        app.router.add_get("/_ctl/users/{openid}/view", self.view)
        app.router.add_get("/_ctl/users", self.users)
        app.router.add_get("/_ctl/qr", self.codes)
        app.router.add_get("/_ctl/accounts", self.accounts)
        app.router.add_post("/_ctl/account", self.set_account)
        app.router.add_post("/_ctl/settings", self.set_settings)
        app.router.add_post("/_ctl/template", self.add_template)
        app.router.add_post("/_ctl/verify", self.verify)
        app.router.add_post("/_ctl/fault", self.fault)
        app.router.add_post("/_ctl/clock", self.clock)
        app.router.add_post("/_ctl/token/invalidate", self.invalidate)
        app.router.add_post("/_ctl/push_raw", self.push_raw)
        app.router.add_get("/_ctl/calls", self.calls)
        app.router.add_get("/_ctl/pushes", self.pushes)
        app.router.add_post("/_ctl/reset", self.reset)
        app.router.add_get("/media/{id}", self.media)

    async def act(self, request: web.Request) -> web.Response:
        """A person does something."""
        given = await _given(request)
        action = ACTIONS.get(request.match_info["action"])
        if action is None:
            raise web.HTTPNotFound(text=f"no action; there are {', '.join(ACTIONS)}")
        person = self.fake.person(
            request.match_info["openid"], given.pop("appid", None), follows=request.match_info["action"] != "follow"
        )
        waits = given.pop("wait", True)
        try:
            doing = action(person, given)
            if not waits:
                self.fake.pusher.start(_done(doing))
                return web.json_response({})
            push = await doing
        except (KeyError, LookupError, ValueError) as error:
            raise web.HTTPBadRequest(text=f"{type(error).__name__}: {error}") from error
        return web.json_response(_push(push) if push else {})

    async def view(self, request: web.Request) -> web.Response:
        """What stands in a person's phone; ``after``: only what is newer than that seq."""
        person = self.fake.person(request.match_info["openid"], request.query.get("appid"))
        after = int(request.query.get("after", "0"))
        windows = [asdict(window) for window in person.user.windows if window.ends > self.fake.clock.now()]
        return web.json_response(
            {
                "openid": person.user.openid,
                "account": person.account.name,
                "subscribed": person.user.subscribed,
                "now": self.fake.clock.now(),
                "typing": person.user.typing_until > self.fake.clock.now(),
                "windows": windows,
                "grants": dict(person.user.grants),
                "menu": person.account.menu,
                "bubbles": [asdict(shown) for shown in person.view if shown.seq > after],
            },
            dumps=_dumps,
        )

    async def users(self, request: web.Request) -> web.Response:
        """Everybody, without what stands in their phones."""
        return web.json_response(
            [asdict(replace(one, view=[])) for one in self.fake.world.users.values()], dumps=_dumps
        )

    async def codes(self, request: web.Request) -> web.Response:
        """The QR codes that can be scanned."""
        return web.json_response([asdict(qr) for qr in self.fake.world.qr.values()], dumps=_dumps)

    async def accounts(self, request: web.Request) -> web.Response:
        """The accounts, without their secrets."""
        kept = ("appid", "gh_id", "name", "kind", "verified", "mode", "format", "callback_url", "menu")
        accounts = self.fake.world.accounts.values()
        return web.json_response([{name: getattr(one, name) for name in kept} for one in accounts], dumps=_dumps)

    async def set_account(self, request: web.Request) -> web.Response:
        """Add an account, or change fields of one that is there."""
        given = await _given(request)
        if isinstance(given.get("ip_whitelist"), list):
            given["ip_whitelist"] = frozenset(given["ip_whitelist"])
        _named(Account, given)
        before = self.fake.world.accounts.get(given.get("appid", ""))
        if before is None:
            self.fake.add_account(Account(**given))
        for name, value in given.items() if before else ():
            setattr(before, name, value)
        return web.json_response({})

    async def set_settings(self, request: web.Request) -> web.Response:
        """Choose behaviour that the reference could not verify."""
        given = await _given(request)
        _named(Settings, given)
        for name, value in given.items():
            setattr(self.fake.settings, name, tuple(value) if name == "forbidden_words" else value)
        return web.json_response(asdict(self.fake.settings), dumps=_dumps)

    async def add_template(self, request: web.Request) -> web.Response:
        given = await _given(request)
        made = self.fake.add_template(given.pop("id"), *given.pop("fields"), **given)
        return web.json_response(asdict(made), dumps=_dumps)

    async def verify(self, request: web.Request) -> web.Response:
        """Press the console's button that checks the address."""
        account = self.fake.world.only((await _given(request)).get("appid"))
        status, body, echo = await self.fake.pusher.verify(account)
        return web.json_response({"ok": status == 200 and body == echo, "status": status})

    async def fault(self, request: web.Request) -> web.Response:
        given = await _given(request)
        _named(Fault, given)
        self.fake.world.faults.append(Fault(**given))
        return web.json_response({})

    async def clock(self, request: web.Request) -> web.Response:
        self.fake.clock.advance(float((await _given(request)).get("advance", 0)))
        await self.fake.settled()
        return web.json_response({"now": self.fake.clock.now()})

    async def invalidate(self, request: web.Request) -> web.Response:
        tokens.invalidate(self.fake.world, self.fake.world.only((await _given(request)).get("appid")))
        return web.json_response({})

    async def push_raw(self, request: web.Request) -> web.Response:
        """Post any body with any query; without a query it is signed well, for the time ``at``."""
        given = await _given(request)
        account = self.fake.world.only(given.get("appid"))
        query = given.get("query")
        if query is None:
            at, nonce = str(int(given.get("at", self.fake.clock.now()))), "415670741"
            query = {"signature": crypto.signature(account.token, at, nonce), "timestamp": at, "nonce": nonce}
        body = given["body"].encode() if isinstance(given.get("body"), str) else _bytes(given, b"")
        status, text = await self.fake.pusher.raw(account, body, query, given.get("headers"))
        return web.json_response({"status": status, "body": text}, dumps=_dumps)

    async def calls(self, request: web.Request) -> web.Response:
        found = self.fake.calls(request.query.get("endpoint", ""))
        return web.json_response([asdict(call) for call in found], dumps=_dumps)

    async def pushes(self, request: web.Request) -> web.Response:
        openid = request.query.get("openid")
        found = [push for push in self.fake.pusher.pushes if openid in (None, push.openid)]
        return web.json_response([_push(push) for push in found], dumps=_dumps)

    async def reset(self, request: web.Request) -> web.Response:
        """Forget everything but the accounts and templates."""
        self.fake.reset()
        return web.json_response({})

    async def media(self, request: web.Request) -> web.Response:
        """A file as the phone shows it."""
        file = self.fake.world.media.get(request.match_info["id"])
        if file is None:
            raise web.HTTPNotFound
        return web.Response(body=file.data, content_type=file.content_type)


async def _given(request: web.Request) -> Given:
    """The arguments: JSON, or a form with a file."""
    if request.content_type == "multipart/form-data":
        form = await request.post()
        return {name: value.file.read() if isinstance(value, web.FileField) else value for name, value in form.items()}
    text = await request.text()
    given = json.loads(text) if text.strip() else {}
    if not isinstance(given, dict):
        raise web.HTTPBadRequest(text="a JSON object, please")
    return given


def _named(kind: type[Any], given: Given) -> None:
    unknown = given.keys() - {one.name for one in fields(kind)}
    if unknown:
        raise web.HTTPBadRequest(text=f"{kind.__name__} has no {', '.join(sorted(unknown))}")


async def _done(doing: Awaitable[Any]) -> None:
    await doing


def _push(push: Push) -> Given:
    return asdict(push) | {"verdict": push.verdict}


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
