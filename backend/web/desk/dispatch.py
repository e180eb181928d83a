"""The dispatch desk: undecided cases one after another, cases that came back with both reasons, and what a coordinator decides.

Every press is a form that works without a script; with htmx the next card
comes without a page change. What a press does is ``services.cases.dispatching``'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from aiohttp import web

from backend.domain.lifecycle import LEAD
from backend.services.cases import dispatching
from backend.services.cases.casework import Empty, NotYours
from backend.services.cases.dispatching import Sent, Watched
from backend.services.office.desk import OnlyLooks
from backend.store.case_rows import BadCursor
from backend.store.cases import NoSuchCase
from backend.web import sessions
from backend.web.api.models import LONGEST_TEXT
from backend.web.desk import dispatch_view as drawn
from backend.web.desk.pages import go, page, reader_of
from backend.web.desk.view import department_name
from backend.web.desk.wrong import REFUSED, TooLong, told
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.domain.case import Actor, Case
    from backend.services.cases.dispatching import Card, Desk, Returned
    from backend.site import Site
    from backend.web.desk.view import Reader

PLACE = "/desk/dispatch"
TYPED = ("number", "department", "department_other", "place", "place_other", "reason")
"""What a refused form shows again."""
TABS = ("new", "returned", "lead")
MOST_DIGITS, MOST_CURSOR, MOST_NUMBER = 18, 400, 32
REASON = 500
"""Characters of a reason: it is read at a glance."""
WRONG = (*REFUSED, Watched, NoSuchCase, NotYours)


def setup(app: web.Application) -> None:
    """The page, its press, and the word that it is still open."""
    app.router.add_get(PLACE, show)
    app.router.add_post(PLACE + "/send", send)
    app.router.add_post(PLACE + "/stay", stay)


async def show(request: web.Request) -> web.Response:
    """One of the three heaps."""
    return await _page(request, await sessions.require(request))


async def send(request: web.Request) -> web.Response:
    """A case goes to a department; then the next card."""
    typed = await sessions.form(request)
    actor, site, reader = await sessions.require(request), request.app[SITE], reader_of(request)
    number = typed.get("number", "")[:MOST_NUMBER]
    to = _to(typed)
    if not number:
        return await _page(request, actor, typed=typed, wrong=(422, reader.t("wrong.no_case")))
    if not to.department:
        return await _page(request, actor, typed=typed, wrong=(422, reader.t("wrong.no_department")))
    try:
        _refuse_long(to)
        seen = _digits(typed.get("seen", ""))
        case = await site.store.run(
            dispatching.send, site.institutions, number, to, seen=seen, by=actor, at=site.clock()
        )
    except WRONG as error:
        return await _page(request, actor, typed=typed, wrong=_why(error, site, reader))
    return go(f"{PLACE}?{urlencode(_onward(typed, case))}")


async def stay(request: web.Request) -> web.Response:
    """The page is still open: nobody else gets its case yet."""
    typed = await sessions.form(request)
    actor, site = await sessions.require(request), request.app[SITE]
    try:
        await site.store.run(dispatching.stay, typed.get("number", "")[:MOST_NUMBER], by=actor, at=site.clock())
    except OnlyLooks:
        return web.Response(status=403)
    return web.Response(status=204)


def _to(typed: Mapping[str, str]) -> Sent:
    """What was pressed or chosen; a choice from the whole list goes before the cards."""
    return Sent(
        typed.get("department", "") or typed.get("department_other", ""),
        typed.get("place_other", "") or typed.get("place", ""),
        typed.get("co", ""),
        typed.get("reason", "").strip(),
    )


def _refuse_long(to: Sent) -> None:
    """Raises: TooLong."""
    if len(to.reason) > REASON:
        raise TooLong(REASON)
    if len(to.co) + len(to.place) + len(to.department) > LONGEST_TEXT:
        raise TooLong(LONGEST_TEXT)


def _digits(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= MOST_DIGITS else 0


def _onward(typed: Mapping[str, str], case: Case) -> dict[str, str]:
    """Where the page goes on: the same heap, from the same place."""
    kept = {"tab": _tab(typed.get("tab", "")), "after": typed.get("after", "")[:MOST_CURSOR], "sent": case.number}
    return {key: value for key, value in kept.items() if value}


def _tab(typed: str) -> str:
    return typed if typed in TABS else TABS[0]


async def _page(
    request: web.Request, actor: Actor, *, typed: Mapping[str, str] | None = None, wrong: tuple[int, str] = (200, "")
) -> web.Response:
    site, reader, asked = request.app[SITE], reader_of(request), typed if typed is not None else request.query
    tab = _tab(asked.get("tab", ""))
    try:
        desk = await site.store.read(dispatching.around, by=actor, at=site.clock())
    except OnlyLooks:
        return await page(request, "dispatch.html", {"may": False, "problem": reader.t("wrong.dispatcher")}, status=403)
    back = await site.store.read(dispatching.returned, site.institutions, by=actor) if desk.returned else []
    status, problem = wrong
    context = {
        "may": True,
        "tab": tab,
        "tabs": _tabs(tab, desk, back),
        "problem": problem,
        "sent": await _sent(request, actor, reader),
        "others": [drawn.other(look, reader) for look in desk.others],
        "typed": dict.fromkeys(TYPED, "") | dict(typed or {}),
        **(await _card_of(site, actor, reader, asked) if tab == "new" else _heap(site, actor, reader, tab, back)),
    }
    return await page(request, "dispatch.html", context, status=status)


async def _card_of(site: Site, actor: Actor, reader: Reader, asked: Mapping[str, str]) -> dict[str, Any]:
    after = asked.get("after", "")[:MOST_CURSOR]
    found = await _card(site, actor, after)
    card = drawn.card(found, site.institutions[found.case.institution], reader) if found else None
    return {"card": card, "after": after}


def _heap(site: Site, actor: Actor, reader: Reader, tab: str, back: Sequence[Returned]) -> dict[str, Any]:
    rows = [row for row in back if bool(row.for_lead) == (tab == "lead")]
    return {
        "rows": [drawn.returned(row, site.institutions[row.case.institution], reader) for row in rows],
        "full": len(back) >= dispatching.SHOWN,
        "most": dispatching.SHOWN,
        "may_send": tab == "returned" or bool(actor.roles & LEAD),
        "longest": REASON,
    }


async def _card(site: Site, actor: Actor, after: str) -> Card | None:
    """The next one; a place in the list that was not ours is its beginning."""
    try:
        return await site.store.run(dispatching.card, by=actor, at=site.clock(), after=after)
    except BadCursor:
        return await site.store.run(dispatching.card, by=actor, at=site.clock())


def _tabs(tab: str, desk: Desk, back: Sequence[Returned]) -> list[tuple[str, int, bool]]:
    """Each with how many there are, of those listed."""
    lead = sum(bool(row.for_lead) for row in back)
    counts = {"new": desk.undecided, "returned": len(back) - lead, "lead": lead}
    return [(key, counts[key], key == tab) for key in TABS]


async def _sent(request: web.Request, actor: Actor, reader: Reader) -> dict[str, str] | None:
    """The case that has just gone, so that a wrong press is mended in one more."""
    number = request.query.get("sent", "")[:MOST_NUMBER] if request.method == "GET" else ""
    if not number:
        return None
    site = request.app[SITE]
    try:
        case = await site.store.read(dispatching.last, number, by=actor)
    except (NoSuchCase, NotYours):
        return None
    name = department_name(site.institutions[case.institution], case.department_id, reader)
    return {"number": case.number, "text": reader.t("dispatch.sent", number=case.number, department=name)}


def _why(error: Exception, site: Site, reader: Reader) -> tuple[int, str]:
    match error:
        case Watched(user=name):
            return 409, reader.t("wrong.watched", name=name)
        case NoSuchCase() | NotYours():
            return 422, reader.t("wrong.no_case")
        case Empty(field="reason"):
            return 422, reader.t("wrong.reason")
    home = next(iter(site.institutions.values()))  # for the time of what happened meanwhile
    status, why = told(error, home, reader)
    return status, reader.t("wrong.gone", why=why) if status == web.HTTPConflict.status_code else why
