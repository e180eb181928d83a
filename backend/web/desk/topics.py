"""What rises: the list with places that came back, one alarm with its cases and what is said of it, and its brief."""

from __future__ import annotations

import asyncio
from itertools import groupby
from typing import TYPE_CHECKING, Any

from aiohttp import web

from backend.domain.refusals import BadField
from backend.reports import briefing, word
from backend.services.cases.casework import NotYours
from backend.services.office import alarms
from backend.services.office.alarms import BadNote, NoSuchAlarm
from backend.services.office.desk import OnlyLooks
from backend.store.cases import NoSuchCase
from backend.web import sessions
from backend.web.desk.history import actor as called_by
from backend.web.desk.pages import go, language_of, page, reader_of
from backend.web.desk.view import called, row
from backend.web.desk.wrong import REFUSED
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.domain.case import Actor
    from backend.reports.papers import Paper
    from backend.services.office.alarms import Returned, Told, Whole
    from backend.site import Site
    from backend.web.desk.view import Reader

PLACE = "/desk/topics"
SAYS = frozenset({"noted", "none"})
MOST = 50
"""Cases that are joined with one press."""
LONGEST = 32
"""Characters of a case number."""


def setup(app: web.Application) -> None:
    """The list, one alarm, its brief, its forms."""
    one = PLACE + r"/{id:\d{1,18}}"
    app.router.add_get(PLACE, show_all, name="desk-topics")
    app.router.add_get(one, show)
    app.router.add_post(one + "/say", say)
    app.router.add_post(one + "/join", join)
    app.router.add_get(one + "/brief", brief)
    app.router.add_get(one + "/brief.docx", brief_docx)


async def show_all(request: web.Request) -> web.Response:
    """Alarms, and places that came back."""
    actor, site, reader = await sessions.require(request), request.app[SITE], reader_of(request)
    try:
        found = await site.store.read(alarms.listed, by=actor, at=site.clock())
        back = await site.store.read(alarms.returned, by=actor, at=site.clock())
    except OnlyLooks:
        return await page(request, "topics.html", {"may": False, "problem": reader.t("topics.may_not")}, status=403)
    context = {
        "may": True,
        "rows": [_row(one, site, reader) for one in found],
        "back": list(_back(back, site, reader)),
        "rates": list(_rates(back, reader)),
    }
    return await page(request, "topics.html", context)


async def show(request: web.Request) -> web.Response:
    """One alarm; whoever opens it has looked at it."""
    actor, site = await sessions.require(request), request.app[SITE]
    try:
        await site.store.run(alarms.look, int(request.match_info["id"]), by=actor, at=site.clock())
    except (OnlyLooks, NoSuchAlarm):
        return await _gone(request)
    done = "topics.said" if request.query.get("done") == "said" else ""
    return await _page(request, actor, done=reader_of(request).t(done) if done else "")


async def say(request: web.Request) -> web.Response:
    """Noted, or not one matter."""
    typed = await sessions.form(request)
    actor, site, reader = await sessions.require(request), request.app[SITE], reader_of(request)
    key, what = int(request.match_info["id"]), typed.get("what", "")
    note = typed.get("note", "")
    try:
        await site.store.run(alarms.say, key, what if what in SAYS else "", note, by=actor, at=site.clock())
    except (OnlyLooks, NoSuchAlarm):
        return await _gone(request)
    except BadNote as error:
        return await _page(request, actor, problem=reader.t(f"topics.{error.key}"), typed=note, status=422)
    return go(f"{PLACE}/{key}?done=said")


async def join(request: web.Request) -> web.Response:
    """One incident: the ticked cases go with the main one, each in a unit of its own."""
    fields = await sessions.form(request)
    actor, site, reader = await sessions.require(request), request.app[SITE], reader_of(request)
    key, parent = int(request.match_info["id"]), fields.get("parent", "")[:LONGEST]
    ticked = [name.removeprefix("case-") for name in fields if name.startswith("case-")]
    children = [number for number in dict.fromkeys(ticked) if number != parent and len(number) <= LONGEST]
    try:
        found = await site.store.read(alarms.whole, key, by=actor, at=site.clock())
    except (OnlyLooks, NoSuchAlarm):
        return await _gone(request)
    if not alarms.may_say(actor):
        return await _gone(request)
    here = {case.number for case in found.cases}
    if parent not in here or not children or len(children) > MOST or not here.issuperset(children):
        return await _page(request, actor, problem=reader.t("topics.pick"), status=422)
    went, stayed = [], []
    for child in children:
        try:
            await site.store.run(alarms.join, site.institutions, parent, child, by=actor, at=site.clock())
            went.append(child)
        except (NoSuchCase, NotYours, BadField, *REFUSED):
            stayed.append(reader.t("topics.stayed.one", number=child, why=reader.t("topics.cannot")))
    if went:
        await site.store.run(alarms.say, key, alarms.ONE, "", by=actor, at=site.clock())
    comma = "、" if reader.language == "zh" else ", "
    done = reader.t("topics.went", parent=parent, numbers=comma.join(went)) if went else ""
    problem = reader.t("topics.stayed", told=comma.join(stayed)) if stayed else ""
    return await _page(request, actor, done=done, problem=problem, status=200 if went else 409)


