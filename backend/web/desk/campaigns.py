"""Survey campaigns, for managers: made, tried, previewed, sent, stopped, and what citizens answered."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import aiohttp_jinja2
from aiohttp import web

from backend.domain.campaign import State
from backend.services.campaigns import planning, results
from backend.services.campaigns.planning import STRATA, BadCampaign
from backend.services.office.desk import OnlyLooks
from backend.store.campaigns import NoSuchCampaign
from backend.store.evidence import NoSuchEvidence
from backend.web import sessions
from backend.web.desk import campaigns_form as forms
from backend.web.desk import campaigns_view as view
from backend.web.desk import files as desk_files
from backend.web.desk import homes
from backend.web.desk.campaigns_file import FILES, summed
from backend.web.desk.pages import go, page, reader_of
from backend.web.errors import Refused
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from backend.domain.campaign import Population
    from backend.domain.case import Actor
    from backend.site import Site
    from backend.store.campaigns import Campaign
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Do = Callable[..., Any]

PLACE = "/desk/campaigns"
ONE = PLACE + r"/{campaign:\d{1,12}}"
GONE = ("没有这项调查，请回到列表再选。", "There is no such survey; choose one from the list.")
DONE = frozenset({"made", "name", "population", "intro", "question", "plan", "send", "stop", "resume"})


def setup(app: web.Application) -> None:
    """The list, one campaign with its forms, the run-through, and its answers as files."""
    app.router.add_get(PLACE, show)
    app.router.add_post(PLACE, make)
    app.router.add_get(ONE, show_one)
    app.router.add_get(ONE + "/try", run_through)
    app.router.add_get(ONE + r"/answers.{form:csv|xlsx}", export)
    app.router.add_get(ONE + r"/photos/{id:\d{1,18}}", photo)
    app.router.add_post(ONE + "/count", count)
    app.router.add_post(ONE + f"/{{step:{'|'.join(STEPS)}}}", change)


async def show(request: web.Request) -> web.Response:
    """The list."""
    return await _list(request, await sessions.require(request))


async def make(request: web.Request) -> web.Response:
    """A new draft, and on to it."""
    typed = await sessions.form(request)
    actor, site = await sessions.require(request), request.app[SITE]
    home = homes.chosen(site, actor, typed.get("institution", ""))
    title = " ".join(typed.get("title", "").split())
    try:
        key = await site.store.run(planning.make, home, title, by=actor, at=site.clock())
    except OnlyLooks:
        return await _denied(request)
    except BadCampaign as error:
        return await _list(request, actor, problem=view.wrong(error, reader_of(request)), status=422)
    return go(f"{PLACE}/{key}?done=made")


async def show_one(request: web.Request) -> web.Response:
    """One campaign as it stands."""
    done = request.query.get("done", "")
    return await _one(request, await sessions.require(request), done=done if done in DONE else "")


async def change(request: web.Request) -> web.Response:
    """One of its forms was sent."""
    typed = await sessions.form(request)
    actor, step = await sessions.require(request), request.match_info["step"]
    site, key = request.app[SITE], int(request.match_info["campaign"])
    if not planning.may_plan(actor):
        return await _denied(request)
    try:
        await site.store.run(STEPS[step], site, key, typed, actor)
    except OnlyLooks:
        return await _denied(request)
    except NoSuchCampaign:
        raise Refused(404, *GONE) from None
    except BadCampaign as error:
        problem = view.wrong(error, reader_of(request))
        return await _one(request, actor, problem=problem, status=409 if error.key in view.TOO_LATE else 422)
    return go(f"{PLACE}/{key}?done={step}#{view.ANCHORS.get(step, 'page')}")


async def count(request: web.Request) -> web.Response:
    """Whom it could ask if the form stood as it does now; a part of the page, and nothing is kept.

    A form that is half filled in is no mistake: why it cannot be counted is told with 200.
    """
    typed = await sessions.form(request)
    actor, site, reader = await sessions.require(request), request.app[SITE], reader_of(request)
    if not planning.may_plan(actor):
        return await _denied(request)
    try:
        about = forms.population(typed)
        told: Any = await site.store.read(_counted, site, int(request.match_info["campaign"]), about, actor)
    except OnlyLooks:
        return await _denied(request)
    except NoSuchCampaign:
        raise Refused(404, *GONE) from None
    except BadCampaign as error:
        told = BadCampaign("quick", error.what) if error.key == "population.many" else error
    context = view.counted(told, reader) | {"unsaved": True, "t": reader.t}
    response = aiohttp_jinja2.render_template("desk/campaign_count.html", request, context)
    response.headers["Cache-Control"] = "no-store"
    return response


async def run_through(request: web.Request) -> web.Response:
    """The questions one by one, as an answer leads to the next; nothing is kept."""
    actor, site, reader = await sessions.require(request), request.app[SITE], reader_of(request)
    try:
        campaign, asked = await site.store.read(_opened, int(request.match_info["campaign"]), actor)
        _home(site, campaign)
    except OnlyLooks:
        return await _denied(request)
    except NoSuchCampaign:
        raise Refused(404, *GONE) from None
    context = view.tried(campaign, asked, request.query, site, reader)
    return await page(request, "campaign_try.html", context | {"place": f"{PLACE}/{campaign.id}"})


async def export(request: web.Request) -> web.Response:
    """Every answer as a file, on record."""
    actor, site, reader = await sessions.require(request), request.app[SITE], reader_of(request)
    form, cut = request.match_info["form"], _cut(request.query)
    key, at = int(request.match_info["campaign"]), site.clock()
    try:
        campaign, asked, rows = await site.store.read(results.rows, key, cut=cut, by=actor)
        _, _, found = await site.store.read(results.read, key, cut="", by=actor)
        home = _home(site, campaign)
        await site.store.run(results.note_export, campaign, len(rows), cut=cut, by=actor, at=at, how=form)
    except OnlyLooks:
        return await _denied(request)
    except NoSuchCampaign:
        raise Refused(404, *GONE) from None
    write, media_type = FILES[form]
    names = [reader.t(f"campaign.file.{sheet}") for sheet in ("answers", "results")]
    body = await asyncio.to_thread(  # a city's takes a while
        lambda: write(view.sheet(asked, rows, cut, home, reader), summed(found, reader), names)
    )
    headers = {
        "Content-Disposition": f'attachment; filename="campaign-{campaign.id}.{form}"',
        "Cache-Control": "no-store",
    }
    return web.Response(body=body, content_type=media_type, headers=headers)


async def photo(request: web.Request) -> web.Response:
    """A photo that somebody answered with, drawn anew."""
    actor, site = await sessions.require(request), request.app[SITE]
    key, wanted = (int(request.match_info[name]) for name in ("campaign", "id"))
    try:
        row = await site.store.read(results.photo, key, wanted, by=actor)
    except OnlyLooks:
        return await _denied(request)
    except (NoSuchCampaign, NoSuchEvidence):
        raise Refused(404, *GONE) from None
    return await desk_files.drawn(request, row)


def _name(work: UnitOfWork, site: Site, key: int, typed: Mapping[str, str], by: Actor) -> None:
    planning.name(work, key, typed.get("title", ""), typed.get("title_en", ""), by=by, at=site.clock())


def _population(work: UnitOfWork, site: Site, key: int, typed: Mapping[str, str], by: Actor) -> None:
    today = site.clock().astimezone(_zone(work, site, key)).date()
    planning.narrow(work, key, forms.population(typed), today=today, by=by, at=site.clock())


def _intro(work: UnitOfWork, site: Site, key: int, typed: Mapping[str, str], by: Actor) -> None:
    asked = planning.questions(work, planning.opened(work, key, by=by))
    planning.ask(work, key, forms.introduced(asked, typed), by=by, at=site.clock())


def _question(work: UnitOfWork, site: Site, key: int, typed: Mapping[str, str], by: Actor) -> None:
    asked = planning.questions(work, planning.opened(work, key, by=by))
    planning.ask(work, key, forms.changed(asked, typed), by=by, at=site.clock())


def _plan(work: UnitOfWork, site: Site, key: int, typed: Mapping[str, str], by: Actor) -> None:
    sample, schedule = forms.plan(typed, _zone(work, site, key))
    planning.plan(work, key, sample, schedule, by=by, at=site.clock())


def _send(work: UnitOfWork, site: Site, key: int, _typed: Mapping[str, str], by: Actor) -> None:
    home = _home(site, work.campaigns.get(key))
    planning.send(work, home, key, by=by, at=site.clock())


def _stop(work: UnitOfWork, site: Site, key: int, _typed: Mapping[str, str], by: Actor) -> None:
    planning.stop(work, key, by=by, at=site.clock())


def _resume(work: UnitOfWork, site: Site, key: int, _typed: Mapping[str, str], by: Actor) -> None:
    planning.resume(work, key, by=by, at=site.clock())


STEPS: dict[str, Do] = {
    "name": _name,
    "population": _population,
    "intro": _intro,
    "question": _question,
    "plan": _plan,
    "send": _send,
    "stop": _stop,
    "resume": _resume,
}
"""What each form of a campaign does."""


def _zone(work: UnitOfWork, site: Site, key: int) -> ZoneInfo:
    return ZoneInfo(_home(site, work.campaigns.get(key)).timezone)


def _home(site: Site, campaign: Campaign) -> Institution:
    """Raises: NoSuchCampaign: its institution is served no more."""
    home = site.institutions.get(campaign.institution)
    if home is None:
        raise NoSuchCampaign(campaign.id)
    return home


def _cut(query: Mapping[str, str]) -> str:
    return query.get("by", "") if query.get("by", "") in STRATA else ""


def _opened(work: UnitOfWork, key: int, by: Actor) -> tuple[Campaign, Any]:
    campaign = planning.opened(work, key, by=by)
    return campaign, planning.questions(work, campaign)


async def _denied(request: web.Request) -> web.Response:
    context = {"may": False, "problem": reader_of(request).t("wrong.campaigns")}
    return await page(request, "campaigns.html", context, status=403)


async def _list(request: web.Request, actor: Actor, *, problem: str = "", status: int = 200) -> web.Response:
    site, reader = request.app[SITE], reader_of(request)
    if not planning.may_plan(actor):
        return await _denied(request)
    rows = await site.store.read(_rows, site, actor)
    context = {
        "may": True,
        "problem": problem,
        "institutions": homes.served(site, actor),
        "called": reader.name,
        "rows": [view.row(campaign, told, site, reader) for campaign, told in rows],
        "place": PLACE,
    }
    return await page(request, "campaigns.html", context, status=status)


def _rows(work: UnitOfWork, site: Site, by: Actor) -> list[tuple[Campaign, results.Progress]]:
    found = [one for one in work.campaigns.of(by.institution) if one.institution in site.institutions]
    return [(one, results.progress(work, one)) for one in found]


async def _one(
    request: web.Request, actor: Actor, *, done: str = "", problem: str = "", status: int = 200
) -> web.Response:
    site, reader = request.app[SITE], reader_of(request)
    cut = _cut(request.query)
    try:
        found = await site.store.read(_found, site, int(request.match_info["campaign"]), cut, actor)
    except OnlyLooks:
        return await _denied(request)
    except NoSuchCampaign:
        raise Refused(404, *GONE) from None
    context = view.whole(found, site, reader)
    shared = {"done": reader.t(f"done.campaign.{done}") if done else "", "problem": problem, "place": PLACE, "cut": cut}
    return await page(request, "campaign.html", context | shared, status=status)


def _counted(work: UnitOfWork, site: Site, key: int, about: Population, by: Actor) -> planning.Count:
    campaign = planning.opened(work, key, by=by)
    if campaign.state != State.DRAFT:
        raise BadCampaign("sent")
    home, at = site.institutions[campaign.institution], site.clock()
    return planning.count(work, home, campaign, by=by, at=at, always=_always(site), about=about)


def _found(work: UnitOfWork, site: Site, key: int, cut: str, by: Actor) -> view.Found:
    campaign = planning.opened(work, key, by=by)
    home = _home(site, campaign)
    asked, at = planning.questions(work, campaign), site.clock()
    if campaign.state == State.DRAFT:
        try:
            told: planning.Count | BadCampaign = planning.count(
                work, home, campaign, by=by, at=at, always=_always(site)
            )
        except BadCampaign as error:
            told = error
        kinds = work.campaigns.kinds(home.id, view.scope_of(by))
        return view.Found(campaign, home, asked, told, planning.wrongs(work, campaign, at=at), kinds)
    _, _, answers = results.read(work, key, cut=cut, by=by)
    return view.Found(campaign, home, asked, progress=results.progress(work, campaign), results=answers, cut=cut)


def _always(site: Site) -> frozenset[str]:
    """The channels on which anybody can be written to at any time."""
    return frozenset(name for name, channel in site.channels.items() if any(_open(way) for way in channel.ways))


def _open(way: Any) -> bool:
    """Whether it carries words to anybody at any time."""
    return not way.within and not way.grant and not way.kinds
