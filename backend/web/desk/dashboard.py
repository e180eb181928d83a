"""The managers' page of numbers: what came, stands open and is late, how well it went, the trend, hot topics; and as CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from aiohttp import web

from backend.domain import periods, rights, scope
from backend.reports import dashboard, funnel
from backend.services.cases import totals
from backend.store import reporting
from backend.totalling import catch_up
from backend.web import sessions
from backend.web.desk import dashboard_view as view
from backend.web.desk import homes
from backend.web.desk.dashboard_hot import HOT
from backend.web.desk.dashboard_hot import setup as setup_hot
from backend.web.desk.pages import language_of, page, reader_of
from backend.web.desk.words import WORDS
from backend.web.errors import Refused
from backend.web.keys import SITE

if TYPE_CHECKING:
    from datetime import date

    from backend.domain.case import Actor
    from backend.domain.periods import Period
    from backend.reports.dashboard import Figures
    from backend.site import Site
    from backend.web.desk.view import Reader
    from institutions.model import Institution

PLACE = "/desk/numbers"
EVERY = "all"
STEPS = 3
"""Stretches of new events counted in before the page is shown; a job counts the others."""
FUNNEL_DAYS = 30
CELLS = ("category", "department", "district", "rates", "trend")
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""How a cell must not begin, or a spreadsheet takes it for a formula."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page is to show. ``home`` None: all institutions."""

    served: tuple[Institution, ...]
    home: Institution | None
    period: Period
    today: date

    def query(self, **changes: str) -> dict[str, str]:
        """As the address tells it."""
        told = {"institution": self.home.id if self.home else EVERY, "period": self.period.kind}
        told |= {"on": self.period.first.isoformat()}
        if self.period.kind == periods.CUSTOM:
            told |= {"to": self.period.last.isoformat()}
        return told | changes


def setup(app: web.Application) -> None:
    """The page, and its tables as files."""
    setup_hot(app)
    app.router.add_get(PLACE, show, name="desk-numbers")
    app.router.add_get(PLACE + "/table.csv", export, name="desk-numbers-csv")


async def show(request: web.Request) -> web.Response:
    """The numbers of one institution, or of all that the reader may see."""
    actor = await sessions.require(request)
    site, reader = request.app[SITE], reader_of(request)
    if not rights.may(actor, "export"):
        return await page(request, "dashboard.html", {"may": False, "problem": reader.t("wrong.numbers")}, status=403)
    problem = ""
    try:
        asked = _asked(request, actor)
    except periods.BadPeriod as bad:
        problem = str(bad) if reader.language == "en" else bad.zh
        asked = _asked(request, actor, given=False)
    await catch_up(site, most=STEPS)
    found = await _figures(site, actor, asked)
    home = asked.home.id if asked.home else None
    context = view.context(found, asked, reader) | {
        "may": True,
        "problem": problem,
        "behind": await site.store.read(totals.behind),
        "sealed": scope.of(actor).named is not None,
        "hot": view.hot(request.app[HOT].newest(site, scope.of(actor), home), reader),
        "funnel": await _funnel(request, asked, reader) if rights.may(actor, "teach") else None,
    }
    return await page(request, "dashboard.html", context, status=422 if problem else 200)


async def export(request: web.Request) -> web.Response:
    """One table of the page as CSV."""
    actor = await sessions.require(request)
    site, reader = request.app[SITE], reader_of(request)
    if not rights.may(actor, "export"):
        raise Refused(403, *WORDS["wrong.numbers"])
    wanted = request.query.get("table", "")
    if wanted not in CELLS:
        raise Refused(422, *(words.format(tables=", ".join(CELLS)) for words in WORDS["numbers.notable"]))
    try:
        asked = _asked(request, actor)
    except periods.BadPeriod as bad:
        raise Refused(422, bad.zh, str(bad)) from bad
    sheet = io.StringIO()
    rows = view.sheet(wanted, await _figures(site, actor, asked), reader)
    csv.writer(sheet).writerows([_cell(cell) for cell in row] for row in rows)
    name = f"{wanted}-{asked.period.first}-{min(asked.period.last, asked.today)}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    body = b"\xef\xbb\xbf" + sheet.getvalue().encode("utf-8", "replace")  # a spreadsheet takes it for UTF-8 then
    return web.Response(body=body, content_type="text/csv", charset="utf-8", headers=headers)


def _asked(request: web.Request, actor: Actor, *, given: bool = True) -> Asked:
    """What the address says, or, not *given*, this month. Raises: BadPeriod."""
    site, query = request.app[SITE], request.query
    served = homes.served(site, actor)
    wanted = query.get("institution", EVERY)
    home = next((one for one in served if one.id == wanted), served[0] if len(served) == 1 else None)
    today = site.clock().astimezone(ZoneInfo((home or served[0]).timezone)).date()
    if not given:
        return Asked(served, home, periods.holding("month", today), today)
    kind = query.get("period", "month")
    first = periods.read(query["on"]) if query.get("on") else today
    last = periods.read(query["to"]) if query.get("to") and kind == periods.CUSTOM else None
    return Asked(served, home, periods.chosen(kind, first, last, today=today), today)


async def _figures(site: Site, actor: Actor, asked: Asked) -> Figures:
    return await site.store.read(
        dashboard.figures,
        site.institutions,
        scope=scope.of(actor),
        period=asked.period,
        today=asked.today,
        at=site.clock(),
        home=asked.home.id if asked.home else None,
    )


async def _funnel(request: web.Request, asked: Asked, reader: Reader) -> dict[str, str] | None:
    """Where most citizens stop, in a sentence; the page of that tells more."""
    last = asked.today
    query = funnel.funnel(last - (FUNNEL_DAYS - 1) * periods.A_DAY, last)
    pace = funnel.pace(last - (FUNNEL_DAYS - 1) * periods.A_DAY, last)
    home = asked.home.id if asked.home else None
    read = request.app[SITE].store.read
    counts = [
        [
            (row[funnel.STEP], row[funnel.WHAT], int(row[funnel.COUNT]))
            for row in await read(reporting.rows, one, institution=home)
        ]
        for one in (query, pace)
    ]
    filed = funnel.pace_of(counts[1]).filed
    stops = [step for step in funnel.steps_of(counts[0]) if step.gone]
    worst = max(stops, key=lambda step: step.gone, default=None)
    if worst is None:
        return {"text": reader.t("numbers.funnel.filed", filed=filed), "home": home or ""} if filed else None
    step = funnel.called(worst.step, language_of(request))
    return {
        "text": reader.t("numbers.funnel.short", filed=filed, step=step, share=f"{worst.share:.0%}"),
        "home": home or "",
    }


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value
