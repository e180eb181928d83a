"""A dispatcher's morning: the queue is cleared by keys, and every citizen hears where their case went."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from playwright.async_api import Locator

    from tests.e2e.days.cast import Officer, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")
STORIES = (
    "3栋2单元电梯坏了两天没人修，老人下不了楼",
    "楼下垃圾堆了三天没人清运，味道很大",
    "地下车库我的固定车位天天被外来车占用，保安不管",
)


async def test_a_dispatcher_clears_the_queue_by_keys(stage: Stage):
    async with AsyncExitStack() as stack:
        citizens = [await stack.enter_async_context(stage.citizen("property")) for _ in STORIES]
        for citizen, story in zip(citizens, STORIES, strict=True):
            await citizen.files(story)
        officer = await stack.enter_async_context(stage.officer("钱派单", "dispatcher", "property"))
        await officer.goes("/dispatch")
        await officer.meets("dispatch")

        first = await leafs(officer)
        told = [await sends(officer), await sends(officer)]
        await officer.page.get_by_role("link", name="从头再看").click()
        await expect(card(officer).locator("input[name=number]")).to_have_value(first)
        told.append(await sends(officer))
        await officer.goes("/dispatch")
        await expect(officer.page.locator(".empty")).to_contain_text("没有等着派的案件了")
        await officer.meets("dispatch-empty")
        for citizen in citizens:
            said = next(each for each in told if citizen.number() in each)
            department = said.removeprefix(f"{citizen.number()} 已转").partition("。")[0]
            await citizen.hears(f"已交{department}办理")
        await officer.handler.goes_to(citizens[0].number())
        await expect(officer.page.locator(".history")).to_contain_text("钱派单")
    assert officer.troubles == []


def card(officer: Officer) -> Locator:
    """The case that is to be sent."""
    return officer.page.locator("[data-dispatch]")


async def number(officer: Officer) -> str:
    """Of the case on the card."""
    return await card(officer).locator("input[name=number]").get_attribute("value") or ""


async def leafs(officer: Officer) -> str:
    """On to the next case with N; the number of the one that was left."""
    left = await number(officer)
    await presses(officer, "n")
    await expect(card(officer).locator("input[name=number]")).not_to_have_value(left)
    return left


async def sends(officer: Officer) -> str:
    """The case goes where the first button says, by 1; what the desk tells."""
    here = await number(officer)
    await presses(officer, "1")
    said = officer.page.locator("[data-done]", has_text=here)
    await expect(said).to_be_focused()
    return (await said.inner_text()).strip()


async def presses(officer: Officer, key: str) -> None:
    """A key, after the moment in which the page takes none: one that was pressed twice shall not send the next case too."""
    await officer.page.wait_for_timeout(650)
    await officer.page.keyboard.press(key)
