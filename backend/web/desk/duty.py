"""The duty roster, a month on a page, and who is away until when with whom in their place."""

from __future__ import annotations

import calendar
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.domain import rights
from backend.services.office import absence, duty
from backend.services.office.desk import OnlyLooks
from backend.store.accounts import NoSuchUser
from backend.web import sessions
from backend.web.desk.pages import go, page, reader_of
from backend.web.keys import SITE

if TYPE_CHECKING:
    from aiohttp import web

    from backend.domain.case import Actor
    from backend.site import Site
    from backend.store.accounts import Officer
    from backend.store.work import UnitOfWork
    from backend.web.desk.view import Reader
    from institutions.model import Institution

DUTY = "/desk/duty"
DONE = frozenset({"duty", "away"})
YEARS = range(2000, 2200)


def setup(app: web.Application) -> None:
    """The page and its forms."""
    app.router.add_get(DUTY, show)
    app.router.add_post(DUTY, put)
    app.router.add_post(f"{DUTY}/remove", remove)
    app.router.add_post(f"{DUTY}/away", away)
    app.router.add_post(f"{DUTY}/back", back)


async def show(request: web.Request) -> web.Response:
    """The month."""
    return await _shown(request, await sessions.require(request))


async def put(request: web.Request) -> web.Response:
    """Somebody is on duty on a day."""
    typed = await sessions.form(request)
    actor, site, home = await sessions.require(request), request.app[SITE], await _home(request)
    reader, name = reader_of(request), typed.get("user", "")
    day = _day(typed.get("day", ""))
    if day is None:
        return await _shown(request, actor, problem=reader.t("wrong.duty.day"), status=422)
    try:
        await site.store.run(duty.put, home.id, day, name, typed.get("note", ""), by=actor)
    except OnlyLooks:
        return await _shown(request, actor, problem=reader.t("wrong.looks"), status=403)
    except NoSuchUser:
        return await _shown(request, actor, problem=reader.t("wrong.duty.user", name=name[:40]), status=422)
    return go(f"{DUTY}?institution={home.id}&month={day:%Y-%m}&done=duty")


async def remove(request: web.Request) -> web.Response:
    """They are not."""
    typed = await sessions.form(request)
    actor, site, home = await sessions.require(request), request.app[SITE], await _home(request)
    day = _day(typed.get("day", ""))
    if day is None:
        return await _shown(request, actor, problem=reader_of(request).t("wrong.duty.day"), status=422)
    try:
        await site.store.run(duty.remove, home.id, day, typed.get("user", ""), by=actor)
    except OnlyLooks:
        return await _shown(request, actor, problem=reader_of(request).t("wrong.looks"), status=403)
    return go(f"{DUTY}?institution={home.id}&month={day:%Y-%m}&done=duty")


async def away(request: web.Request) -> web.Response:
    """Somebody is away to the end of a day."""
    typed = await sessions.form(request)
    actor, site, home = await sessions.require(request), request.app[SITE], await _home(request)
    reader, deputy = reader_of(request), typed.get("deputy", "")
    day = _day(typed.get("until", ""))
    if day is None:
        return await _shown(request, actor, problem=reader.t("wrong.duty.day"), status=422)
    until = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(home.timezone))
    name = typed.get("user") or actor.name
    try:
        await site.store.run(absence.away, name, until=until, deputy=deputy or None, by=actor, at=site.clock())
    except OnlyLooks:
        return await _shown(request, actor, problem=reader.t("wrong.away.whose"), status=403)
    except (absence.NoDeputy, NoSuchUser) as error:
        return await _shown(request, actor, problem=reader.t("wrong.away.deputy", name=error.name[:40]), status=422)
    except absence.Over:
        return await _shown(request, actor, problem=reader.t("wrong.away.past"), status=422)
    return go(f"{DUTY}?institution={home.id}&done=away")


async def back(request: web.Request) -> web.Response:
    """They are back."""
    typed = await sessions.form(request)
    actor, site, home = await sessions.require(request), request.app[SITE], await _home(request)
    try:
        await site.store.run(absence.back, typed.get("user", ""), by=actor, at=site.clock())
    except (OnlyLooks, NoSuchUser):
        return await _shown(request, actor, problem=reader_of(request).t("wrong.away.whose"), status=403)
    return go(f"{DUTY}?institution={home.id}&done=away")


async def _shown(request: web.Request, actor: Actor, *, problem: str = "", status: int = 200) -> web.Response:
    site, reader, home = request.app[SITE], reader_of(request), await _home(request)
    today = site.clock().astimezone(ZoneInfo(home.timezone)).date()
    first = _month(request.query.get("month", "")) or today.replace(day=1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    turns = await site.store.read(duty.turns, home.id, first, last, by=actor)
    gone, names = await site.store.read(_people, home, by=actor, at=site.clock())
    done = request.query.get("done", "") if request.method == "GET" else ""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return await page(
        request,
        "duty.html",
        {
            "institution": home,
            "institutions": _served(site, actor),
            "called": reader.name,
            "keeps": rights.may(actor, "roster"),
            "works": rights.may(actor, "note"),
            "title": reader.t("duty.month", year=first.year, month=first.month),
            "month": f"{first:%Y-%m}",
            "before": f"{first - timedelta(days=1):%Y-%m}",
            "after": f"{last + timedelta(days=1):%Y-%m}",
            "today": today,
            "days": [(day, [turn for turn in turns if turn.day == day]) for day in days],
            "names": names,
            "gone": [_gone(one, home, reader, actor) for one in gone],
            "problem": problem,
            "done": reader.t(f"done.{done}") if done in DONE else "",
        },
        status=status,
    )


def _people(work: UnitOfWork, home: Institution, *, by: Actor, at: datetime) -> tuple[list[Officer], list[str]]:
    return absence.absent(work, by=by, at=at), absence.colleagues(work, home.id)


def _gone(one: Officer, home: Institution, reader: Reader, actor: Actor) -> dict[str, Any]:
    until = (one.away_until or reader.now) - timedelta(minutes=1)  # its end is the next day's beginning
    key = "away.is" if one.deputy else "away.is.alone"
    words = reader.t(key, name=one.name, until=reader.moment(until, home).text, deputy=one.deputy or "")
    return {"name": one.name, "words": words, "mine": one.name == actor.name or rights.may(actor, "roster")}


async def _home(request: web.Request) -> Institution:
    """The institution that the address asks for, as far as this actor works for it; else the first of theirs."""
    site, actor = request.app[SITE], await sessions.require(request)
    served = _served(site, actor)
    asked = request.query.get("institution", "")
    return next((each for each in served if each.id == asked), served[0])


def _served(site: Site, actor: Actor) -> list[Institution]:
    homes = sorted(set(site.homes.values())) if actor.institution is None else [actor.institution]
    served = [site.institutions[key] for key in homes if key in site.institutions]
    return served or [site.institutions[site.settings.institution]]


def _day(told: str) -> date | None:
    try:
        day = date.fromisoformat(told)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def _month(told: str) -> date | None:
    return _day(f"{told}-01")
