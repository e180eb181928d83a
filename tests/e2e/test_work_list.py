"""The work list by its keys, and kept up to date without losing the place, in a real browser."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from backend.domain import numbers
from backend.store.engine import open_store
from tests.backend.store.samples import CITY, filed
from tests.e2e.browsing import Watched
from tests.e2e.working import Handler

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

    from backend.store.work import UnitOfWork
    from tests.e2e.serving import Server

MADE = [numbers.make(date(2026, 11, 21), "HL", n) for n in range(1, 7)]

WHO = {"name": "李敏", "contact": "13800138000", "anonymous": False, "confidential": False}
FACTS = {"who": WHO, "what": "路灯坏了三天", "target": None, "when": None, "where": None, "request": None, "extra": {}}


def file(server: Server, *made: str) -> None:
    """Cases as they come, the first of them due first."""

    def change(work: UnitOfWork) -> None:
        now = datetime.now(UTC)
        for number in made:
            due = {"answer": now + timedelta(days=1 + MADE.index(number))}
            filed(work, number, filed_at=now.astimezone(CITY), due=due, facts=FACTS, proposal={})

    store = open_store(server.database_url)
    store.run_now(change)
    store.close()


@pytest.fixture(scope="module")
def password(server: Server) -> str:
    file(server, *MADE[1:4])
    return server.settled("zhang", "handler", "dispatcher", "coordinator")


async def opened(browser: Browser, server: Server, password: str) -> tuple[Page, Watched]:
    context = await browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800})
    page = await context.new_page()
    watched = Watched(page)
    await Handler(page, server.url).logs_in("zhang", password)
    await page.goto(f"{server.url}/desk?tab=new")
    return page, watched


async def test_the_list_is_worked_through_by_keys_and_the_case_knows_where_one_came_from(
    server: Server, browser: Browser, password: str
):
    page, watched = await opened(browser, server, password)
    press = page.keyboard.press

    await press("j")
    await expect(page.locator(f"#open-{MADE[1]}")).to_be_focused()
    await press("j")
    await press("x")
    await expect(page.locator("#batch-count")).to_have_text("已选 1 件")
    await press("Escape")
    await expect(page.locator("#batch")).to_be_hidden()
    await press("?")
    await expect(page.get_by_role("dialog")).to_contain_text("快捷键")
    await press("Escape")
    await press("/")
    await expect(page.locator("#find")).to_be_focused()
    await page.keyboard.type("jk")
    await press("Escape")
    await page.locator(f"#open-{MADE[1]}").focus()
    await press("Enter")
    await expect(page.locator("h1")).to_contain_text(MADE[1])
    await press("j")
    await expect(page.locator("h1")).to_contain_text(MADE[2])
    await press("k")
    await expect(page.locator("h1")).to_contain_text(MADE[1])
    await press("r")
    await expect(page.locator("#say-text")).to_be_focused()
    await page.context.close()

    assert watched.troubles == []


async def test_what_is_new_waits_until_nothing_is_ticked_and_moves_nothing(
    server: Server, browser: Browser, password: str
):
    page, watched = await opened(browser, server, password)
    shown = page.locator("#list tr[id]")
    first = page.locator(f"#pick-{MADE[1]}")
    await first.check()
    await page.locator(f"#pick-{MADE[3]}").click(modifiers=["Shift"])
    await expect(page.locator("#batch-count")).to_have_text("已选 3 件")
    await page.locator("#batch-note").fill("按职责转办")

    file(server, MADE[0])

    offer = page.get_by_role("button", name="有 1 件新的")
    await expect(offer).to_be_visible()
    await expect(shown).to_have_count(3)
    await offer.click()
    await expect(shown).to_have_count(4)
    await expect(page.locator(f"#case-{MADE[0]} .is-new")).to_be_visible()
    await expect(first).to_be_checked()
    await expect(page.locator("#batch-note")).to_have_value("按职责转办")
    await page.locator("#batch-clear").click()
    await page.mouse.move(5, 5)
    file(server, MADE[4])

    await expect(shown).to_have_count(5)
    await page.context.close()
    assert watched.troubles == []
