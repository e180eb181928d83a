"""By night: who and whose words the oldest cases hold is erased when the years are over that they must be kept.

So are talk of no case that is as old, and whose answers the oldest campaigns hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from backend.jobs.learning import night
from backend.services.privacy import erasing
from backend.store.errors import Busy, StoreUnavailable

if TYPE_CHECKING:
    from datetime import datetime

    from backend.jobs.learning import School
    from institutions.model import Institution

log = structlog.get_logger()

MOST_PARTS = 5000
"""Parts of the search's index that are merged in one go: more than ten million cases have."""


async def erase(site: School, _owner: str) -> int:
    """Each case in a unit of its own: an odd one stops no other, and one that is erased already is left alone."""
    at, erased = site.clock(), 0
    asleep = [site.institutions[key] for key in site.institutions if night(site, key, at) is not None]
    for institution in asleep:
        for number in await site.store.read(erasing.due, institution, at=at):
            erased += await _one(site, institution, number, at)
        await site.store.run(erasing.asked, institution, at=at)
    if len(asleep) == len(site.institutions):  # talk belongs to none of them, so the most patient one decides
        await _talk(site, min(erasing.ended(institution, at) for institution in asleep))
        await site.store.run(erasing.tidy, at=at)
    if erased:
        await _settle(site)
    return erased


async def _talk(site: School, before: datetime) -> None:
    """Words of no case that are as old as that."""
    after = 0
    while people := await site.store.read(erasing.talkers, before=before, after=after):
        for person in people:
            await site.store.run(erasing.hush, person, before=before)
        after = people[-1]


async def _settle(site: School) -> None:
    """The index of the search forgets them as well; in units of their own, so that citizens need not wait for all."""
    begin = True
    for _ in range(MOST_PARTS):
        if not await site.store.run(erasing.settle, begin=begin):
            break
        begin = False


async def _one(site: School, institution: Institution, number: str, at: datetime) -> bool:
    try:
        done = await site.store.run(erasing.erase, {institution.id: institution}, number, at=at)
    except (Busy, StoreUnavailable):
        raise
    except Exception:
        log.exception("a case cannot be erased", number=number)
        return False
    log.info("erased", number=number)
    return done
