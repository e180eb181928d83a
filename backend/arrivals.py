"""What a platform calls us for, from its verified call to the answer: the same for hooks and for polling.

Not here: what a call means (the channel's ``read``), what is said (the dialog),
and sending what is owed (jobs/deliver.py).
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog

from backend.services.files.evidence import EvidenceUnavailable, collect
from backend.services.files.sniff import MOST_BYTES
from backend.services.talks import arriving, editing, intake, owing, places, reach
from backend.services.talks.arriving import Arrived
from backend.store.errors import Busy, StoreUnavailable
from bots import ChannelDown, Gone, NotSent, TooLarge, only_answers
from nlp.facts import Facts, Proposal

if TYPE_CHECKING:
    from datetime import datetime

    from backend.sending.postman import Postman
    from backend.services.talks.arriving import Stumble
    from backend.services.talks.intake import StoredFile
    from backend.site import Site
    from backend.store.inbox import Entry
    from backend.store.places import Place
    from backend.store.work import UnitOfWork
    from bots import Platform, Taken
    from dialogs.messages import Inbound, Media, News
    from institutions.model import Institution

log = structlog.get_logger()

LONG = 500
"""Characters; a longer text is understood beside the loop, which serves others meanwhile."""
NOTHING = Facts(Proposal((), (), 0.0, decided=False))
PATIENCE = timedelta(seconds=3.5)
"""How long a platform that shows the answer to its call waits for it; it would wait 5 s."""
GRACE = timedelta(seconds=5)
"""An answer that may go out so is not sent another way before."""
NO_WAIT = timedelta(0)
FETCH_AGAIN = (2, 5, 15, 60, 300, 900, 3600)
"""Seconds until a file is asked for again; a day later the citizen is told that it is lost."""
FETCH_FOR = timedelta(hours=24)
FAULTS = 3
"""Tries after which a file is given up that a fault of ours keeps from us: nothing else of theirs may wait for it."""
BELIEVED = timedelta(hours=24)

UNTAKEN = {"contact_of_another": "untaken.card"}
"""Kinds that want a sentence of their own."""

File = tuple[tuple["StoredFile", ...], tuple[tuple[str, str], ...]]


@dataclass(slots=True)
class Arrivals:
    """The messages that are being worked on in this process: a redelivery waits for the first one's answer."""

    site: Site
    owner: str
    postman: Postman | None = None  # who sends answers at once; without one they wait for the job
    flights: dict[tuple[str, str, str], asyncio.Task[Arrived]] = field(default_factory=dict)
    patience: timedelta = PATIENCE

    async def take(self, channel: Platform, taken: Taken, *, passively: bool) -> list[Arrived]:
        """All that one call held. ``passively``: its answer can say something. Raises: Busy, StoreUnavailable."""
        for news in taken.news:
            await self._note(channel, news)
        return [await self._taken(channel, message, passively=passively) for message in taken.messages]

    async def _taken(self, channel: Platform, message: Inbound, *, passively: bool) -> Arrived:
        """One message; where its answer is all that can be said, that says what waited for it too."""
        arrived = await self._fly(channel, message, passively=passively)
        if not passively or not only_answers(channel):
            return arrived
        at = self.site.clock()
        return await self.site.store.run(owing.paged, channel, message, arrived, at=at, until=at + GRACE)

    async def keep(self, taken: Taken) -> None:
        """What takes long is kept before the platform hears that we have it. Raises: Busy, StoreUnavailable."""
        for message in taken.messages:
            await self.site.store.run(arriving.keep, message, at=self.site.clock())

    async def set_aside(self, channel: Platform, taken: Taken) -> None:
        """Keep a call of a kind that we do not know, for whoever looks into it. Raises: Busy, StoreUnavailable."""
        if not taken.messages:  # else it stands in the journal
            await self.site.store.run(_set_aside, channel.name, dict(taken.raw), at=self.site.clock())

    async def catch_up(self) -> int:
        """Work on what waits in the inbox and is due; returns how much that was."""
        entries = await self.site.store.run(_claim, self.owner, now=self.site.clock())
        await asyncio.gather(*(self._entry(entry) for entry in entries))
        return len(entries)

    async def try_again(self) -> int:
        """Work on what a fault of ours kept from being understood and is due; returns how much that was."""
        stumbles = await self.site.store.run(arriving.due, self.owner, now=self.site.clock())
        for stumble in stumbles:
            await self._rise(stumble)
        return len(stumbles)

    async def _rise(self, stumble: Stumble) -> None:
        site, at = self.site, self.site.clock()
        prepared, trouble = await self._prepared(stumble.message, remarks=stumble.remarks)
        if not trouble:
            try:
                await site.store.run(arriving.rise, site.institutions, stumble, prepared, at=at)
            except (Busy, StoreUnavailable):
                raise
            except Exception:
                log.exception("a message was not understood again", channel=stumble.message.peer.channel)
            else:
                return
        await site.store.run(arriving.put_off, stumble, at=at)

    async def _note(self, channel: Platform, news: News) -> None:
        """A fault of ours holds up nothing that the platform has to tell after this."""
        site = self.site
        home = site.institution_of(channel.name)
        try:
            await site.store.run(reach.note, site.institutions, home, news, at=site.clock())
        except (Busy, StoreUnavailable):
            raise
        except Exception:
            log.exception("news of a platform could not be noted", channel=channel.name, news=type(news).__name__)

    async def _fly(self, channel: Platform, message: Inbound, *, passively: bool) -> Arrived:
        """Two calls with one message share one flight; whoever hangs up does not end it."""
        key = (message.peer.channel, message.peer.address, editing.key(message))
        flight = self.flights.get(key)
        if flight is None:
            flight = self.flights[key] = asyncio.create_task(self._arrive(channel, message, passively=passively))
            flight.add_done_callback(lambda _: self.flights.pop(key, None))
        return await asyncio.shield(flight)

    async def _arrive(self, channel: Platform, message: Inbound, *, passively: bool) -> Arrived:
        if only_answers(channel) and owing.asks(message):
            at = self.site.clock()
            return await self.site.store.run(owing.noted, message, at=at, free=intake.free(message, at))
        if not message.media:
            return await self._digest(message, patience=GRACE if passively else NO_WAIT)
        entry = await self.site.store.run(arriving.keep, message, at=self.site.clock())
        if not passively:
            return Arrived(waits=True)
        if entry is None:
            return await self.site.store.run(arriving.before, message, at=self.site.clock())
        claimed = await self.site.store.run(_claim, self.owner, now=self.site.clock(), only=entry)
        return await self._entry(claimed[0], patience=GRACE) if claimed else Arrived(waits=True)

    async def _entry(self, entry: Entry, *, patience: timedelta = NO_WAIT) -> Arrived:
        """One message that waited: fetch its files, then take it; or try again later."""
        message, channel = arriving.kept(entry.message), self.site.platforms.get(entry.channel)
        at = self.site.clock()
        try:
            files, remarks = await self._files(channel, message, last=_is_last(entry, at))
        except (Busy, StoreUnavailable):
            raise
        except Exception as trouble:
            if not isinstance(trouble, NotSent | ChannelDown | EvidenceUnavailable):
                log.exception("fetching a file failed for a fault of ours", channel=entry.channel)
                if entry.tries >= FAULTS:
                    remarks = tuple(("file.lost", media.filename) for media in message.media)
                    return await self._digest(message, remarks=remarks, patience=patience, entry=entry.id)
            wait = FETCH_AGAIN[min(entry.tries - 1, len(FETCH_AGAIN) - 1)]
            log.warning("a file could not be fetched", channel=entry.channel, why=str(trouble), again_in=wait)
            await self.site.store.run(_again, entry.id, due=at + timedelta(seconds=wait))
            return Arrived(waits=True)
        return await self._digest(message, files=files, remarks=remarks, patience=patience, entry=entry.id)

    async def _files(self, channel: Platform | None, message: Inbound, *, last: bool) -> File:
        """The files as stored, and what is to be said about any. ``last``: what cannot be had now is lost."""
        stored: tuple[StoredFile, ...] = ()
        remarks: tuple[tuple[str, str], ...] = ()
        for media in message.media:
            try:
                more, said = await self._file(channel, media)
            except (NotSent, ChannelDown):
                if not last:
                    raise
                more, said = (), (("file.lost", media.filename),)
            stored, remarks = (*stored, *more), (*remarks, *said)
        return stored, remarks

    async def _file(self, channel: Platform | None, media: Media) -> File:
        if channel is None:
            return (), (("file.lost", media.filename),)
        try:
            fetched = await channel.fetch(media, most=MOST_BYTES)
            data = bytearray()
            async for piece in fetched.pieces:
                data += piece
        except Gone:
            return (), (("file.lost", media.filename),)
        except TooLarge:
            return (), (("file.large", media.filename),)
        return await collect(self.site.evidence, [(media.filename or fetched.filename, bytes(data))])

    async def _digest(
        self,
        message: Inbound,
        *,
        files: tuple[StoredFile, ...] = (),
        remarks: tuple[tuple[str, str], ...] = (),
        patience: timedelta,
        entry: int | None = None,
    ) -> Arrived:
        """Understand it and take it; a fault of ours loses nothing."""
        site, at = self.site, self.site.clock()
        prepared, trouble = await self._prepared(message, files=files, remarks=(*remarks, *_untaken(message)))
        if not trouble:
            try:
                arrived = await site.store.run(
                    arriving.arrive,
                    site.institutions,
                    prepared,
                    at=at,
                    patience=patience,
                    entry=entry,
                    owner=self._sender(message.peer.channel, patience),
                )
            except (Busy, StoreUnavailable):
                raise
            except Exception as error:
                log.exception("a message was not understood", channel=message.peer.channel)
                trouble = repr(error)
            else:
                if self.postman is not None:
                    self.postman.hand(arrived.leased, message.peer)
                return arrived
        return await site.store.run(arriving.stumbled, prepared, trouble, at=at, patience=patience, entry=entry)

    def _sender(self, channel: str, patience: timedelta) -> str:
        """In whose name an answer is taken at once; empty: it waits, for the platform's call or for the job."""
        at_once = self.postman is not None and patience == NO_WAIT and self.postman.takes(channel)
        return self.postman.owner if at_once and self.postman is not None else ""

    async def _prepared(
        self, message: Inbound, *, files: tuple[StoredFile, ...] = (), remarks: tuple[tuple[str, str], ...] = ()
    ) -> tuple[intake.Prepared, str]:
        """Understood, with the place that it came from; or not, and why."""
        site = self.site
        institution = site.institution_of(message.peer.channel)
        here = await site.store.read(places.get, message.place) if message.place else None
        return await prepare(site, message, institution, files=files, remarks=remarks, here=here)


