"""The list of alerts: clocks nearly over, clocks that ran out, cases whose clocks go on; seen with one press."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from backend.services.office import alerting
from backend.web import sessions
from backend.web.desk.clocks import called
from backend.web.desk.pages import go, page, reader_of
from backend.web.desk.words import WORDS
from backend.web.keys import SITE

if TYPE_CHECKING:
    from aiohttp import web

    from backend.store.alerts import Alert
    from backend.web.desk.view import Reader
    from institutions.model import Institution

ALERTS = "/desk/alerts"
MOST_DIGITS = 18
"""Of an alert's number: what every database can compare."""


def setup(app: web.Application) -> None:
    """The page and its button."""
    app.router.add_get(ALERTS, show)
    app.router.add_post(ALERTS, see)


async def show(request: web.Request) -> web.Response:
    """What waits for this reader, newest first."""
    actor, site, reader = await sessions.require(request), request.app[SITE], reader_of(request)
    found = await site.store.read(alerting.waiting, by=actor)
    rows = [line(alert, site.institutions[alert.institution], reader) for alert in found]
    newest = found[0].id if found else 0
    return await page(request, "alerts.html", {"rows": rows, "newest": newest})


async def see(request: web.Request) -> web.Response:
    """Those that the page showed are seen: all, or one case's. What came meanwhile stays."""
    fields = await sessions.form(request)
    actor, site = await sessions.require(request), request.app[SITE]
    told = fields.get("upto", "")
    upto = int(told) if told.isascii() and told.isdecimal() and len(told) <= MOST_DIGITS else 0
    number = fields.get("number") or None
    await site.store.run(alerting.see, by=actor, at=site.clock(), number=number, upto=upto)
    return go(ALERTS)


def line(alert: Alert, institution: Institution, reader: Reader) -> dict[str, Any]:
    """One alert in words; a kind that has none is told by its name."""
    clock = alert.detail.get("clock", "")
    due = alert.detail.get("due")
    step = alert.detail.get("step", 0)
    key = f"alert.{alert.kind}" if f"alert.{alert.kind}" in WORDS else "alert.other"
    at = reader.moment(datetime.fromisoformat(due), institution).text if due else ""
    return {
        "id": alert.id,
        "number": alert.number,
        "text": reader.t(key, clock=called(institution, clock, reader), at=at, kind=alert.kind),
        "bad": alert.kind == "late",
        "step": reader.t("alert.step", n=step) if step > 1 else "",
        "at": reader.moment(alert.at, institution),
        "institution": reader.name(institution),
    }
