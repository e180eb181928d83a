"""Brings the daily totals up to now: every minute in the background, and before somebody reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.services.cases import totals
from backend.store.totals import TotalledMeanwhile

if TYPE_CHECKING:
    from backend.site import Site


async def catch_up(site: Site, *, most: int | None = None) -> None:
    """Count in what has happened, a stretch in a unit; where another process does it, leave it to that.

    *most*: so many stretches at most, for who must not wait.
    """
    upto = await site.store.run(totals.horizon)
    left = most
    try:
        while left != 0:
            counted = await site.store.run(totals.step, site.institutions, upto=upto)
            if not counted:
                break
            left = None if left is None else left - 1
    except TotalledMeanwhile:
        return
    if await site.store.read(totals.renamed, site.institutions):
        home = site.institutions[site.settings.institution]
        today = site.clock().astimezone(ZoneInfo(home.timezone)).date()
        await site.store.run(totals.name, site.institutions, today=today)
