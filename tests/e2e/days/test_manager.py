"""A manager's day: the month's numbers down to their cases, a hot topic, a sentence changed and put back, a user blocked."""

from __future__ import annotations

import re
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from tests.e2e.days.cast import Officer, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")
HOME = "education"
STORIES = (
    "阳光中学食堂的饭菜里有虫子，孩子吃了拉肚子，学校不管",
    "阳光中学食堂饭菜不干净，里面有虫子，好几个孩子拉肚子",
    "阳光中学食堂又在饭菜里发现虫子，希望学校好好管一管食堂",
)
KIND = "不客气，以后有事随时来找我。"


async def test_a_manager_reads_the_month_changes_a_sentence_and_blocks_a_user(stage: Stage):
    async with AsyncExitStack() as stack:
        for story in STORIES:
            await (await stack.enter_async_context(stage.citizen(HOME))).files(story)
        leaver = await stack.enter_async_context(stage.officer("卫离职", "handler", HOME))
        manager = await stack.enter_async_context(stage.officer("陈经理", "manager", HOME))

        await reads_the_month(manager)
        await opens_the_hot_topic(manager)
        await changes_a_sentence(manager, stage)
        await blocks(manager, leaver)
    assert [*manager.troubles, *leaver.troubles] == []


async def reads_the_month(manager: Officer) -> None:
    """A number and the cases behind it are the same."""
    page = manager.page
    await manager.goes("/numbers")
    await expect(page.locator(".tile", has_text="收到").locator(".big").first).to_have_text(str(len(STORIES)))
    await manager.meets("numbers")
    number = page.locator(".tile .parts a").first
    counted = int(await number.inner_text())
    await number.click()
    await expect(page.locator("#list tr[id]")).to_have_count(counted)
    await manager.meets("numbers-cases")


async def opens_the_hot_topic(manager: Officer) -> None:
    """What several people write about is found beside the first look; its cases open."""
    page = manager.page
    await manager.goes("/numbers")
    hot = page.locator(".hot li").first
    await expect(hot).to_contain_text("人")
    await manager.meets("numbers-hot")
    case = hot.locator("a").first
    number = await case.inner_text()
    await case.click()
    await expect(page.locator("h1")).to_contain_text(number)


async def changes_a_sentence(manager: Officer, stage: Stage) -> None:
    """Seen before it is said, said at once, and taken back."""
    page = manager.page
    await manager.goes(f"/wording/{HOME}/said/thanks?language=zh")
    before = (await page.locator("#text").input_value()).strip()
    await page.locator("#text").fill(KIND)
    await expect(page.locator("#preview .phone.wechat")).to_contain_text(KIND)
    await page.locator("#why").fill("更亲切")
    await manager.meets("wording-one")
    await page.locator("button[value=save]").click()
    await manager.handler.sees("已保存")
    async with stage.citizen(HOME) as citizen:
        await citizen.says("谢谢")
        await citizen.hears(KIND)
        await manager.goes(f"/wording/{HOME}/versions")
        await manager.meets("wording-versions")
        await page.locator("form[action$='/versions/0/back'] input[name=why]").fill("市民觉得太随便")
        await page.locator("form[action$='/versions/0/back'] button").click()
        await manager.handler.sees("恢复")
        heard = len(citizen.heard)
        await citizen.says("谢谢")
        assert not any(KIND in each["text"] for each in citizen.heard[heard:]), before


async def blocks(manager: Officer, leaver: Officer) -> None:
    """Out at once, and not in again."""
    page = manager.page
    await manager.goes("/users")
    await manager.meets("users")
    await page.get_by_role("link", name=leaver.name).click()
    await manager.meets("user")
    await page.get_by_role("button", name="停用账号").click()
    await manager.handler.sees("账号已停用")
    await leaver.goes("")
    await expect(leaver.page).to_have_url(re.compile("/desk/login"))
