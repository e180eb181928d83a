"""Tells managers that a report they want of each period is ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.reporting.table import ROWS
from backend.services.office import reporting

if TYPE_CHECKING:
    from backend.site import Site

KINDS = {row.key: row.period for row in ROWS}


async def tell(site: Site, _owner: str) -> int:
    """Look whether a period has ended, then rest."""
    await site.store.run(reporting.tell, site.institutions, KINDS, at=site.clock())
    return 0
