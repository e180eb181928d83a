"""The half of the fake WeChat that calls an account's server: five seconds, three tries, the same message each time."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import aiohttp

from tests.fakes import wechat_crypto as crypto
from tests.fakes.wechat_errors import Refusal
from tests.fakes.wechat_faults import Fault, striking
from tests.fakes.wechat_replies import Verdict, judge
from tests.fakes.wechat_windows import spend
from tests.fakes.wechat_wire import envelope, signed_query
from tests.fakes.wechat_world import bubble

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping

    from tests.fakes.wechat_world import Account, User, World

SORRY = "该公众号暂时无法提供服务，请稍后再试"  # what a person reads whose message got no answer


@dataclass
class Try:
    """One delivery of a push."""

    at: float
    status: int = 0
    body: str = ""
    latency: float = 0.0  # on the virtual clock
    took: float = 0.0  # on the machine's, for measurements
    verdict: str = "open"  # empty, success, reply, handover; invalid, failed, refused, timeout, cut, late
    why: str = ""


@dataclass
class Push:
    """A message or event on its way to an account's server."""

    id: int
    appid: str
    openid: str
    message: dict[str, Any]
    shown: bool  # a person waits for the answer
    tries: list[Try] = field(default_factory=list)
    answered: bool = False  # a good answer came in time
    over: bool = False  # no more tries

    @property
    def verdict(self) -> str:
        return self.tries[-1].verdict if self.tries else "held"


