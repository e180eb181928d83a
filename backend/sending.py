"""Sending what is owed: one way after the other, and what became of it is kept. Nobody is chosen here.

What follows from a failed try is domain/delivery.py's. Outcomes wait for the
unit that keeps them: while one is committed, the next ones gather.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

import structlog

from backend.domain.delivery import Next, Outcome, State, after, ladder
from backend.services.talks import arriving
from backend.services.talks import reach as results
from backend.store.errors import Busy, StoreUnavailable
from backend.store.outbox import ARRIVED
from backend.store.reach import GONE, TOLD_LATER, Reach
from bots import ChannelDown, NotSent, NotThisWay, Uncertain, Unreachable
from dialogs.messages import Choice, Outbound, Peer, Receipt, Say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from backend.services.talks.arriving import Arrived
    from backend.store.engine import Store
    from backend.store.outbox import Row
    from backend.store.work import UnitOfWork
    from bots import Channel

log = structlog.get_logger()

TEMPLATE = "template"
"""The way whose platform knows a message that it was given before."""
PAUSE = 60.0
"""Seconds for which a channel is left alone whose platform takes nothing from us."""
TOGETHER = 100
"""Outcomes that one unit keeps."""


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


@dataclass(frozen=True, slots=True)
class Ended:
    """One try, as it is to be kept."""

    row: Row
    follows: Next
    tried: Tried
    channel: str
    at: datetime

    @property
    def arrived(self) -> bool:
        """The platform took it."""
        return self.follows.state.value in ARRIVED

    @property
    def plain(self) -> bool:
        """It arrived, and nothing else is to be noted of it."""
        receipt = self.tried.receipt
        return self.arrived and receipt is not None and receipt.way not in TOLD_LATER and not self.tried.spent


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
    _waiting: list[tuple[Ended, asyncio.Future[None]]] = field(default_factory=list)
    _keeping: asyncio.Task[None] | None = None

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

    async def send(self, row: Row, peer: Peer, reach: Reach) -> bool:
        """Send one and keep what became of it; whether it arrived. Raises: Busy, StoreUnavailable."""
        tried = await _try(self.site.channels.get(peer.channel), row, peer, reach)
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
        ended = Ended(row, follows, tried, peer.channel, at)
        await self._keep(ended)
        return ended.arrived

    async def _errand(self, rows: Sequence[Row], peer: Peer) -> None:
        """What does not arrive holds back what comes after it: that is queued, as if nobody had taken it."""
        try:
            for place, row in enumerate(rows):
                if not await self.send(row, peer, Reach("", 1)):
                    await self.site.store.run(_hand_back, rows[place + 1 :], owner=self.owner, at=self.site.clock())
                    return
        except (Busy, StoreUnavailable) as error:  # the lease ends by itself
            log.warning("what became of an answer could not be kept", why=str(error))
        except Exception:
            log.exception("an answer could not be sent")

    async def _keep(self, ended: Ended) -> None:
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((ended, kept))
        if self._keeping is None or self._keeping.done():
            self._keeping = asyncio.create_task(self._keep_what_waits())
        await kept

    async def _keep_what_waits(self) -> None:
        while self._waiting:
            together, self._waiting = self._waiting[:TOGETHER], self._waiting[TOGETHER:]
            await self._keep_all(together)

    async def _keep_all(self, together: Sequence[tuple[Ended, asyncio.Future[None]]]) -> None:
        """In one unit; where that fails each in its own, so that an odd one takes no other with it."""
        try:
            await self.site.store.run(_record_all, [ended for ended, _ in together], owner=self.owner)
        except Exception:  # noqa: BLE001 - each of them is told its own
            for ended, kept in together:
                try:
                    await self.site.store.run(_record, ended, owner=self.owner)
                except Exception as error:  # noqa: BLE001
                    _tell(kept, error)
                else:
                    _tell(kept)
        else:
            for _, kept in together:
                _tell(kept)


@dataclass(slots=True)
class Passing:
    """Answers that went out in the body of ours to a platform's call: that they did is kept after it, many in a unit.

    Where it cannot be kept they are owed as before and go out once more by themselves: better twice than never.
    """

    site: Post
    _waiting: list[tuple[Arrived, datetime]] = field(default_factory=list)
    _keeping: asyncio.Task[None] | None = None

    @property
    def behind(self) -> bool:
        """So much waits that an answer might be sent another way before it is kept that it went out."""
        return len(self._waiting) > TOGETHER

    def went(self, arrived: Sequence[Arrived]) -> None:
        """These went out now."""
        at = self.site.clock()
        self._waiting += [(each, at) for each in arrived if each.rows]
        if self._keeping is None or self._keeping.done():
            self._keeping = asyncio.create_task(self._keep_what_waits())

    async def close(self) -> None:
        """Wait until all is kept."""
        if self._keeping is not None:
            await self._keeping

    async def _keep_what_waits(self) -> None:
        while self._waiting:
            together, self._waiting = self._waiting[:TOGETHER], self._waiting[TOGETHER:]
            try:
                await self.site.store.run(_went, together)
            except Exception:
                log.exception("that answers went out could not be kept", answers=len(together))


def _went(work: UnitOfWork, together: Sequence[tuple[Arrived, datetime]]) -> None:
    for each, at in sorted(together, key=lambda pair: pair[0].person):
        if not arriving.pass_on(work, [each], at=at):
            log.warning("an answer went out twice", person=each.person)


def _tell(kept: asyncio.Future[None], error: Exception | None = None) -> None:
    if kept.cancelled():
        return
    if error is None:
        kept.set_result(None)
    else:
        kept.set_exception(error)


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


def _record_all(work: UnitOfWork, ended: Sequence[Ended], *, owner: str) -> None:
    """Keep these outcomes; whoever they concern is locked in one order."""
    plain = sorted((each for each in ended if each.plain), key=lambda each: (each.row.person, each.row.id))
    work.people.lock_several({each.row.person for each in ended if each.arrived})
    work.journal.say_all(
        [(e.row.person, e.row.text, list(e.row.choices), e.at, e.row.answers, e.row.id) for e in plain]
    )
    work.outbox.record_arrived(
        [
            (e.row.id, e.follows.state.value, e.at, e.tried.receipt.way, e.tried.receipt.platform_id, e.tried.cost)
            for e in plain
            if e.tried.receipt is not None
        ]
    )
    for each in ended:
        if not each.plain:
            _record(work, each, owner=owner)


def _hand_back(work: UnitOfWork, rows: Sequence[Row], *, owner: str, at: datetime) -> None:
    for row in rows:
        work.outbox.record(row.id, state="queued", at=at, owner=owner)


def _record(work: UnitOfWork, ended: Ended, *, owner: str) -> None:
    """Keep the outcome; what arrived stands in the chat's record from now on."""
    row, follows, tried, channel, at = ended.row, ended.follows, ended.tried, ended.channel, ended.at
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
