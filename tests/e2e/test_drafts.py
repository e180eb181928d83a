"""What somebody typed at the desk is there again after a session that ended, an error and a detour; for them alone."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple

import pytest
from playwright.async_api import expect

from tests.e2e.browsing import Watched
from tests.e2e.letters import LAMPS
from tests.e2e.talking import WebCitizen
from tests.e2e.working import Handler

if TYPE_CHECKING:
    from playwright.async_api import Browser, Locator, Page

    from tests.e2e.serving import Server

SESSION = "jiesu_desk"
WORDS = "明天上午去现场看路灯"


class Desk(NamedTuple):
    """A Jiesu with one case, and two people who may work on it."""

    url: str
    passwords: dict[str, str]
    number: str


@pytest.fixture(scope="module")
def desk(server: Server) -> Desk:
    passwords = {name: server.settled(name, "handler", "dispatcher") for name in ("zhang", "wang")}
    return Desk(server.url, passwords, asyncio.run(filed(server.url)))


async def filed(url: str) -> str:
    async with WebCitizen(url, knows=LAMPS.knows) as citizen:
        return await citizen.files(LAMPS.subject, LAMPS.detail)


async def logs_in(page: Page, desk: Desk, name: str) -> None:
    await page.get_by_label("用户名").fill(name)
    await page.get_by_label("密码").fill(desk.passwords[name])
    await page.get_by_role("button", name="登录").click()


async def writes(page: Page) -> None:
    """Half a correction: a reason in a fold, another category, not sent."""
    await page.locator("#correct summary").click()
    await page.get_by_label("类别").select_option(index=3)
    await expect(page.locator("#kept")).to_be_hidden()


async def test_what_was_typed_outlives_the_session_and_is_shown_to_nobody_else(desk: Desk, browser: Browser):
    context = await browser.new_context(locale="zh-CN")
    page = await context.new_page()
    watched = Watched(page)
    handler = Handler(page, desk.url)
    await handler.logs_in("zhang", desk.passwords["zhang"])
    await handler.goes_to(desk.number)
    note = page.locator("#note-text").first
    await unfolded(note)
    await note.fill(WORDS)
    await writes(page)
    chosen = await page.get_by_label("类别").input_value()
    await context.clear_cookies(name=SESSION)

    await page.locator("form", has=note).get_by_role("button").first.click()
    await expect(page.locator("#kept")).to_contain_text("您写的内容已保留")
    await logs_in(page, desk, "zhang")

    await expect(page.locator("h1")).to_contain_text(desk.number)
    await expect(note).to_have_value(WORDS)
    await expect(page.get_by_label("类别")).to_have_value(chosen)
    await expect(page.locator("#kept")).to_contain_text("已恢复")

    await page.locator("form", has=note).get_by_role("button").first.click()
    await handler.sees("")
    await page.reload()
    await expect(note).to_have_value("")
    await expect(page.get_by_label("类别")).to_have_value(chosen)  # that was not sent

    await context.clear_cookies(name=SESSION)
    await page.goto(f"{desk.url}/desk/cases/{desk.number}")
    await logs_in(page, desk, "wang")
    await expect(page.locator("h1")).to_contain_text(desk.number)
    await expect(page.get_by_label("类别")).not_to_have_value(chosen)
    assert await page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('jiesu-draft'))") == []
    assert watched.troubles == []
    await context.close()


async def unfolded(field: Locator) -> None:
    """Choose to write a remark, of the several things that can be written there."""
    await field.page.locator("label[for='write-note']").click()
    await expect(field).to_be_visible()


async def test_a_form_from_before_a_new_login_says_so_and_its_words_are_on_its_page(desk: Desk, browser: Browser):
    context = await browser.new_context(locale="zh-CN")
    page = await context.new_page()
    handler = Handler(page, desk.url)
    await handler.logs_in("zhang", desk.passwords["zhang"])
    await handler.goes_to(desk.number)
    note = page.locator("#note-text").first
    await unfolded(note)
    await note.fill(WORDS)
    await context.clear_cookies(name=SESSION)
    elsewhere = await context.new_page()
    await Handler(elsewhere, desk.url).logs_in("zhang", desk.passwords["zhang"])

    await page.locator("form", has=note).get_by_role("button").first.click()
    await expect(page.get_by_text("这次操作没有执行")).to_be_visible()
    await page.get_by_role("link", name="返回刚才的页面").click()

    await expect(note).to_have_value(WORDS)
    await page.locator("[data-discard]").click()
    await expect(note).to_have_value("")
    await context.close()


async def test_logging_out_leaves_no_words_behind(desk: Desk, browser: Browser):
    context = await browser.new_context(locale="zh-CN")
    page = await context.new_page()
    handler = Handler(page, desk.url)
    await handler.logs_in("zhang", desk.passwords["zhang"])
    await handler.goes_to(desk.number)
    await writes(page)

    await page.locator(".menu summary").click()
    await page.get_by_role("button", name="退出").click()

    await expect(page.get_by_text("已退出")).to_be_visible()
    await expect(page.locator("#kept")).to_be_hidden()
    assert await page.evaluate("sessionStorage.length") == 0
    await context.close()
