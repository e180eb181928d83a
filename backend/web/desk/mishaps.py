"""An error as a page of the desk, menu and all, for who is logged in; anybody else gets the plain page of ``errors``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.web import languages, sessions
from backend.web.desk.pages import own_path, page
from backend.web.errors import FRAMED
from backend.web.sessions import came_from

if TYPE_CHECKING:
    from aiohttp import web

    from backend.web.errors import Answer


def setup(app: web.Application) -> None:
    """Say how the desk's errors look."""
    app[FRAMED] = framed


async def framed(request: web.Request, found: Answer) -> web.Response | None:
    """The page; None: nobody is logged in here, or this is no page of the desk. Raises: StoreUnavailable."""
    if not languages.on_desk(request) or await sessions.current(request) is None:
        return None
    back = own_path(came_from(request))
    told = {"sentence": found.sentence, "status": found.status, "back": "" if back == "/desk" else back}
    return await page(request, "mishap.html", told, status=found.status)
