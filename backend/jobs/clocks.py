"""The round that looks at the clocks of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from backend.services.cases import clocks
from backend.store.errors import Busy, StoreUnavailable

if TYPE_CHECKING:
    from backend.site import Site

log = structlog.get_logger()


async def look(site: Site, _owner: str) -> int:
    """Warn, step the ladder, end pauses that last too long, each case in a unit of its own: an odd one stops no other."""
    told = 0
    for number in await site.store.read(clocks.waiting, at=site.clock()):
        try:
            told += await site.store.run(clocks.turn, site.institutions, number, at=site.clock())
        except (Busy, StoreUnavailable):
            raise
        except Exception:
            log.exception("the clocks of a case cannot be looked at", case=number)
            await site.store.run(clocks.put_off, number, at=site.clock())
    return told
