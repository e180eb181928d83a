"""The clock of the fakes."""

from __future__ import annotations

import asyncio

from tests.fakes.clock import VirtualClock


def test_it_stands_still_until_it_is_moved():
    clock = VirtualClock(1000.0)

    clock.advance(172_800)

    assert clock.now() == 173_800.0
    assert clock.utc().timestamp() == 173_800.0


async def test_who_sleeps_wakes_when_it_is_time_and_in_order():
    clock, woken = VirtualClock(), []

    async def sleeper(seconds):
        await clock.sleep(seconds)
        woken.append(seconds)

    async with asyncio.TaskGroup() as group:
        for seconds in (30, 5, 10):
            group.create_task(sleeper(seconds))
        await asyncio.sleep(0)
        clock.advance(4.9)
        await asyncio.sleep(0)
        before = list(woken)
        clock.advance(25.1)

    assert before == []
    assert woken == [5, 10, 30]


async def test_it_runs_as_fast_as_it_is_told():
    clock = VirtualClock(rate=1000)
    start = clock.now()

    await clock.sleep(5)

    assert clock.now() - start >= 5


async def test_sleep_counts_from_where_it_was_asked_for():
    clock = VirtualClock()
    sleeping = asyncio.create_task(clock.sleep(5))

    clock.advance(5)

    await asyncio.wait_for(sleeping, 1)


async def test_who_gives_up_sleeping_is_forgotten():
    clock = VirtualClock()
    sleeping = asyncio.create_task(clock.sleep(5))
    await asyncio.sleep(0)

    sleeping.cancel()
    await asyncio.wait({sleeping})

    assert clock._sleepers == {}


async def test_moving_a_running_clock_wakes_who_sleeps_on_it():
    clock = VirtualClock(rate=1)
    sleeping = asyncio.create_task(clock.sleep(3600))
    await asyncio.sleep(0)

    clock.advance(3600)

    await asyncio.wait_for(sleeping, 1)
