"""The chat is whole and readable at every width and light; chat and desk are used with the keyboard alone. Pages: test_rooms.py."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import pytest
from playwright.async_api import expect

from tests.e2e import axe
from tests.e2e.browsing import Watched
from tests.e2e.letters import GRILL, LAMPS, photo
from tests.e2e.talking import Photo, WebCitizen
from tests.e2e.working import Phone

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

    from tests.e2e.serving import Server

LOOKS = (Path(__file__).parent / "looks.js").read_text(encoding="utf-8")
FOCUS = """node => [null, "::after"].some((part) => getComputedStyle(node, part).outlineStyle !== "none")"""
LIGHTS = ((360, "light"), (360, "dark"), (1280, "light"))


class City(NamedTuple):
    """A Jiesu with two cases, one of them with a photo and a long message later."""

    server: Server
    password: str
    number: str
    cookie: str


@pytest.fixture(scope="module")
def city(server: Server) -> City:
    number, cookie = asyncio.run(told(server.url))
    return City(server, server.settled("zhang", "handler"), number, cookie)


async def told(url: str) -> tuple[str, str]:
    """Two citizens file; the number of the one with the photo, and their cookie."""
    async with WebCitizen(url, knows=LAMPS.knows) as other:
        await other.files(LAMPS.subject, LAMPS.detail)
    async with WebCitizen(url, knows=GRILL.knows) as citizen:
        number = await citizen.files(GRILL.subject, GRILL.detail, Photo("grill.jpg", photo()))
        await citizen.says("x" * 300)  # a word without a place to break
        if "sort.same" in citizen.choices:
            await citizen.taps("sort.same")
        return number, citizen.cookie


@pytest.mark.parametrize(("width", "light"), LIGHTS)
async def test_a_talk_can_be_read_and_used(city: City, browser: Browser, width: int, light: Literal["light", "dark"]):
    context = await browser.new_context(viewport={"width": width, "height": 800}, locale="zh-CN", color_scheme=light)
    page = await context.new_page()
    watched = Watched(page)
    await context.add_cookies([{"name": "jiesu_chat", "value": city.cookie, "url": city.server.url}])
    found = await faults(page, f"{city.server.url}/chat/web")
    found += await axe.faults(page)
    await context.close()

    assert found == []
    assert watched.troubles == []


async def faults(page: Page, url: str) -> list[str]:
    """What is wrong with a page once it is quiet."""
    await page.goto(url)
    await page.wait_for_load_state("load")
    found: list[str] = await page.evaluate(LOOKS)
    return found


async def test_faults_of_a_page_are_seen(browser: Browser):
    page = await browser.new_page(viewport={"width": 360, "height": 800})
    await page.set_content(
        "<p style='width:500px'>wide</p><img src='data:,x'><input><button style='height:9px'></button>"
        "<p style='color:#999;background:#fff'>pale</p><p style='width:20px;overflow:hidden'>cut-off-at-the-side</p>"
    )

    found = "\n".join(await page.evaluate(LOOKS))

    for fault in (
        "px wide",
        "edge",
        "alt text",
        "no label",
        "no name",
        "to hit",
        "contrast 2.8",
        "cut off",
        "no heading",
    ):
        assert fault in found


async def test_the_chat_tells_the_institutions_time_wherever_one_is(city: City, browser: Browser):
    context = await browser.new_context(locale="zh-CN", timezone_id="America/New_York")
    phone = Phone(await context.new_page(), city.server.url)
    await phone.opens()
    await phone.page.locator("#text").fill(LAMPS.subject)
    await phone.page.keyboard.press("Enter")
    moment = phone.page.locator(".moment")
    await expect(moment).to_be_visible()

    drawn = (await moment.inner_text()).strip().partition(":")[0]  # the page's clock and ours may be a minute apart
    await expect(phone.page.locator("li.line.bot").first).to_be_visible()
    await phone.page.reload()

    await expect(moment).to_contain_text(drawn)
    await context.close()


async def test_a_complaint_is_filed_with_the_keyboard_alone(city: City, browser: Browser):
    context = await browser.new_context(locale="zh-CN")
    phone = Phone(await context.new_page(), city.server.url)
    press = phone.page.keyboard.press
    await phone.opens()

    await tab_to(phone.page, "#text")
    await phone.page.keyboard.type(f"{LAMPS.subject}，{LAMPS.detail}")
    await press("Enter")
    for label in ("同意", "不是", "没有", "匿名", "提交"):  # the city has a case of these lamps already
        button = phone.last.get_by_role("button", name=label, exact=True)
        await expect(button).to_be_visible()
        await tab_to(phone.page, f"li.line.bot:last-child button:text-is('{label}')")
        await press("Enter")

    await phone.hears("已登记")
    await context.close()


async def test_a_handler_logs_in_and_opens_a_case_with_the_keyboard_alone(city: City, browser: Browser):
    context = await browser.new_context(locale="zh-CN")
    page = await context.new_page()
    await page.goto(f"{city.server.url}/desk")
    await expect(page.get_by_label("用户名")).to_be_focused()

    await page.keyboard.type("zhang")
    await page.keyboard.press("Tab")
    await page.keyboard.type(city.password)
    await page.keyboard.press("Enter")
    await expect(page.locator("#list")).to_be_visible()
    await tab_to(page, "#tab-new")
    await page.keyboard.press("Enter")
    await tab_to(page, f"#open-{city.number}")
    await page.keyboard.press("Enter")

    await expect(page.locator("h1")).to_contain_text(city.number)
    await context.close()


async def tab_to(page: Page, place: str) -> None:
    """Press Tab until that has the focus, and can be seen to have it."""
    target = page.locator(place)
    await expect(target).to_be_visible()
    for _ in range(60):
        if await target.evaluate("node => node === document.activeElement"):
            shown = await target.evaluate(FOCUS)
            assert shown, f"{place} has the focus and does not show it"
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {place}")
