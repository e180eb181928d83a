"""Chromium for tests and pictures: where it is, how it is started, and what a good page must not show."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.async_api import Error as PageError
from playwright.async_api import async_playwright

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, ConsoleMessage, Page, Response

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-first-run",
    "--no-pings",
    "--password-store=basic",
    "--disable-features=MediaRouter,OptimizationHints,Translate,AutofillServerCommunication",
)
"""So that the browser talks to nobody but us."""
MISSING = "no Chromium here: run `make browsers`"
NO_FONTS = "no Chinese fonts here: run `make browsers`"


def chromium() -> str | None:
    """The browser's path; None: there is none."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or next((path for path in APPS if Path(path).exists()), None)


def has_fonts() -> bool:
    """Whether Chinese can be drawn."""
    if platform.system() == "Darwin":
        return True
    if (lister := shutil.which("fc-list")) is None:
        return False
    listed = subprocess.run([lister, ":lang=zh-cn", "family"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


@asynccontextmanager
async def opened(path: str) -> AsyncIterator[Browser]:
    """A browser without a window."""
    as_root = ("--no-sandbox",) if os.geteuid() == 0 else ()  # Chromium has no sandbox for root
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=path, args=[*QUIET, *as_root])
        yield browser
        await browser.close()


class Watched:
    """Everything that goes wrong on a page while one looks: script errors, refused content, failed requests."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.troubles: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", self._error)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.troubles.append(f"{message.type}: {message.text}")

    def _error(self, error: PageError) -> None:
        self.troubles.append(f"script: {error.message}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.troubles.append(f"{response.status}: {response.url}")
