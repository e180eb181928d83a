"""Light or dark, as the reader chose: a cookie, read when a page is made, so that no page flashes. Colours: dark.css."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

COOKIE = "jiesu_desk_light"
SYSTEM = "system"
SCHEMES: Final[Mapping[str, str]] = {SYSTEM: "light dark", "light": "light", "dark": "dark"}
"""What may be chosen, and what it is to a browser's ``color-scheme``."""


def of(request: web.Request) -> str:
    """A key of ``SCHEMES``: as the system does, unless the reader has chosen."""
    chosen = request.cookies.get(COOKIE, "")
    return chosen if chosen in SCHEMES else SYSTEM
