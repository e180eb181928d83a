"""An auditor's day: somebody is looked up, which is on record too; the record is checked against tampering."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.e2e.days.cast import LAMP

if TYPE_CHECKING:
    from tests.e2e.days.cast import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")
WHY = "要打电话约现场时间"


async def test_an_auditor_looks_somebody_up_is_recorded_and_has_the_chain_checked(stage: Stage):
    async with (
        stage.citizen("market") as citizen,
        stage.officer("褚办理", "handler", "market") as handler,
        stage.officer("何审计", "auditor", "market") as auditor,
    ):
        number = await citizen.files(LAMP)
        await handler.handler.goes_to(number)
        await handler.page.locator("#who-reason").fill(WHY)
        await handler.page.locator("#who form button").first.click()
        await expect(handler.page.locator("#who")).to_contain_text("13800138000")

        page = auditor.page
        await auditor.goes("/audit")
        await auditor.meets("audit")
        await page.locator(".filter [name=by]").fill(handler.name)
        await page.locator(".filter button").click()
        line = page.locator(".ledger tbody tr").first
        await expect(line).to_contain_text(WHY)
        await expect(line).to_contain_text(number)
        assert "13800138000" not in await page.content()
        await auditor.goes("/audit?part=office")
        mine = page.locator(".ledger tbody tr", has_text=auditor.name).first
        await expect(mine).to_contain_text(handler.name)
        await auditor.meets("audit-office")

        await page.get_by_role("button", name="现在检查").click()
        await expect(page.locator("#check")).to_contain_text("记录完整", timeout=30_000)
        await auditor.meets("audit-checked")
        await handler.handler.goes_to(number)
        await expect(handler.page.locator(".history")).to_contain_text(handler.name)
        await citizen.says("谁看过我的信息")
        await citizen.hears("看过")
    assert [*handler.troubles, *auditor.troubles] == []
