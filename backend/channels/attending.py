"""Keeping in touch with the platforms while we serve: they are told where we are, and asked where they cannot call.

A platform that is down, or a token that is not good, stops nothing: it is
logged, and tried again until it works.
"""

from __future__ import annotations

import asyncio
import secrets
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol, TypeGuard

import structlog

from backend.arrivals import Arrivals
from backend.store.errors import Busy, StoreUnavailable
from bots import ChannelDown, ChannelError, Platform

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from backend.site import Site
    from backend.store.work import UnitOfWork
    from bots import Taken

log = structlog.get_logger()

AGAIN = (5.0, 15.0, 60.0, 300.0)
"""Seconds until a platform that could not be told is told again; the last one again and again."""


class Asking(Platform, Protocol):
    """A platform that is asked for what came, since it cannot call us."""

    async def poll(self, handle: Callable[[Taken], Awaitable[None]]) -> None:
        """For ever. *handle* returns when what came is stored. Raises: ChannelDown."""
        ...


async def attend(
    site: Site, stop: asyncio.Event, *, count: Callable[[str, int], None], again: Sequence[float] = AGAIN
) -> None:
    """Until *stop*. ``count`` hears of the messages that came by asking: channel, how many."""
    tasks = [asyncio.create_task(_one(site, each, stop, count, again)) for each in site.platforms.values()]
    await stop.wait()
    for task in tasks:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError):
            await task


async def close(site: Site) -> None:
    """Let go of connections."""
    for channel in site.platforms.values():
        with suppress(ChannelError):
            await channel.close()


async def _one(
    site: Site, channel: Platform, stop: asyncio.Event, count: Callable[[str, int], None], again: Sequence[float]
) -> None:
    tries = 0
    while not stop.is_set():
        seconds = again[min(tries, len(again) - 1)]
        tries += 1
        try:
            await channel.set_up()
            log.info("a channel is set up", channel=channel.name)
            if not _asks(channel):
                return
            tries = 0
            await channel.poll(_taker(site, channel, count))
        except ChannelError as error:
            log.warning("a channel cannot be set up", channel=channel.name, why=str(error), again_in=seconds)
            if isinstance(error, ChannelDown):
                await _pause(site, channel.name, str(error), seconds)
        except Exception:
            log.exception("a channel cannot be set up", channel=channel.name, again_in=seconds)
        await asyncio.sleep(seconds)


async def _pause(site: Site, name: str, trouble: str, seconds: float) -> None:
    """Nothing is sent meanwhile, and the desk sees why."""
    with suppress(Busy, StoreUnavailable):
        await site.store.run(_paused, name, trouble, site.clock() + timedelta(seconds=seconds))


def _paused(work: UnitOfWork, name: str, trouble: str, until: datetime) -> None:
    work.platforms.pause(name, until=until, trouble=trouble)


def _taker(site: Site, channel: Platform, count: Callable[[str, int], None]) -> Callable[[Taken], Awaitable[None]]:
    """What is done with what came by asking: the same as with a call to the hook."""
    arrivals = Arrivals(site, owner=f"asks-{secrets.token_hex(4)}")

    async def take(taken: Taken) -> None:
        count(channel.name, len(taken.messages))
        await arrivals.take(channel, taken, passively=False)
        site.ring.set()

    return take


def _asks(channel: Platform) -> TypeGuard[Asking]:
    return getattr(channel, "mode", "") == "polling"
