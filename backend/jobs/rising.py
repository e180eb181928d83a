"""Each quarter of an hour: hours are counted, what rises is told, places that came back are marked."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import structlog

from backend.domain.usual import Usual
from backend.services.office import again, rising

if TYPE_CHECKING:
    from datetime import date, datetime

    from backend.site import Site

log = structlog.get_logger()


@dataclass(slots=True)
class Watch:
    """What is usual, learnt once a local day by each process that watches."""

    known: dict[str, tuple[date, Usual]] = field(default_factory=dict)

    async def look(self, site: Site, _owner: str) -> int:
        """One round for all institutions; an odd one stops no other."""
        for key in site.institutions:
            try:
                await self.one(site, key, at=site.clock())
            except Exception:
                log.exception("what rises cannot be told", institution=key)
        return 0

    async def one(self, site: Site, key: str, *, at: datetime) -> list[int]:
        """The new alarms of one institution."""
        institution = site.institutions[key]
        for stretch in await site.store.read(rising.due, key, at=at):
            await site.store.run(rising.count, key, stretch)
        looked = again.AT_ONCE
        while looked == again.AT_ONCE:
            looked = await site.store.run(again.look, key, at=at)
        today = at.astimezone(ZoneInfo(institution.timezone)).date()
        day, usual = self.known.get(key, (None, Usual()))
        if day != today:
            told = await site.store.read(rising.ground, institution, at=at)
            usual = await asyncio.to_thread(rising.usual, institution, told)
            self.known[key] = (today, usual)
        if not usual.levels:
            return []
        found = await site.store.run(rising.watch, institution, usual, at=at)
        if found:
            log.info("something rises", institution=key, alarms=len(found))
        return found
