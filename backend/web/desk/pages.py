"""How every page of the desk is made: its language, its words, who reads it."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

import aiohttp_jinja2
from aiohttp import web

from backend.web import languages, sessions
from backend.web.desk import light, nav
from backend.web.desk.view import Reader
from backend.web.desk.words import say
from backend.web.keys import SITE
from backend.web.security import is_https

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

YEAR = 365 * 24 * 3600  # seconds
OWN = re.compile(r"/desk(?:/[\w./-]*)?(?:\?[\w=&%.~+-]*)?", re.ASCII)
"""A path of the desk and nothing else: no host, no scheme, no backslash."""


def language_of(request: web.Request) -> str:
    """``zh``, unless the reader has switched."""
    return languages.of(request)


def reader_of(request: web.Request, *, shown: bool = False) -> Reader:
    """For whom a page is made, now; ``shown``: with private data whole."""
    session = request.get(sessions.SESSION)
    return Reader(language_of(request), request.app[SITE].clock(), shown, actor=session.actor if session else None)


def own_path(wanted: str) -> str:
    """Where to go on to; anything but a path of the desk leads to its first page."""
    return wanted if OWN.fullmatch(wanted) and "//" not in wanted and ".." not in wanted else "/desk"


async def page(request: web.Request, template: str, context: Mapping[str, Any], *, status: int = 200) -> web.Response:
    """A page of the desk; nothing keeps a copy of it."""
    session = await sessions.current(request)
    language = language_of(request)
    shared = {
        "t": partial(say, language),
        "language": language,
        "other": "zh" if language == "en" else "en",
        "actor": session.actor if session else None,
        "wings": nav.open_to(session.actor if session else None),
        "path": request.path,
        "csrf": session.csrf if session else "",
        "light": light.of(request),
        "schemes": light.SCHEMES,
        "here": request.path_qs if request.method == "GET" else "/desk",
        "problem": "",
        "done": "",
    }
    response = aiohttp_jinja2.render_template(f"desk/{template}", request, shared | dict(context), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def go(place: str) -> web.Response:
    """On to another page, by GET."""
    return web.Response(status=303, headers={"Location": place})


async def switch_language(request: web.Request) -> web.Response:
    """Remember the reader's choice, and back to where they were."""
    return _chosen(request, languages.COOKIE, languages.LANGUAGES)


async def switch_light(request: web.Request) -> web.Response:
    """The same for light and dark."""
    return _chosen(request, light.COOKIE, light.SCHEMES)


def _chosen(request: web.Request, cookie: str, choices: Container[str]) -> web.Response:
    """A choice that there is not changes nothing."""
    response = go(own_path(request.query.get("back", "")))
    chosen = request.query.get("to", "")
    if chosen in choices:
        response.set_cookie(
            cookie, chosen, max_age=YEAR, path="/desk", httponly=True, samesite="Lax", secure=is_https(request)
        )
    return response