class Pusher:
    """Sends, tries again, judges and shows. ``holding``: pushes wait for ``release``, in whichever order."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.pushes: list[Push] = []
        self.holding = False
        self.under_way = 0
        self._held: list[Push] = []
        self._tasks: set[asyncio.Task[Any]] = set()
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=None), connector=aiohttp.TCPConnector(limit=0)
        )

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session:
            await self._session.close()

    def start(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do something beside the rest, until the fake closes."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _head(self, account: Account, user: User) -> dict[str, Any]:
        at = int(self.world.now() + self.world.settings.skew)
        return {"ToUserName": account.gh_id, "FromUserName": user.openid, "CreateTime": at}

    def message(self, account: Account, user: User, kind: str, **fields: Any) -> dict[str, Any]:
        """What a person sent."""
        return self._head(account, user) | {"MsgType": kind} | fields | {"MsgId": self.world.number()}

    def event(self, account: Account, user: User, name: str, **fields: Any) -> dict[str, Any]:
        """What happened; events have no MsgId."""
        return self._head(account, user) | {"MsgType": "event", "Event": name} | fields

    def later(self, seconds: float, account: Account, user: User, event: dict[str, Any]) -> None:
        """Push an event when so much time has passed."""

        due = self.world.now() + seconds

        async def wait() -> None:
            await self.world.clock.until(due)
            await self.push(account, user, event, shown=False)

        self.start(wait())

    async def push(self, account: Account, user: User, message: dict[str, Any], *, shown: bool = True) -> Push:
        """Deliver; returns when it is answered or given up. An account without an address hears nothing."""
        push = Push(len(self.pushes) + 1, account.appid, user.openid, message, shown)
        self.pushes.append(push)
        if self.holding:
            self._held.append(push)
        elif account.callback_url:
            await self._deliver(push)
        return push

    def withheld(self, user: User, message: dict[str, Any]) -> Push:
        """A message that human staff reads instead of the server."""
        return Push(0, user.appid, user.openid, message, shown=False, over=True)

    async def release(self, *, backwards: bool = False) -> None:
        """Deliver what was held, one after the other."""
        held, self._held, self.holding = self._held, [], False
        for push in reversed(held) if backwards else held:
            await self._deliver(push)

    async def settled(self) -> None:
        """Return when nothing is on its way; what waits for its time may wait on."""
        for _ in range(3):
            await asyncio.sleep(0)
        while self.under_way:
            await asyncio.sleep(0.002)

    async def _deliver(self, push: Push) -> None:
        self.under_way += 1
        try:
            await self._tries(push)
        finally:
            self.under_way -= 1
            push.over = True
        if push.shown and not push.answered:
            self.world.show(self._user(push), bubble("system", "tip", SORRY))

    async def _tries(self, push: Push) -> None:
        left = self.world.settings.tries
        while left > 0 and not push.answered:
            fault = striking(self.world.faults, "push", push.openid)
            beside = 1 if fault.overlap and left > 1 else 0
            await asyncio.gather(*(self._try(push, fault) for _ in range(1 + beside)))
            left -= 1 + beside
            if push.answered and fault.duplicate:
                await self._try(push, fault)

    async def _try(self, push: Push, fault: Fault) -> None:
        clock, settings = self.world.clock, self.world.settings
        await clock.sleep(fault.delay_s)
        one, began = Try(clock.now()), time.perf_counter()
        push.tries.append(one)
        post = asyncio.create_task(self._post(push))
        limit = asyncio.create_task(clock.sleep(settings.patience))
        await asyncio.wait({post, limit}, return_when=asyncio.FIRST_COMPLETED)
        limit.cancel()
        if post.done():
            self._heard(push, one, post, fault)
        else:
            one.verdict = "timeout"
            self._leave(push, one, post)
        one.latency, one.took = clock.now() - one.at, time.perf_counter() - began

    def _leave(self, push: Push, one: Try, post: asyncio.Task[tuple[int, str]]) -> None:
        if self.world.settings.on_timeout == "cut":
            post.cancel()
            return
        self._tasks.add(post)

        def ended(done: asyncio.Task[tuple[int, str]]) -> None:
            self._tasks.discard(done)
            if not done.cancelled():
                self._heard(push, one, done, Fault("", times=0), late=push.answered or push.over)

        post.add_done_callback(ended)

    def _heard(
        self, push: Push, one: Try, post: asyncio.Task[tuple[int, str]], fault: Fault, *, late: bool = False
    ) -> None:
        if error := post.exception():
            one.verdict, one.why = "refused", type(error).__name__
            return
        one.status, one.body = post.result()
        verdict = judge(self.world, self._account(push), self._user(push), one.status, one.body)
        one.verdict, one.why = "late" if late else "cut" if fault.cut else verdict.word, verdict.why
        if verdict.good and not late and not fault.cut:
            self._took(push, verdict)

    def _took(self, push: Push, verdict: Verdict) -> None:
        """A good answer in time; only the first one reaches the phone."""
        if push.answered:
            return
        push.answered = True
        user = self._user(push)
        if verdict.kf_account or verdict.word == "handover":
            user.kf_account = verdict.kf_account or "kf001@jiesu"
        if verdict.shown and push.shown and self._paid(user):
            self.world.show(user, verdict.shown)

    def _paid(self, user: User) -> bool:
        if not self.world.settings.passive_uses_quota:
            return True
        with suppress(Refusal):
            spend(self.world, user).left -= 1
            return True
        return False

    def _account(self, push: Push) -> Account:
        return self.world.accounts[push.appid]

    def _user(self, push: Push) -> User:
        return self.world.users[push.appid, push.openid]

    async def _post(self, push: Push) -> tuple[int, str]:
        account = self._account(push)
        timestamp = str(int(self.world.now() + self.world.settings.skew))
        nonce = str(int(self.world.fresh("nonce")[:8], 16))
        body, sealed = envelope(account, push.message, self.world.fresh("random")[:16].encode())
        query = signed_query(account, push.openid, sealed, timestamp, nonce)
        kind = "application/json" if account.format == "json" else "text/xml"
        return await self.raw(account, body.encode(), query, {"Content-Type": kind})

    async def raw(
        self, account: Account, body: bytes, query: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> tuple[int, str]:
        """Post just this, once, whatever it is: forged, old, a bomb. Returns status and body."""
        assert self._session is not None
        async with self._session.post(account.callback_url, params=query, data=body, headers=headers) as answer:
            return answer.status, await answer.text()

    async def verify(self, account: Account, *, forged: bool = False) -> tuple[int, str, str]:
        """The console's check of an address: status, body, and the echostr that the body must be."""
        assert self._session is not None
        now, nonce, echo = str(int(self.world.now())), "1514711492", str(self.world.number())
        good = crypto.signature(account.token, now, nonce)
        wrong = good[:-1] + ("0" if good[-1] != "0" else "1")
        query = {"signature": wrong if forged else good, "timestamp": now, "nonce": nonce, "echostr": echo}
        async with self._session.get(account.callback_url, params=query) as answer:
            return answer.status, await answer.text(), echo
