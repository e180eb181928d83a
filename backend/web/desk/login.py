"""Logging in and out, and a new password. Passwords are checked on threads, two at a time: each takes 64 MB."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import math
import secrets
from typing import TYPE_CHECKING

from aiohttp import web

from backend.services.office import accounts
from backend.web import sessions
from backend.web.desk.pages import go, language_of, own_path, page
from backend.web.desk.words import say
from backend.web.keys import SITE
from backend.web.limits import TooMany, address, check, forgive
from backend.web.security import is_https

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.store.accounts import User
    from backend.store.work import UnitOfWork

BEFORE = "jiesu_login"
"""The cookie of a browser that is about to log in; its form must carry the proof of it."""
LEAST, MOST = 10, 200  # characters of a new password, of any password
CHECKING = web.AppKey("desk_checking", asyncio.Semaphore)


def setup(app: web.Application) -> None:
    """The pages that need no session, and the way out."""
    app[CHECKING] = asyncio.Semaphore(2)
    app.router.add_get("/desk/login", show, name="desk-login")
    app.router.add_post("/desk/login", login)
    app.router.add_post("/desk/logout", logout)
    app.router.add_get("/desk/password", show_password)
    app.router.add_post("/desk/password", change_password)


async def show(request: web.Request) -> web.Response:
    """The login page; who is logged in already goes on."""
    wanted = own_path(request.query.get("next", ""))
    if await sessions.current(request):
        return go(wanted)
    done = say(language_of(request), "login.bye") if "bye" in request.query else ""
    return await _login_page(request, name="", wanted=wanted, done=done)


async def login(request: web.Request) -> web.Response:
    """Let the user in, or say why not."""
    told = await sessions.posted(request)
    name, password, wanted = told.get("name", "").strip(), told.get("password", ""), own_path(told.get("next", ""))

    async def refused(status: int, key: str, **facts: object) -> web.Response:
        problem = say(language_of(request), key, **facts)
        return await _login_page(request, name=name, wanted=wanted, problem=problem, status=status)

    if not _from_our_page(request, told.get(sessions.FIELD, "")):
        return await refused(403, "login.expired")
    if len(name) > MOST or len(password) > MOST:
        return await refused(422, "login.long")
    try:
        _count(request, name)  # before the password is looked at, so that many tries at once are counted too
    except TooMany as error:
        seconds = max(1, math.ceil(error.retry_after))
        limited = await refused(429, "login.limited", seconds=seconds)
        limited.headers["Retry-After"] = str(seconds)
        return limited
    user = await _user(request, name)
    response = go(wanted)
    right = await _verified(request, user, password)
    if user is None or not right or not await _begin(request, response, user, password):
        return await refused(401, "login.wrong")
    _forgive(request, name)
    response.del_cookie(BEFORE, path=sessions.LOGIN)
    return response


async def logout(request: web.Request) -> web.Response:
    """End the session."""
    await sessions.form(request)
    response = go(f"{sessions.LOGIN}?bye=1")
    await sessions.end(request, response)
    return response


async def show_password(request: web.Request) -> web.Response:
    """The page for a new password."""
    await sessions.require(request)
    done = say(language_of(request), "password.done") if "done" in request.query else ""
    return await _password_page(request, wanted=own_path(request.query.get("next", "")), done=done)


async def change_password(request: web.Request) -> web.Response:
    """Take a new password; the user's other sessions end and this one gets a new id.

    Whoever had to choose one goes on to where they wanted to go.
    """
    told = await sessions.form(request)
    actor = await sessions.require(request)
    wanted = own_path(told.get("next", ""))
    _count(request, actor.name)
    user = await _user(request, actor.name)
    if user is None:
        raise sessions.to_login(request)
    problem = await _unfit(request, user, told)
    if problem != "password.wrong":
        _forgive(request, actor.name)
    if problem:
        shown = say(language_of(request), problem, least=LEAST)
        return await _password_page(request, wanted=wanted, problem=shown, status=422)
    async with request.app[CHECKING]:
        hashed = await asyncio.to_thread(accounts.hash_password, told["new"])
    response = go(wanted if user.must_change else f"{sessions.PASSWORD}?done=1")
    await sessions.begin(request, response, user.name, checked=user.password, rehashed=hashed, chosen=True)
    return response


def _tries(request: web.Request, name: str) -> tuple[tuple[str, ...], ...]:
    """What a wrong password counts for."""
    near, called = address(request), name.casefold()
    return ("login.pair", called, near), ("login.address", near), ("login.name", called)


def _count(request: web.Request, name: str) -> None:
    """Raises: TooMany."""
    for limit, *keys in _tries(request, name):
        check(request, limit, *keys)


def _forgive(request: web.Request, name: str) -> None:
    """The password was right."""
    for limit, *keys in _tries(request, name):
        forgive(request, limit, *keys)


async def _unfit(request: web.Request, user: User, told: Mapping[str, str]) -> str:
    """What is wrong with the form, as a key of the words; empty: nothing."""
    now, new = told.get("now", "")[:MOST], told.get("new", "")
    if not await _verified(request, user, now):
        return "password.wrong"
    if not LEAST <= len(new) <= MOST:
        return "password.short" if len(new) < LEAST else "login.long"
    if new.casefold() == user.name.casefold():
        return "password.name"
    if new == now:
        return "password.same"
    return "" if new == told.get("again", "") else "password.differ"


async def _user(request: web.Request, name: str) -> User | None:
    if not accounts.NAME.fullmatch(name):
        return None  # nobody can be called that, and no database need hear of it
    return await request.app[SITE].store.read(_user_named, name)


def _user_named(work: UnitOfWork, name: str) -> User | None:
    return work.accounts.user(name)


async def _verified(request: web.Request, user: User | None, password: str) -> bool:
    async with request.app[CHECKING]:
        return await asyncio.to_thread(accounts.verify, user, password)


async def _begin(request: web.Request, response: web.Response, user: User, password: str) -> bool:
    """False: the user was changed while the password was checked."""
    rehashed = None
    if accounts.outdated(user.password):
        async with request.app[CHECKING]:
            rehashed = await asyncio.to_thread(accounts.hash_password, password)
    await sessions.end(request, response)  # of whoever sat here before
    try:
        await sessions.begin(request, response, user.name, checked=user.password, rehashed=rehashed)
    except accounts.NotLetIn:
        return False
    return True


async def _login_page(
    request: web.Request, *, name: str, wanted: str, problem: str = "", done: str = "", status: int = 200
) -> web.Response:
    cookie = _before(request) or secrets.token_urlsafe(16)
    told = {"name": name, "next": wanted, "problem": problem, "done": done, "proof": _proof(request, cookie)}
    response = await page(request, "login.html", told, status=status)
    response.set_cookie(BEFORE, cookie, path=sessions.LOGIN, httponly=True, samesite="Lax", secure=is_https(request))
    return response


async def _password_page(
    request: web.Request, *, wanted: str, problem: str = "", done: str = "", status: int = 200
) -> web.Response:
    session = await sessions.current(request)
    told = {"least": LEAST, "next": wanted, "problem": problem, "done": done}
    forced = session is not None and session.must_change
    return await page(request, "password.html", told | {"forced": forced}, status=status)


def _from_our_page(request: web.Request, proof: str) -> bool:
    """Whether the form was got by the browser that sends it, so that nobody logs a victim in as themselves."""
    cookie = _before(request)
    return bool(cookie) and sessions.same(proof, _proof(request, cookie))


def _before(request: web.Request) -> str:
    """The cookie of a login page; empty: none, or none of ours."""
    cookie = request.cookies.get(BEFORE, "")
    return cookie if cookie.isascii() else ""


def _proof(request: web.Request, cookie: str) -> str:
    return hmac.new(request.app[SITE].secret, f"login\n{cookie}".encode(), hashlib.sha256).hexdigest()
