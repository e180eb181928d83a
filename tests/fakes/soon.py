"""Waiting for what happens elsewhere, in tests of the fake platforms."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Bot


async def until(so: Callable[[], Any]) -> None:
    """Return when it is so; fail after five real seconds."""
    for _ in range(5000):
        if so():
            return
        await asyncio.sleep(0.001)
    raise AssertionError("it never came")


async def newest(bot: Bot) -> Any:
    """The last update that waits; all of them still wait. Any: a test knows what is in it."""
    return (await bot.get_updates())[-1]
