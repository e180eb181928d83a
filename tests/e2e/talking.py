"""A citizen who uses the web chat by HTTP calls of their own: the cookie, the page's token, JSON and forms."""

from __future__ import annotations

import asyncio
import html
import re
import socket
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import ClientSession, ClientTimeout, CookieJar, FormData, TCPConnector

from dialogs.slots import ROWS

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

NUMBER = re.compile(r"\d{8}-[A-Z]{2}-\d{6}-\d")
TOKEN = re.compile(r'<meta name="csrf-token" content="([^"]+)"')
AGREE = ("consent.yes", "elsewhere.yes", "submit", "sort.new", "anonymous", "skip")
"""Buttons that lead to a filed case, the first that is offered is tapped when nothing better is known."""
MOST_TURNS = 20
"""Questions after which nobody would go on."""
TIMEOUT = ClientTimeout(total=20)  # seconds


def origins(many: int = 10) -> tuple[str, ...]:
    """This machine's own addresses to call from, since limits count by address; macOS has one."""
    return tuple(address for n in range(1, many + 1) if _usable(address := f"127.0.0.{n}"))


class Refused(Exception):
    """The chat did not take a message."""

    def __init__(self, status: int, body: str) -> None:
        super().__init__(f"{status}: {body[:300]}")
        self.status = status


class NeverFiled(Exception):
    """The conversation went on and on; the message holds it."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A file to send."""

    name: str
    content: bytes
    media_type: str = "image/jpeg"


