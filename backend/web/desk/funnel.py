"""Where citizens stop: each question with what became of it, and how long a case took to file, for managers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.reports import funnel as counted
from backend.services.office.learning import TEACHERS
from backend.store import reporting
from backend.web import sessions
from backend.web.desk.pages import language_of, page, reader_of
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aiohttp import web

    from backend.domain.case import Actor
    from backend.reports.funnel import Step
    from backend.site import Site
    from backend.web.desk.view import Reader
    from institutions.model import Institution

PLACE = "/desk/funnel"
DAYS = (7, 30, 90)
"""Stretches to choose from, today included."""
HALF, MOST = 0.5, 0.9
UNITS = (("day", 86_400), ("hours", 3600), ("minutes", 60), ("seconds", 1))
WHOLE = 2
"""So many of a unit at least, or an exact one, before it is told in it: 90 s are not one minute."""


def setup(app: web.Application) -> None:
    """One page."""
    app.router.add_get(PLACE, show, name="desk-funnel")


async def show(request: web.Request) -> web.Response:
    """The counts of one institution, of all its channels together."""
    actor = await sessions.require(request)
    site, reader = request.app[SITE], reader_of(request)
    if not actor.roles & TEACHERS:
        context = {"may": False, "problem": reader.t("wrong.watcher")}
        return await page(request, "funnel.html", context, status=403)
    served = _served(site, actor)
    chosen = next((one for one in served if one.id == request.query.get("institution", "")), served[0])
    days = next((n for n in DAYS if str(n) == request.query.get("days")), DAYS[1])
    rows = await _rows(site, chosen, days)
    steps, pace = counted.steps_of(rows), counted.pace_of(rows)
    context = {
        "may": True,
        "institutions": served,
        "chosen": chosen,
        "called": reader.name,
        "days": days,
        "stretches": DAYS,
        "filed": pace.filed,
        "joined": pace.joined,
        "urgent": pace.urgent,
        "turns": _halves(reader, [pace.turns_within(part) for part in (HALF, MOST)], "turns") if pace.timed else "",
        "time": _halves(reader, [pace.seconds_within(part) for part in (HALF, MOST)], "") if pace.timed else "",
        "steps": list(_shown(steps, reader, language_of(request))),
    }
    return await page(request, "funnel.html", context)


async def _rows(site: Site, institution: Institution, days: int) -> list[tuple[str, str, int]]:
    last = site.clock().astimezone(ZoneInfo(institution.timezone)).date()
    first = last - timedelta(days=days - 1)
    rows: list[tuple[str, str, int]] = []
    for query in (counted.funnel, counted.pace):
        found = await site.store.read(reporting.rows, query(first, last), institution=institution.id)
        rows += [(row[counted.STEP], row[counted.WHAT], int(row[counted.COUNT])) for row in found]
    return rows


def _served(site: Site, actor: Actor) -> tuple[Institution, ...]:
    """The institutions that may have cases and that this actor may see."""
    homes = sorted(set(site.homes.values())) if actor.institution is None else [actor.institution]
    return tuple(site.institutions[key] for key in homes)


def _shown(steps: Iterable[Step], reader: Reader, language: str) -> Iterable[dict[str, Any]]:
    """Each with its bar: four parts, in hundredths of the longest."""
    listed = [step for step in steps if step.arrived]
    longest = max((step.arrived for step in listed), default=1)
    for step in listed:
        parts = {"answered": step.answered, "skipped": step.skipped, "gone": step.gone}
        rest = max(0, step.arrived - sum(parts.values()))
        told = ("arrived", "answered", "skipped", "missed", "left", "returned")
        yield {
            "name": counted.called(step.step, language),
            "bars": _bars({**parts, "other": rest}, longest),
            "told": [reader.t(f"funnel.{what}", n=n) for what in told if (n := getattr(step, what))],
            "gone": reader.t("funnel.gone", share=f"{step.share:.0%}") if step.gone else "",
        }


def _bars(parts: dict[str, int], longest: int) -> list[dict[str, Any]]:
    bars, x = [], 0.0
    for tone in ("answered", "skipped", "other", "gone"):
        wide = round(100 * parts[tone] / longest, 2)
        if wide:
            bars.append({"tone": tone, "x": round(x, 2), "wide": wide})
        x += wide
    return bars


def _halves(reader: Reader, ends: list[int | None], unit: str) -> str:
    half, most = (_turns(reader, end) if unit else _length(reader, end) for end in ends)
    return reader.t("funnel.halves", half=half, most=most)


def _turns(reader: Reader, end: int | None) -> str:
    return reader.t("funnel.turns.beyond") if end is None else str(end)


def _length(reader: Reader, seconds: int | None) -> str:
    """So many seconds, in the unit that people would name."""
    if seconds is None:
        return reader.t("funnel.beyond")
    unit, size = next((u, s) for u, s in UNITS if seconds >= s * WHOLE or s in {seconds, 1})
    return reader.t(f"funnel.{unit}", n=f"{seconds / size:g}")
