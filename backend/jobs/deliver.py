"""The outbox's postman: claim what is due, send it. How: backend/sending/."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from backend.sending.postman import Postman
from backend.store.outbox import OTHERS
from backend.store.reach import Reach
from dialogs.messages import Peer

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from backend.sending.postman import Post
    from backend.store.outbox import Row
    from backend.store.people import Person
    from backend.store.work import UnitOfWork

ROUND = 2.0  # seconds
QUICKLY = 0.5
"""Seconds in which a claim is sent and kept, where its channels hold nothing up."""
MOST = 640
"""Rows of one claim."""
ANSWERS = 100
"""Rows of one claim, where people wait for them."""
COUNTED = "customer_service"
"""The way whose messages a platform counts."""


async def deliver(site: Post, owner: str) -> int:
    """Send what is due, claim after claim, for about a ROUND; returns how many tries were made.

    People are served side by side; one person's bubbles keep their order
    because only their oldest is ever claimed. Of notices a claim takes few, so
    that an answer need not wait behind them; as long as they go out QUICKLY,
    the next takes twice as many.
    """
    limited = {name for name, channel in site.channels.items() if any(w.within or w.grant for w in channel.ways)}
    postman, begun, others, sent = Postman(site, owner), time.monotonic(), OTHERS, 0
    while True:
        since = time.monotonic()
        claimed = await site.store.run(_claim, owner, limited, others=others, now=site.clock())
        await asyncio.gather(*(postman.send(row, peer, reach) for row, peer, reach in claimed))
        sent += len(claimed)
        now = time.monotonic()
        if len(claimed) < OTHERS or now - begun > ROUND:
            return sent
        others = min(others * 2, MOST) if now - since < QUICKLY else OTHERS


def _claim(
    work: UnitOfWork, owner: str, limited: Collection[str], *, others: int, now: datetime
) -> list[tuple[Row, Peer, Reach]]:
    """What is due, to whom, and how they can be reached; *limited*: the channels for which the last is not plain."""
    most = max(ANSWERS, others)
    rows = work.outbox.claim(owner, now=now, limit=most, others=others, paused=work.platforms.paused(now=now))
    people = work.people.several({row.person for row in rows})
    reached = {p.id: _reach(work, p, now=now) if p.channel in limited else Reach(p.gone, 1) for p in people.values()}
    return [(row, Peer(people[row.person].channel, people[row.person].address), reached[row.person]) for row in rows]


def _reach(work: UnitOfWork, person: Person, *, now: datetime) -> Reach:
    return work.reaches.of(person.id, now=now, way=COUNTED)
