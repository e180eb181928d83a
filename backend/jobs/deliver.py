"""The outbox's postman: claim, send, record. What follows from a failed try is domain/delivery.py's."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

import structlog

from backend.domain.delivery import Outcome, State, after, ladder
from backend.services import reach as results
from backend.store.reach import GONE, TOLD_LATER, Reach
from bots import ChannelDown, NotSent, NotThisWay, Uncertain, Unreachable
from dialogs.messages import Choice, Outbound, Peer, Receipt, Say

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime

    from backend.domain.delivery import Next
    from backend.store.engine import Store
    from backend.store.outbox import Row
    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from bots import Channel

log = structlog.get_logger()


COUNTED = "customer_service"
"""The way whose messages a platform counts."""
TEMPLATE = "template"
"""The way whose platform knows a message that it was given before."""
TOGETHER = 100
"""Rows of one claim: as many as a channel keeps connections; their outcomes are committed together."""
PAUSE = 60.0
"""Seconds for which a channel is left alone whose platform takes nothing from us."""


@dataclass(frozen=True, slots=True)
class Tried:
    """How one try ended, over all ways."""

    outcome: Outcome
    way: str = ""
    said: str = ""  # for the desk
    retry_after: float | None = None  # seconds
    receipt: Receipt | None = None  # where the platform took it
    spent: tuple[str, ...] = ()  # templates of which one message less is left
    pause: float | None = None  # seconds for which the whole channel is left alone
    cost: int = 1  # messages of those that the platform counts


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
    limited = {name for name, channel in site.channels.items() if any(w.within or w.grant for w in channel.ways)}
    claimed = await site.store.run(_claim, owner, limited, now=site.clock())
    await asyncio.gather(*(_send(site, owner, row, peer, reach) for row, peer, reach in claimed))
    return len(claimed)


def _claim(work: UnitOfWork, owner: str, limited: Collection[str], *, now: datetime) -> list[tuple[Row, Peer, Reach]]:
    """What is due, to whom, and how they can be reached; *limited*: the channels for which the last is not plain."""
    rows = work.outbox.claim(owner, now=now, limit=TOGETHER, paused=work.platforms.paused(now=now))
    people = work.people.several({row.person for row in rows})
    reached = {p.id: _reach(work, p, now=now) if p.channel in limited else Reach(p.gone, 1) for p in people.values()}
    return [(row, Peer(people[row.person].channel, people[row.person].address), reached[row.person]) for row in rows]


def _reach(work: UnitOfWork, person: Person, *, now: datetime) -> Reach:
    return work.reaches.of(person.id, now=now, way=COUNTED)


async def _send(site: Post, owner: str, row: Row, peer: Peer, reach: Reach) -> None:
    tried = await _try(site.channels.get(peer.channel), row, peer, reach)
    at = site.clock()
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
    await site.store.run(_record, row, follows, tried, peer.channel, owner=owner, at=at)


async def _try(channel: Channel | None, row: Row, peer: Peer, reach: Reach) -> Tried:
    """One way after the other, until one takes it or nothing more is to be tried now."""
    if channel is None:
        return Tried(Outcome.UNREACHABLE, said=f"渠道 {peer.channel} 已停用")
    if reach.gone:
        return Tried(Outcome.UNREACHABLE, said=GONE[reach.gone].rstrip("。"))
    ways, shut = ladder(channel.ways, row.kind, free=reach.free, grants=reach.grants)
    grants = {way.name: way.grant for way in channel.ways if not way.kinds or row.kind in way.kinds}
    say = Say(row.text, tuple(Choice(c["id"], c["label"]) for c in row.choices))
    spent: list[str] = []
    for way in ways:
        message = Outbound(peer, say, f"outbox-{row.id}", way, row.kind, {"note": _note(row)} | row.fields)
        try:
            receipt = await channel.send(message)
        except NotThisWay as error:
            shut.append(str(error))
            spent += [grants[way]] if grants[way] else []
        except NotSent as error:
            pause = (error.retry_after or PAUSE) if error.everybody else None
            return Tried(Outcome.NOT_SENT, way, str(error), error.retry_after, spent=tuple(spent), pause=pause)
        except ChannelDown as error:
            return Tried(Outcome.NOT_SENT, way, str(error), PAUSE, spent=tuple(spent), pause=PAUSE)
        except Uncertain as error:
            return Tried(Outcome.UNCERTAIN, way, str(error), spent=tuple(spent), cost=error.cost)
        except Unreachable as error:
            return Tried(Outcome.UNREACHABLE, way, str(error), spent=tuple(spent))
        else:
            outcome = Outcome.DELIVERED if receipt.delivered else Outcome.ACCEPTED
            used = (grants[way],) if grants[way] else ()
            return Tried(outcome, way, receipt=receipt, spent=(*spent, *used), cost=receipt.cost)
    return Tried(Outcome.UNREACHABLE, said="；".join(dict.fromkeys(shut)), spent=tuple(spent))


def _note(row: Row) -> str:
    """What a form says in a few words; the case's number has a field of its own there."""
    return row.text.replace(f"（{row.number}）", "").replace(f" ({row.number})", "")


def _record(work: UnitOfWork, row: Row, follows: Next, tried: Tried, channel: str, *, owner: str, at: datetime) -> None:
    """Keep the outcome; what arrived stands in the chat's record from now on."""
    if follows.state in {State.ACCEPTED, State.DELIVERED}:  # first, since it takes the person's lock
        work.journal.say(row.person, row.text, list(row.choices), at=at, answers=row.answers, notice=row.id)
    for template in tried.spent:
        work.reaches.spend(row.person, template)
    if tried.pause is not None:
        work.platforms.pause(channel, until=at + timedelta(seconds=tried.pause), trouble=tried.said)
    work.outbox.record(
        row.id,
        state=follows.state.value,
        at=at,
        reason=follows.reason,
        way=tried.receipt.way if tried.receipt else tried.way,
        platform_id=tried.receipt.platform_id if tried.receipt else "",
        cost=tried.cost,
        not_before=follows.not_before,
        owner=owner,
    )
    if tried.receipt is not None and tried.receipt.way in TOLD_LATER and tried.receipt.platform_id:
        results.catch_up(work, channel, tried.receipt.platform_id, at=at, person=row.person)
