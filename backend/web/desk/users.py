"""Users: a list to look in, one page for each with who they are and what can be done with their account.

Who may give what is ``domain.granting``'s; each change is on record. A one-time
password stands on the answer to the form that made it and nowhere else.
"""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from backend.domain import granting, rights
from backend.domain.granting import Profile
from backend.services.office import accounts, keeping
from backend.services.office.desk import OnlyLooks
from backend.store.accounts import NoSuchUser
from backend.web import sessions
from backend.web.desk.giving import REFUSED, institutions_of, role_name, told
from backend.web.desk.login import CHECKING
from backend.web.desk.pages import go, page, reader_of
from backend.web.desk.view import Label
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from aiohttp import web

    from backend.domain.case import Actor
    from backend.site import Site
    from backend.store.accounts import User
    from backend.web.desk.view import Reader

USERS = "/desk/users"
ONE = f"{USERS}/one"
STATES = ("active", "fresh", "blocked", "away")
DONE = frozenset({"changed", "same", "blocked", "unblocked", "out"})
MOST = 80
"""Characters of a name that is looked for."""


def setup(app: web.Application) -> None:
    """The list, one user, and what can be done."""
    app.router.add_get(USERS, show)
    app.router.add_post(USERS, add)
    app.router.add_get(ONE, show_one)
    for path, do in (("change", change), ("block", block), ("password", reset), ("out", sign_out)):
        app.router.add_post(f"{USERS}/{path}", do)


async def show(request: web.Request) -> web.Response:
    """The list, narrowed down as the address says."""
    actor = await sessions.require(request)
    return await _list(request, actor)


async def add(request: web.Request) -> web.Response:
    """Somebody new; their page with the password on it."""
    typed = await sessions.form(request)
    actor, site, name = await sessions.require(request), request.app[SITE], typed.get("name", "").strip()
    if refusal := await _refused(request, actor):
        return refusal
    profile = Profile(_keys(typed, "roles"), typed.get("institution") or None, (), "confidant" in typed)
    password, hashed = await _password(request)
    try:
        await site.store.run(keeping.add, site.institutions, name, hashed, profile, by=actor, at=site.clock())
    except REFUSED as error:
        status, problem = told(error, reader_of(request))
        return await _list(request, actor, problem=problem, status=status, typed=typed)
    return await _page_of(request, actor, name, password=password)


async def show_one(request: web.Request) -> web.Response:
    """One user."""
    actor = await sessions.require(request)
    name = request.query.get("name", "")
    if not name and rights.may(actor, "users"):
        return go(USERS)
    done = request.query.get("done", "")
    return await _page_of(request, actor, name, done=f"done.users.{done}" if done in DONE else "")


async def change(request: web.Request) -> web.Response:
    """Other roles, institution, departments or trust."""
    typed = await sessions.form(request)
    name, site = typed.get("user", ""), request.app[SITE]
    home = typed.get("institution") or None
    moved = home != (typed.get("was") or None)
    offices = () if moved else tuple(sorted(_keys(typed, "departments")))
    profile = Profile(_keys(typed, "roles"), home, offices, "confidant" in typed)

    async def do(actor: Actor) -> str:
        at, seen = site.clock(), typed.get("seen", "")
        changed = await site.store.run(keeping.change, site.institutions, name, profile, by=actor, at=at, seen=seen)
        return "changed" if changed else "same"

    return await _done(request, name, do)


async def block(request: web.Request) -> web.Response:
    """Shut them out, or let them in again."""
    typed = await sessions.form(request)
    name, site, blocked = typed.get("user", ""), request.app[SITE], typed.get("blocked") == "yes"

    async def do(actor: Actor) -> str:
        await site.store.run(keeping.block, name, blocked=blocked, by=actor, at=site.clock())
        return "blocked" if blocked else "unblocked"

    return await _done(request, name, do)


async def sign_out(request: web.Request) -> web.Response:
    """End their sessions."""
    typed = await sessions.form(request)
    name, site = typed.get("user", ""), request.app[SITE]

    async def do(actor: Actor) -> str:
        await site.store.run(keeping.sign_out, name, by=actor, at=site.clock())
        return "out"

    return await _done(request, name, do)


async def reset(request: web.Request) -> web.Response:
    """A one-time password; their page with it."""
    typed = await sessions.form(request)
    actor, site, name = await sessions.require(request), request.app[SITE], typed.get("user", "")
    if refusal := await _refused(request, actor):
        return refusal
    password, hashed = await _password(request)
    try:
        await site.store.run(keeping.reset_password, name, hashed, by=actor, at=site.clock())
    except REFUSED as error:
        return await _wrong(request, actor, name, error)
    return await _page_of(request, actor, name, password=password)


async def _done(request: web.Request, name: str, do: Callable[[Actor], Awaitable[str]]) -> web.Response:
    actor = await sessions.require(request)
    try:
        what = await do(actor)
    except REFUSED as error:
        return await _wrong(request, actor, name, error)
    return go(f"{ONE}?name={quote(name)}&done={what}")


async def _wrong(request: web.Request, actor: Actor, name: str, error: Exception) -> web.Response:
    status, problem = told(error, reader_of(request))
    if isinstance(error, NoSuchUser | OnlyLooks):
        return await _list(request, actor, problem=problem, status=status)
    return await _page_of(request, actor, name, problem=problem, status=status)


async def _refused(request: web.Request, actor: Actor) -> web.Response | None:
    """The answer to who may not, before a password is hashed for them."""
    if rights.may(actor, "users"):
        return None
    return await _list(request, actor)


