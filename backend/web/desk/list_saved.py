"""Saved lists: one is kept from the work list; here each is called otherwise, shared or deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from backend.domain import rights
from backend.services.cases.casework import Empty
from backend.services.office import saved
from backend.web import sessions
from backend.web.desk import list_filters
from backend.web.desk.pages import go, page, reader_of
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

PATH = "/desk/filters"
DONE = {"changed": "saved.changed", "dropped": "saved.dropped"}
MOST_DIGITS = 18
LONGEST_QUERY = 2000  # characters of an address


def setup(app: web.Application) -> None:
    """The page and its forms."""
    app.router.add_get(PATH, show)
    app.router.add_post(PATH, keep)
    app.router.add_post(f"{PATH}/change", change)
    app.router.add_post(f"{PATH}/drop", drop)


async def show(request: web.Request) -> web.Response:
    """What this reader has, and what is shared with them."""
    await sessions.require(request)
    return await _page(request)


async def keep(request: web.Request) -> web.Response:
    """The list as it is narrowed now, under a name; then back to it."""
    typed = await sessions.form(request)
    actor, site = await sessions.require(request), request.app[SITE]
    told = dict(parse_qsl(typed.get("query", "")[:LONGEST_QUERY]))
    chosen = list_filters.chosen(told, site, actor)
    query = {"tab": chosen.asked.tab} | chosen.query
    try:
        await site.store.run(saved.keep, typed.get("name", ""), query, shared="shared" in typed, by=actor)
    except (Empty, saved.TooMany) as error:
        return await _page(request, problem=_why(error, request), status=422)
    return go(f"{list_filters.LIST}?{urlencode(query | {'done': 'saved'})}")


async def change(request: web.Request) -> web.Response:
    """Another name, shared or not."""
    typed = await sessions.form(request)
    actor, site = await sessions.require(request), request.app[SITE]
    try:
        await site.store.run(saved.change, _key(typed), typed.get("name", ""), shared="shared" in typed, by=actor)
    except (Empty, saved.NoSuchFilter) as error:
        return await _page(request, problem=_why(error, request), status=422)
    return go(f"{PATH}?done=changed")


async def drop(request: web.Request) -> web.Response:
    """It goes."""
    typed = await sessions.form(request)
    await request.app[SITE].store.run(saved.drop, _key(typed), by=await sessions.require(request))
    return go(f"{PATH}?done=dropped")


async def _page(request: web.Request, *, problem: str = "", status: int = 200) -> web.Response:
    actor, site, reader = await sessions.require(request), request.app[SITE], reader_of(request)
    rows = []
    for one in await site.store.read(saved.seen, by=actor):
        chosen = list_filters.chosen(one.query, site, actor)
        told = [f"{label}：{value}" for label, value, _ in list_filters.chips(chosen, reader)]
        heap = reader.t(f"tab.{chosen.asked.tab}")
        rows.append((one, list_filters.to(one.query), " · ".join([heap, *told]), one.user == actor.name))
    done = DONE.get(request.query.get("done", ""), "") if request.method == "GET" else ""
    context = {
        "own": [row for row in rows if row[3]],
        "theirs": [row for row in rows if not row[3]],
        "most": saved.LONGEST_NAME,
        "may_share": rights.may(actor, "share"),
        "done": reader.t(done) if done else "",
        "problem": problem,
    }
    return await page(request, "list_saved.html", context, status=status)


def _why(error: Exception, request: web.Request) -> str:
    t = reader_of(request).t
    match error:
        case saved.TooMany(most=most):
            return t("saved.many", n=most)
        case saved.NoSuchFilter():
            return t("saved.gone")
    return t("saved.name.needed")


def _key(typed: Mapping[str, str]) -> int:
    told = typed.get("id", "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) <= MOST_DIGITS else 0
