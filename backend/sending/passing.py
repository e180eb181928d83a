"""Answers that went out in the body of ours to a platform's call: that they did is kept after it.

Where it cannot be kept they are owed as before and go out once more by themselves: better twice than never.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog

from backend.sending.gathering import Gathering
from backend.services.talks import arriving

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Sequence
    from datetime import datetime

    from backend.sending.postman import Post
    from backend.services.talks.arriving import Arrived
    from backend.store.work import UnitOfWork

log = structlog.get_logger()

MANY = 100
"""Answers that wait."""


@dataclass(slots=True)
class Passing:
    """Keeps that answers went out."""

    site: Post
    _kept: Gathering[tuple[Arrived, datetime]] = field(init=False)

    def __post_init__(self) -> None:
        self._kept = Gathering(self.site.store, _went)

    @property
    def behind(self) -> bool:
        """So much waits that an answer might be sent another way before it is kept that it went out."""
        return self._kept.waiting > MANY

    def went(self, arrived: Sequence[Arrived]) -> None:
        """These went out now."""
        at = self.site.clock()
        for each in arrived:
            if each.rows:
                self._kept.add((each, at)).add_done_callback(_told)

    async def close(self) -> None:
        """Wait until all is kept."""
        await self._kept.close()


def _went(work: UnitOfWork, together: Sequence[tuple[Arrived, datetime]]) -> None:
    for each, at in sorted(together, key=lambda pair: pair[0].person):
        if not arriving.pass_on(work, [each], at=at):
            log.warning("an answer went out twice", person=each.person)


def _told(kept: asyncio.Future[None]) -> None:
    if not kept.cancelled() and (error := kept.exception()) is not None:
        log.error("that an answer went out could not be kept", exc_info=error)
