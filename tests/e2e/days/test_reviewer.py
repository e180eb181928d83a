"""A reviewer's day: an answer that says too little goes back with a reason, comes again, and is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.e2e.days.cast import LAMP

if TYPE_CHECKING:
    from tests.e2e.days.cast import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")
THIN = "您反映的问题已转交相关部门，正在处理。"
WHY = "答复没有写修好没有、什么时候修好，请补上。"
BETTER = "人民路和解放路口的路灯已于今天下午更换电缆，晚上已经亮灯。如有反复请再告诉我们，感谢您的反映。"


async def test_a_reviewer_sends_an_answer_back_with_a_reason_and_the_better_one_out(stage: Stage):
    async with (
        stage.citizen() as citizen,
        stage.officer("郑办理", "handler") as writer,
        stage.officer("孙审核", "reviewer") as reviewer,
    ):
        number = await citizen.files(LAMP)
        await writer.handler.opens(number)
        await writer.handler.accepts()
        await writer.handler.assigns("城市管理局")
        await writer.moves(number, "reviewing", answer=THIN)

        await reviewer.goes("")
        await reviewer.meets("list-reviewer")
        await reviewer.handler.goes_to(number)
        await expect(reviewer.page.locator("#page")).to_contain_text(THIN)
        await reviewer.meets("case-review")
        await reviewer.moves(number, "assigned", note=WHY)

        await writer.handler.goes_to(number)
        await expect(writer.page.locator(".history")).to_contain_text(WHY)
        await writer.moves(number, "reviewing", answer=BETTER)
        await reviewer.moves(number, "answered", answer=BETTER)
        await citizen.hears("晚上已经亮灯")
        assert not any(THIN in bubble["text"] for bubble in citizen.heard)
        await expect(reviewer.page.locator(".history")).to_contain_text("孙审核")
    assert [*writer.troubles, *reviewer.troubles] == []
