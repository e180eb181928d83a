"""The reports that managers answer for: which there are, one of them as a page, and as a file for Word or a spreadsheet."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from aiohttp import web

from backend.domain import periods, rights, scope
from backend.reporting.making import Cancelled
from backend.reporting.table import PERIODS, ROWS, TABLE
from backend.reports import as_paper, as_sheets, as_text, spans, word
from backend.reports.figures import Asked
from backend.services.office import reporting
from backend.totalling import catch_up
from backend.web import sessions
from backend.web.desk import homes
from backend.web.desk import reports_made as made
from backend.web.desk.pages import go, language_of, page, reader_of
from backend.web.desk.reports_view import shown
from backend.web.desk.words import WORDS
from backend.web.errors import Refused
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from backend.domain.case import Actor
    from backend.domain.periods import Period
    from backend.reporting.table import Kind
    from backend.reports.written import Written
    from backend.store.wishes import Ready, Wish
    from backend.store.work import UnitOfWork
    from backend.web.desk.view import Reader
    from institutions.model import Institution

PLACE = "/desk/reports"
EVERY = "all"
STEPS = 3
"""Stretches of new events counted in before a report is begun; a job counts the others."""
MINUTES, MOST_MINUTES, DIGITS = 15, 240, 3
LONG_WAIT = 60.0
"""Seconds that a file waits for its report, which its page has made already."""
FORMS = {
    "docx": word.MEDIA_TYPE,
    "xlsx": as_sheets.MEDIA_TYPE,
    "json": "application/json",
    "md": "text/markdown",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for."""

    kind: Kind
    served: tuple[Institution, ...]
    home: Institution | None
    asked: Asked

    @property
    def query(self) -> dict[str, str]:
        """As the address tells it."""
        told = {"institution": self.home.id if self.home else EVERY, "period": self.asked.whole.kind}
        told |= {"on": self.asked.whole.first.isoformat()}
        if self.asked.whole.kind == periods.CUSTOM:
            told |= {"to": self.asked.whole.last.isoformat()}
        return told | ({"minutes": str(self.asked.minutes)} if self.kind.minutes else {})

    def path(self, end: str = "", **more: str) -> str:
        """The page like this, or what lies under it."""
        return f"{PLACE}/{self.kind.key}{end}?{urlencode(self.query | more)}"


def setup(app: web.Application) -> None:
    """The list, each report, its files, and the way to stop one."""
    made.setup(app)
    app.router.add_get(PLACE, choose, name="desk-reports")
    app.router.add_get(f"{PLACE}/{{key}}", show, name="desk-report")
    app.router.add_get(f"{PLACE}/{{key}}/file.{{form}}", send, name="desk-report-file")
    app.router.add_post(f"{PLACE}/{{key}}/stop", stop, name="desk-report-stop")
    app.router.add_post(f"{PLACE}/{{key}}/want", want, name="desk-report-want")


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
            "now": _path(row, home, periods.holding(row.period, today)),
            "before": _path(row, home, periods.holding(row.period, today).before()),
            "now_label": reader.t(f"reports.now.{row.period}"),
            "before_label": reader.t(f"reports.before.{row.period}"),
            "periodic": row.key in PERIODS,
        }
        for row in ROWS
    ]
    wishes, ready = await request.app[SITE].store.read(reporting.mine, by=actor)
    context = {
        "may": True,
        "rows": rows,
        "wishes": [_wish(one, served, reader) for one in wishes if one.report in TABLE],
        "ready": [_ready(one, served, reader) for one in ready if one.report in TABLE],
        "done": reader.t("reports.kept") if request.query.get("done") == "kept" else "",
    }
    return await page(request, "reports.html", context)