@dataclass(slots=True)
class WebCitizen:
    """Somebody with a browser of their own. ``knows`` holds what they answer, by slot; else they skip or stay nameless.

    ``origin`` is the address they call from: limits count by address.
    """

    url: str
    channel: str = "web"
    knows: dict[str, str] = field(default_factory=dict)
    origin: str = "127.0.0.1"
    heard: list[dict[str, Any]] = field(default_factory=list)  # bubbles by seq
    said: list[str] = field(default_factory=list)  # both sides, for people
    asked: list[str] = field(default_factory=list)  # slots that were asked for
    _session: ClientSession | None = None
    _token: str = ""
    _sent: int = 0

    async def __aenter__(self) -> Self:
        connector = TCPConnector(local_addr=(self.origin, 0), limit=2)
        self._session = ClientSession(connector=connector, cookie_jar=CookieJar(unsafe=True), timeout=TIMEOUT)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.session.close()

    @property
    def session(self) -> ClientSession:
        """The citizen's browser."""
        if self._session is None:
            raise AssertionError("a citizen opens their browser first: async with WebCitizen(…)")
        return self._session

    @property
    def home(self) -> str:
        """The chat's address."""
        return f"{self.url}/chat/{self.channel}"

    @property
    def cookie(self) -> str:
        """What their browser keeps: who they are."""
        return next(cookie.value for cookie in self.session.cookie_jar if cookie.key == "jiesu_chat")

    @property
    def choices(self) -> list[str]:
        """The ids of the buttons under the last bubble."""
        return [choice["id"] for choice in self.heard[-1]["choices"]] if self.heard else []

    async def opens(self) -> None:
        """Look at the page, which brings the cookie and the token."""
        async with self.session.get(self.home) as answer:
            page = await answer.text()
            if answer.status != 200:
                raise Refused(answer.status, page)
        found = TOKEN.search(page)
        if found is None:
            raise Refused(answer.status, "the page has no token")
        self._token = html.unescape(found[1])

    async def says(self, text: str) -> list[dict[str, Any]]:
        """Type something; the bubbles that answer."""
        return await self.sends({"id": self.new_id(), "text": text})

    async def taps(self, choice: str) -> list[dict[str, Any]]:
        """Tap a button."""
        return await self.sends({"id": self.new_id(), "choice": choice})

    async def shows(self, photo: Photo, text: str = "") -> list[dict[str, Any]]:
        """Send a file."""
        return await self.sends({"id": self.new_id(), "text": text}, photo)

    def new_id(self) -> str:
        """A message's own id."""
        self._sent += 1
        return f"m-{self._sent}"

    async def sends(self, message: dict[str, Any], photo: Photo | None = None) -> list[dict[str, Any]]:
        """Send one message, again when the chat is busy; the same id is the same message. Raises: Refused, ClientError."""
        if not self._token:
            await self.opens()
        while (say := await self._tries(message, photo)) is None:
            pass
        told = message.get("text") or message.get("choice") or ""
        self.said.append(f"> {told}{f'[{photo.name}]' if photo else ''}")
        self._hear(say)
        return say

    async def _tries(self, message: dict[str, Any], photo: Photo | None) -> list[dict[str, Any]] | None:
        """What is answered; None, after the wait that was asked for: it is to be sent again. Raises: Refused."""
        body: dict[str, Any] = {"data": _form(message, photo)} if photo else {"json": message}
        headers = {"X-CSRF-Token": self._token}
        async with self.session.post(f"{self.home}/messages", headers=headers, **body) as answer:
            if answer.status == 200:
                say: list[dict[str, Any]] = (await answer.json())["say"]
                return say
            if answer.status not in {429, 503}:
                raise Refused(answer.status, await answer.text())
            wait = float(answer.headers["Retry-After"])
        await asyncio.sleep(wait)
        return None

    async def looks(self) -> list[dict[str, Any]]:
        """What was said since, notices above all."""
        after = self.heard[-1]["seq"] if self.heard else 0
        async with self.session.get(f"{self.home}/messages", params={"after": after}) as answer:
            if answer.status != 200:
                raise Refused(answer.status, await answer.text())
            say: list[dict[str, Any]] = (await answer.json())["say"]
        self._hear(say)
        return say

    async def hears(self, words: str, *, seconds: float = 30) -> dict[str, Any]:
        """The first bubble with these words, waiting for it. Raises: TimeoutError."""
        async with asyncio.timeout(seconds):
            while True:
                for bubble in self.heard:
                    if words in bubble["text"]:
                        return bubble
                await asyncio.sleep(0.2)
                await self.looks()

    async def files(self, subject: str, detail: str = "", photo: Photo | None = None) -> str:
        """Tell it all at first, then answer what is asked until there is a number. Raises: NeverFiled."""
        await self.says("\n".join(part for part in (subject, detail) if part))
        for _ in range(MOST_TURNS):
            if number := self.number():
                return number
            photo = await self._answers(photo)
        raise NeverFiled("\n".join(self.said))

    def number(self) -> str:
        """The number on the receipt; empty: there is none yet."""
        found = [NUMBER.search(bubble["text"]) for bubble in self.heard if "已登记" in bubble["text"]]
        return next((match[0] for match in found if match), "")

    async def _answers(self, photo: Photo | None) -> Photo | None:
        """Answer the last question; the photo, unless it was sent."""
        slot = question(self.heard[-1]["text"])
        if slot:
            self.asked.append(slot)
        if slot == "evidence" and photo:
            await self.shows(photo)
            return None
        if slot in self.knows:
            await self.says(self.knows[slot])
        elif choice := next((choice for choice in AGREE if choice in self.choices), ""):
            await self.taps(choice)
        else:
            await self.says("不清楚")
        return photo

    def _hear(self, say: list[dict[str, Any]]) -> None:
        known = {bubble["seq"] for bubble in self.heard}
        for bubble in say:
            if bubble["seq"] not in known:
                buttons = "".join(f" ·{choice['label']}" for choice in bubble["choices"])
                self.said.append(f"< {bubble['text']}{buttons}")
                self.heard.append(bubble)
        self.heard.sort(key=lambda bubble: bubble["seq"])


def question(text: str) -> str:
    """The slot that a bubble asks for; empty: none."""
    return next((slot.key for slot in ROWS if text.endswith(slot.question)), "")


def _usable(address: str) -> bool:
    with closing(socket.socket()) as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
    return True


def _form(message: dict[str, Any], photo: Photo) -> FormData:
    form = FormData({"id": message["id"], "text": message.get("text", "")})
    form.add_field("file", photo.content, filename=photo.name, content_type=photo.media_type)
    return form
