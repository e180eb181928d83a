"""The fake's own API, `/_ctl/…`: what people do, what goes wrong, what time it is, and what became of it all.

Every body and answer is JSON. `bot` in a body names a bot by token, number or user name; without it the first is
meant. Bytes go in base64.
"""

from __future__ import annotations

import base64
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakes.telegram_errors import OTHER_POLL, Json
from tests.fakes.telegram_view import view

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.fakes.telegram import FakeTelegram

ACTIONS = frozenset(
    "say start photo album send_late document video voice sticker audio video_note animation location live_location venue contact press vote edit "
    "block unblock delete_account add_bot kick_bot upgrade".split()
)
OPEN = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "Content-Type"}
ABOUT = ("bot", "chat_id", "name", "language")


class Control:
    """The routes."""

    def __init__(self, fake: FakeTelegram) -> None:
        self.fake = fake

    def routes(self) -> list[web.RouteDef]:
        posts: dict[str, Callable[[web.Request], Awaitable[web.Response]]] = {
            "/_ctl/user/{id}/{action}": self.act,
            "/_ctl/chat": self.group,
            "/_ctl/chat/{id}/upgrade": self.upgrade,
            "/_ctl/chat/{id}/delete": self.delete,
            "/_ctl/bot": self.bot,
            "/_ctl/bot/revoke": self.revoke,
            "/_ctl/bot/second_poller": self.second_poller,
            "/_ctl/bot/switches": self.switches,
            "/_ctl/bot/gap": self.gap,
            "/_ctl/update": self.update,
            "/_ctl/push_raw": self.push_raw,
            "/_ctl/fault": self.fault,
            "/_ctl/clock": self.clock,
            "/_ctl/refuse": self.refuse,
            "/_ctl/reset": self.reset,
        }
        gets: dict[str, Callable[[web.Request], Awaitable[web.Response]]] = {
            "/_ctl/chat/{id}/view": self.view,
            "/_ctl/sent": self.sent,
            "/_ctl/calls": self.calls,
            "/_ctl/webhook_log": self.webhook_log,
            "/_ctl/file/{id}": self.file,
        }
        return [
            *(web.post(path, handler) for path, handler in posts.items()),
            *(web.get(path, handler) for path, handler in gets.items()),
        ]

    async def act(self, request: web.Request) -> web.Response:
        """Somebody does something; the fields are the arguments of that method of Person."""
        action, body = request.match_info["action"], await given(request)
        if action not in ACTIONS:
            raise web.HTTPNotFound(text=f"no such action: {action}")
        about = {name: body.pop(name) for name in ABOUT if name in body}
        if "content" in body:
            body["content"] = base64.b64decode(body["content"])
        if action == "album" and isinstance(body.get("photos"), list):
            body["photos"] = [base64.b64decode(photo) for photo in body["photos"]]
        person = self.fake.person(int(request.match_info["id"]), **about)
        options = body.pop("options", [])
        try:
            return answer(getattr(person, action)(*options, **body))
        except (LookupError, TypeError) as error:
            raise web.HTTPBadRequest(text=str(error)) from None

    async def group(self, request: web.Request) -> web.Response:
        body = await given(request)
        members = set(body.get("members", ()))
        chat = self.fake.world.group(
            body["id"], title=body.get("title", "小区群"), kind=body.get("type", "group"), members=members
        )
        return answer(self.fake.world.chat_json(chat))

    async def upgrade(self, request: web.Request) -> web.Response:
        body = await given(request)
        person = self.fake.person(body["user"], chat_id=int(request.match_info["id"]), bot=body.get("bot", ""))
        return answer(self.fake.world.chat_json(person.upgrade()))

    async def delete(self, request: web.Request) -> web.Response:
        self.fake.world.chats[int(request.match_info["id"])].deleted = True
        return answer()

    async def bot(self, request: web.Request) -> web.Response:
        body = await given(request)
        return answer(self.fake.add_bot(body["token"], body["username"]).as_json())

    async def revoke(self, request: web.Request) -> web.Response:
        self.fake.world.bot((await given(request)).get("bot", "")).revoked = True
        return answer()

    async def second_poller(self, request: web.Request) -> web.Response:
        """Somebody else polls: who polls now is told off, or else the next one."""
        line = self.fake.line((await given(request)).get("bot", ""))
        if line.polling.busy:
            line.polling.end(OTHER_POLL)
        else:
            self.fake.faults.order("other_poll", method="getUpdates")
        return answer()

    async def switches(self, request: web.Request) -> web.Response:
        body = await given(request)
        switches = self.fake.world.bot(body.pop("bot", "")).queue.switches
        for name, value in body.items():
            setattr(switches, name, value)
        return answer()

    async def gap(self, request: web.Request) -> web.Response:
        """Numbers of updates are left out."""
        body = await given(request)
        self.fake.world.bot(body.get("bot", "")).queue.next_id += body.get("by", 1)
        return answer()

    async def update(self, request: web.Request) -> web.Response:
        """Queue any update, of a kind that nobody knows, too."""
        body = await given(request)
        return answer(self.fake.update(body["update"], of=body.get("of", 0), bot=body.get("bot", "")))

    async def push_raw(self, request: web.Request) -> web.Response:
        """Post anything to the hook, with any header, so many times at once. The statuses."""
        body = await given(request)
        return answer(await self.fake.push_raw(body.pop("body"), **body))

    async def fault(self, request: web.Request) -> web.Response:
        return answer(asdict(self.fake.faults.order(**await given(request))))

    async def clock(self, request: web.Request) -> web.Response:
        self.fake.clock.advance((await given(request)).get("advance", 0.0))
        return answer({"now": self.fake.clock.now()})

    async def refuse(self, request: web.Request) -> web.Response:
        """Nobody listens any more where the API was, until `on` is false; the control port stays."""
        await (self.fake.refuse() if (await given(request)).get("on", True) else self.fake.listen())
        return answer()

    async def reset(self, request: web.Request) -> web.Response:
        await self.fake.reset()
        return answer()

    async def view(self, request: web.Request) -> web.Response:
        bot = self.fake.world.bot(request.query.get("bot", ""))
        return answer(view(self.fake.world, bot, int(request.match_info["id"])))

    async def sent(self, request: web.Request) -> web.Response:
        chat = request.query.get("chat_id")
        return answer([asdict(call) for call in self.fake.sent(int(chat) if chat else None)])

    async def calls(self, request: web.Request) -> web.Response:
        return answer([asdict(call) for call in self.fake.called(request.query.get("method", ""))])

    async def webhook_log(self, request: web.Request) -> web.Response:
        return answer([asdict(push) for push in self.fake.line(request.query.get("bot", "")).pusher.log])

    async def file(self, request: web.Request) -> web.Response:
        """A file, for a page that shows it."""
        bots = self.fake.world.bots.values()
        found = [bot.files[request.match_info["id"]] for bot in bots if request.match_info["id"] in bot.files]
        if not found:
            raise web.HTTPNotFound
        return web.Response(body=found[0].content)


async def given(request: web.Request) -> Json:
    body: Json = await request.json() if request.can_read_body else {}
    return body


def answer(result: Any = True) -> web.Response:
    return web.json_response({"ok": True, "result": result})


@web.middleware
async def from_any_page(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Let the page of the demonstration, which lives elsewhere, use the control API."""
    if not request.path.startswith("/_ctl/"):
        return await handler(request)
    try:
        answered = web.Response() if request.method == "OPTIONS" else await handler(request)
    except web.HTTPException as error:
        error.headers.update(OPEN)
        raise
    answered.headers.update(OPEN)
    return answered
