"""``jiesu chat --script``: a conversation replayed on a store that is thrown away, by the script's own clock.

Nothing here reads a clock or makes anything up, so that the same script gives
the same output, byte for byte.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import contextmanager
from itertools import groupby
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.cli.hearing import hear
from backend.cli.script_lines import Reader
from backend.domain.case import Actor
from backend.jobs import clocks
from backend.jobs.deliver import deliver
from backend.jobs.rounds import answer_albums, ask_back, look_after_drafts, look_after_handovers
from backend.services.cases import reading, visitback
from backend.services.files.evidence import EvidenceFiles
from backend.services.office.served import Served
from backend.settings import Settings
from backend.site import Site
from backend.store import schema
from backend.store.engine import open_store
from bots.terminal import NAME, Terminal
from dialogs.draft.albums import OVER
from dialogs.messages import Inbound, Peer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from backend.cli.script_lines import Line
    from backend.store.work import UnitOfWork
    from dialogs.messages import Outbound
    from institutions.model import Institution

    Bubble = dict[str, Any]  # text, choices

READER = Actor("script", frozenset({"auditor", "handler"}), personal=True, confidant=True)
PAGE = 500  # cases
SALT = bytes(16)


class Clock:
    """Stands where the script has put it."""

    def __init__(self) -> None:
        self.now: datetime | None = None

    def __call__(self) -> datetime:
        """The time of the script. Aware."""
        if self.now is None:
            raise AssertionError("nothing happens before the first line")
        return self.now


class Play:
    """One script on one site; ``told`` collects what is said to users between their lines."""

    def __init__(self, site: Site, clock: Clock, told: list[tuple[str, datetime, Bubble]], folder: Path) -> None:
        self._site, self._clock, self._told, self._folder = site, clock, told, folder
        self._offered: dict[str, dict[str, str]] = {}  # user -> id or label of the last choices -> id

    async def turn(self, line: Line) -> dict[str, Any]:
        """What stands in the output for this line."""
        await self.pass_time(line.at)
        meanwhile = [bubble for user, _, bubble in self._told if user == line.user]
        self._told[:] = [each for each in self._told if each[0] != line.user]
        self._remember(line.user, meanwhile)
        answer = await hear(self._site, self._message(line), folder=self._folder)
        bubbles = meanwhile + [_bubble(saying.text, saying.choices) for saying in answer]
        self._remember(line.user, bubbles)
        return {"user": line.user, "say": bubbles}

    async def pass_time(self, upto: datetime) -> None:
        """Everything that falls due up to then happens, each at its own time."""
        store, clock = self._site.store, self._clock
        clock.now = clock.now or upto
        while (due := await store.read(next_due, self._site.institutions, now=clock.now, upto=upto)) is not None:
            clock.now = max(clock.now, due)
            done = [
                await work(self._site, "script")
                for work in (answer_albums, look_after_handovers, clocks.look, deliver, ask_back, look_after_drafts)
            ]
            if not any(done):
                break  # it is looked for again before the next line
        clock.now = upto

    async def rest(self) -> list[dict[str, Any]]:
        """What was said to users who then said nothing more, and last the cases."""
        await self.pass_time(self._clock())
        await self._last_albums()
        zone = ZoneInfo(next(iter(self._site.institutions.values())).timezone)
        rows = [
            {"user": user, "at": at.astimezone(zone).isoformat(), "say": [bubble for _, _, bubble in said]}
            for (user, at), said in groupby(self._told, key=lambda each: each[:2])
        ]
        return [*rows, {"cases": await self._site.store.read(cases, self._site.institutions)}]

    async def _last_albums(self) -> None:
        """Nothing else falls due in the hour after the last line."""
        self._clock.now = self._clock() + OVER
        while await answer_albums(self._site, "script"):
            await deliver(self._site, "script")

    def _message(self, line: Line) -> Inbound:
        chosen = self._offered.get(line.user, {}).get(line.choice.strip(), "")
        text = line.text if chosen else "\n".join(words for words in (line.text, line.choice) if words)
        return Inbound(
            Peer(NAME, line.user),
            line.id,
            text=text,
            choice=chosen,
            location=line.location,
            contact=line.contact,
            media=line.media,
            album=line.album,
        )

    def _remember(self, user: str, bubbles: Iterable[Bubble]) -> None:
        choices = [choice for bubble in bubbles for choice in bubble["choices"]]
        if choices:
            labels = {choice["label"]: choice["id"] for choice in choices}
            self._offered[user] = labels | {choice["id"]: choice["id"] for choice in choices}


def replay(
    lines: Iterable[bytes], source: str, *, folder: Path, institution: Institution, write: Callable[[bytes], object]
) -> None:
    """Answer each line before the next is read; then the cases. Raises: BadLine."""
    reader = Reader(source, ZoneInfo(institution.timezone))
    with asyncio.Runner() as runner, _play(institution, folder) as play:
        for raw in lines:
            if (line := reader.read(raw)) is not None:
                write(_json(runner.run(play.turn(line))))
        if not reader.begun:
            write(_json({"cases": []}))
            return
        for row in runner.run(play.rest()):
            write(_json(row))


def next_due(
    work: UnitOfWork, institutions: Mapping[str, Institution], *, now: datetime, upto: datetime
) -> datetime | None:
    """When the next notice, visit-back or end of one falls due; None: none does up to then."""
    times = [work.outbox.next_due(now), work.drafts.next_due(), work.handovers.next_due(), work.clocks.next()]
    times.append(visitback.next_due(work, institutions, upto=upto))
    return min((at for at in times if at is not None and at <= upto), default=None)


def cases(work: UnitOfWork, institutions: Mapping[str, Institution]) -> list[dict[str, Any]]:
    """Every CASE, oldest first, with names and phone numbers whole."""
    found: list[dict[str, Any]] = []
    cursor = None
    while True:
        page, cursor = reading.page(work, institutions, by=READER, limit=PAGE, cursor=cursor)
        found += page
        if cursor is None:
            return found[::-1]


@contextmanager
def _play(institution: Institution, folder: Path) -> Iterator[Play]:
    clock = Clock()
    told: list[tuple[str, datetime, Bubble]] = []

    def show(message: Outbound) -> None:
        choices = [{"id": choice.id, "label": choice.label} for choice in message.say.choices]
        told.append((message.peer.address, clock(), _bubble(message.say.text, choices)))

    store = open_store("sqlite://", salt=lambda: SALT)
    try:
        schema.create(store)
        with TemporaryDirectory(prefix="jiesu-") as evidence:
            site = Site(
                settings=Settings(),
                store=store,
                institutions=Served({institution.id: institution}),
                channels={NAME: Terminal(show)},
                homes={NAME: institution.id},
                evidence=EvidenceFiles(evidence),
                clock=clock,
                secret=SALT,
            )
            yield Play(site, clock, told, folder)
    finally:
        store.close()


def _bubble(text: str, choices: Iterable[Mapping[str, Any]]) -> Bubble:
    return {"text": text, "choices": [{"id": choice["id"], "label": choice["label"]} for choice in choices]}


def _json(row: Mapping[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"
