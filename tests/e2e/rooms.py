"""Every page there is, once: the rooms of the desk's menu, which a new page joins by itself, and what lies beside them.

``Town`` is a Jiesu with the demo's city in it and somebody who may enter every
room; ``measure`` and ``photograph`` are what tests and pictures do on a page.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from backend.domain import rights
from backend.web.desk import nav
from tests.e2e.serving import Server, surroundings
from tests.e2e.talking import WebCitizen
from tests.e2e.working import Handler

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser, BrowserContext, Page

MENU = tuple(room.path for wing in nav.WINGS for room in wing.rooms)
BESIDE = (
    "/desk?tab=all",
    "/desk/find?number=路灯",
    "/desk/cases/{case}",
    "/desk/cases/{slip}/slip",
    "/desk/cases/{case}/evidence/{piece}",
    "/desk/talks/{talk}",
    "/desk/reports/rates",
    "/desk/password",
    "/desk/no-such-page",
)
OUTSIDE = ("/desk/login", "/chat/web", "/public", "/api/docs", "/no-such-page")
"""Pages for who is not logged in."""
PLACES = tuple(dict.fromkeys((*MENU, *BESIDE, *OUTSIDE)))
SIZES = ((1440, 900, "wide"), (1024, 768, "medium"), (390, 844, "phone"))
CASES = 16
LONG = 280  # seconds that filling may take on a busy machine
CALL = {"what": "人民路路灯坏了三天没人修", "where": "人民路", "when": "三天前", "who": "无", "contact": "无"}
SETTINGS = """listen = "127.0.0.1:{port}"
database = "sqlite:///var/demo.db"
evidence = "var/demo-evidence"

[[channel]]
kind = "web"
name = "web"
institution = "hotline"

[[channel]]
kind = "web"
name = "owners"
institution = "property"
"""
MEASURED = """() => {
  const bytes = (each) => each.encodedBodySize + 300; // and its head
  const picture = (each) => each.initiatorType === "img" || /\\.(png|jpe?g|svg|webp)|evidence|small|whole/.test(each.name);
  const sent = performance.getEntriesByType("resource").filter((each) => !picture(each));
  const [page] = performance.getEntriesByType("navigation");
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return { bytes: bytes(page) + sent.map(bytes).reduce((a, b) => a + b, 0), paint: paint ? paint.startTime : null };
}"""


@dataclass
class Town:
    """The demo's city, served; ``known`` fills the blanks in the paths."""

    server: Server
    password: str = ""
    known: dict[str, str] = field(default_factory=dict)

    def path(self, place: str) -> str:
        """The address, its blanks filled in. Raises: KeyError: the town has no such thing."""
        return self.server.url + place.format(**self.known)

    async def enters(self, browser: Browser) -> BrowserContext:
        """Somebody with every role, logged in, whose town is known then."""
        context = await browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
        page = await context.new_page()
        await Handler(page, self.server.url).logs_in("everyone", self.password)
        await page.goto(f"{self.server.url}/desk?tab=all")
        self.known["case"] = (await page.locator("tr:has(.piece) .number").first.inner_text()).strip()
        await page.goto(self.path("/desk/cases/{case}"))
        link = await page.locator("a[href*='/evidence/']").first.get_attribute("href")
        self.known["piece"] = (link or "").rpartition("/")[2]
        await page.goto(f"{self.server.url}/desk/talks")
        link = await page.locator("#talks a[href^='/desk/talks/']").first.get_attribute("href")
        self.known["talk"] = (link or "").rpartition("/")[2]
        await self._registers(page)
        await page.close()
        return context

    async def _registers(self, page: Page) -> None:
        """A call, so that there is a slip."""
        await page.goto(f"{self.server.url}/desk/register")
        for slot, words in CALL.items():
            await page.locator(f"#slot-{slot}").fill(words)
        await page.evaluate("document.getElementById('register').requestSubmit()")
        self.known["slip"] = (await page.locator(".slip-number").inner_text()).strip()


def town(folder: Path) -> Town:
    """A filled city, served from that folder. Raises: CalledProcessError."""
    server = Server(folder)
    filling = [sys.executable, "-m", "backend.demo", "--fill-only", "--cases", str(CASES)]
    subprocess.run(filling, cwd=folder, env=surroundings(), check=True, capture_output=True, timeout=LONG)
    (folder / "jiesu.toml").write_text(SETTINGS.format(port=server.port), encoding="utf-8")
    server.start()
    found = Town(server, server.settled("everyone", *rights.ROLES))
    asyncio.run(_asks_for_somebody(server.url))
    return found


async def _asks_for_somebody(url: str) -> None:
    async with WebCitizen(url) as citizen:
        await citizen.says("路灯坏了一个星期，晚上看不清路")
        await citizen.says("人工")


async def measure(page: Page) -> dict[str, Any]:
    """What the page that is shown took: ``bytes`` without pictures, packed; ``paint`` in milliseconds, None: unknown."""
    found: dict[str, Any] = await page.evaluate(MEASURED)
    return found


async def deeper(page: Page, room: str) -> str:
    """The first page that lies within the room, by a link of it; empty: there is none."""
    if room == "/desk":
        return ""
    links = await page.locator(f"#page a[href^='{room}/']").evaluate_all(
        "all => all.map((a) => a.getAttribute('href'))"
    )
    return next((link for link in links if "download" not in link and "." not in link), "")


async def photograph(page: Page, folder: Path, name: str) -> None:
    """The whole page, with every fold as it stands and every movement over.

    The caret stays: hiding it leaves ``style=""`` behind, which htmx copies, which the policy forbids.
    """
    await page.screenshot(path=folder / f"{name}.png", full_page=True, animations="disabled", caret="initial")


async def photographs(page: Page, folder: Path, name: str) -> None:
    """The page that is open, at each width, and in the dark."""
    for width, height, size in SIZES:
        await page.set_viewport_size({"width": width, "height": height})
        await photograph(page, folder, f"{name}-{size}")
    await page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
    await page.emulate_media(color_scheme="dark")
    await photograph(page, folder, f"{name}-dark")
    await page.emulate_media(color_scheme="light")


def called(place: str) -> str:
    """The place as a file's name."""
    plain = place.replace("{", "").replace("}", "").replace("?", "-").replace("=", "-").strip("/")
    return plain.replace("/", "_") or "home"
