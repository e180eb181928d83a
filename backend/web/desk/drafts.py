"""Telling the reader's browser that what it sent was saved, so that it forgets its draft (static/drafts.js) and not before.

The browser names what it sends in a cookie; the answer to a form that was
carried out names it back. An answer that leads to the login page, or tells of
an error, does not. Nothing that was typed is in either cookie.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from backend.web import languages, sessions
from backend.web.security import is_https

if TYPE_CHECKING:
    from aiohttp import web

SENDING, SAVED = "jiesu_desk_sending", "jiesu_desk_saved"
NAMED = re.compile(r"[a-z0-9]{1,40}", re.ASCII)
LASTS = 600  # seconds until the browser must have looked


def setup(app: web.Application) -> None:
    """Look at every answer."""
    app.on_response_prepare.append(_tell)


async def _tell(request: web.Request, response: web.StreamResponse) -> None:
    sent = request.cookies.get(SENDING, "")
    if request.method == "POST" and languages.on_desk(request) and NAMED.fullmatch(sent) and carried_out(response):
        secure = "; Secure" if is_https(request) else ""
        named = f"{SAVED}={sent}; Max-Age={LASTS}; Path=/desk; SameSite=Strict{secure}"
        response.headers.add("Set-Cookie", named)  # its own cookies are among the headers already


def carried_out(response: web.StreamResponse) -> bool:
    """Whether this is what a form that was carried out is answered with: the way to another page, other than to log in."""
    place = response.headers.get("Location", "").partition("?")[0]
    return response.status == 303 and place not in {sessions.LOGIN, sessions.PASSWORD}
