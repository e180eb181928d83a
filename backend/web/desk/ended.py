"""Conversations that ended without a case: where, what may have been wanted, why; and the way back to their citizens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from backend.domain import rights
from backend.reports import funnel
from backend.services.office.desk import OnlyLooks
from backend.services.talks import ended
from backend.services.talks.ended import PUT_BY, WHYS, BadWhy, NotEnded, NotReachable, Which
from backend.services.talks.takeover import NotHere
from backend.web import sessions
from backend.web.desk import view as desk_view
from backend.web.desk.pages import go, page, reader_of
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from backend.domain.case import Actor
    from backend.services.talks.ended import Ended
    from backend.site import Site
    from backend.web.desk.view import Reader
    from institutions.model import Institution

PLACE = "/desk/ended"
HEAPS = ("new", "done")
MOST_DIGITS, MOST_KEY = 18, 64
WRONG = (OnlyLooks, NotEnded, NotReachable, BadWhy, NotHere)


def setup(app: web.Application) -> None:
    """The page and its two buttons."""
    app.router.add_get(PLACE, show)
    app.router.add_post(PLACE + "/mark", mark)
    app.router.add_post(PLACE + "/follow", follow)


async def show(request: web.Request) -> web.Response:
    """Those of one institution."""
    return await _page(request, await sessions.require(request))


async def mark(request: web.Request) -> web.Response:
    """Why one of them ended."""
    typed = await sessions.form(request)
    actor, site = await sessions.require(request), request.app[SITE]
    which = _key(typed)
    why = typed.get("why", "")[:MOST_KEY]
    try:
        await site.store.run(ended.mark, site.institutions, which, why, by=actor, at=site.clock())
    except WRONG as error:
        return await _page(request, actor, asked=typed, wrong=_why(error, reader_of(request)))
    return go(f"{PLACE}?{urlencode({'institution': which.institution, 'done': 'ended'})}")


async def follow(request: web.Request) -> web.Response:
    """Write to its citizen: the chat is this officer's from now on."""
    typed = await sessions.form(request)
    actor, site = await sessions.require(request), request.app[SITE]
    try:
        key = await site.store.run(ended.follow, site.institutions, _key(typed), by=actor, at=site.clock())
    except WRONG as error:
        return await _page(request, actor, asked=typed, wrong=_why(error, reader_of(request)))
    return go(f"/desk/talks/{key}?done=taken")


def _key(typed: Mapping[str, str]) -> Which:
    """Which conversation; what is none finds none."""
    told = typed.get("person", "")
    person = int(told) if told.isascii() and told.isdecimal() and len(told) <= MOST_DIGITS else 0
    return Which(typed.get("institution", "")[:MOST_KEY], person, typed.get("begun", "")[:MOST_KEY])


async def _page(
    request: web.Request, actor: Actor, *, asked: Mapping[str, str] | None = None, wrong: tuple[int, str] = (200, "")
) -> web.Response:
    site, reader = request.app[SITE], reader_of(request)
    if not rights.may(actor, "sample"):
        return await page(request, "ended.html", {"may": False, "problem": reader.t("wrong.sampler")}, status=403)
    told = request.query if asked is None else asked
    served = _served(site, actor)
    chosen = next((one for one in served if one.id == told.get("institution", "")), served[0])
    heap = told.get("heap", "") if told.get("heap", "") in HEAPS else HEAPS[0]
    found, sums = await site.store.read(ended.listed, site.institutions, chosen.id, by=actor, at=site.clock())
    rows = [one for one in found if (one.mark is not None) == (heap == "done")]
    status, problem = wrong
    context = {
        "may": True,
        "problem": problem,
        "done": reader.t("done.ended") if request.query.get("done") == "ended" else "",
        "institutions": served,
        "chosen": chosen,
        "called": reader.name,
        "heap": heap,
        "heaps": [(key, sum((one.mark is not None) == (key == "done") for one in found)) for key in HEAPS],
        "rows": [_row(one, chosen, reader) for one in rows],
        "whys": [(key, reader.t(f"ended.why.{key}")) for key in WHYS],
        "steps": [(_step(key, reader), n) for key, n in sorted(sums.steps.items(), key=lambda pair: -pair[1])],
        "reasons": [(reader.t(f"ended.why.{key}"), n) for key, n in sorted(sums.whys.items(), key=lambda p: -p[1])],
        "full": len(found) >= ended.MOST,
        "most": ended.MOST,
    }
    return await page(request, "ended.html", context, status=status)


def _served(site: Site, actor: Actor) -> tuple[Institution, ...]:
    """The institutions with a channel that this actor may see."""
    homes = sorted(set(site.homes.values())) if actor.institution is None else [actor.institution]
    return tuple(site.institutions[key] for key in homes)


def _row(one: Ended, institution: Institution, reader: Reader) -> dict[str, Any]:
    first = next(iter((one.proposal or {}).get("top", ())), None)
    wanted = ""
    if first is not None:
        place = desk_view.called(institution, first["category_id"], first["matter_id"], reader)
        department = desk_view.department_name(institution, first["department_id"], reader)
        wanted = reader.t("ended.wanted", place=place, department=department)
    hidden = one.agreed and not one.words and not one.who
    why = reader.t(f"ended.why.{one.mark.why}") if one.mark else ""
    return {
        "person": one.person.id,
        "begun": one.begun,
        "step": _step(one.step, reader),
        "since": reader.moment(one.since, institution),
        "agreed": one.agreed,
        "note": reader.t("ended.sealed") if hidden else "" if one.agreed else reader.t("ended.not_agreed"),
        "words": desk_view.first_line(reader.beside(one.who, institution).private(one.words)),
        "wanted": wanted,
        "mark": reader.t("ended.marked", by=one.mark.by, why=why) if one.mark else "",
        "why": one.mark.why if one.mark else "",
        "reachable": one.reachable,
    }


def _step(key: str, reader: Reader) -> str:
    if key == PUT_BY:
        return reader.t("ended.step.put_by")
    return reader.t("ended.step", step=funnel.called(key, reader.language))


def _why(error: Exception, reader: Reader) -> tuple[int, str]:
    match error:
        case OnlyLooks():
            return 403, reader.t("wrong.sampler")
        case NotEnded():
            return 409, reader.t("wrong.ended")
        case NotReachable():
            return 409, reader.t("wrong.unreachable")
        case NotHere(taken_by=name):
            return 409, reader.t("wrong.not_here", name=name or reader.t("wrong.nobody"))
    return 422, reader.t("wrong.ended.why")
