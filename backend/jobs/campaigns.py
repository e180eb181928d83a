"""Ask the people of survey campaigns, each in a unit of its own: an odd one stops no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from backend.services.campaigns import sending
from backend.store.errors import Busy, StoreUnavailable

if TYPE_CHECKING:
    from backend.site import Site

log = structlog.get_logger()


async def ask(site: Site, _owner: str) -> int:
    """Ask everybody whose turn it is, and end what is over; how many were asked."""
    await site.store.run(sending.over, at=site.clock())
    turns = await site.store.read(sending.up, site.institutions, at=site.clock())
    ways = {name: channel.ways for name, channel in site.channels.items()}
    asked = 0
    for campaign, person in turns:
        try:
            asked += await site.store.run(sending.ask, site.institutions, ways, campaign, person, at=site.clock())
        except (Busy, StoreUnavailable):
            raise
        except Exception:
            log.exception("a campaign cannot ask somebody", campaign=campaign, person=person)
            await site.store.run(sending.put_off, campaign, person, at=site.clock())
    if asked:
        site.ring.set()
    return asked
