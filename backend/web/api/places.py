"""The REST call that makes places: codes for QR codes and links on a wall."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from backend.services.talks import places
from backend.web.api.calls import Call
from backend.web.api.models import NewPlace, PlaceLinks
from bots import ChannelError

if TYPE_CHECKING:
    from collections.abc import Collection

    from backend.site import Site
    from backend.web.api.calls import Asked


PAGES = frozenset({"web"})
"""Kinds of channel that are a page of ours, /chat/NAME."""
BOTS = frozenset({"telegram"})
ASKING_SECONDS = 3.0


@runtime_checkable
class Named(Protocol):
    """A bot that is reached by its user name."""

    async def username(self) -> str:
        """Raises: ChannelError."""
        ...


async def make_place(asked: Asked, told: NewPlace) -> dict[str, Any]:
    """Keep the place and tell its code and links."""
    site, home = asked.site, asked.actor.institution or asked.site.settings.institution
    fill = await asyncio.to_thread(places.check, told.fill, site.institutions[home], at=asked.at)
    code = secrets.token_urlsafe(places.CODE_BYTES)
    await site.store.run(places.add, told.name, fill, code=code, at=asked.at)
    web, telegram = _of(site, home, PAGES), await _bot(site, home)
    return asdict(places.links(code, url=site.settings.url, web=web, telegram=telegram))


def _of(site: Site, institution: str, kinds: Collection[str]) -> str | None:
    """The name of the channel of these kinds that talks for this institution, else of the first one."""
    names = [channel.name for channel in site.settings.channel if channel.kind in kinds]
    return next((name for name in names if site.homes[name] == institution), names[0] if names else None)


async def _bot(site: Site, institution: str) -> str | None:
    """A bot's user name, which only its platform knows; None: there is no bot, or it does not tell now."""
    name = _of(site, institution, BOTS)
    bot = site.platforms.get(name) if name else None
    if not isinstance(bot, Named):
        return None
    try:
        return await asyncio.wait_for(bot.username(), ASKING_SECONDS)
    except (ChannelError, TimeoutError):
        return None


CALLS = (
    Call("POST", "/places", "Make a place: a code that fills in where and what", "新建点位：扫码或点链接后自动填好地点等内容", "write",
         make_place, PlaceLinks, body=NewPlace),
)  # fmt: skip
