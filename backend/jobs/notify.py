"""The round that tells people at the desk who are elsewhere: e-mail, WeCom, DingTalk, Feishu, as the settings name them."""

from __future__ import annotations

import asyncio
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

import structlog

from backend.services.office import notifying

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from backend.settings import MailSettings, NotifySettings, Settings
    from backend.store.engine import Store
    from backend.store.notifications import Owed
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

log = structlog.get_logger()


class Desk(Protocol):
    """What is needed of a Site."""

    @property
    def store(self) -> Store:
        """Where the histories are."""

    @property
    def settings(self) -> Settings:
        """They name the places."""

    @property
    def institutions(self) -> Mapping[str, Institution]:
        """As they are now."""

    @property
    def clock(self) -> Callable[[], datetime]:
        """Aware, UTC."""


async def notify(site: Desk, owner: str) -> int:
    """Look for news, then send what is due, a message for each place; how many messages."""
    places = site.settings.notify
    if not places:
        return 0
    after = 0
    while True:
        after, _ = await site.store.run(notifying.gather, site.institutions, places, after=after, at=site.clock())
        if not after:
            break
    sent = await asyncio.gather(*(_send(site, place, owner) for place in places))
    return sum(sent)


async def _send(site: Desk, place: NotifySettings, owner: str) -> int:
    owed = await site.store.run(_claim, place.name, owner, now=site.clock())
    if not owed:
        return 0
    title, text = notifying.letter(site.institutions, place, owed, url=f"{site.settings.url}/desk")
    trouble = await asyncio.to_thread(_told, place, site.settings.folder, title, text)
    if trouble:
        log.warning("people at the desk could not be told", place=place.name, why=trouble, news=len(owed))
    await site.store.run(notifying.record, owed, trouble, owner=owner, at=site.clock())
    return 0 if trouble else 1


def wrong_mail(server: MailSettings, folder: Path) -> str:
    """The same of the server that sends managers their reports."""
    through = apprising()
    try:
        through.mailer(server, folder)
    except through.BadAddress as error:
        return str(error)
    return ""


def wrong(place: NotifySettings, folder: Path) -> str:
    """Why nothing can be sent there; empty: it can, as far as its address tells. Nothing is sent."""
    through = apprising()
    try:
        through.opened(place, folder)
    except through.BadAddress as error:
        return str(error)
    return ""


def _told(place: NotifySettings, *what: Any) -> str:
    through = apprising()
    try:
        trouble: str = through.send(place, *what)
    except through.BadAddress as error:
        return str(error)
    return trouble


@cache
def apprising() -> Any:
    """The module of that name. Loaded by whoever sends something: a process that never does need not pay for it."""
    return import_module("backend.jobs.apprising")


def _claim(work: UnitOfWork, place: str, owner: str, *, now: datetime) -> list[Owed]:
    return work.notifications.claim(place, owner, now=now, limit=notifying.TOGETHER)
