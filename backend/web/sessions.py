"""Who sits at the desk: the session behind the cookie, and the token that every form of it carries.

The cookie holds a random id and nothing else; the store knows its hash. What
passwords are worth, ``services.accounts`` decides.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit

from aiohttp import web

from backend.services.office import accounts
from backend.services.talks.intake import storable
from backend.web.errors import STATUSES, Refused
from backend.web.keys import SITE
from backend.web.patience import TooSlow
from backend.web.security import is_https

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.domain.case import Actor

COOKIE = "jiesu_desk"
FIELD, HEADER = "csrf", "X-CSRF-Token"
LOGIN = "/desk/login"
PASSWORD = "/desk/password"  # noqa: S105 - a page
OPEN = frozenset({PASSWORD, "/desk/logout"})
"""Where one may go before one has chosen a password of one's own."""
FORGED = (
    "这次操作没有执行：页面已过期，或不是从工作台发出的。请返回上一页，刷新后再试。",
    "Nothing was done: the page has expired, or this did not come from the desk. Go back, reload and try again.",
)


@dataclass(frozen=True, slots=True)
class Session:
    """One login of one user."""

    actor: Actor
    csrf: str
    id_hash: str
    must_change: bool = False  # the user has to choose a password before anything else


SESSION = web.RequestKey("desk_session", Session)


async def current(request: web.Request) -> Session | None:
    """The session that the request's cookie names, while it lasts."""
    if SESSION in request:
        return request[SESSION]
    cookie = request.cookies.get(COOKIE, "")
    if not cookie or not cookie.isascii():  # ours are; a byte that is no character could not even be hashed
        return None
    site, id_hash = request.app[SITE], accounts.hash_secret(cookie)
    found = await site.store.read(accounts.signed_in, id_hash, at=site.clock())
    if found is None:
        return None
    user, csrf, stands_in = found
    request[SESSION] = Session(accounts.actor_of(user, stands_in), csrf, id_hash, user.must_change)
    return request[SESSION]


async def require(request: web.Request) -> Actor:
    """Who does this. Nobody: they are led to the login page and back, whoever has a one-time password to a new one.

    Raises: HTTPSeeOther, HTTPNoContent.
    """
    session = await current(request)
    if session is None:
        raise to_login(request)
    if session.must_change and request.path not in OPEN:
        raise _to(PASSWORD, request)
    return session.actor


async def form(request: web.Request) -> Mapping[str, str]:
    """The fields of a form that came from our own page. Raises: Refused: it did not; and as ``require``."""
    await require(request)
    fields = await posted(request)
    told = fields.pop(FIELD, "") or request.headers.get(HEADER, "")
    if not same(told, request[SESSION].csrf):
        raise Refused(403, *FORGED)
    return fields


async def posted(request: web.Request) -> dict[str, str]:
    """The fields of any form, as text that can be kept; boxes of one name that are ticked are joined by commas. Raises: Refused: the body is no form."""
    try:
        told = await request.post()
    except (web.HTTPException, ConnectionError, TooSlow):
        raise
    except Exception as error:  # an unknown charset, half a form, broken compression: each has an error of its own
        raise Refused(400, STATUSES[400].zh, STATUSES[400].en) from error
    found: dict[str, list[str]] = {}
    for key, value in told.items():
        if isinstance(value, str):
            found.setdefault(key, []).append(storable(value))
    return {key: ",".join(values) for key, values in found.items()}


def same(told: str, right: str) -> bool:
    """Whether what was sent is the secret, in a time that tells nothing."""
    return hmac.compare_digest(told.encode("utf-8", "replace"), right.encode())


async def begin(
    request: web.Request,
    response: web.StreamResponse,
    name: str,
    *,
    checked: str,
    rehashed: str | None = None,
    chosen: bool = False,
) -> None:
    """Sign the user in and give the browser its cookie; every other session of theirs ends.

    The hashes are those of ``accounts.sign_in``. Raises: NotLetIn.
    """
    site, cookie, csrf = request.app[SITE], secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    id_hash = accounts.hash_secret(cookie)
    at = site.clock()
    await site.store.run(
        accounts.sign_in, name, id_hash, csrf, at=at, checked=checked, rehashed=rehashed, chosen=chosen
    )
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=int(accounts.SESSION.total_seconds()),
        path="/desk",
        httponly=True,
        samesite="Lax",
        secure=is_https(request),
    )


async def end(request: web.Request, response: web.StreamResponse) -> None:
    """Log out; nobody being logged in is no error."""
    if session := await current(request):
        await request.app[SITE].store.run(accounts.sign_out, session.id_hash)
    response.del_cookie(COOKIE, path="/desk", httponly=True, samesite="Lax", secure=is_https(request))
    response.headers["Clear-Site-Data"] = '"cache"'  # pictures and recordings stay with nobody who sits here next


def to_login(request: web.Request) -> web.HTTPException:
    """The way to the login page and back here; a script of ours is told to go there."""
    return _to(LOGIN, request)


def came_from(request: web.Request) -> str:
    """The path of the page that this was sent from, as the browser tells; ``/desk`` when it does not. To be checked."""
    told: str = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    try:
        page = urlsplit(storable(told))
    except ValueError:
        return "/desk"
    path = urlunsplit(page._replace(scheme="", netloc="", fragment=""))
    return path or "/desk"


def _to(page: str, request: web.Request) -> web.HTTPException:
    wanted = request.path_qs if request.method == "GET" and "HX-Request" not in request.headers else came_from(request)
    place = f"{page}?next={quote(wanted, safe='')}"
    if request.headers.get("HX-Request") == "true":
        return web.HTTPNoContent(headers={"HX-Redirect": place})
    return web.HTTPSeeOther(place)