async def want(request: web.Request) -> web.Response:
    """This report of each period from now on, or no more."""
    typed = await sessions.form(request)
    actor, kind, site = await sessions.require(request), _kind(request), request.app[SITE]
    home = typed.get("institution", "")
    if home and home not in {one.id for one in homes.served(site, actor)}:
        raise Refused(422, *WORDS["reports.nohome"])
    try:
        if typed.get("no"):
            await site.store.run(reporting.stop, kind.key, home, by=actor)
        else:
            await site.store.run(reporting.want, kind.key, home, by=actor, at=site.clock())
    except reporting.NotAllowed as error:
        raise Refused(403, *WORDS["wrong.numbers"]) from error
    except reporting.TooMany as error:
        raise Refused(409, *(words.format(n=reporting.MOST) for words in WORDS["reports.toomany"])) from error
    return go(f"{PLACE}?done=kept")


async def show(request: web.Request) -> web.Response:
    """One report; how far it is, where making it takes longer."""
    actor, reader, kind = await sessions.require(request), reader_of(request), _kind(request)
    if not rights.may(actor, "export"):
        return await page(request, "report.html", {"may": False, "problem": reader.t("wrong.numbers")}, status=403)
    problem = ""
    try:
        wanted = _wanted(request, actor, kind)
    except periods.BadPeriod as bad:
        problem = str(bad) if reader.language == "en" else bad.zh
        wanted = _wanted(request, actor, kind, given=False)
    context = _context(request, wanted) | {"problem": problem}
    site = request.app[SITE]
    if request.query.get("new"):
        home = wanted.asked.home or ""
        await site.store.run(_see, actor.name, kind.key, home, wanted.asked.whole.first, at=site.clock())
    await catch_up(site, most=STEPS)
    try:
        found = await request.app[made.MADE].get(site, kind, wanted.asked)
    except Cancelled:
        return go(PLACE)
    if isinstance(found, made.Job):
        context |= {"doing": found.doing.of(reader.language) if found.doing else "", "job": found}
        return await page(request, "report_wait.html", context, status=422 if problem else 200)
    return await page(request, "report.html", context | shown(found, reader), status=422 if problem else 200)


async def send(request: web.Request) -> web.Response:
    """The same as a file."""
    actor, kind = await sessions.require(request), _kind(request)
    form = request.match_info["form"]
    if not rights.may(actor, "export"):
        raise Refused(403, *WORDS["wrong.numbers"])
    if form not in FORMS:
        raise Refused(404, *(words.format(forms=", ".join(FORMS)) for words in WORDS["reports.noform"]))
    try:
        wanted = _wanted(request, actor, kind)
    except periods.BadPeriod as bad:
        raise Refused(422, bad.zh, str(bad)) from bad
    await catch_up(request.app[SITE], most=STEPS)
    try:
        found = await request.app[made.MADE].get(request.app[SITE], kind, wanted.asked, patience=LONG_WAIT)
    except Cancelled:
        return go(PLACE)
    if isinstance(found, made.Job):
        return go(wanted.path())
    name = f"{kind.key}-{wanted.home.id if wanted.home else EVERY}-{found.period.first}-{found.period.last}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    body = await _rendered(request, found, form)
    charset = "utf-8" if form in {"json", "md"} else None
    return web.Response(body=body, content_type=FORMS[form], charset=charset, headers=headers)


async def stop(request: web.Request) -> web.Response:
    """Whoever has begun it wants it no more."""
    await sessions.form(request)
    actor, kind = await sessions.require(request), _kind(request)
    if rights.may(actor, "export"):
        try:
            request.app[made.MADE].stop(kind, _wanted(request, actor, kind).asked)
        except periods.BadPeriod:
            return go(PLACE)
    return go(PLACE)


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


def _kind(request: web.Request) -> Kind:
    """Raises: Refused: there is no such report."""
    kind = TABLE.get(request.match_info["key"])
    if kind is None:
        raise Refused(404, *WORDS["reports.none"])
    return kind


