"""The work list: heaps with their counts, thirty rows a page, and finding a case by its number or a citizen's word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from backend.domain import numbers
from backend.services.cases import casework, finding
from backend.services.office import desk
from backend.store.case_rows import BadCursor
from backend.store.cases import NoSuchCase
from backend.store.newest import MOST_COUNTED
from backend.web import sessions
from backend.web.desk import reporters as desk_reporters
from backend.web.desk.pages import go, page, reader_of
from backend.web.desk.view import row
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiohttp import web

    from backend.domain.case import Actor
    from backend.services.office.desk import Listing
    from backend.site import Site
    from backend.web.desk.view import Reader
    from institutions.model import Institution

FIRST = "new"
LIST, FIND = "/desk", "/desk/find"
LONGEST = 200  # characters of a searched text that are looked at


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the list is narrowed down to. Institutions and departments by id; None: all."""

    institutions: tuple[Institution, ...]  # to choose from
    institution: str | None = None
    department: str | None = None

    @property
    def narrowed(self) -> Sequence[Institution]:
        """Those whose departments can be chosen."""
        return [each for each in self.institutions if self.institution in {None, each.id}]

    @property
    def query(self) -> dict[str, str]:
        """The same as a query string tells it."""
        department = self.department and f"{self.institution}/{self.department}"
        told = {"institution": self.institution, "department": department}
        return {key: value for key, value in told.items() if value}


def setup(app: web.Application) -> None:
    """The first page of the desk."""
    app.router.add_get(LIST, show, name="desk")
    app.router.add_get(FIND, find)


async def show(request: web.Request) -> web.Response:
    """One page of one heap. A cursor that is not ours: the first page, and a sentence."""
    actor = await sessions.require(request)
    tab = request.query.get("tab", FIRST)
    tab = tab if tab in desk.TABS else FIRST
    try:
        return await _heap(request, actor, tab, cursor=request.query.get("cursor"))
    except BadCursor:
        return await _heap(request, actor, tab, problem=reader_of(request).t("list.cursor"), status=422)


async def find(request: web.Request) -> web.Response:
    """Straight to the case with that number, however it is typed; other words are looked for in what citizens said."""
    actor = await sessions.require(request)
    text = request.query.get("number", "").strip()[:LONGEST]
    t = reader_of(request).t
    try:
        number = numbers.read(text)
        await request.app[SITE].store.read(casework.opened, number, by=actor)
    except numbers.NotANumber:
        return await (_found(request, actor, text) if text else _heap(request, actor, FIRST))
    except numbers.WrongCheckDigit as error:
        status, problem = 422, t("search.mistyped", number=error.number)
    except (NoSuchCase, casework.NotYours) as error:  # that another institution has it is nobody's business here
        status, problem = 404, t("search.none", number=error.number)
    else:
        return go(f"/desk/cases/{number}")
    return await _heap(request, actor, FIRST, problem=problem, status=status, searched=text)


async def _heap(
    request: web.Request,
    actor: Actor,
    tab: str,
    *,
    cursor: str | None = None,
    problem: str = "",
    status: int = 200,
    searched: str = "",
) -> web.Response:
    site, chosen = request.app[SITE], _chosen(request, actor)
    found = await site.store.read(
        desk.listing,
        site.homes,
        tab,
        by=actor,
        institution=chosen.institution,
        department=chosen.department,
        cursor=cursor,
    )
    here = {"tab": tab} | chosen.query
    told = {
        "tab": tab,
        "cursor": cursor,
        "problem": problem,
        "searched": searched,
        "place": _path(LIST, here | ({"cursor": cursor} if cursor else {})),
        "first": _path(LIST, here),
        "following": _path(LIST, here | {"cursor": found.next}) if found.next else "",
        "hits": "",
    }
    return await _list(request, chosen, found, told, status=status)


async def _found(request: web.Request, actor: Actor, word: str) -> web.Response:
    """The cases in which that word was said."""
    site, chosen = request.app[SITE], _chosen(request, actor)
    try:
        found = await site.store.read(
            desk.search, site.homes, site.institutions, word, by=actor, at=site.clock(),
            institution=chosen.institution, cursor=request.query.get("cursor"),
        )  # fmt: skip
    except (finding.BadQuestion, BadCursor) as error:
        return await _heap(request, actor, FIRST, problem=_wrong(error, reader_of(request)), status=422, searched=word)
    key = "search.many" if found.more else "search.some" if found.cases else "search.nobody"
    here = {"number": word} | chosen.query
    told = {
        "tab": "",
        "cursor": request.query.get("cursor"),
        "problem": "",
        "searched": word,
        "place": _path(FIND, here),
        "first": _path(FIND, here),
        "following": _path(FIND, here | {"cursor": found.next}) if found.next else "",
        "hits": reader_of(request).t(key, text=word, n=len(found.cases)),
    }
    return await _list(request, chosen, found, told)


def counted(count: int) -> str:
    """How many cases a heap has; nobody waits for the exact count of very many."""
    return f"{MOST_COUNTED}+" if count >= MOST_COUNTED else str(count)


def _wrong(error: finding.BadQuestion | BadCursor, reader: Reader) -> str:
    """What of a question there is not."""
    if isinstance(error, BadCursor):
        return reader.t("list.cursor")
    return reader.t("search.unknown", part=error.key, value=error.value, known=error.known)


async def _list(
    request: web.Request, chosen: Chosen, found: Listing, told: dict[str, Any], *, status: int = 200
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
        "tabs": [(key, _path(LIST, {"tab": key} | chosen.query)) for key in desk.TABS],
        "found": found,
        "counts": {key: counted(count) for key, count in found.counts.items()},
        "rows": rows,
        "chosen": chosen,
        "called": reader.name,
        "several": len(chosen.institutions) > 1,
    }
    return await page(request, "list.html", context | told, status=status)


def _chosen(request: web.Request, actor: Actor) -> Chosen:
    """What the address asks for, as far as this actor may see it and it exists. A department names its institution."""
    served = _served(request.app[SITE], actor)
    wanted, department = request.query.get("institution", ""), request.query.get("department", "")
    home, _, key = department.partition("/")
    one = next((each for each in served if each.id == (wanted or home)), None)
    if one is None:
        return Chosen(served)
    has = home == one.id and any(each.id == key for each in one.departments)
    return Chosen(served, one.id, key if has else None)


def _served(site: Site, actor: Actor) -> tuple[Institution, ...]:
    """The institutions that may have cases and that this actor may see."""
    homes = sorted(set(site.homes.values())) if actor.institution is None else [actor.institution]
    return tuple(site.institutions[key] for key in homes if key in site.institutions)


def _path(path: str, query: dict[str, str]) -> str:
    return f"{path}?{urlencode(query)}"