async def brief(request: web.Request) -> web.Response:
    """The brief as a page."""
    made = await _brief(request)
    if made is None:
        return await _gone(request)
    return await page(request, "topics_brief.html", {"paper": made, "key": request.match_info["id"]})


async def brief_docx(request: web.Request) -> web.Response:
    """The same for Word."""
    made = await _brief(request)
    if made is None:
        return await _gone(request)
    headers = {
        "Content-Disposition": f'attachment; filename="brief-{request.match_info["id"]}.docx"',
        "Cache-Control": "no-store",
    }
    body = word.docx(made, at=request.app[SITE].clock())
    return web.Response(body=body, content_type=word.MEDIA_TYPE, headers=headers)


async def _brief(request: web.Request) -> Paper | None:
    actor, site = await sessions.require(request), request.app[SITE]
    try:
        found = await site.store.read(alarms.whole, int(request.match_info["id"]), by=actor, at=site.clock())
    except (OnlyLooks, NoSuchAlarm):
        return None
    alarm = found.told.alarm
    home = site.institutions[alarm.institution]
    told = briefing.Brief(
        alarm, home, found.cases, alarms.stories(found), alarms.places(found), found.told.so_far, site.clock()
    )
    return await asyncio.to_thread(briefing.paper, told, language_of(request))


async def _gone(request: web.Request) -> web.Response:
    context = {"may": False, "problem": reader_of(request).t("topics.gone")}
    return await page(request, "topics.html", context, status=404)


async def _page(
    request: web.Request, actor: Actor, *, done: str = "", problem: str = "", typed: str = "", status: int = 200
) -> web.Response:
    site, reader = request.app[SITE], reader_of(request)
    try:
        found = await site.store.read(alarms.whole, int(request.match_info["id"]), by=actor, at=site.clock())
    except (OnlyLooks, NoSuchAlarm):
        return await _gone(request)
    context = {
        "one": _row(found.told, site, reader),
        "cases": _cases(found, site, reader),
        "acts": [
            {
                "at": reader.moment(act.at, site.institutions[found.told.alarm.institution]),
                "text": f"{called_by(act.by, reader)} {reader.t(f'topics.act.{act.what}')}",
                "note": act.note,
            }
            for act in found.told.acts
        ],
        "says": alarms.may_say(actor),
        "longest": alarms.LONGEST,
        "typed": typed[: alarms.LONGEST],
        "done": done,
        "problem": problem,
    }
    return await page(request, "topic.html", context, status=status)


def _cases(found: Whole, site: Site, reader: Reader) -> list[Any]:
    """Oldest first: the first told of it is the likeliest main case."""
    home = site.institutions[found.told.alarm.institution]
    return [row(case, home, {}, reader) for case in reversed(found.cases)]


def _row(told: Told, site: Site, reader: Reader) -> dict[str, Any]:
    alarm = told.alarm
    home = site.institutions[alarm.institution]
    looked = list(dict.fromkeys(called_by(act.by, reader) for act in told.acts))
    comma = "、" if reader.language == "zh" else ", "
    on = alarm.ended_at is None
    return {
        "id": alarm.id,
        "what": called(home, alarm.category, None, reader),
        "where": briefing.place_name(alarm, reader.t("topics.whole")),
        "institution": reader.name(home),
        "since": reader.moment(alarm.since, home),
        "numbers": reader.t(
            "topics.count", hours=alarm.hours, count=alarm.count, usual=briefing.around(alarm.expected)
        ),
        "so_far": reader.t("topics.so_far" if on else "topics.in_all", n=told.so_far),
        "on": on,
        "state": reader.t("topics.on")
        if alarm.ended_at is None
        else reader.t("topics.ended", at=reader.moment(alarm.ended_at, home).text),
        "verdict": reader.t(f"topics.verdict.{alarm.verdict}") if alarm.verdict else "",
        "looked": reader.t("topics.looked", names=comma.join(looked)) if looked else reader.t("topics.unlooked"),
    }


def _back(back: Returned, site: Site, reader: Reader) -> Iterator[dict[str, Any]]:
    """A case that came to the place of closed ones: what and where it is, and all those that were closed."""
    for number, rows in groupby(back.rows, key=lambda one: one.number):
        case = back.cases[number]
        yield {
            "number": number,
            "what": called(site.institutions[case.institution], case.category_id, case.matter_id, reader),
            "where": alarms.place(case),
            "before": [
                {
                    "number": one.before,
                    "how": reader.t("topics.address")
                    if one.metres is None
                    else reader.t("topics.metres", n=one.metres),
                }
                for one in rows
            ],
        }


def _rates(back: Returned, reader: Reader) -> Any:
    for district, came, filed in back.rates:
        if came:
            share = reader.t("topics.share", share=f"{came / filed:.0%}", back=came, all=filed)
            yield {"district": district or reader.t("topics.nowhere"), "share": share}
