"""The reports that managers answer for: which there are, one of them as a page, and as a file for Word or a spreadsheet."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from aiohttp import web

from backend.domain import periods, rights
from backend.reporting.letter import EVERY, PLACE
from backend.reporting.making import Cancelled
from backend.reporting.table import PERIODS, ROWS, TABLE
from backend.reports import as_paper, as_sheets, as_text, word
from backend.services.office import letters, reporting
from backend.totalling import catch_up
from backend.web import sessions
from backend.web.desk import homes, reports_wished
from backend.web.desk import reports_made as made
from backend.web.desk.pages import go, language_of, page, reader_of
from backend.web.desk.reports_asked import after, kind_of, path, wanted
from backend.web.desk.reports_view import shown
from backend.web.desk.words import WORDS
from backend.web.errors import Refused
from backend.web.keys import SITE

if TYPE_CHECKING:
    from datetime import date, datetime

    from backend.domain.case import Actor
    from backend.reporting.table import Kind
    from backend.reports.written import Written
    from backend.store.letters import Letter
    from backend.store.wishes import Ready, Wish
    from backend.store.work import UnitOfWork
    from backend.web.desk.reports_asked import Wanted

STEPS = 3
"""Stretches of new events counted in before a report is begun; a job counts the others."""
DONE = frozenset({"kept", "stopped", "again"})
LONG_WAIT = 60.0
"""Seconds that a file waits for its report, which its page has made already."""
FORMS = {
    "docx": word.MEDIA_TYPE,
    "xlsx": as_sheets.MEDIA_TYPE,
    "json": "application/json",
    "md": "text/markdown",
}


def setup(app: web.Application) -> None:
    """The list, each report, its files, and the way to stop one."""
    made.setup(app)
    app.router.add_get(PLACE, choose, name="desk-reports")
    app.router.add_get(f"{PLACE}/{{key}}", show, name="desk-report")
    app.router.add_get(f"{PLACE}/{{key}}/file.{{form}}", send, name="desk-report-file")
    app.router.add_post(f"{PLACE}/{{key}}/stop", stop, name="desk-report-stop")
    reports_wished.setup(app)


async def choose(request: web.Request) -> web.Response:
    """Which reports there are."""
    actor, reader = await sessions.require(request), reader_of(request)
    if not rights.may(actor, "export"):
        return await page(request, "reports.html", {"may": False, "problem": reader.t("wrong.numbers")}, status=403)
    served = homes.served(request.app[SITE], actor)
    home = served[0] if len(served) == 1 else None
    today = request.app[SITE].clock().astimezone(ZoneInfo(served[0].timezone)).date()
    language = language_of(request)
    rows = [
        {
            "key": row.key,
            "title": row.title.of(language),
            "about": row.about.of(language),
            "now": path(row, home, periods.holding(row.period, today)),
            "before": path(row, home, periods.holding(row.period, today).before()),
            "now_label": reader.t(f"reports.now.{row.period}"),
            "before_label": reader.t(f"reports.before.{row.period}"),
            "periodic": row.key in PERIODS,
        }
        for row in ROWS
    ]
    wishes, ready, last = await request.app[SITE].store.read(_mine, actor)
    kept = [one for one in wishes if one.report in TABLE]
    done = request.query.get("done", "")
    context = {
        "may": True,
        "rows": rows,
        "wishes": [reports_wished.wish(one, last.get((one.report, one.institution)), served, reader) for one in kept],
        "ready": [reports_wished.ready(one, served, reader) for one in ready if one.report in TABLE],
        "done": reader.t(f"reports.{done}") if done in DONE else "",
    }
    return await page(request, "reports.html", context)


async def show(request: web.Request) -> web.Response:
    """One report; how far it is, where making it takes longer."""
    actor, reader, kind = await sessions.require(request), reader_of(request), kind_of(request)
    if not rights.may(actor, "export"):
        return await page(request, "report.html", {"may": False, "problem": reader.t("wrong.numbers")}, status=403)
    problem = ""
    try:
        asks = wanted(request, actor, kind)
    except periods.BadPeriod as bad:
        problem = str(bad) if reader.language == "en" else bad.zh
        asks = wanted(request, actor, kind, given=False)
    context = _context(request, asks) | {"problem": problem}
    site, status = request.app[SITE], 422 if problem else 200
    if request.query.get("new"):
        home = asks.asked.home or ""
        await site.store.run(_see, actor.name, kind.key, home, asks.asked.whole.first, at=site.clock())
    await catch_up(site, most=STEPS)
    try:
        found = await request.app[made.MADE].get(site, kind, asks.asked, by=actor.name)
    except Cancelled:
        return go(f"{PLACE}?done=stopped")
    except made.Enough as enough:
        raise Refused(429, *(words.format(n=made.EACH) for words in WORDS["reports.enough"])) from enough
    if isinstance(found, made.Job):
        context |= {"doing": found.doing.of(reader.language) if found.doing else "", "job": found}
        return await page(request, "report_wait.html", context, status=status)
    wishes, _ = await site.store.read(reporting.mine, by=actor)
    context |= reports_wished.ways(site, asks.home, wishes, kind.key, reader)
    return await page(request, "report.html", context | shown(found, reader), status=status)


async def send(request: web.Request) -> web.Response:
    """The same as a file."""
    actor, kind = await sessions.require(request), kind_of(request)
    form = request.match_info["form"]
    if not rights.may(actor, "export"):
        raise Refused(403, *WORDS["wrong.numbers"])
    if form not in FORMS:
        raise Refused(404, *(words.format(forms=", ".join(FORMS)) for words in WORDS["reports.noform"]))
    asks = _refusing(request, actor, kind)
    await catch_up(request.app[SITE], most=STEPS)
    try:
        found = await request.app[made.MADE].get(request.app[SITE], kind, asks.asked, by=actor.name, patience=LONG_WAIT)
    except Cancelled:
        return go(f"{PLACE}?done=stopped")
    except made.Enough as enough:
        raise Refused(429, *(words.format(n=made.EACH) for words in WORDS["reports.enough"])) from enough
    if isinstance(found, made.Job):
        return go(asks.path())
    name = f"{kind.key}-{asks.home.id if asks.home else EVERY}-{found.period.first}-{found.period.last}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    body = await _rendered(request, found, form)
    charset = "utf-8" if form in {"json", "md"} else None
    return web.Response(body=body, content_type=FORMS[form], charset=charset, headers=headers)


async def stop(request: web.Request) -> web.Response:
    """Whoever has begun it wants it no more."""
    await sessions.form(request)
    actor, kind = await sessions.require(request), kind_of(request)
    if not rights.may(actor, "export"):
        raise Refused(403, *WORDS["wrong.numbers"])
    request.app[made.MADE].stop(kind, _refusing(request, actor, kind).asked, by=actor.name)
    return go(f"{PLACE}?done=stopped")


def _refusing(request: web.Request, actor: Actor, kind: Kind) -> Wanted:
    """What the address says. Raises: Refused."""
    try:
        return wanted(request, actor, kind)
    except periods.BadPeriod as bad:
        raise Refused(422, bad.zh, str(bad)) from bad


async def _rendered(request: web.Request, found: Written, form: str) -> bytes:
    """Off the loop: a long list takes seconds."""
    site, language = request.app[SITE], language_of(request)
    match form:
        case "docx":
            return await asyncio.to_thread(as_paper.docx, found, language, at=site.clock())
        case "xlsx":
            return await asyncio.to_thread(as_sheets.xlsx, found, language)
        case "json":
            return as_text.as_json(found).encode("utf-8", "replace")
    return as_text.markdown(found, language).encode("utf-8", "replace")


def _context(request: web.Request, asks: Wanted) -> dict[str, Any]:
    """What the form above a report shows."""
    language, whole, today = language_of(request), asks.asked.whole, asks.asked.today
    allowed = (asks.kind.period, periods.CUSTOM) if asks.kind.key in PERIODS else tuple(periods.KINDS)
    if whole.kind not in allowed:
        allowed = (*allowed, whole.kind)
    following = after(whole)
    return {
        "may": True,
        "key": asks.kind.key,
        "title": asks.kind.title.of(language),
        "about": asks.kind.about.of(language),
        "minutes": asks.asked.minutes if asks.kind.minutes else None,
        "query": asks.query,
        "served": asks.served,
        "home": asks.home,
        "today": today,
        "called": reader_of(request).name,
        "kinds": [(key, periods.KINDS[key][language == "en"]) for key in periods.KINDS if key in allowed],
        "previous": path(asks.kind, asks.home, whole.before()),
        "next": path(asks.kind, asks.home, following) if following.first <= today else "",
        "files": [(form, asks.path(f"/file.{form}")) for form in FORMS],
        "again": asks.path(),
        "stop": asks.path("/stop"),
    }


def _mine(work: UnitOfWork, by: Actor) -> tuple[list[Wish], list[Ready], dict[tuple[str, str], Letter]]:
    return *reporting.mine(work, by=by), letters.last(work, by=by)


def _see(work: UnitOfWork, user: str, report: str, institution: str, first: date, *, at: datetime) -> None:
    work.wishes.see(user, report, institution, first, at=at)
