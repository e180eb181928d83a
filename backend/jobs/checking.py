"""The check of every history and seal that somebody asked for at the desk: a piece at a time, telling how far it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from backend.services.cases import sealing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from backend.site import Site
    from backend.store.checks import Check
    from backend.store.work import UnitOfWork

log = structlog.get_logger()

PIECE = 200
"""Cases that are read in one unit."""
KEPT = 100
"""Sentences that are kept of what is wrong; the others are counted."""
LEASE = timedelta(minutes=5)
"""Whoever says nothing for so long has died; another begins anew."""


@dataclass(slots=True)
class Found:
    """What is wrong so far."""

    n: int = 0
    first: list[str] = field(default_factory=list)

    def add(self, sentences: Iterable[str]) -> None:
        """These too."""
        for sentence in sentences:
            self.n += 1
            if len(self.first) < KEPT:
                self.first.append(sentence)


async def check(site: Site, owner: str) -> int:
    """Do the check that waits, if one does."""
    at = site.clock()
    if not await site.store.read(_waiting, at=at):
        return 0
    begun = await site.store.run(_begin, owner=owner, at=at)
    if begun is None:
        return 0
    found, there, after, done = Found(), set[str](), "", 0
    sealed = await site.store.read(sealing.sealed_heads)
    while True:
        some, sentences = await site.store.read(sealing.wrong_among, sealed, after=after, limit=PIECE)
        if not some:
            break
        found.add(sentences)
        there.update(number for number in some if number in sealed)
        after, done = some[-1], done + len(some)
        if not await site.store.run(_tell, begun.id, done, found, owner=owner, at=site.clock()):
            return 0  # another has taken it over
    found.add(f"{number} was sealed and is gone" for number in sorted(sealed.keys() - there))
    found.add(await site.store.read(_of_seals))
    await site.store.run(_end, begun.id, found, owner=owner, at=site.clock())
    log.info("histories checked", wrong=found.n, upto=begun.upto)
    return 1


def _waiting(work: UnitOfWork, *, at: datetime) -> bool:
    return work.checks.waiting(now=at)


def _begin(work: UnitOfWork, *, owner: str, at: datetime) -> Check | None:
    return work.checks.begin(owner=owner, now=at, until=at + LEASE)


def _tell(work: UnitOfWork, key: int, done: int, found: Found, *, owner: str, at: datetime) -> bool:
    return work.checks.tell(key, owner=owner, until=at + LEASE, done=done, found=found.n, wrong=found.first)


def _end(work: UnitOfWork, key: int, found: Found, *, owner: str, at: datetime) -> bool:
    last = work.seals.last()
    seal = last.hash if last else ""
    return work.checks.end(key, owner=owner, at=at, found=found.n, wrong=found.first, seal=seal)


def _of_seals(work: UnitOfWork) -> list[str]:
    return [*sealing.wrong_seals(work), *sealing.lost_numbers(work)]
