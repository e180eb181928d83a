"""The outbox's postman: claim what is due, send it. How: backend/sending/."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from backend.domain import planning
from backend.domain.delivery import ladder
from backend.sending.postman import Postman
from backend.store.outbox import OTHERS
from backend.store.reach import Reach
from dialogs.messages import Peer

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from backend.sending.postman import Post
    from backend.store.outbox import Row
    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from bots import Way

ROUND = 2.0  # seconds
QUICKLY = 0.5
"""Seconds in which a claim is sent and kept, where its channels hold nothing up."""
MOST = 640
"""Rows of one claim."""
ANSWERS = 100
"""Rows of one claim, where people wait for them."""
COUNTED = "customer_service"
"""The way whose messages a platform counts."""


@dataclass(frozen=True, slots=True)
class Errand:
    """One message to one person. ``along``: rows that it tells as well."""

    row: Row
    peer: Peer
    reach: Reach
    along: tuple[Row, ...] = ()


async def deliver(site: Post, owner: str) -> int:
    """Send what is due, claim after claim, for about a ROUND; returns how many tries were made.

    People are served side by side; one person's bubbles keep their order
    because only their oldest is ever claimed. Of notices a claim takes few, so
    that an answer need not wait behind them; as long as they go out QUICKLY,
    the next takes twice as many.
    """
    limited = {
        name: channel.ways for name, channel in site.channels.items() if any(w.within or w.grant for w in channel.ways)
    }
    postman, begun, others, sent = Postman(site, owner), time.monotonic(), OTHERS, 0
    while True:
        since = time.monotonic()
        claimed = await site.store.run(_claim, owner, limited, others=others, now=site.clock())
        await asyncio.gather(*(postman.send(each.row, each.peer, each.reach, each.along) for each in claimed))
        sent += len(claimed)
        now = time.monotonic()
        if len(claimed) < OTHERS or now - begun > ROUND:
            return sent
        others = min(others * 2, MOST) if now - since < QUICKLY else OTHERS


def _claim(
    work: UnitOfWork, owner: str, limited: Mapping[str, Sequence[Way]], *, others: int, now: datetime
) -> list[Errand]:
    """What is due, to whom, and how they can be reached; *limited*: the ways of the channels for which that is not plain."""
    most = max(ANSWERS, others)
    rows = work.outbox.claim(owner, now=now, limit=most, others=others, paused=work.platforms.paused(now=now))
    people = work.people.several({row.person for row in rows})
    reached = {p.id: _reach(work, p, now=now) if p.channel in limited else Reach(p.gone, 1) for p in people.values()}
    errands = [
        Errand(row, Peer(people[row.person].channel, people[row.person].address), reached[row.person]) for row in rows
    ]
    counted = {e.row.id for e in errands if e.peer.channel in limited}
    several = {e.row.person for e in errands if planning.gathers(e.row, counted=e.row.id in counted, now=now)}
    return _planned(work, owner, errands, several, limited, now=now) if several else errands


def _planned(
    work: UnitOfWork,
    owner: str,
    errands: Sequence[Errand],
    several: Collection[int],
    limited: Mapping[str, Sequence[Way]],
    *,
    now: datetime,
) -> list[Errand]:
    """What goes now, with what goes along; the rest is held."""
    owed, going = work.outbox.behind(several), []
    for errand in errands:
        row, reach = errand.row, errand.reach
        if row.person not in several:
            going.append(errand)
            continue
        behind = [each for each in owed.get(row.person, []) if each.id > row.id]
        due = list(takewhile(lambda each: each.state == "queued" and each.not_before <= now, behind))
        along = tuple(due[: planning.together(row, due)])
        if along:
            work.outbox.take_along([each.id for each in along], owner, now=now)
        told = planning.NOW
        if ways := limited.get(errand.peer.channel):
            open_, _ = ladder(ways, row.kind, free=0, grants=reach.grants)
            rest = behind[len(along) :]
            told = planning.plan((row, *along), rest, free=reach.free, until=reach.until, others=bool(open_), now=now)
        if told.until is not None:
            ids = [each.id for each in (row, *along)]
            work.outbox.hold(ids, until=told.until, reason=planning.HELD, at=now)
            continue
        going.append(replace(errand, reach=replace(reach, free=0) if told.keep else reach, along=along))
    return going


def _reach(work: UnitOfWork, person: Person, *, now: datetime) -> Reach:
    return work.reaches.of(person.id, now=now, way=COUNTED)
