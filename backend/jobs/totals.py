"""Keeps the daily totals up with the events, and cuts the words of cases that were there before there was a search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.services.cases import finding
from backend.totalling import catch_up

if TYPE_CHECKING:
    from backend.site import Site
    from backend.store.work import UnitOfWork

CUT = 100
"""Cases whose words are cut in one unit."""


async def count(site: Site, _owner: str) -> int:
    """Count in what has happened since the last round, then rest."""
    await catch_up(site)
    return 0


async def cut_words(site: Site, _owner: str) -> int:
    """Cut the words of some cases that nobody has cut."""
    if not await site.store.read(_unread):
        return 0
    return await site.store.run(finding.fill, limit=CUT)


def _unread(work: UnitOfWork) -> bool:
    return bool(work.search.unread(limit=1))
