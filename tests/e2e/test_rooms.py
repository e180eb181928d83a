"""Every page of the desk and beside it: read, used, reached and drawn at every width, in both languages, light and dark.

A room that joins the menu is tested here by itself, and so is the first page
that it leads to. Pictures are taken where PICTURES says; nobody looks at them else.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
import pytest_asyncio

from tests.e2e import axe, browsing, rooms
from tests.e2e.browsing import Watched

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from playwright.async_api import BrowserContext, Page

    from tests.e2e.rooms import Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]  # the town is filled in the first
LOOKS = (Path(__file__).parent / "looks.js").read_text(encoding="utf-8")
UNFOLD = "for (const fold of document.querySelectorAll('details')) fold.open = true"
FOLD = "for (const fold of document.querySelectorAll('details.menu')) fold.open = false"
# Drawn after a resize.
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
HEAVY = 150_000  # bytes as they are sent, without pictures
SLOW = 1000  # milliseconds until something is drawn
SIZES = (*rooms.SIZES, (640, 400, "zoomed"))  # the last is a screen of 1280 × 800 at 200 %


class Visit(NamedTuple):
    """The town, somebody logged in, somebody who is not, and where pictures go."""

    town: Town
    inside: BrowserContext
    outside: BrowserContext
    pictures: Path | None

    async def photographs(self, page: Page, name: str) -> None:
        """Keep a picture of the page as it is read, when somebody wants it."""
        if self.pictures is not None:
            await page.evaluate(FOLD)
            await rooms.photograph(page, self.pictures, name)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[Town]:
    filled = rooms.town(tmp_path_factory.mktemp("town"))
    yield filled
    filled.server.stop()


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def visit(town: Town, chromium: str) -> AsyncIterator[Visit]:
    named = os.environ.get("PICTURES")
    pictures = Path(named) if named else None
    if pictures is not None:
        pictures.mkdir(parents=True, exist_ok=True)
    async with browsing.opened(chromium) as browser:
        yield Visit(town, await town.enters(browser), await browser.new_context(locale="zh-CN"), pictures)


@pytest.mark.parametrize("place", rooms.PLACES)
async def test_a_page_can_be_read_by_everybody_and_is_light(visit: Visit, place: str):
    page, watched = await opened(visit, place)
    address = visit.town.path(place)
    found = await inspect(visit, page, address, rooms.called(place))
    if (within := await rooms.deeper(page, place)) and within not in rooms.PLACES:
        found += await inspect(visit, page, visit.town.server.url + within, f"{rooms.called(place)}_one")
    await page.close()

    assert not found, "\n".join(found)
    assert watched.troubles == []


async def opened(visit: Visit, place: str) -> tuple[Page, Watched]:
    """A new page for the place, and who watches it."""
    context = visit.outside if place in rooms.OUTSIDE else visit.inside
    page = await context.new_page()
    return page, Watched(page)


async def inspect(visit: Visit, page: Page, address: str, name: str) -> list[str]:
    """What is wrong with a page, in both languages, both lights and every size."""
    found = [f"{name}: {each}" for each in await weighed(page, address)]
    found += [f"{name}: {each}" for each in await seen(visit, page, name)]
    if "/desk" in address:
        await speaks(page, address, "en")
        await page.goto(address)
        await page.evaluate(UNFOLD)
        found += [
            f"{name} en: {each}"
            for each in [*await axe.faults(page, spared=[axe.COLOURS]), *await page.evaluate(LOOKS)]
        ]
        await speaks(page, address, "zh")
    return found


async def speaks(page: Page, address: str, language: str) -> None:
    """Choose the language, as its button at the top of each page does, without the page that it leads back to."""
    choice = f"{address.partition('/desk')[0]}/desk/language?to={language}"
    chosen = await page.request.get(choice, max_redirects=0)
    assert chosen.status in {302, 303}


async def weighed(page: Page, address: str) -> list[str]:
    """Bytes, and the quickest first paint of three: a busy machine is not the page's fault."""
    best = float("inf")
    found: list[str] = []
    for _ in range(3):
        await page.goto(address)
        await page.wait_for_load_state("load")
        taken = await rooms.measure(page)
        found = [f"{taken['bytes']} bytes"] if taken["bytes"] > HEAVY else []
        best = min(best, taken["paint"] or 0)
        if best < SLOW:
            return found
    return [*found, f"first paint after {best:.0f} ms"]


async def seen(visit: Visit, page: Page, name: str) -> list[str]:
    """What is wrong to the eye at each size, and what axe says in each light; pictures of it all where they are wanted."""
    found: list[str] = []
    for width, height, size in SIZES:
        await page.set_viewport_size({"width": width, "height": height})
        await page.evaluate(SETTLED)
        if size != "zoomed":
            await visit.photographs(page, f"{name}-{size}")
        await page.evaluate(UNFOLD)
        found += [f"{size}: {each}" for each in await page.evaluate(LOOKS)]
    await page.set_viewport_size({"width": 1440, "height": 900})
    found += await axe.faults(page)
    await page.emulate_media(color_scheme="dark")
    found += [f"dark: {each}" for each in [*await axe.faults(page, axe.COLOURS), *await page.evaluate(LOOKS)]]
    await visit.photographs(page, f"{name}-dark")
    await page.emulate_media(color_scheme="light")
    return found
