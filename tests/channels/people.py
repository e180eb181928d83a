"""One citizen, four times: at the web page, in the terminal, in WeChat, in Telegram; each tells and hears the same way."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from aiohttp import FormData

from backend.arrivals import prepare
from backend.services.talks import intake
from dialogs.messages import Inbound, Peer

if TYPE_CHECKING:
    from aiohttp.test_utils import TestClient

    from backend.store.journal import Saying
    from backend.store.work import UnitOfWork
    from tests.channels.house import House
    from tests.fakes.telegram_people import Person as TelegramPerson
    from tests.fakes.wechat_people import Person as WechatPerson

SPELLED = re.compile(r"^\d+ (.+)$", re.MULTILINE)
"""A choice in words, as WeChat's passive answers have them."""
QUOTED = re.compile(r"“([^”]{1,20})”")
TYPING = 5.0
"""Seconds: platforms let nobody be written to much faster than they write."""


class Citizen(Protocol):
    """Somebody with one channel in hand. ``heard``: what came since they spoke last, ``offered``: buttons of that."""

    channel: str
    address: str

    @property
    def heard(self) -> list[str]: ...
    @property
    def offered(self) -> set[str]: ...
    async def tells(self, text: str, *, again: bool = False) -> None: ...
    async def shows(self, photo: bytes) -> None: ...
    async def looks(self) -> None: ...


@dataclass
class InWechat:
    """Somebody who follows the account."""

    house: House
    person: WechatPerson
    channel: str = "account"
    seen: int = 0

    @property
    def address(self) -> str:
        return self.person.user.openid

    @property
    def heard(self) -> list[str]:
        return [shown.text or str(shown.fields) for shown in self._news()]

    @property
    def offered(self) -> set[str]:
        news = self._news()
        items = {item["content"] for shown in news for item in shown.items}
        return items | {
            word for shown in news[-1:] for word in (*SPELLED.findall(shown.text), *QUOTED.findall(shown.text))
        }

    def _news(self):
        return [shown for shown in self.person.view[self.seen :] if shown.who == "account"]

    async def tells(self, text: str, *, again: bool = False) -> None:
        self.seen = len(self.person.view)
        self.house.clock.advance(TYPING)
        if again:
            self.house.wechat.fault("push", duplicate=True)
        await self.person.say(text)
        await self.house.settles()

    async def shows(self, photo: bytes) -> None:
        self.seen = len(self.person.view)
        await self.person.image(photo)
        await self.house.settles()

    async def looks(self) -> None:
        """See what came by itself; it stands in the phone already."""


@dataclass
class InTelegram:
    """Somebody in their own chat with the bot."""

    house: House
    person: TelegramPerson
    channel: str = "bot"
    seen: int = 0

    @property
    def address(self) -> str:
        return str(self.person.chat.id)

    @property
    def heard(self) -> list[str]:
        return [bubble["text"] for bubble in self._news()]

    @property
    def offered(self) -> set[str]:
        keys = {key["text"] for bubble in self._news() for row in bubble["buttons"] for key in row}
        return keys | {key["text"] for row in self._shown()["keyboard"] or () for key in row}

    def _shown(self):
        return self.house.telegram.view(self.person.chat.id, bot=self.person.bot.username)

    def _news(self):
        return [
            bubble for bubble in self._shown()["messages"] if bubble["from"] == "bot" and bubble["order"] > self.seen
        ]

    def marks(self) -> None:
        self.seen = max((bubble["order"] for bubble in self._shown()["messages"]), default=0)

    async def tells(self, text: str, *, again: bool = False) -> None:
        pressed = text in self.offered
        self.marks()
        self.house.clock.advance(TYPING)
        if again:
            self.person.bot.queue.switches.duplicate_after_ok = 1
        if pressed:
            self.person.press(text)
        else:
            self.person.say(text)
        await self.house.settles()
        self.person.bot.queue.switches.duplicate_after_ok = 0

    async def shows(self, photo: bytes) -> None:
        self.marks()
        self.person.photo(photo)
        await self.house.settles()

    async def looks(self) -> None:
        """See what came by itself; it stands in the phone already."""


@dataclass
class AtTheWeb:
    """Somebody at the chat page."""

    house: House
    browser: TestClient  # type: ignore[type-arg]
    channel: str = "web"
    heard: list[str] = field(default_factory=list)
    offered: set[str] = field(default_factory=set)
    sent: int = 0
    seq: int = 0
    token: str = ""

    @property
    def address(self) -> str:
        cookies = self.browser.session.cookie_jar.filter_cookies(self.browser.make_url("/chat/web"))
        return cookies["jiesu_chat"].value.partition(".")[0]

    async def tells(self, text: str, *, again: bool = False) -> None:
        self.sent += 1
        for _ in range(2 if again else 1):
            await self._posts(json={"id": f"w{self.sent}", "text": text})

    async def shows(self, photo: bytes) -> None:
        form = FormData()
        form.add_field("file", photo, filename="photo.jpg")
        await self._posts(data=form)

    async def looks(self) -> None:
        """See what came by itself."""
        async with self.browser.get("/chat/web/messages", params={"after": str(self.seq)}) as answer:
            self._takes(await answer.json())

    async def _posts(self, **how: Any) -> None:
        if not self.token:
            html = await (await self.browser.get("/chat/web")).text()
            self.token = html.split('name="csrf-token" content="')[1].split('"')[0]
        async with self.browser.post("/chat/web/messages", headers={"X-CSRF-Token": self.token}, **how) as answer:
            self._takes(await answer.json())

    def _takes(self, told) -> None:
        say = told["say"]
        self.heard = [one["text"] for one in say]
        self.offered = {choice["label"] for one in say for choice in one["choices"]}
        self.seq = max([self.seq, *(one["seq"] for one in say)])


@dataclass
class AtTheTerminal:
    """Somebody at the terminal."""

    house: House
    channel: str = "terminal"
    address: str = "me"
    heard: list[str] = field(default_factory=list)
    offered: set[str] = field(default_factory=set)
    sent: int = 0
    seq: int = 0

    async def tells(self, text: str, *, again: bool = False) -> None:
        self.sent += 1
        for _ in range(2 if again else 1):
            await self._takes(Inbound(Peer(self.channel, self.address), f"t{self.sent}", text))

    async def shows(self, photo: bytes) -> None:
        site = self.house.site
        self.sent += 1
        file, _ = await site.evidence.take("photo.jpg", photo)
        await self._takes(Inbound(Peer(self.channel, self.address), f"t{self.sent}"), files=(file,))

    async def _takes(self, message: Inbound, **more) -> None:
        site = self.house.site
        institution = site.institution_of(self.channel)
        prepared, _ = await prepare(site, message, institution, **more)
        said = await site.store.run(intake.receive, site.institutions, prepared, at=site.clock())
        self._hears(said)

    async def looks(self) -> None:
        """See what came by itself."""
        self._hears(self.house.asks(_said_after, self.channel, self.address, self.seq))

    def _hears(self, said: list[Saying]) -> None:
        self.heard = [one.text for one in said]
        self.offered = {choice["label"] for one in said for choice in one.choices}
        self.seq = max([self.seq, *(one.seq for one in said)])


def _said_after(work: UnitOfWork, channel: str, address: str, seq: int) -> list[Saying]:
    person = work.people.find(channel, address)
    return work.journal.said_after(person.id, seq) if person else []
