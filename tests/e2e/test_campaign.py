"""A manager makes a survey, looks at it, tries it and sends it; citizens of the web chat answer; the manager reads the result."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from institutions.catalog import BUILT_IN
from tests.e2e.browsing import Watched
from tests.e2e.letters import GRILL
from tests.e2e.serving import Server
from tests.e2e.talking import WebCitizen
from tests.e2e.test_pages import LOOKS
from tests.e2e.working import Handler

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.async_api import Browser, Page

ASKED_WITHIN = 40  # seconds: a round of the job, and of the postman


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Jiesu whose hotline knows no night, since the clock of this test is the real one."""
    running = Server(tmp_path_factory.mktemp("jiesu"))
    homes = running.folder / "homes"
    homes.mkdir()
    hotline = (BUILT_IN / "hotline.toml").read_text(encoding="utf-8")
    hotline = hotline.replace('places = "', '# places = "')
    (homes / "hotline.toml").write_text(f'{hotline}\n[drafts]\nquiet = ["00:00", "00:00"]\n', encoding="utf-8")
    settings = running.folder / "jiesu.toml"
    settings.write_text(f'institutions = "homes"\n{settings.read_text()}')
    running.start()
    yield running
    running.stop()


async def test_a_survey_is_made_sent_answered_and_read(server: Server, browser: Browser):
    password = await asyncio.to_thread(server.settled, "chen", "manager")
    context = await browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = await context.new_page()
    watched, manager = Watched(page), Handler(page, server.url)
    async with WebCitizen(server.url, knows=GRILL.knows) as li, WebCitizen(server.url, knows=GRILL.knows) as wang:
        for citizen in (li, wang):
            await citizen.files(GRILL.subject, GRILL.detail)
        await manager.logs_in("chen", password)
        await _makes(page)
        await _looks_and_tries(page)
        await page.get_by_role("button", name="抽签并发出").click()
        await expect(page.locator("#told-drawn")).to_have_text("2")

        await _answers(li, "不好", "来得太慢", "2")
        await wang.hears("办得怎么样", seconds=ASKED_WITHIN)
        await wang.says("好")

        await page.reload()
        await _reads(page)
    for width in (390, 1024, 1280):
        await page.set_viewport_size({"width": width, "height": 850})
        assert await page.evaluate(LOOKS) == []
    assert watched.troubles == []
    await context.close()


async def _makes(page: Page) -> None:
    await page.get_by_role("link", name="问卷调查").first.click()
    await page.locator("#new-title").fill("办理满意度")
    await page.get_by_role("button", name="新建").click()
    await expect(page.locator("#may")).to_have_text("可以问 2 人")
    await _counts(page)
    await _adds(page, "choice", "办得怎么样？", options="好 | Good\n不好 | Bad", skip=("1", "end"))
    await _adds(page, "text", "哪里不好？")
    await _adds(page, "scale5", "打几分？")


async def _counts(page: Page) -> None:
    """The number follows what is ticked, before anything is saved."""
    await page.locator("#about summary", has_text="办理状态").click()
    await page.locator("#about [name=statuses][value=closed]").check()
    await expect(page.locator("#may")).to_have_text("可以问 0 人")
    await expect(page.locator("#counted")).to_contain_text("还没有保存")
    await page.locator("#about [name=statuses][value=closed]").uncheck()
    await expect(page.locator("#may")).to_have_text("可以问 2 人")


async def _adds(page: Page, kind: str, text: str, *, options: str = "", skip: tuple[str, str] | None = None) -> None:
    new = page.locator("details.new")
    if await new.get_attribute("open") is None:
        await new.locator("summary").first.click()
    await new.locator("[name=kind]").select_option(kind)
    await new.locator("[name=zh]").fill(text)
    await new.locator("[name=options]").fill(options)
    if skip:
        await new.get_by_text("跳题", exact=True).click()
        await new.locator("[name=if1]").fill(skip[0])
        await new.locator("[name=to1]").select_option(skip[1])
    await new.get_by_role("button", name="加一个问题").click()
    await expect(page.locator(".asked")).to_contain_text(text)


async def _looks_and_tries(page: Page) -> None:
    for looks in ("wechat", "web"):
        await expect(page.locator(f".phone.{looks}")).to_contain_text("1/3 办得怎么样？")
        await expect(page.locator(f".phone.{looks}")).to_contain_text("不再问我")
    await page.get_by_role("link", name="试答一遍").click()
    await page.get_by_label("不好").check()
    await page.get_by_role("button", name="下一步").click()
    await page.get_by_label("哪里不好").fill("慢")
    await page.get_by_role("button", name="下一步").click()
    await page.get_by_label("5", exact=True).check()
    await page.get_by_role("button", name="下一步").click()
    await expect(page.get_by_text("问完了")).to_be_visible()
    await page.get_by_role("link", name="回到调查").click()


async def _answers(citizen: WebCitizen, *answers: str) -> None:
    await citizen.hears("办得怎么样", seconds=ASKED_WITHIN)
    for answer in answers:
        await citizen.says(answer)
    await citizen.hears("问完了，谢谢您")


async def _reads(page: Page) -> None:
    await expect(page.locator("#rate")).to_have_text("100.0%")
    first = page.locator(".result").first
    await expect(first).to_contain_text("2 人回答")
    await expect(first.locator("tr", has_text="不好")).to_contain_text("50.0%")
    await expect(page.locator(".said-words")).to_have_text("来得太慢")
    async with page.expect_download() as leaving:
        await page.get_by_role("link", name="导出 Excel").click()
    assert (await leaving.value).suggested_filename.endswith(".xlsx")
