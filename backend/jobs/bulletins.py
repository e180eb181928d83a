"""Tell citizens who want it how the month before was: each once, in a unit of its own, so that an odd one stops no other."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import structlog

from backend.reports import bulletin as numbers
from backend.services.talks import bulletins
from backend.store.errors import Busy, StoreUnavailable

if TYPE_CHECKING:
    from datetime import datetime

    from backend.domain.periods import Period
    from backend.site import Site
    from institutions.model import Institution

log = structlog.get_logger()


async def tell(site: Site, _owner: str) -> int:
    """Owe what is due now, but not the same again before the next round; how many bulletins that were."""
    at, sent = site.clock(), 0
    for institution in site.institutions.values():
        month = bulletins.over(institution, at=at)
        if month is not None:
            sent += await _tell(site, institution, month, at)
    if sent:
        site.ring.set()
    return 0


async def _tell(site: Site, institution: Institution, month: Period, at: datetime) -> int:
    """The numbers of each subject are counted once for all who want it."""
    sent = 0
    owed = await site.store.read(bulletins.owed, institution, month)
    for (about, key), people in groupby(owed, lambda one: (one.about, one.key)):
        try:
            told = await site.store.read(numbers.of, site.institutions, institution.id, (about, key), month, at=at)
        except (Busy, StoreUnavailable):
            raise
        except Exception:
            log.exception("a bulletin cannot be counted", institution=institution.id, about=about, key=key)
            continue
        for one in people:
            try:
                sent += await site.store.run(bulletins.send, institution, one, month, told, at=at)
            except (Busy, StoreUnavailable):
                raise
            except Exception:
                log.exception("a bulletin cannot be sent", institution=institution.id, person=one.person)
    return sent
