"""The outbox's postman: claim, send, record. What follows from a failed try is domain/delivery.py's."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Protocol

import structlog

from backend.domain.delivery import Outcome, State, after
from bots import NotSent, Uncertain, Unreachable
from dialogs.messages import Choice, Outbound, Peer, Receipt, Say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from backend.domain.delivery import Next
    from backend.store.engine import Store
    from backend.store.outbox import Row
    from backend.store.work import UnitOfWork
    from bots import Channel

log = structlog.get_logger()


class Post(Protocol):
    """What the postman needs of a Site."""

    @property
    def store(self) -> Store:
        """Where the outbox is."""

    @property
    def channels(self) -> Mapping[str, Channel]:
        """The ways to citizens, by name."""

    @property
    def clock(self) -> Callable[[], datetime]:
        """Aware, UTC."""


async def deliver(site: Post, owner: str) -> int:
    """Send everything that is due, as far as one claim reaches; returns how many tries were made.

    People are served side by side; one person's bubbles keep their order
    because only their oldest is ever claimed.
    """
    claimed = await site.store.run(_claim, owner, now=site.clock())
    await asyncio.gather(*(_send(site, owner, row, peer) for row, peer in claimed))
    return len(claimed)


def _claim(work: UnitOfWork, owner: str, *, now: datetime) -> list[tuple[Row, Peer]]:
    rows = work.outbox.claim(owner, now=now)
    people = {row.person: work.people.get(row.person) for row in rows}
    return [(row, Peer(people[row.person].channel, people[row.person].address)) for row in rows]


async def _send(site: Post, owner: str, row: Row, peer: Peer) -> None:
    choices = tuple(Choice(c["id"], c["label"]) for c in row.choices)
    message = Outbound(peer, Say(row.text, choices), key=f"outbox-{row.id}")
    receipt, outcome, told = await _try(site, message)
    at = site.clock()
    follows = after(outcome, tries=row.tries, kind=row.kind, at=at, created_at=row.created_at, **told)
    if follows.state not in {State.ACCEPTED, State.DELIVERED}:
        log.warning("not delivered", row=row.id, number=row.number, state=follows.state, tries=row.tries)
    await site.store.run(_record, row, follows, receipt, owner=owner, at=at)


async def _try(site: Post, message: Outbound) -> tuple[Receipt, Outcome, dict[str, Any]]:
    channel = site.channels.get(message.peer.channel)
    if channel is None:
        return Receipt(""), Outcome.UNREACHABLE, {"said": f"渠道 {message.peer.channel} 已停用"}
    try:
        receipt = await channel.send(message)
    except NotSent as error:
        return Receipt(""), Outcome.NOT_SENT, {"retry_after": error.retry_after, "said": str(error)}
    except Uncertain as error:
        return Receipt(""), Outcome.UNCERTAIN, {"said": str(error)}
    except Unreachable as error:
        return Receipt(""), Outcome.UNREACHABLE, {"said": str(error)}
    return receipt, Outcome.DELIVERED if receipt.delivered else Outcome.ACCEPTED, {}


def _record(work: UnitOfWork, row: Row, follows: Next, receipt: Receipt, *, owner: str, at: datetime) -> None:
    """Keep the outcome; what arrived stands in the chat's record from now on."""
    if follows.state in {State.ACCEPTED, State.DELIVERED}:  # first, since it takes the person's lock
        work.journal.say(row.person, row.text, list(row.choices), at=at, notice=row.id)
    work.outbox.record(
        row.id,
        state=follows.state.value,
        at=at,
        reason=follows.reason,
        way=receipt.way,
        platform_id=receipt.platform_id,
        not_before=follows.not_before,
        owner=owner,
    )
