"""Ask the people of survey campaigns, each in a unit of its own: an odd one stops no other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import structlog

from backend.services.campaigns import sending
from backend.store.errors import Busy, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.site import Site

log = structlog.get_logger()


async def ask(site: Site, _owner: str) -> int:
    """Ask everybody whose turn it is, elsewhere who was not reached, and end what is over; how many were asked."""
    await site.store.run(sending.over, at=site.clock())
    for lost in await site.store.read(sending.astray, at=site.clock()):
        await _one(site, sending.instead, *lost)
    ways = {name: channel.ways for name, channel in site.channels.items()}
    ask_one = partial(sending.ask, institutions=site.institutions, ways=ways)
    turns = await site.store.read(sending.up, site.institutions, at=site.clock())
    asked = 0
    for turn in turns:
        asked += await _one(site, ask_one, *turn)
    if asked:
        site.ring.set()
    return asked


async def _one(site: Site, f: Callable[..., bool], campaign: int, person: int) -> bool:
    try:
        return await site.store.run(f, campaign=campaign, person=person, at=site.clock())
    except (Busy, StoreUnavailable):
        raise
    except Exception:
        log.exception("a campaign cannot ask somebody", campaign=campaign, person=person)
        await site.store.run(sending.put_off, campaign, person, at=site.clock())
        return False
