"""The half of the fake Telegram that calls: the webhook of one bot, as the platform's own server does it.

Success is any 2xx. Otherwise it waits as the answer's Retry-After says (an hour at most); else the first retry goes at
once, then after 2, 4, 8 … seconds, and from 60 on somewhere up to 120, until the update is too old. Meanwhile the
queue of that update waits, the others do not.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import aiohttp

from tests.fakes.telegram_requests import Query

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.fakes.clock import VirtualClock
    from tests.fakes.telegram_errors import Json
    from tests.fakes.telegram_queue import Pending
    from tests.fakes.telegram_world import Bot, Webhook

IDLE = 60.0  # seconds without an answer
SLOWEST = 60.0  # seconds between retries, up to twice that
LONGEST_WISH = 3_600  # seconds of a Retry-After
GONE = 23 * 3_600.0  # seconds of nothing but 410
NEVER_IN_ANSWERS = ("deletewebhook", "setwebhook", "close", "logout")
SECRET = "X-Telegram-Bot-Api-Secret-Token"


@dataclass
class Push:
    """One attempt, for the log."""

    at: float
    update_id: int
    attempt: int
    status: int | None = None
    error: str = ""
    took: float = 0.0  # seconds of the fake's clock
    next_in: float | None = None  # seconds until the next attempt; None: none


class Pusher:
    """Brings the updates of one bot to its webhook."""

    def __init__(self, bot: Bot, clock: VirtualClock, carry_out: Callable[[Bot, Query], Awaitable[Any]]) -> None:
        self.bot, self.clock, self.carry_out = bot, clock, carry_out
        self.log: list[Push] = []
        self._changed = asyncio.Event()
        self._flying: dict[int, asyncio.Task[None]] = {}
        self._runner: asyncio.Task[None] | None = None
        self._session: aiohttp.ClientSession | None = None

    def wake(self) -> None:
        self._changed.set()

    def start(self) -> None:
        """Every head goes again, to the webhook as it is now."""
        self.bot.queue.restart()
        self._runner = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        """End what is under way; none of it counts as taken."""
        tasks = [task for task in (self._runner, *self._flying.values()) if task and task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._flying.clear()
        if self._session:
            await self._session.close()
            self._session = None

    async def idle(self) -> None:
        """Until nothing is on its way or due; what waits for a later time stays."""
        while self._flying or (self.bot.webhook and self.bot.queue.ready):
            await asyncio.sleep(0.001)

    async def _run(self) -> None:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=None), auto_decompress=True
        )
        while self.bot.webhook:
            self._changed.clear()
            if len(self._flying) < self.bot.webhook.connections:
                self._launch(self.bot.webhook)
            await self._any()

    def _launch(self, hook: Webhook) -> None:
        for update in self.bot.queue.due():
            if update.update_id in self._flying:
                continue
            self._flying[update.update_id] = asyncio.get_running_loop().create_task(self._deliver(hook, update))
            if len(self._flying) >= hook.connections:
                return

    async def _any(self) -> None:
        at = self.bot.queue.next_at
        changed = asyncio.ensure_future(self._changed.wait())
        waiters: list[asyncio.Future[Any]] = [changed]
        full = self.bot.webhook is not None and len(self._flying) >= self.bot.webhook.connections
        if at is not None and not full:
            waiters.append(asyncio.ensure_future(self.clock.until(at)))
        try:
            await asyncio.wait(waiters, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for waiter in waiters:
                waiter.cancel()

    async def _deliver(self, hook: Webhook, update: Pending) -> None:
        push = Push(self.clock.now(), update.update_id, update.fails + update.repeats + 1)
        self.log.append(push)
        wish = 0
        try:
            push.status, wish, body, kind = await self._post(hook, update.body)
        except TimeoutError:
            push.error = "Read timeout expired"
        except aiohttp.ClientConnectorError:
            push.error = "Connection refused"
        except aiohttp.ClientError:
            push.error = "Webhook connection closed"
        else:
            if 200 <= push.status <= 299:
                await self._obey(body, kind)
            else:
                push.error = f"Wrong response from the webhook: {push.status} {wording(push.status)}"
        finally:
            self._flying.pop(update.update_id, None)
        push.took = self.clock.now() - push.at
        self._settle(hook, update, push, wish)

    async def _post(self, hook: Webhook, body: Json) -> tuple[int, int, bytes, str]:
        """Status, wished delay, body and its type. Raises: TimeoutError, ClientError."""
        assert self._session is not None
        headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip, deflate"}
        headers |= {SECRET: hook.secret} if hook.secret else {}
        asking = asyncio.ensure_future(self._ask(hook.url, json.dumps(body, ensure_ascii=False).encode(), headers))
        waiting = asyncio.ensure_future(self.clock.sleep(IDLE))
        try:
            await asyncio.wait([asking, waiting], return_when=asyncio.FIRST_COMPLETED)
            if not asking.done():
                raise TimeoutError
            return asking.result()
        finally:
            waiting.cancel()
            asking.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await asking

    async def _ask(self, url: str, body: bytes, headers: dict[str, str]) -> tuple[int, int, bytes, str]:
        assert self._session is not None
        async with self._session.post(url, data=body, headers=headers, allow_redirects=False) as answer:
            wish = answer.headers.get("Retry-After", "")
            delay = min(LONGEST_WISH, int(wish)) if wish.isdigit() else 0
            return answer.status, delay, await answer.read(), answer.content_type

    async def _obey(self, body: bytes, kind: str) -> None:
        """Carry out the method that an answer names; what comes of it nobody learns."""
        args = arguments(body, kind)
        method = str(args.pop("method", ""))
        if method and method.lower() not in NEVER_IN_ANSWERS and not method.lower().startswith("get"):
            await self.carry_out(self.bot, Query(method, args))

    def _settle(self, hook: Webhook, update: Pending, push: Push, wish: int) -> None:
        queue, now = self.bot.queue, self.clock.now()
        if not push.error:
            hook.gone_since = None
            if update.repeats < queue.switches.duplicate_after_ok:
                update.repeats += 1
                queue.again(update, after=0.0)
            else:
                queue.drop(update)
            return
        hook.last_error, hook.last_error_at = push.error, now
        self._count_gone(hook, push.status)
        push.next_in = self._delay(update, wish)
        if now + push.next_in > update.expires_at:
            push.next_in = None
            queue.drop(update)
        else:
            queue.again(update, after=push.next_in)

    def _delay(self, update: Pending, wish: int) -> float:
        delay = float(wish)
        if not wish and update.fails:
            most = self.bot.queue.switches.random.uniform(SLOWEST, 2 * SLOWEST)
            update.delay = delay = min(most, update.delay * 2)
        update.fails += 1
        return delay

    def _count_gone(self, hook: Webhook, status: int | None) -> None:
        if status != 410:
            if status is not None:
                hook.gone_since = None
        elif hook.gone_since is None:
            hook.gone_since = self.clock.now()
        elif self.clock.now() > hook.gone_since + GONE:
            self.bot.webhook = None
            self.wake()


def wording(status: int) -> str:
    with suppress(ValueError):
        return HTTPStatus(status).phrase
    return "Unknown"


def arguments(body: bytes, kind: str) -> dict[str, Any]:
    """The arguments in an answer; none where it is nothing that can be read."""
    if kind == "application/x-www-form-urlencoded":
        return dict(parse_qsl(body.decode("utf-8", "replace")))
    with suppress(ValueError):
        if kind == "application/json" and isinstance(found := json.loads(body or b"{}"), dict):
            return found
    return {}
