"""The postman: sends rows that are leased to it, and keeps what became of them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

import structlog

from backend.domain.delivery import State, after
from backend.domain.planning import said
from backend.sending import keeping
from backend.sending.gathering import Gathering
from backend.sending.keeping import Ended
from backend.sending.trying import attempt
from backend.store.errors import Busy, StoreUnavailable
from backend.store.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from backend.store.engine import Store
    from backend.store.outbox import Row
    from bots import Channel
    from dialogs.messages import Peer

log = structlog.get_logger()

TEMPLATE = "template"
"""The way whose platform knows a message that it was given before."""


class Post(Protocol):
    """What is needed of a Site."""

    @property
    def store(self) -> Store:
        """Where the outbox is."""

    @property
    def channels(self) -> Mapping[str, Channel]:
        """The ways to citizens, by name."""

    @property
    def clock(self) -> Callable[[], datetime]:
        """Aware, UTC."""


@dataclass(slots=True)
class Postman:
    """``owner``: in whose name the rows are leased that are sent here."""

    site: Post
    owner: str
    errands: set[asyncio.Task[None]] = field(default_factory=set)
    _kept: Gathering[Ended] = field(init=False)

    def __post_init__(self) -> None:
        self._kept = Gathering(self.site.store, partial(keeping.keep, owner=self.owner))

    def takes(self, channel: str) -> bool:
        """Whether answers there can be sent without asking how the person can be reached."""
        known = self.site.channels.get(channel)
        return known is not None and bool(known.ways) and not any(way.within or way.grant for way in known.ways)

    def hand(self, rows: Sequence[Row], peer: Peer) -> None:
        """Send these leased rows of one person, one after the other, beside everything else."""
        if rows:
            errand = asyncio.create_task(self._errand(rows, peer))
            self.errands.add(errand)
            errand.add_done_callback(self.errands.discard)

    async def close(self) -> None:
        """Wait for what is on its way."""
        await asyncio.gather(*self.errands)

    async def send(self, row: Row, peer: Peer, reach: Reach, along: tuple[Row, ...] = ()) -> bool:
        """Send one and keep what became of it; whether it arrived. *along*: told in the same message.

        Raises: Busy, StoreUnavailable.
        """
        if along:
            row = replace(row, text=said((row, *along)), choices=along[-1].choices, fields=along[-1].fields)
        tried = await attempt(self.site.channels.get(peer.channel), row, peer, reach)
        at = self.site.clock()
        follows = after(
            tried.outcome,
            tries=row.tries,
            kind=row.kind,
            at=at,
            created_at=row.created_at,
            retry_after=tried.retry_after,
            said=tried.said,
            deduplicates=tried.way == TEMPLATE,
        )
        if follows.state not in {State.ACCEPTED, State.DELIVERED}:
            log.warning("not delivered", row=row.id, number=row.number, state=follows.state, tries=row.tries)
        ended = Ended(row, follows, tried, peer.channel, at, along)
        await self._kept.add(ended)
        return ended.arrived

    async def _errand(self, rows: Sequence[Row], peer: Peer) -> None:
        """What does not arrive holds back what comes after it: that is queued, as if nobody had taken it."""
        try:
            for place, row in enumerate(rows):
                if not await self.send(row, peer, Reach("", 1)):
                    await self.site.store.run(
                        keeping.hand_back, rows[place + 1 :], owner=self.owner, at=self.site.clock()
                    )
                    return
        except (Busy, StoreUnavailable) as error:  # the lease ends by itself
            log.warning("what became of an answer could not be kept", why=str(error))
        except Exception:
            log.exception("an answer could not be sent")