def _wanted(request: web.Request, actor: Actor, kind: Kind, *, given: bool = True) -> Wanted:
    """What the address says, or, not *given*, the period that runs now. Raises: BadPeriod."""
    site, query = request.app[SITE], request.query
    served = homes.served(site, actor)
    home = next((one for one in served if one.id == query.get("institution", EVERY)), None)
    home = home or (served[0] if len(served) == 1 else None)
    zone = ZoneInfo((home or served[0]).timezone)
    today = site.clock().astimezone(zone).date()
    whole = periods.holding(kind.period, today)
    if given:
        chosen = query.get("period", kind.period)
        first = periods.read(query["on"]) if query.get("on") else today
        last = periods.read(query["to"]) if query.get("to") and chosen == periods.CUSTOM else None
        whole = periods.chosen(chosen, first, last, today=today)
    asked = Asked(
        site.institutions, scope.of(actor), home.id if home else None, whole, site.clock(), zone, _minutes(query)
    )
    return Wanted(kind, served, home, asked)


def _minutes(query: Mapping[str, str]) -> int:
    told = query.get("minutes", "")
    return (
        min(MOST_MINUTES, max(1, int(told))) if told.isascii() and told.isdigit() and len(told) <= DIGITS else MINUTES
    )


def _context(request: web.Request, wanted: Wanted) -> dict[str, Any]:
    """What the form above a report shows."""
    language, whole, today = language_of(request), wanted.asked.whole, wanted.asked.today
    allowed = (wanted.kind.period, periods.CUSTOM) if wanted.kind.key in PERIODS else tuple(periods.KINDS)
    if whole.kind not in allowed:
        allowed = (*allowed, whole.kind)
    after = _after(whole)
    return {
        "may": True,
        "key": wanted.kind.key,
        "title": wanted.kind.title.of(language),
        "about": wanted.kind.about.of(language),
        "minutes": wanted.asked.minutes if wanted.kind.minutes else None,
        "query": wanted.query,
        "served": wanted.served,
        "home": wanted.home,
        "today": today,
        "called": reader_of(request).name,
        "kinds": [(key, periods.KINDS[key][language == "en"]) for key in periods.KINDS if key in allowed],
        "previous": _path(wanted.kind, wanted.home, whole.before()),
        "next": _path(wanted.kind, wanted.home, after) if after.first <= today else "",
        "files": [(form, wanted.path(f"/file.{form}")) for form in FORMS],
        "again": wanted.path(),
        "stop": wanted.path("/stop"),
    }


def _path(kind: Kind, home: Institution | None, period: Period) -> str:
    told = {"institution": home.id if home else EVERY, "period": period.kind, "on": period.first.isoformat()}
    if period.kind == periods.CUSTOM:
        told["to"] = period.last.isoformat()
    return f"{PLACE}/{kind.key}?{urlencode(told)}"


def _after(period: Period) -> Period:
    """The one that follows."""
    if period.kind != periods.CUSTOM:
        return periods.holding(period.kind, period.last + periods.A_DAY)
    return periods.Period(period.last + periods.A_DAY, period.last + period.days * periods.A_DAY)


def _wish(one: Wish, served: tuple[Institution, ...], reader: Reader) -> dict[str, Any]:
    """A report that somebody wants of each period."""
    return {
        "key": one.report,
        "institution": one.institution,
        "title": _title(one.report, one.institution, served, reader),
    }


def _ready(one: Ready, served: tuple[Institution, ...], reader: Reader) -> dict[str, Any]:
    """One that is ready."""
    kind = TABLE[one.report]
    home = next((each for each in served if each.id == one.institution), None)
    period = periods.holding(kind.period, one.first)
    return {
        "path": _path(kind, home, period) + "&new=1",
        "title": _title(one.report, one.institution, served, reader),
        "span": spans.called(period).of(reader.language),
        "seen": one.seen_at is not None,
    }


def _title(report: str, institution: str, served: tuple[Institution, ...], reader: Reader) -> str:
    home = next((each for each in served if each.id == institution), None)
    whose = reader.name(home) if home else institution or reader.t("reports.every")
    return f"{TABLE[report].title.of(reader.language)} · {whose}"


def _see(work: UnitOfWork, user: str, report: str, institution: str, first: date, *, at: datetime) -> None:
    work.wishes.see(user, report, institution, first, at=at)
