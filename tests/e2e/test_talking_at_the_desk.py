"""A handler talks with a citizen from the case: sees what they will see, asks for more by a day, takes over the chat."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from playwright.async_api import expect

from tests.e2e.browsing import Watched
from tests.e2e.letters import GRILL
from tests.e2e.talking import WebCitizen
from tests.e2e.test_pages import LOOKS
from tests.e2e.working import Handler

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

    from tests.e2e.serving import Server

FAST = 15_000  # milliseconds: more than one look for new words


async def test_a_handler_talks_with_the_citizen_from_the_case(server: Server, browser: Browser):
    password = await asyncio.to_thread(server.settled, "wang", "handler")
    context = await browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = await context.new_page()
    watched = Watched(page)
    async with WebCitizen(server.url, knows=GRILL.knows) as citizen:
        number = await citizen.files(GRILL.subject, GRILL.detail)
        handler = Handler(page, server.url)
        await handler.logs_in("wang", password)
        await handler.goes_to(number)

        await _sees_what_the_citizen_will_see(page)
        await _asks_for_more_by_keyboard(page)
        await _takes_over(page, citizen)
    for width in (390, 1280):
        await page.set_viewport_size({"width": width, "height": 850})
        assert await page.evaluate(LOOKS) == []
    assert watched.troubles == []
    await context.close()


async def _sees_what_the_citizen_will_see(page: Page) -> None:
    await page.locator("#say-text").fill("我们【时间】到现场")
    await expect(page.locator("#seen-say")).to_contain_text("“【时间】”还没有填")
    await page.locator("#say-text").fill("我们今天下午到现场")
    await expect(page.locator("#seen-say .phone.web")).to_contain_text("我们今天下午到现场")
    await expect(page.locator("#seen-say")).to_contain_text("随时可以直接发")
    await page.get_by_role("button", name="发给市民").click()
    await expect(page.locator("#talk-log .staff").last).to_contain_text("我们今天下午到现场")


async def _asks_for_more_by_keyboard(page: Page) -> None:
    await page.locator("#write-say").focus()
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowRight")
    await expect(page.locator("#supplement-text")).to_be_visible()
    await expect(page.locator("#say-text")).to_be_hidden()
    await page.locator(".pane-supplement").get_by_label("地点").check()
    await page.get_by_role("button", name="3 个工作日").click()
    await expect(page.locator("#seen-supplement .phone")).to_contain_text("（含当天）前补充")
    await page.get_by_role("button", name="请市民补充，期限暂停").click()
    await expect(page.locator("#talking .waits")).to_contain_text("还缺：地点")


async def _takes_over(page: Page, citizen: WebCitizen) -> None:
    await page.get_by_role("button", name="接管聊天").click()
    await expect(page.locator("#talking .held")).to_contain_text("机器人不出声")
    await citizen.sends({"id": "there", "text": "有人在吗"})
    await expect(page.locator("#talk-log .citizen").last).to_contain_text("有人在吗", timeout=FAST)
    await page.locator("#say-text").fill("在的，请讲")
    await expect(page.locator("#seen-say .phone")).to_contain_text("工作人员：在的，请讲")
    await page.get_by_role("button", name="交还机器人").click()
    await expect(page.locator("#talking .held")).to_contain_text("现在由机器人接待")
    await expect(page.locator("#say-text")).to_have_value("在的，请讲")  # what was typed is not lost
