"""Citizens who read what they are told: a notice rings, and most look at it soon, unless they sleep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from backend.demo.fates import waking
from bots import Way, plainly
from dialogs.messages import Receipt

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random
    from zoneinfo import ZoneInfo

    from backend.store.engine import Store
    from backend.store.work import UnitOfWork
    from bots import Shown
    from dialogs.messages import Outbound, Peer

LOOKS = 0.85  # the share of notices that are read before the citizen writes again
USUALLY, AT_MOST = 20.0, 180.0  # minutes until then
NEVER = datetime.max.replace(tzinfo=UTC)


class Clock:
    """A clock that stands still until told to move."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        """The time that everybody reads."""
        return self.now


class Ringing:
    """The web chat, seen from the citizen's side: whatever goes out rings."""

    window = None  # as of the web chat
    ways = (Way("web"),)

    def __init__(self, name: str, ring: Callable[[Peer], None]) -> None:
        self.name, self._ring = name, ring

    def preview(self, message: Outbound) -> Shown:
        """Nobody asks for it here."""
        return plainly(message, "web")

    async def send(self, message: Outbound) -> Receipt:
        """As bots/web.py does it, and ring."""
        self._ring(message.peer)
        return Receipt(way="web")


class Readers:
    """Who will look at the chat when."""

    def __init__(self, clock: Clock, rng: Random, zone: ZoneInfo) -> None:
        self._clock, self._rng, self._zone = clock, rng, zone
        self._waiting: list[tuple[datetime, str, str]] = []  # when, channel, address; the first one first

    @property
    def next(self) -> datetime:
        """When the next one looks."""
        return self._waiting[0][0] if self._waiting else NEVER

    def ring(self, peer: Peer) -> None:
        """Something has come for them."""
        if self._rng.random() < LOOKS:
            minutes = min(self._rng.expovariate(1 / USUALLY), AT_MOST)
            at = waking(self._clock.now + timedelta(minutes=1 + minutes), self._rng, self._zone)
            heappush(self._waiting, (at, peer.channel, peer.address))

    async def read(self, store: Store) -> None:
        """Let the next one look."""
        at, channel, address = heappop(self._waiting)
        self._clock.now = at
        await store.run(_seen, channel, address, at=at)


def _seen(work: UnitOfWork, channel: str, address: str, *, at: datetime) -> None:
    person = work.people.find(channel, address)
    said = work.journal.talk(person.id, limit=1) if person else []
    if person and said and said[-1].seq:
        work.outbox.delivered_upto(person.id, said[-1].seq, at=at)
