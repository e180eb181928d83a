"""By night: who and whose words the oldest cases hold is erased when the years are over that they must be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from backend.jobs.learning import night
from backend.services import erasing
from backend.store.errors import Busy, StoreUnavailable

if TYPE_CHECKING:
    from datetime import datetime

    from backend.jobs.learning import School
    from institutions.model import Institution

log = structlog.get_logger()


async def erase(site: School, _owner: str) -> int:
    """Each case in a unit of its own: an odd one stops no other, and one that is erased already is left alone."""
    at, erased = site.clock(), 0
    asleep = [site.institutions[key] for key in site.institutions if night(site, key, at) is not None]
    for institution in asleep:
        for number in await site.store.read(erasing.due, institution, at=at):
            erased += await _one(site, institution, number, at)
    if asleep:
        await site.store.run(erasing.tidy, at=at)
    return erased


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
