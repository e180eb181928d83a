"""A fake Telegram: the Bot API over real HTTP, its webhooks and polls, its limits and its moods.

    async with FakeTelegram(VirtualClock()) as telegram:
        bot = telegram.Bot(TOKEN, base_url=telegram.base_url, base_file_url=telegram.base_file_url)
        telegram.person(7).say("门坏了")

Everything is kept in memory and measured on the clock that it is given. It speaks as the platform's own server does,
whose algorithms it follows (see telegram_pusher, telegram_polling); `telegram_control` is its own API, for tests that
have no Python and for the demonstration. It knows nothing of the program that it is a platform for.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import aiohttp
from aiohttp import web

from tests.fakes import telegram_line, telegram_managing, telegram_sending
from tests.fakes.telegram_control import Control, from_any_page
from tests.fakes.telegram_errors import Failure, Json
from tests.fakes.telegram_faults import Fault, Faults
from tests.fakes.telegram_line import Done, Line
from tests.fakes.telegram_people import Person
from tests.fakes.telegram_polling import Polling
from tests.fakes.telegram_pusher import SECRET, Pusher
from tests.fakes.telegram_requests import Query, read
from tests.fakes.telegram_view import view
from tests.fakes.telegram_world import Bot, Chat, World

if TYPE_CHECKING:
    from types import TracebackType

    from tests.fakes.clock import VirtualClock

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"  # the example of the platform's documentation
METHODS = {
    name.lower(): (name, method) for name, method in (telegram_sending.METHODS | telegram_managing.METHODS).items()
}
SENDING = {name.lower() for name in telegram_sending.METHODS}
BODY, LOG = 60 << 20, 200_000  # bytes of a request; calls that are remembered
FORMED = re.compile(r"[1-9]\d*:[\w-]{1,80}", re.ASCII)
HTML = b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"


@dataclass
class Call:
    """A call of the Bot API, for tests."""

    at: float
    bot: str
    method: str
    chat_id: int | None
    args: Json
    status: int = 0  # 0: it got no answer
    description: str = ""
    accepted: bool = False  # it was carried out
    result: Any = None
    hook: bool = False  # it came in the answer of a webhook


class FakeTelegram:
    """The server. ``local``: takes any webhook URL; else only those that the platform takes. ``port``: 0: any."""

    def __init__(
        self,
        clock: VirtualClock,
        *,
        token: str = TOKEN,
        username: str = "jiesu_bot",
        local: bool = True,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        self.clock, self.local, self.host, self.port = clock, local, host, port
        self._first = token, username
        self.control_port = 0
        self._forget()

    def _forget(self) -> None:
        self.world, self.faults = World(self.clock.now), Faults()
        self.calls: deque[Call] = deque(maxlen=LOG)
        self.lines: dict[str, Line] = {}
        self.add_bot(*self._first)

    # --- where it stands

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def base_url(self) -> str:
        """As python-telegram-bot takes it."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.url}/file/bot"

    @property
    def control_url(self) -> str:
        """The same server at another port, which stays when the first one refuses."""
        return f"http://{self.host}:{self.control_port}"

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=BODY, middlewares=[from_any_page])
        app.add_routes(
            [
                web.route("*", "/bot{token}/{method}", self._call),
                web.get("/file/bot{token}/{path:.+}", self._file),
                *Control(self).routes(),
                web.route("OPTIONS", "/_ctl/{rest:.*}", self._nothing),
                web.route("*", "/{rest:.*}", self._nowhere),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        self._site = await self._open(self.port)
        self.port = self._port(self._site)
        self.control_port = self._port(await self._open(0))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stop()
        await self._runner.cleanup()

    async def _stop(self) -> None:
        for line in self.lines.values():
            line.polling.end()
            await line.pusher.stop()

    async def _open(self, port: int) -> web.TCPSite:
        site = web.TCPSite(self._runner, self.host, port, reuse_address=True)
        await site.start()
        return site

    def _port(self, site: web.TCPSite) -> int:
        assert isinstance(site._server, asyncio.Server)
        port: int = site._server.sockets[0].getsockname()[1]
        return port

    async def refuse(self) -> None:
        """Connections are refused, open ones are cut."""
        for connection in list(self._runner.server.connections) if self._runner.server else []:
            if connection.transport and connection.transport.get_extra_info("sockname")[1] == self.port:
                connection.transport.abort()
        await self._site.stop()
        await asyncio.sleep(0.001)  # until the other side can know

    async def listen(self) -> None:
        """Back again, at the same place."""
        self._site = await self._open(self.port)

    async def reset(self) -> None:
        """As new; the clock stays."""
        await self._stop()
        self._forget()

    # --- what tests say and see

    def add_bot(self, token: str, username: str) -> Bot:
        bot = self.world.add_bot(token, username)
        polling, pusher = Polling(bot, self.clock), Pusher(bot, self.clock, self._obey)
        self.lines[token] = Line(bot, pusher, polling, self.local)
        return bot

    @property
    def bot(self) -> Bot:
        """The first bot."""
        return self.world.bot()

    def line(self, bot: str = "") -> Line:
        return self.lines[self.world.bot(bot).token]

    def person(
        self,
        user_id: int = 7,
        *,
        bot: str = "",
        chat_id: int | None = None,
        name: str = "",
        language: str | None = None,
    ) -> Person:
        """Somebody, in their own chat with the bot or in a group that exists."""
        user = self.world.user(user_id, name=name, language=language)
        chat = self.world.private(user_id) if chat_id is None else self.world.chats[chat_id]
        chat.members.add(user_id)
        return Person(self.world, self.world.bot(bot), user, chat)

    def group(self, chat_id: int = -100, *, title: str = "小区群", with_bot: bool = True) -> Chat:
        """A new group, with the first bot in it."""
        return self.world.group(chat_id, title=title, members={self.bot.id} if with_bot else set())

    def update(self, update: Json, *, of: int = 0, bot: str = "") -> Json | None:
        """Queue any update, in the queue *of* a chat; it gets a number unless it has one."""
        kind = next((name for name in update if name != "update_id"), "")
        queue = self.world.bot(bot).queue
        if kind not in telegram_line.KINDS and queue.allowed and kind not in queue.allowed:
            queue.allowed.append(kind)  # a kind that is newer than any list
        return queue.add(kind, update, of=of, update_id=update.get("update_id"))

    async def push_raw(
        self,
        body: Json | str | bytes,
        *,
        bot: str = "",
        secret: str | None = None,
        times: int = 1,
        headers: dict[str, str] | None = None,
    ) -> list[int]:
        """Post to the hook what the platform would not, *times* at once. ``secret``: instead of the right one, "": none."""
        hook = self.world.bot(bot).webhook
        assert hook is not None, "no webhook is set"
        data = json.dumps(body, ensure_ascii=False) if isinstance(body, dict) else body
        right = hook.secret if secret is None else secret
        all_headers = {"Content-Type": "application/json"} | ({SECRET: right} if right else {}) | (headers or {})
        async with aiohttp.ClientSession() as session:

            async def post() -> int:
                async with session.post(hook.url, data=data, headers=all_headers) as answer:
                    await answer.read()
                    return answer.status

            return await asyncio.gather(*(post() for _ in range(times)))

    async def idle(self) -> None:
        """Until all that is due has been pushed and taken or put off."""
        for line in self.lines.values():
            await line.pusher.idle()

    def sent(self, chat_id: int | None = None) -> list[Call]:
        """What bots sent and the platform took, in order."""
        sends = [call for call in self.calls if call.accepted and call.method.lower() in SENDING]
        return [call for call in sends if chat_id in (None, call.chat_id)]

    def called(self, method: str = "") -> list[Call]:
        return [call for call in self.calls if method.lower() in ("", call.method.lower())]

    def view(self, chat_id: int = 7, *, bot: str = "") -> Json:
        return view(self.world, self.world.bot(bot), chat_id)

    def heard(self, chat_id: int = 7, *, bot: str = "") -> list[str]:
        """The texts that the bot wrote there."""
        return [bubble["text"] for bubble in self.view(chat_id, bot=bot)["messages"] if bubble["from"] == "bot"]

    # --- calls

    async def _nothing(self, request: web.Request) -> web.StreamResponse:
        return web.Response()

    async def _nowhere(self, request: web.Request) -> web.StreamResponse:
        return reply(404, Failure(404, "Not Found").body)

    async def _call(self, request: web.Request) -> web.StreamResponse:
        token, method = request.match_info["token"], request.match_info["method"]
        call = Call(self.clock.now(), token.split(":")[0], method, None, {})
        self.calls.append(call)
        try:
            bot = self._bot(token)
            query = await read(method, request)
            call.method, call.chat_id, call.args = method, query.chat_id, query.args
        except Failure as failure:
            return self._answer(call, failure)
        fault = self.faults.take(method, query.chat_id)
        if fault and (spoilt := self._instead(request, bot, query, fault, call)) is not None:
            return spoilt
        answered = await self._carried_out(bot, query, call)
        return await self._late(request, answered, fault, call) if fault else answered

    def _bot(self, token: str) -> Bot:
        """Raises: Failure."""
        if not FORMED.fullmatch(token):
            raise Failure(401, "Unauthorized: invalid token specified")
        bot = self.world.bots.get(token)
        if bot is None or bot.revoked:
            raise Failure(401, "Unauthorized")
        if bot.logged_out:
            raise Failure(400, "Logged out")
        return bot

    def _answer(self, call: Call, failure: Failure) -> web.Response:
        call.status, call.description = failure.code, failure.description
        return reply(failure.code, failure.body)

    def _instead(
        self, request: web.Request, bot: Bot, query: Query, fault: Fault, call: Call
    ) -> web.StreamResponse | None:
        """The answer of a call that is not carried out; None: it is."""
        if fault.retry_after is not None and query.chat_id is not None:
            bot.rates.ban(fault.retry_after, fault.chat_id)
        if fault.drop:
            return cut(request)
        if fault.html502:
            call.status = 502
            return web.Response(status=502, body=HTML, content_type="text/html")
        return self._answer(call, fault.failure) if fault.failure else None

    async def _carried_out(self, bot: Bot, query: Query, call: Call) -> web.Response:
        try:
            result = await self._run(bot, query)
        except Failure as failure:
            return self._answer(call, failure)
        said = {"description": result.description} if isinstance(result, Done) else {}
        call.result = result.result if isinstance(result, Done) else result
        call.status, call.accepted = 200, True
        return reply(200, {"ok": True, "result": call.result} | said)

    async def _run(self, bot: Bot, query: Query) -> Any:
        """Carry out a method. Raises: Failure."""
        name = query.method.lower()
        if name in telegram_line.METHODS:
            return await self.lines[bot.token].method(query)
        if name not in METHODS:
            raise Failure(404, "Not Found: method not found")
        if query.chat_id is not None:
            bot.rates.listen(query.chat_id)
        return METHODS[name][1](self.world, bot, query)

    async def _obey(self, bot: Bot, query: Query) -> None:
        """A call in the answer of a webhook; nobody learns what came of it."""
        call = Call(self.clock.now(), str(bot.id), query.method, query.chat_id, query.args, hook=True)
        self.calls.append(call)
        await self._carried_out(bot, query, call)

    async def _late(self, request: web.Request, answered: web.Response, fault: Fault, call: Call) -> web.StreamResponse:
        """The answer of a call that was carried out, spoilt."""
        if fault.delay_s:
            await self.clock.sleep(fault.delay_s)
        if fault.drop_after_accept:
            call.status = 0
            return cut(request)
        if fault.truncate or fault.slow_s:
            return await self._in_pieces(request, answered, fault)
        return answered

    async def _in_pieces(self, request: web.Request, answered: web.Response, fault: Fault) -> web.StreamResponse:
        body = bytes(answered.body) if isinstance(answered.body, bytes | bytearray) else b""
        stream = web.StreamResponse(status=answered.status, headers={"Content-Type": answered.content_type})
        stream.content_length = len(body)
        await stream.prepare(request)
        with suppress(ConnectionError):
            await stream.write(body[: len(body) // 2])
            if fault.truncate:
                return cut(request)
            await self.clock.sleep(fault.slow_s)
            await stream.write(body[len(body) // 2 :])
        return stream

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """The download of a file: no JSON but where it fails."""
        call = Call(self.clock.now(), request.match_info["token"].split(":")[0], "file", None, {})
        self.calls.append(call)
        path, fault = request.match_info["path"], self.faults.take("file", None)
        try:
            bot = self._bot(request.match_info["token"])
        except Failure as failure:
            return self._answer(call, failure)
        if fault and (spoilt := self._instead(request, bot, Query("file"), fault, call)) is not None:
            return spoilt
        files = [file for file in bot.files.values() if file.paths.get(path, 0.0) > self.clock.now()]
        if not files:
            return self._answer(call, Failure(404, "Not Found"))
        call.status, call.accepted = 200, True
        answered = web.Response(body=files[0].content, content_type="application/octet-stream")
        return await self._late(request, answered, fault, call) if fault else answered


def reply(status: int, body: Json) -> web.Response:
    answer = web.json_response(body, status=status, dumps=lambda value: json.dumps(value, ensure_ascii=False))
    if "retry_after" in body.get("parameters", {}):
        answer.headers["Retry-After"] = str(body["parameters"]["retry_after"])
    return answer


def cut(request: web.Request) -> web.StreamResponse:
    """End the connection without a word."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
