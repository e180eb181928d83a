"""Who a visitor of the chat is: a random id in a signed cookie, and a token that only our own page can send back.

The cookie is HttpOnly, so no script reads it; the token stands in the page and
comes back in a header, so no other site can send it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import TYPE_CHECKING

from backend.web.errors import Refused
from backend.web.keys import SITE
from backend.web.security import is_https

if TYPE_CHECKING:
    from aiohttp import web

COOKIE = "jiesu_chat"
PLACE = "jiesu_place"
HEADER = "X-CSRF-Token"
KEPT = 400 * 24 * 3600  # seconds; browsers keep none longer, and each visit starts it again
STAYS = 2 * 3600  # seconds that somebody is taken to be where they scanned a code
ID = re.compile(r"[0-9a-f]{32}")


def recognised(request: web.Request) -> str | None:
    """The visitor's id; None: no cookie of ours, or one that somebody made up."""
    told, _, signature = request.cookies.get(COOKIE, "").partition(".")
    if ID.fullmatch(told) and _same(signature, _signed(request, "cookie", told)):
        return told
    return None


def required(request: web.Request) -> str:
    """The visitor's id. Raises: Refused (403)."""
    if (visitor := recognised(request)) is None:
        raise Refused(
            403,
            "浏览器没有保存这个聊天的记录，请允许 Cookie 并刷新页面。",
            "Your browser has not kept this chat; allow cookies and reload the page.",
        )
    return visitor


def from_our_page(request: web.Request) -> str:
    """The visitor's id, when the request carries the page's token too. Raises: Refused (403)."""
    visitor = required(request)
    if not _same(request.headers.get(HEADER, ""), token(request, visitor)):
        raise Refused(
            403,
            "页面已经过期，请刷新后再发。",
            "This page is out of date; reload it and send again.",
        )
    return visitor


def new() -> str:
    """An id that nobody can guess: 128 random bits."""
    return secrets.token_hex(16)


def token(request: web.Request, visitor: str) -> str:
    """The page's token for this visitor."""
    return _signed(request, "csrf", visitor)


def remember(request: web.Request, response: web.StreamResponse, visitor: str) -> None:
    """Set the cookie."""
    value = f"{visitor}.{_signed(request, 'cookie', visitor)}"
    response.set_cookie(
        COOKIE, value, max_age=KEPT, path="/chat", httponly=True, samesite="Lax", secure=is_https(request)
    )


def came_from(request: web.Request) -> str:
    """The code of the place whose QR code or link they followed lately; empty: of none. Anybody can write one."""
    return request.cookies.get(PLACE, "")


def remember_place(request: web.Request, response: web.StreamResponse, code: str) -> None:
    """Keep the code for their next messages on this page."""
    response.set_cookie(
        PLACE, code, max_age=STAYS, path=request.path, httponly=True, samesite="Lax", secure=is_https(request)
    )


def _signed(request: web.Request, purpose: str, visitor: str) -> str:
    """For one purpose only, so that the page's token is no cookie."""
    words = f"jiesu chat {purpose}\n{visitor}".encode()
    return hmac.new(request.config_dict[SITE].secret, words, hashlib.sha256).hexdigest()


def _same(given: str, right: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), right.encode())
