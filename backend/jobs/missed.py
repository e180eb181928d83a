"""The round that looks after notices which did not arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from backend.services.office import missed
from backend.store.errors import Busy, StoreUnavailable

if TYPE_CHECKING:
    from backend.site import Site

log = structlog.get_logger()


async def look(site: Site, _owner: str) -> int:
    """Another channel, else a task; each in a unit of its own: an odd one stops no other."""
    done = 0
    for notice in await site.store.read(missed.waiting):
        try:
            done += bool(await site.store.run(missed.look_after, site.institutions, notice, at=site.clock()))
        except (Busy, StoreUnavailable):
            raise
        except Exception:
            log.exception("a notice that did not arrive cannot be looked after", notice=notice)
    return 0 if done < missed.MOST else done
