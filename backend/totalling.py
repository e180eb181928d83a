"""Brings the daily totals up to now: every minute in the background, and before somebody reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.services.cases import totals
from backend.store.totals import TotalledMeanwhile

if TYPE_CHECKING:
    from backend.site import Site


async def catch_up(site: Site) -> None:
    """Count in what has happened, a stretch in a unit; where another process does it, leave it to that."""
    upto = await site.store.run(totals.horizon)
    try:
        while await site.store.run(totals.step, site.institutions, upto=upto):
            pass
    except TotalledMeanwhile:
        return
