"""What a REST call is: one row with its path, scope, models and function. Routes and documentation are made from it.

To add a call, add its row to a part's CALLS; nothing else knows it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backend.domain import rights
from backend.services.office import accounts
from backend.store.errors import Busy, StoreUnavailable
from backend.web.limits import address, check
from backend.web.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from aiohttp import web
    from pydantic import BaseModel

    from backend.domain.case import Actor
    from backend.site import Site
    from backend.store.accounts import Token
    from backend.web.desk.reports_made import Made

PREFIX = "/api/v1"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks what of which site, and when."""

    site: Site
    actor: Actor
    number: str  # as typed in the path; empty where the path has none
    at: datetime
    made: Made  # reports on their way, and those made lately
    reason: str = ""  # why a program reads who the citizen is


@dataclass(frozen=True, slots=True)
class Download:
    """An answer that is a file."""

    data: bytes
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Call:
    """One REST call. ``do`` gets what was asked and the query or body, already checked; it returns the answer as JSON.

    With a ``media_type`` the answer is a file of that kind.
    """

    method: str
    path: str  # below PREFIX
    summary: str
    summary_zh: str
    scope: str  # read, write, personal
    do: Callable[[Asked, Any], Awaitable[dict[str, Any] | Download]]
    answer: type[BaseModel] | None
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    problems: tuple[str, ...] = ()  # kinds beside those of every call
    media_type: str = ""

    @property
    def name(self) -> str:
        """Its operation id."""
        return self.do.__name__


async def caller(request: web.Request, site: Site, call: Call) -> Actor:
    """The program that calls, let in by its token. Raises: Problem, TooMany."""
    token = await _token(request, site)
    if not accounts.allows(token, call.scope):
        raise Problem("forbidden", f"this needs the scope {call.scope}; the token {token.name} has {token.scope}")
    if call.scope != "read" and token.role not in rights.WORKERS:
        raise Problem("forbidden", f"the role {token.role} changes nothing; the token {token.name} has no other")
    return accounts.actor_of_token(token)


async def _token(request: web.Request, site: Site) -> Token:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    secret = secret.strip()
    if scheme.lower() != "bearer" or not secret:
        raise _unauthorized("send the header Authorization: Bearer TOKEN", request)
    hashed = accounts.hash_secret(secret if secret.isascii() else "")
    now = site.clock()
    token = await site.store.read(accounts.token_of, hashed, at=now)
    if token is None:
        raise _unauthorized("this token is unknown, was revoked, or has expired", request)
    check(request, "api.token", hashed)
    if token.used_at is None or token.used_at <= now - accounts.USED_EVERY:
        with suppress(Busy, StoreUnavailable):  # who only reads is not stopped by a full disk
            await site.store.run(accounts.used, hashed, at=now)
    return token


def _unauthorized(why: str, request: web.Request) -> Problem:
    """Counted, so that nobody tries tokens for long. Raises: TooMany."""
    check(request, "api.wrong", address(request))
    return Problem("unauthorized", why, headers={"WWW-Authenticate": 'Bearer realm="jiesu"'})
