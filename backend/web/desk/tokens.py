"""Tokens of programs: who has one, what each may do, and until when; a new one is shown on the answer to its form alone."""

from __future__ import annotations

import re
import secrets
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.domain import rights
from backend.domain.granting import Profile
from backend.services.office import accounts, programs
from backend.web import sessions
from backend.web.desk.giving import REFUSED, institutions_of, role_name, told
from backend.web.desk.pages import go, page, reader_of
from backend.web.desk.view import Label
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from backend.domain.case import Actor
    from backend.site import Site
    from backend.store.accounts import TokenRow
    from backend.web.desk.view import Reader

TOKENS = "/desk/tokens"
TONES = {"live": "good", "over": "wait", "revoked": "over"}
MOST = 64
"""Departments that one form may name."""


class BadDay(Exception):
    """What was typed is no date."""


def setup(app: web.Application) -> None:
    """The page and its forms."""
    app.router.add_get(TOKENS, show)
    app.router.add_post(TOKENS, add)
    app.router.add_post(f"{TOKENS}/revoke", revoke)


async def show(request: web.Request) -> web.Response:
    """All there are, and the form for another."""
    actor = await sessions.require(request)
    done = "done.tokens.revoked" if request.query.get("done") == "revoked" else ""
    return await _page(request, actor, done=done)


async def add(request: web.Request) -> web.Response:
    """Give one; it stands on the answer."""
    typed = await sessions.form(request)
    actor, site, reader = await sessions.require(request), request.app[SITE], reader_of(request)
    name, secret = typed.get("name", "").strip(), secrets.token_urlsafe(accounts.SECRET_BYTES)
    offices = tuple(sorted(filter(None, re.split(r"[,，、\s]+", typed.get("departments", "")))))[:MOST]
    roles = frozenset(filter(None, [typed.get("role", "")]))
    profile = Profile(roles, typed.get("institution") or None, offices)
    try:
        await site.store.run(
            programs.add,
            site.institutions,
            accounts.hash_secret(secret),
            name,
            profile,
            scope=typed.get("scope", ""),
            by=actor,
            at=site.clock(),
            expires=_end(typed.get("expires", ""), site, profile.institution),
        )
    except BadDay:
        return await _page(request, actor, problem=reader.t("wrong.tokens.day"), status=422, typed=typed)
    except REFUSED as error:
        status, problem = told(error, reader)
        return await _page(request, actor, problem=problem, status=status, typed=typed)
    return await _page(request, actor, handed=(name, secret))


async def revoke(request: web.Request) -> web.Response:
    """Take one back."""
    typed = await sessions.form(request)
    actor, site = await sessions.require(request), request.app[SITE]
    try:
        await site.store.run(programs.revoke, typed.get("name", ""), by=actor, at=site.clock())
    except REFUSED as error:
        status, problem = told(error, reader_of(request))
        return await _page(request, actor, problem=problem, status=status)
    return go(f"{TOKENS}?done=revoked")


async def _page(
    request: web.Request,
    actor: Actor,
    *,
    problem: str = "",
    done: str = "",
    status: int = 200,
    typed: Mapping[str, str] | None = None,
    handed: tuple[str, str] | None = None,
) -> web.Response:
    site, reader = request.app[SITE], reader_of(request)
    if not rights.may(actor, "tokens"):
        return await page(request, "tokens.html", {"may": False, "problem": reader.t("wrong.tokens.may")}, status=403)
    rows = await site.store.read(programs.shown, by=actor)
    newest = sorted(rows, key=lambda row: (not row.opens(reader.now), -row.created_at.timestamp()))
    context = {
        "may": True,
        "rows": [_row(row, site, reader) for row in newest],
        "roles": [(role, role_name(role, reader)) for role in rights.ROLES],
        "scopes": [(scope, reader.t(f"tokens.scope.{scope}")) for scope in accounts.SCOPES],
        "institutions": institutions_of(site, actor),
        "everywhere": actor.institution is None,
        "called": reader.name,
        "today": reader.now.date().isoformat(),
        "typed": typed or {},
        "handed": handed,
        "problem": problem,
        "done": reader.t(done) if done else "",
    }
    return await page(request, "tokens.html", context, status=status)


def _row(row: TokenRow, site: Site, reader: Reader) -> dict[str, Any]:
    home = site.institutions.get(row.institution or "")
    zone = home or site.institutions[site.settings.institution]
    state = "revoked" if row.revoked_at else "live" if row.opens(reader.now) else "over"
    last = row.expires_at - timedelta(minutes=1) if row.expires_at else None  # its end is the next day's beginning
    return {
        "name": row.name,
        "role": role_name(row.role, reader),
        "scope": reader.t(f"tokens.scope.{row.scope}"),
        "institution": reader.name(home) if home else row.institution or reader.t("users.every"),
        "departments": [reader.name(zone.office(key)) for key in row.departments],
        "since": reader.moment(row.created_at, zone),
        "used": reader.moment(row.used_at, zone) if row.used_at else None,
        "until": reader.moment(last, zone) if last else None,
        "state": Label(reader.t(f"tokens.is.{state}"), TONES[state]),
        "live": row.revoked_at is None,
    }


def _end(typed: str, site: Site, institution: str | None) -> datetime | None:
    """The end of that day there. Raises: BadDay."""
    if not typed.strip():
        return None
    home = site.institutions.get(institution or "") or site.institutions[site.settings.institution]
    try:
        day = date.fromisoformat(typed.strip()) + timedelta(days=1)
        return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(home.timezone))
    except (ValueError, OverflowError) as error:
        raise BadDay from error
