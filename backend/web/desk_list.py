"""The work list: heaps with their counts, thirty rows a page, and finding a case by its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.domain import numbers
from backend.services import casework, desk
from backend.store.case_rows import BadCursor
from backend.store.cases import NoSuchCase
from backend.web import sessions
from backend.web.desk_pages import go, page, reader_of
from backend.web.desk_view import row
from backend.web.keys import SITE

if TYPE_CHECKING:
    from aiohttp import web

    from backend.domain.case import Actor

FIRST = "new"
LONGEST = 200  # characters of a searched text that are looked at


def setup(app: web.Application) -> None:
    """The first page of the desk."""
    app.router.add_get("/desk", show, name="desk")
    app.router.add_get("/desk/find", find)


async def show(request: web.Request) -> web.Response:
    """One page of one heap. A cursor that is not ours: the first page, and a sentence."""
    actor = await sessions.require(request)
    tab = request.query.get("tab", FIRST)
    tab = tab if tab in desk.TABS else FIRST
    try:
        return await _list(request, actor, tab, cursor=request.query.get("cursor"))
    except BadCursor:
        return await _list(request, actor, tab, problem=reader_of(request).t("list.cursor"), status=422)


async def find(request: web.Request) -> web.Response:
    """Straight to the case with that number, however it is typed."""
    actor = await sessions.require(request)
    text = request.query.get("number", "").strip()[:LONGEST]
    t = reader_of(request).t
    try:
        number = numbers.read(text)
        await request.app[SITE].store.read(casework.opened, number, by=actor)
    except numbers.NotANumber:
        status, problem = 422, t("search.unread", text=text)
    except numbers.WrongCheckDigit as error:
        status, problem = 422, t("search.mistyped", number=error.number)
    except (NoSuchCase, casework.NotYours) as error:  # that another institution has it is nobody's business here
        status, problem = 404, t("search.none", number=error.number)
    else:
        return go(f"/desk/cases/{number}")
    return await _list(request, actor, FIRST, problem=problem, status=status, searched=text)


async def _list(
    request: web.Request,
    actor: Actor,
    tab: str,
    *,
    cursor: str | None = None,
    problem: str = "",
    status: int = 200,
    searched: str = "",
) -> web.Response:
    site, reader = request.app[SITE], reader_of(request)
    found = await site.store.read(desk.listing, site.homes, tab, by=actor, cursor=cursor)
    rows = [
        row(case, site.institutions[case.institution], found.evidence.get(case.number, {}), reader)
        for case in found.cases
    ]
    context: dict[str, Any] = {
        "tab": tab,
        "tabs": list(desk.TABS),
        "found": found,
        "rows": rows,
        "cursor": cursor,
        "several": actor.institution is None and len(set(site.homes.values())) > 1,
        "problem": problem,
        "searched": searched,
    }
    return await page(request, "list.html", context, status=status)
