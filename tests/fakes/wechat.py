"""A WeChat for tests, the demo and the bench: an HTTP server with the platform's endpoints, and its pushes.

    async with FakeWechat(clock) as fake:
        fake.account.callback_url = "http://127.0.0.1:8080/hooks/city-wechat"
        alice = fake.person("oAlice")
        push = await alice.say("12路公交车门坏了")
        alice.read  # what the account has answered

Everything is in memory; every rule reads ``clock``. Behaviour that nobody could verify is a field of
``fake.settings``; what goes wrong is a ``Fault`` in ``fake.fault(…)``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Self

from aiohttp import web

from tests.fakes.wechat_api import Doors
from tests.fakes.wechat_control import Control
from tests.fakes.wechat_faults import Fault
from tests.fakes.wechat_people import Person
from tests.fakes.wechat_pusher import Pusher
from tests.fakes.wechat_tokens import invalidate
from tests.fakes.wechat_world import Account, ApiCall, Settings, Template, World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import TracebackType

    from tests.fakes.clock import VirtualClock

LARGEST_CALL = 32 << 20  # bytes


class FakeWechat:
    """The platform, listening on a port of this machine; one account, ``account``, is there from the start."""

    def __init__(self, clock: VirtualClock, account: Account | None = None, *, port: int = 0) -> None:
        self.clock = clock
        self.world = World(clock)
        self.account = self.add_account(account or Account())
        self.pusher = Pusher(self.world)
        self._port = port
        self._runner: web.AppRunner | None = None

    @property
    def settings(self) -> Settings:
        return self.world.settings

    @property
    def url(self) -> str:
        """The base that stands for https://api.weixin.qq.com, and for mp. and open. as well."""
        return f"http://127.0.0.1:{self._port}"

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=LARGEST_CALL, middlewares=[_any_page])
        Control(self).add_to(app)
        app.router.add_route("*", "/{path:.*}", Doors(self.world, self.pusher).serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        await self.pusher.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.pusher.close()
        if self._runner:
            await self._runner.cleanup()

    def add_account(self, account: Account) -> Account:
        self.world.accounts[account.appid] = account
        return account

    def add_template(
        self, template_id: str, *fields: str, kind: Literal["tmpl", "sub"] = "tmpl", title: str = "", appid: str = ""
    ) -> Template:
        """A template with fields such as thing4 and time3; ``sub``: of subscription notices."""
        made = Template(template_id, kind, title or template_id, fields)
        self.world.templates[appid or self.account.appid, template_id] = made
        return made

    def person(self, openid: str, appid: str | None = None, *, follows: bool = True) -> Person:
        """Somebody with an account open in their phone; who is new ``follows`` it already, which nobody was told."""
        account = self.world.only(appid)
        new = (account.appid, openid) not in self.world.users
        user = self.world.user(account, openid)
        if new and follows:
            user.subscribed, user.since = True, int(self.clock.now())
        return Person(self.world, self.pusher, account, user, self.url)

    def fault(self, endpoint: str, **how: Any) -> Fault:
        """Something goes wrong there: see Fault."""
        fault = Fault(endpoint, **how)
        self.world.faults.append(fault)
        return fault

    def calls(self, endpoint: str = "") -> list[ApiCall]:
        """What was asked of the platform at paths with that end, in order."""
        return [call for call in self.world.calls if call.endpoint.endswith(endpoint)]

    def invalidate_tokens(self, appid: str | None = None) -> None:
        """Another process of the owner took new tokens: ours are good no more."""
        invalidate(self.world, self.world.only(appid))

    async def settled(self) -> None:
        """Return when no push is on its way."""
        await self.pusher.settled()

    def reset(self) -> None:
        """Forget people, tokens, files, faults and calls; accounts, templates and settings stay."""
        world = self.world
        for kept in (world.users, world.tokens, world.forced, world.media, world.qr, world.codes, world.msgids):
            kept.clear()
        world.counters.clear()
        for rows in (world.faults, world.calls, self.pusher.pushes):
            rows.clear()


_OPEN = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "Content-Type"}


@web.middleware
async def _any_page(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """The demo's page comes from another port."""
    if request.method == "OPTIONS" and request.path.startswith("/_ctl/"):
        response: web.StreamResponse = web.Response()
    else:
        try:
            response = await handler(request)
        except web.HTTPException as refusal:
            refusal.headers.update(_OPEN)
            raise
    if request.path.startswith(("/_ctl/", "/media/")):
        response.headers.update(_OPEN)
    return response
