"""A citizen asks for the monthly bulletin in the chat page, reads it there when it comes, and stops it."""

from __future__ import annotations

from datetime import UTC, datetime

from backend.jobs.bulletins import tell
from backend.jobs.deliver import deliver

DECEMBER = datetime(2026, 12, 2, 2, tzinfo=UTC)  # ten o'clock in China
JANUARY = datetime(2027, 1, 2, 2, tzinfo=UTC)


async def pushed(site, clock, citizen, now):
    """What is new in the chat after the jobs were about at that time."""
    clock.now = now
    await tell(site, "one")
    while await deliver(site, "one"):
        pass
    async with citizen.browser.get("/chat/web/messages", params={"after": str(citizen.seq)}) as answer:
        return await citizen._hears(answer)


async def test_it_is_pushed_once_a_month_until_it_is_stopped(site, clock, citizen):
    await citizen.opens()
    assert "订好了" in (await citizen.says("订阅月报"))[0]

    (said,) = await pushed(site, clock, citizen, DECEMBER)
    assert "2026年11月" in said
    assert await pushed(site, clock, citizen, DECEMBER) == []

    assert "不再发" in (await citizen.says("退订月报"))[0]
    assert await pushed(site, clock, citizen, JANUARY) == []