async def _password(request: web.Request) -> tuple[str, str]:
    """A new one and its hash."""
    password = accounts.one_time_password(secrets.choice)
    async with request.app[CHECKING]:
        return password, await asyncio.to_thread(accounts.hash_password, password)


async def _list(
    request: web.Request,
    actor: Actor,
    *,
    problem: str = "",
    status: int = 200,
    typed: Mapping[str, str] | None = None,
) -> web.Response:
    site, reader = request.app[SITE], reader_of(request)
    if not rights.may(actor, "users"):
        return await page(request, "users.html", {"may": False, "problem": reader.t("wrong.users.may")}, status=403)
    everybody = await site.store.read(keeping.shown, by=actor)
    asked = {key: request.query.get(key, "")[:MOST] for key in ("q", "role", "state", "institution")}
    shown = [_row(user, site, reader) for user in everybody if _fits(user, asked, reader)]
    context = {
        "may": True,
        "rows": shown,
        "asked": asked,
        "roles": [(role, role_name(role, reader)) for role in rights.ROLES],
        "states": [(state, _state_name(state, reader)) for state in STATES],
        "institutions": institutions_of(site, actor),
        "givable": [(role, role_name(role, reader)) for role in granting.givable(actor)],
        "typed": typed or {},
        "ticked": _keys(typed or {}, "roles"),
        "called": reader.name,
        "trusts": actor.confidant,
        "everywhere": actor.institution is None,
        "count": reader.t("users.count", n=len(shown)),
        "problem": problem,
    }
    return await page(request, "users.html", context, status=status)


async def _page_of(
    request: web.Request,
    actor: Actor,
    name: str,
    *,
    password: str = "",
    problem: str = "",
    done: str = "",
    status: int = 200,
) -> web.Response:
    site, reader = request.app[SITE], reader_of(request)
    try:
        user = await site.store.read(keeping.one, name, by=actor)
    except (OnlyLooks, NoSuchUser) as error:
        status, words = (404 if isinstance(error, NoSuchUser) else 403), told(error, reader)[1]
        return await _list(request, actor, problem=words, status=status)
    profile = keeping.profile_of(user)
    home = site.institutions.get(user.institution or "")
    context = {
        "user": _row(user, site, reader),
        "name": user.name,
        "mark": keeping.mark(user),
        "profile": profile,
        "yours": _yours(actor, profile),
        "resets": _resets(actor, profile),
        "blocked": user.disabled,
        "roles": [(r, role_name(r, reader), r in user.roles) for r in rights.ROLES if _offered(r, actor, user)],
        "institutions": institutions_of(site, actor),
        "everywhere": actor.institution is None,
        "offices": home.departments if home else (),
        "trusts": actor.confidant or user.confidant,
        "called": reader.name,
        "password": password,
        "audits": rights.may(actor, "audit"),
        "problem": problem,
        "done": reader.t(done) if done else "",
    }
    return await page(request, "user.html", context, status=status)


def _offered(role: str, actor: Actor, user: User) -> bool:
    return role in granting.givable(actor) or role in user.roles


def _yours(actor: Actor, profile: Profile) -> bool:
    """Whether the actor may change who is that."""
    try:
        granting.check_reach(actor, profile)
    except granting.NotYoursToGive:
        return False
    return True


def _resets(actor: Actor, profile: Profile) -> bool:
    try:
        granting.check_gift(actor, profile)
    except granting.NotYoursToGive:
        return False
    return True


def _row(user: User, site: Site, reader: Reader) -> dict[str, Any]:
    """One user as the list tells them."""
    home = site.institutions.get(user.institution or "")
    zone = home or site.institutions[site.settings.institution]
    state = _state(user, reader)
    words, tone = {
        "active": (reader.t("users.is.active"), ""),
        "fresh": (reader.t("users.is.fresh"), "wait"),
        "blocked": (reader.t("users.is.blocked"), "over"),
        "away": (reader.t("users.is.away", until=reader.moment(user.away_until or reader.now, zone).text), "warn"),
    }[state]
    return {
        "name": user.name,
        "roles": [role_name(role, reader) for role in rights.ROLES if role in user.roles],
        "institution": reader.name(home) if home else user.institution or reader.t("users.every"),
        "departments": [reader.name(zone.office(key)) if home else key for key in user.departments],
        "confidant": user.confidant,
        "state": Label(words, tone),
        "deputy": reader.t("users.deputy", name=user.deputy) if state == "away" and user.deputy else "",
        "seen": reader.moment(user.signed_in_at, zone) if user.signed_in_at else None,
    }


def _state(user: User, reader: Reader) -> str:
    if user.disabled:
        return "blocked"
    if user.away_until is not None and user.away_until > reader.now:
        return "away"
    return "fresh" if user.must_change else "active"


def _state_name(state: str, reader: Reader) -> str:
    return reader.t(f"users.is.{state}", until="…")


def _fits(user: User, asked: Mapping[str, str], reader: Reader) -> bool:
    return (
        asked["q"].strip().casefold() in user.name.casefold()
        and asked["role"] in {"", *user.roles}
        and asked["state"] in {"", _state(user, reader)}
        and asked["institution"] in {"", user.institution}
    )


def _keys(typed: Mapping[str, str], field: str) -> frozenset[str]:
    """The boxes that are ticked."""
    return frozenset(filter(None, typed.get(field, "").split(",")))
