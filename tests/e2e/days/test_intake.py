"""Intake's day: a call is registered without a mouse, the slip is printed, and the caller goes on in the web chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.e2e.browsing import Watched
from tests.e2e.days.cast import CLERK
from tests.e2e.working import Phone

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.e2e.days.cast import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")
CALL = {
    "what": "幸福里5栋楼下的路灯坏了三天，晚上出门看不见路",
    "where": "幸福里5栋",
    "when": "三天前",
    "who": "王芳",
    "contact": "13800138000",
}
WATCH_PRINTER = "window.print = () => { document.body.dataset.printed = 'yes'; }"


async def test_a_call_is_registered_by_keys_its_slip_printed_and_followed_in_the_chat(stage: Stage):
    async with stage.officer("赵接线", "intake") as officer:
        page = officer.page
        await page.add_init_script(WATCH_PRINTER)
        await officer.goes("/register")
        await types(page, CALL)
        await expect(page.locator("#look")).to_contain_text("城市管理局")
        await officer.meets("register-typed")
        await page.locator("#slot-contact").focus()
        await page.keyboard.press("Control+Enter")
        number = (await page.locator(".slip-number").inner_text()).strip()
        code = (await page.locator(".slip-code").inner_text()).strip()
        await officer.meets("slip")
        await tabs_to(page, "[data-print]")
        await page.keyboard.press("Enter")
        await expect(page.locator("body")).to_have_attribute("data-printed", "yes")

        context = await stage.browser.new_context(**CLERK)  # type: ignore[arg-type]
        phone = Phone(await context.new_page(), stage.server.url, "hotline")
        seen = Watched(phone.page)
        await phone.page.goto(f"{stage.server.url}/chat/hotline?case={number}")
        await phone.page.locator("#send").click()
        await phone.hears("查询码")
        await phone.types(code)
        await phone.hears(number)
        await officer.handler.goes_to(number)
        await officer.handler.accepts()
        await phone.hears("已受理")
        await expect(page.locator(".history")).to_contain_text("赵接线")
        await officer.meets("case-phone")
        await context.close()
    assert [*officer.troubles, *seen.troubles] == []


async def types(page: Page, told: dict[str, str]) -> None:
    """Field after field with Tab."""
    for slot, words in told.items():
        if slot != "what":
            await tabs_to(page, f"#slot-{slot}")
        await page.keyboard.insert_text(words)


async def tabs_to(page: Page, wanted: str) -> None:
    """On with Tab until that is where the keyboard is. Raises: AssertionError: it is never reached."""
    for _ in range(60):
        if await page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {wanted}")
