"""Who is at work on one day: officers in a browser each, citizens with a chat, and one Jiesu that all of them share.

Every institution is one role's own, so that no day gets in another's way.
What is met is photographed, checked by axe and by the eye of ``looks.js``.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.e2e import axe, rooms
from tests.e2e.browsing import Watched
from tests.e2e.serving import Server
from tests.e2e.talking import WebCitizen
from tests.e2e.working import Handler

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Page

HOMES = ("hotline", "property", "education", "market")
LOOKS = (Path(__file__).parents[1] / "looks.js").read_text(encoding="utf-8")
CHANNEL = '[[channel]]\nkind = "web"\nname = "{home}"\ninstitution = "{home}"\n'
CLERK = {"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN"}
LAMP = "人民路和解放路口的路灯坏了一个星期，晚上看不清路，希望尽快修好。"
KNOWS = {"when": "上周五起", "where": "人民路和解放路口", "evidence": "没有", "who": "李敏", "contact": "13800138000"}


def built(folder: Path) -> Server:
    """A Jiesu that serves all the homes, each with a web chat of its name; it runs."""
    server = Server(folder)
    settings = folder / "jiesu.toml"
    channels = "\n".join(CHANNEL.format(home=home) for home in HOMES)
    settings.write_text(f"{settings.read_text(encoding='utf-8')}\n{channels}", encoding="utf-8")
    server.start()
    return server


@dataclass
class Officer:
    """Somebody at the desk, and everything that was wrong with what they met."""

    name: str
    handler: Handler
    watched: Watched
    pictures: Path
    every_width: bool
    faults: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        """What they have before them."""
        return self.handler.page

    async def goes(self, path: str) -> None:
        """To a page of the desk, ``path`` from /desk on."""
        await self.page.goto(f"{self.handler.desk}{path}")

    async def moves(self, number: str, to: str, **fields: str) -> None:
        """Take a case to another status; a list's value or words by their fields' names."""
        await self.handler.goes_to(number)
        form = self.page.locator("form", has=self.page.locator(f'input[name="to"][value="{to}"]'))
        if await (folded := self.page.locator(f"#move-{to}")).count():
            await folded.locator("summary").first.click()
        for name, words in fields.items():
            field = form.locator(f'[name="{name}"]')
            if await field.evaluate("field => field.localName") == "select":
                await field.select_option(label=words)
            else:
                await field.fill(words)
        await form.locator("button.wide").click()
        await self.handler.sees("状态已改为")

    async def meets(self, called: str) -> None:
        """Look at the page that is open: a picture, and what is wrong with it."""
        photograph = rooms.photographs if self.every_width else rooms.photograph
        await photograph(self.page, self.pictures, f"day-{called}")
        self.faults += [
            f"{called}: {each}" for each in [*await axe.faults(self.page), *await self.page.evaluate(LOOKS)]
        ]

    @property
    def troubles(self) -> list[str]:
        """All that went wrong."""
        return [*self.watched.troubles, *self.faults]


@dataclass
class Stage:
    """The server and the browser; ``pictures``: where they go, as the page stands or at every width and in the dark."""

    server: Server
    browser: Browser
    pictures: Path
    every_width: bool

    @asynccontextmanager
    async def officer(self, name: str, role: str, home: str = "hotline") -> AsyncIterator[Officer]:
        """Somebody hired for a role in an institution, who logs in with the one-time password."""
        told = ("user", "add", name, "--role", role, "--institution", home)
        password = (await asyncio.to_thread(self.server.jiesu, *told)).split()[-1]
        context = await self.browser.new_context(**CLERK)  # type: ignore[arg-type]
        page = await context.new_page()
        officer = Officer(name, Handler(page, self.server.url), Watched(page), self.pictures, self.every_width)
        await officer.handler.logs_in(name, password)
        yield officer
        await context.close()

    def citizen(self, home: str = "hotline", **knows: str) -> WebCitizen:
        """Somebody with that institution's chat open."""
        return WebCitizen(self.server.url, home, knows=KNOWS | knows)
