"""Notices go out at a pace that Telegram takes."""

from __future__ import annotations

import asyncio

from bots.telegram_api.pace import Pace


async def test_turns_asked_for_together_follow_one_another_at_even_distances():
    waited: list[float] = []

    async def pause(seconds: float) -> None:
        waited.append(seconds)

    pace = Pace(20, pause=pause)
    await asyncio.gather(*(pace.turn() for _ in range(5)))

    assert [round(seconds, 2) for seconds in waited] == [0.05, 0.1, 0.15, 0.2]


async def test_after_a_quiet_time_the_first_one_need_not_wait():
    waited: list[float] = []

    async def pause(seconds: float) -> None:
        waited.append(seconds)

    pace = Pace(1000, pause=pause)
    await pace.turn()
    await asyncio.sleep(0.01)
    await pace.turn()

    assert waited == []
