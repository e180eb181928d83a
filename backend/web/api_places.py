"""The REST call that makes places: codes for QR codes and links on a wall."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from backend.services import places
from backend.web.api_calls import Call
from backend.web.api_models import NewPlace, PlaceLinks

if TYPE_CHECKING:
    from backend.site import Site
    from backend.web.api_calls import Asked


PAGES = frozenset({"web"})
"""Kinds of channel that are a page of ours, /chat/NAME."""


async def make_place(asked: Asked, told: NewPlace) -> dict[str, Any]:
    """Keep the place and tell its code and links."""
    site, home = asked.site, asked.actor.institution or asked.site.settings.institution
    fill = await asyncio.to_thread(places.check, told.fill, site.institutions[home], at=asked.at)
    code = secrets.token_urlsafe(places.CODE_BYTES)
    await site.store.run(places.add, told.name, fill, code=code, at=asked.at)
    return asdict(places.links(code, url=site.settings.url, web=_web_channel(site, home), telegram=None))


def _web_channel(site: Site, institution: str) -> str | None:
    """The name of the web channel that talks for this institution, else of the first one."""
    names = [channel.name for channel in site.settings.channel if channel.kind in PAGES]
    return next((name for name in names if site.homes[name] == institution), names[0] if names else None)


CALLS = (
    Call("POST", "/places", "Make a place: a code that fills in where and what", "新建点位：扫码或点链接后自动填好地点等内容", "write",
         make_place, PlaceLinks, body=NewPlace),
)  # fmt: skip
