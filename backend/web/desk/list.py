"""The work list: heaps with their counts, fifty rows a page, and finding a case by its number or a citizen's word.

What the list is narrowed by, ``list_filters`` reads; what is done to several
cases at once, ``list_batch`` does; lists that are saved, ``list_saved`` keeps.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from backend.domain import numbers, rights
from backend.services.cases import casework, finding
from backend.services.office import listing
from backend.services.office.listing import Asked
from backend.store.case_rows import BadCursor
from backend.store.cases import NoSuchCase
from backend.store.newest import MOST_COUNTED
from backend.web import sessions
from backend.web.desk import list_filters
from backend.web.desk import reporters as desk_reporters
from backend.web.desk.list_filters import LIST, LONGEST, Chosen
from backend.web.desk.pages import go, page, reader_of
from backend.web.desk.view import department_name, row
from backend.web.keys import SITE

if TYPE_CHECKING:
    from aiohttp import web

    from backend.domain.case import Actor
    from backend.services.office.listing import Listing
    from backend.web.desk.view import Reader

FIND = "/desk/find"
DONE = {"saved": "saved.kept", "passed": "done.passed"}
"""What the list may be told in its address to say at its top."""


def setup(app: web.Application) -> None:
    """The first page of the desk."""
    app.router.add_get(LIST, show, name="desk")
    app.router.add_get(FIND, find)


async def show(request: web.Request) -> web.Response:
    """One page of one heap. A cursor that is not ours: the first page, and a sentence."""
    actor = await sessions.require(request)
    chosen = list_filters.chosen(request.query, request.app[SITE], actor)
    try:
        return await heap(request, actor, chosen, cursor=request.query.get("cursor"))
    except BadCursor:
        return await heap(request, actor, chosen, problem=reader_of(request).t("list.cursor"), status=422)
    except finding.BadQuestion as error:
        plain = replace(chosen, asked=replace(chosen.asked, text=""))
        return await heap(request, actor, plain, problem=_wrong(error, reader_of(request)), status=422)


async def find(request: web.Request) -> web.Response:
    """Straight to the case with that number, however it is typed; other words are looked for in what citizens said."""
    actor = await sessions.require(request)
    text = request.query.get("number", "").strip()[:LONGEST]
    t = reader_of(request).t
    try:
        number = numbers.read(text)
        await request.app[SITE].store.read(casework.opened, number, by=actor)
    except numbers.NotANumber:
        return await (_found(request, actor, text) if text else heap(request, actor, _plain(request, actor)))
    except numbers.WrongCheckDigit as error:
        status, problem = 422, t("search.mistyped", number=error.number)
    except (NoSuchCase, casework.NotYours) as error:  # that another institution has it is nobody's business here
        status, problem = 404, t("search.none", number=error.number)
    else:
        return go(f"/desk/cases/{number}")
    return await heap(request, actor, _plain(request, actor), problem=problem, status=status, searched=text)


async def heap(
    request: web.Request,
    actor: Actor,
    chosen: Chosen,
    *,
    cursor: str | None = None,
    problem: str = "",
    status: int = 200,
    searched: str = "",
) -> web.Response:
    """A page of the heap that is chosen. Raises: BadCursor, BadQuestion."""
    site, reader = request.app[SITE], reader_of(request)
    found = await site.store.read(
        listing.listing, site.homes, site.institutions, chosen.asked, by=actor, at=site.clock(), cursor=cursor
    )
    told = {
        "tab": chosen.asked.tab,
        "cursor": cursor,
        "problem": problem,
        "done": _done(request, reader),
        "searched": searched,
        "place": chosen.path(cursor=cursor) if cursor else chosen.path(),
        "first": chosen.path(),
        "following": chosen.path(cursor=found.next) if found.next else "",
        "hits": _fitting(found, reader),
    }
    return await _list(request, actor, chosen, found, told, status=status)


async def _found(request: web.Request, actor: Actor, word: str) -> web.Response:
    """The cases in which that word was said."""
    site, chosen = request.app[SITE], list_filters.chosen(request.query, request.app[SITE], actor)
    home = chosen.asked.institution
    try:
        found = await site.store.read(
            listing.search, site.homes, site.institutions, word, by=actor, at=site.clock(),
            institution=home or None, cursor=request.query.get("cursor"),
        )  # fmt: skip
    except (finding.BadQuestion, BadCursor) as error:
        problem = _wrong(error, reader_of(request))
        return await heap(request, actor, _plain(request, actor), problem=problem, status=422, searched=word)
    key = "search.many" if found.more else "search.some" if found.cases else "search.nobody"
    here = {"number": word} | ({"institution": home} if home else {})
    told = {
        "tab": "",
        "cursor": request.query.get("cursor"),
        "problem": "",
        "searched": word,
        "place": list_filters.to(here, FIND),
        "first": list_filters.to(here, FIND),
        "following": list_filters.to(here | {"cursor": found.next}, FIND) if found.next else "",
        "hits": reader_of(request).t(key, text=word, n=len(found.cases)),
    }
    return await _list(request, actor, chosen, found, told)


def counted(count: int, most: int = MOST_COUNTED) -> str:
    """How many cases a heap has; nobody waits for the exact count of very many."""
    return f"{most}+" if count >= most else str(count)


def _plain(request: web.Request, actor: Actor) -> Chosen:
    """The heap that this person begins with, narrowed down by nothing."""
    served = list_filters.serving(request.app[SITE], actor)
    return Chosen(served, Asked(listing.first(actor)), given=False)


def _done(request: web.Request, reader: Reader) -> str:
    key = DONE.get(request.query.get("done", ""), "") if request.method == "GET" else ""
    return reader.t(key) if key else ""


def _fitting(found: Listing, reader: Reader) -> str:
    """How many cases are so, of what was asked beside a heap."""
    if found.fitting is None or not found.fitting:
        return ""
    return reader.t("filter.fitting.one" if found.fitting == 1 else "filter.fitting", n=counted(found.fitting))


def _wrong(error: finding.BadQuestion | BadCursor, reader: Reader) -> str:
    """What of a question there is not."""
    if isinstance(error, BadCursor):
        return reader.t("list.cursor")
    return reader.t("search.unknown", part=error.key, value=error.value, known=error.known)


async def _list(
    request: web.Request, actor: Actor, chosen: Chosen, found: Listing, told: dict[str, Any], *, status: int = 200
) -> web.Response:
    site, reader = request.app[SITE], reader_of(request)
    rows = [
        replace(
            row(case, site.institutions[case.institution], found.evidence.get(case.number, {}), reader),
            people=desk_reporters.people(found.people.get(case.number, 0), reader),
        )
        for case in found.cases
    ]
    context: dict[str, Any] = {
        "tabs": [(key, chosen.on(key)) for key in listing.tabs(actor)],
        "found": found,
        "counts": {key: counted(count) for key, count in found.counts.items()},
        "rows": rows,
        "chosen": chosen,
        "options": list_filters.options(chosen, reader) if told["tab"] else {},
        "chips": list(list_filters.chips(chosen, reader)) if told["tab"] else [],
        "called": reader.name,
        "several": len(chosen.institutions) > 1,
        "saved": [
            (one, list_filters.to(one.query), "" if count is None else counted(count, listing.COUNTED))
            for one, count in found.saved
        ],
        "may_pick": rights.may(actor, "move"),
        "may_share": rights.may(actor, "share"),
        "offices": _offices(chosen, found, reader),
    }
    return await page(request, "list.html", context | told, status=status)


def _offices(chosen: Chosen, found: Listing, reader: Reader) -> list[tuple[str, list[tuple[str, str]]]]:
    """The departments to which the cases of this page can go, by their institution's name."""
    homes = {case.institution for case in found.cases}
    return [
        (
            reader.name(home),
            [(f"{home.id}/{each.id}", department_name(home, each.id, reader)) for each in home.departments],
        )
        for home in chosen.institutions
        if home.id in homes
    ]
