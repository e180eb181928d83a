"""A coordinator's day: two departments push a case to each other until somebody reads both reasons and decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.e2e.days.cast import LAMP

if TYPE_CHECKING:
    from tests.e2e.days.cast import Officer, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")
FIRST, SECOND = "这段路的路灯不归我局管养。", "路灯早已移交，请派给原单位。"
DECIDED = "按移交清单，这段路灯由城市管理局管养，住建局协助查线路。"


async def test_a_coordinator_breaks_a_loop_of_returns(stage: Stage):
    async with (
        stage.citizen() as citizen,
        stage.officer("冯办理", "handler") as handler,
        stage.officer("周协调", "coordinator") as coordinator,
    ):
        number = await citizen.files(LAMP)
        await handler.handler.opens(number)
        await handler.handler.accepts()
        await handler.handler.assigns("城市管理局")
        await handler.moves(number, "returned", note=FIRST, right="住房和城乡建设局")
        await coordinator.goes("/dispatch?tab=returned")
        await coordinator.meets("dispatch-returned")
        await decides(coordinator, number, "住房和城乡建设局", "先按退单意见转住建局。")
        await handler.moves(number, "returned", note=SECOND, right="城市管理局")

        await coordinator.goes("/dispatch?tab=lead")
        row = coordinator.page.locator(f"#back-{number}")
        await expect(row).to_contain_text(FIRST)
        await expect(row).to_contain_text(SECOND)
        await coordinator.meets("dispatch-lead")
        await row.locator("summary", has_text="协办部门").click()
        await row.get_by_label("住房和城乡建设局").check()
        await decides(coordinator, number, "城市管理局", DECIDED)

        await citizen.hears("已交城市管理局办理")
        await handler.handler.goes_to(number)
        await expect(handler.page.locator(".history")).to_contain_text(DECIDED)
        assert not any(FIRST in bubble["text"] for bubble in citizen.heard)
    assert [*handler.troubles, *coordinator.troubles] == []


async def decides(officer: Officer, number: str, department: str, why: str) -> None:
    """Where it goes now, and why."""
    row = officer.page.locator(f"#back-{number}")
    named = row.locator("[name=department] option", has_text=department).first
    await row.locator("[name=department]").select_option(value=await named.get_attribute("value"))
    await row.locator("[name=reason]").fill(why)
    await row.locator("button.primary").click()
    await expect(officer.page.locator("[data-done]")).to_contain_text(f"{number} 已转{department}")
