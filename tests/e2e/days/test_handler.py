"""A handler's day: a case that lacks something and needs longer, and an answer that is mended before it is sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.e2e.days.cast import LAMP

if TYPE_CHECKING:
    from tests.e2e.days.cast import Officer, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")
EMPTY = "您反映的问题已转交相关部门，正在处理。"
FULL = (
    "李敏您好！您反映人民路和解放路口路灯坏了一个星期、晚上看不清路的问题，经核实属实：灯杆 A12 的电缆接头老化。"
    "我局11月22日已更换电缆和灯泡，当晚路灯恢复正常。依据《城市道路照明设施管理规定》，今后每周巡查一次。"
    "如对答复有异议，可以在这里提出复核。感谢您的监督和支持！"
)


async def test_a_handler_works_a_case_with_a_supplement_and_an_extension_and_mends_the_answer(stage: Stage):
    async with stage.citizen() as citizen, stage.officer("吴办理", "handler") as officer:
        number = await citizen.files(LAMP)
        page, handler = officer.page, officer.handler
        await handler.opens(number)
        await officer.meets("case-new")
        await handler.accepts()
        await handler.assigns("城市管理局")
        await asks_for_more(officer)
        await citizen.hears("还需要补充：地点。灯杆编号是多少？")
        await citizen.says("灯杆编号是 A12")
        await citizen.hears(f"已补充到 {number}")
        await expect(page.locator("h1 .badge").first).to_have_text("待受理")  # without a reload
        await expect(page.locator("#talk-log")).to_contain_text("A12")
        await handler.sees("状态已改为")  # what was done last is still said
        await handler.accepts()
        await handler.assigns("城市管理局")
        await extends(officer)
        await citizen.hears("要多一些时间：路灯电缆要重新采购。")

        await answers_after_the_warning(officer)

        await citizen.hears("灯杆 A12 的电缆接头老化")
        await expect(page.locator(".history")).to_contain_text("路灯电缆要重新采购")
        await officer.meets("case-answered")
    assert officer.troubles == []


async def asks_for_more(officer: Officer) -> None:
    """By a day, which the citizen reads."""
    page = officer.page
    await page.locator("label[for=write-supplement]").click()
    await page.locator(".pane-supplement").get_by_label("地点").check()
    await page.locator("#supplement-text").fill("灯杆编号是多少？")
    await page.get_by_role("button", name="3 个工作日").click()
    await expect(page.locator("#seen-supplement .phone.web")).to_contain_text("（含当天）前补充")
    await officer.meets("case-supplement")
    await page.get_by_role("button", name="请市民补充，期限暂停").click()
    await expect(page.locator("#talking .waits")).to_contain_text("还缺：地点")


async def extends(officer: Officer) -> None:
    """The answer's deadline, by four days."""
    page = officer.page
    form = page.locator("#act-extend form")
    await page.locator("details:has(> #act-extend) > summary").click()
    await page.locator("#act-extend > summary").click()
    await form.locator("[name=clock]").select_option(label="答复")
    until = datetime.now(UTC) + timedelta(days=12)
    await form.locator("[name=until]").fill(f"{until:%Y-%m-%dT%H:%M}")
    await form.locator("[name=reason]").fill("路灯电缆要重新采购")
    await officer.meets("case-extend")
    await form.get_by_role("button", name="延长期限").click()
    await officer.handler.sees("已")


async def answers_after_the_warning(officer: Officer) -> None:
    """What says nothing is warned of; then it is said."""
    page = officer.page
    await page.locator("#answered-answer").fill(EMPTY)
    await expect(page.locator("#check-answered .remarks li").first).to_be_visible()
    await officer.meets("case-warned")
    await page.locator("#answered-answer").fill(FULL)
    await expect(page.locator("#check-answered")).to_contain_text("没有")
    await officer.handler.answers(FULL)