async def prepare(
    site: Site,
    message: Inbound,
    institution: Institution,
    *,
    files: tuple[StoredFile, ...] = (),
    remarks: tuple[tuple[str, str], ...] = (),
    here: Place | None = None,
) -> tuple[intake.Prepared, str]:
    """The message with its facts; or without any, and why. ``here``: the place whose code brought them."""
    told = partial(
        intake.prepare,
        institution=institution,
        at=_spoken(message, site.clock()),
        files=files,
        remarks=remarks,
        place=here.fill if here else None,
    )
    try:
        return (await asyncio.to_thread(told, message) if len(message.text) > LONG else told(message)), ""
    except Exception as error:
        log.exception("a text was not understood", channel=message.peer.channel)
        kept = replace(message, text=intake.storable(message.text), contact=intake.storable(message.contact))
        return intake.Prepared(kept, institution.id, NOTHING, files, remarks), repr(error)


def _untaken(message: Inbound) -> tuple[tuple[str, str], ...]:
    """What is said to a message of a kind that we cannot read: a sticker, somebody else's card."""
    kind = message.raw.get("untaken")
    return ((UNTAKEN.get(kind, "untaken"), ""),) if kind else ()


def _is_last(entry: Entry, at: datetime) -> bool:
    """Whether what cannot be fetched now is given up."""
    return at - entry.received_at > FETCH_FOR


def _spoken(message: Inbound, at: datetime) -> datetime:
    """When they said it, which is what "just now" means. No other clock is believed for more than a day."""
    sent = message.sent_at
    return sent if sent is not None and at - BELIEVED <= sent <= at else at


def _set_aside(work: UnitOfWork, channel: str, raw: dict[str, Any], *, at: datetime) -> None:
    work.inbox.set_aside(channel, raw, at=at)


def _claim(work: UnitOfWork, owner: str, *, now: datetime, only: int | None = None) -> list[Entry]:
    return work.inbox.claim(owner, now=now, only=only)


def _again(work: UnitOfWork, entry_id: int, *, due: datetime) -> None:
    work.inbox.again(entry_id, due=due)
