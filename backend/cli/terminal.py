"""``jiesu chat``: a citizen at this terminal, on the configured store; notices arrive while one waits.

What a typed line means and how a bubble looks is bots/terminal.py's.
"""

from __future__ import annotations

import asyncio
import getpass
import logging
import os
import secrets
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from backend import main
from backend.channels import attending
from backend.cli import logs, surroundings
from backend.cli.hearing import hear
from backend.jobs import rounds
from bots.terminal import HELP, NAME, NotUnderstood, Typed, read, render
from dialogs.messages import Choice, Peer, Say

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from backend.site import Site
    from backend.store.journal import Saying
    from backend.store.work import UnitOfWork

LOOK_SECONDS = 0.5
"""How often we look for bubbles that came meanwhile."""

RECENT = 10
"""Lines of the talk so far that are shown at the beginning."""


def talk(institution: str, who: str) -> None:
    """Talk until the citizen leaves; ``who`` empty: as the user of this machine. Raises: as main.compose."""
    surroundings.require_input()
    logs.set_up(json=False, level=logging.WARNING)
    whose = surroundings.institution(institution)
    site = main.compose(surroundings.settings())
    site = replace(site, homes={**site.homes, NAME: whose.id})
    try:
        main.warm(site)
        main.run(_talk(site, who or _user()))
    finally:
        site.store.close()


async def _talk(site: Site, who: str) -> None:
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    Thread(target=_type, args=(asyncio.get_running_loop(), lines), daemon=True).start()
    stop = asyncio.Event()
    jobs = asyncio.create_task(rounds.run(site, main.owner(), stop))
    try:
        await Talk(site, who, _write, _greet).converse(lines, prompt="> " if sys.stdin.isatty() else "")
    finally:
        stop.set()
        await main.settle(jobs)
        await attending.close(site)


class Talk:
    """One citizen's talk; ``write`` shows text, ``greet`` a line that is not part of it."""

    def __init__(self, site: Site, address: str, write: Callable[[str], None], greet: Callable[[str], None]) -> None:
        self._site, self._peer, self._write, self._greet = site, Peer(NAME, address), write, greet
        self._person = 0
        self._shown = 0  # seq of the last bubble that was shown
        self._choices: tuple[Choice, ...] = ()
        self._showing = asyncio.Lock()  # a bubble is shown by who answers or by who looks, not by both

    async def converse(self, lines: asyncio.Queue[str | None], *, prompt: str = "") -> None:
        """Answer line after line until one is None (nothing more will be typed) or wants to leave."""
        await self._begin(greet=bool(prompt))
        looking = asyncio.create_task(self._look(prompt))
        try:
            self._write(prompt)
            while (line := await lines.get()) is not None and await self._answer(line):
                self._write(prompt)
        finally:
            await main.cancel(looking)

    async def _begin(self, *, greet: bool) -> None:
        """Meet the citizen; what was said so far is shown to who sits here, not to a pipe."""
        self._person, self._shown, recent = await self._site.store.run(_met, self._peer, at=self._site.clock())
        if greet:
            self._write("".join(f"{line}\n" for line in recent))
            talk = "your last conversation goes on" if recent else "a new conversation begins"
            self._greet(
                f"you are {self._peer.address}: {talk}; another citizen: --as NAME; /help tells more, /quit leaves"
            )

    async def _answer(self, line: str) -> bool:
        """False: the citizen leaves."""
        try:
            typed = read(line, self._choices, peer=self._peer, message_id=secrets.token_hex(16))
        except NotUnderstood as error:
            typed = Typed()
            self._write(f"{error}\n")
        if typed.asks_help:
            self._write(f"{HELP}\n")
        if typed.message is not None:
            await hear(self._site, typed.message, folder=Path.cwd())
            await self._show()
        return not typed.quits

    async def _show(self, *, before: str = "") -> bool:
        """Show the bubbles that are new, and note that they arrived."""
        async with self._showing:
            fresh = await self._site.store.read(_said_after, self._person, self._shown)
            if not fresh:
                return False
            self._shown = fresh[-1].seq
            self._choices = tuple(Choice(c["id"], c["label"]) for c in fresh[-1].choices)
            bubbles = [Say(each.text, tuple(Choice(c["id"], c["label"]) for c in each.choices)) for each in fresh]
            self._write(before + "".join(f"{render(bubble)}\n" for bubble in bubbles))
            await self._site.store.run(_arrived, self._person, self._shown, at=self._site.clock())
            return True

    async def _look(self, prompt: str) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if await self._show(before="\n" if prompt else ""):
                self._write(prompt)


def _met(work: UnitOfWork, peer: Peer, *, at: datetime) -> tuple[int, int, list[str]]:
    """The person, the seq of the last bubble said to them, and the last lines of their talk."""
    work.lock_person(peer.channel, peer.address)
    person = work.people.find_or_add(peer.channel, peer.address, language="zh", at=at)
    lines = work.journal.talk(person.id, limit=RECENT)
    recent = [f"> {line.text or '…'}" if line.who == "citizen" else render(Say(line.text)) for line in lines]
    return person.id, max((line.seq or 0 for line in lines), default=0), recent


def _said_after(work: UnitOfWork, person: int, seq: int) -> list[Saying]:
    return work.journal.said_after(person, seq)


def _arrived(work: UnitOfWork, person: int, seq: int, *, at: datetime) -> None:
    work.outbox.delivered_upto(person, seq, at=at)


def _type(loop: asyncio.AbstractEventLoop, lines: asyncio.Queue[str | None]) -> None:
    """Hand over what is typed, on a thread of its own: nothing else could be read from every kind of input.

    It reads the descriptor and not sys.stdin, whose lock a thread that waits
    for a key would hold while the process ends.
    """
    rest = b""
    with suppress(RuntimeError):  # the talk is over: nobody listens any more
        while data := os.read(0, 65536):
            *whole, rest = (rest + data).split(b"\n")
            for line in whole:
                loop.call_soon_threadsafe(lines.put_nowait, line.decode("utf-8", "replace"))
        if rest:
            loop.call_soon_threadsafe(lines.put_nowait, rest.decode("utf-8", "replace"))
        loop.call_soon_threadsafe(lines.put_nowait, None)


def _user() -> str:
    """Who sits here: the talk of yesterday goes on."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "somebody"


def _greet(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
