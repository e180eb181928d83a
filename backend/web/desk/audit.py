"""The record of the office on a page: looks at identities, events of cases, changes of users and settings; and its check.

Whoever narrows it down to a person, a case or an object is on record before
they read it. What the lines say is ``audit_lines``'.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from aiohttp import web

from backend.domain import numbers, rights
from backend.services.office import auditing
from backend.store.auditing import Wanted
from backend.web import sessions
from backend.web.desk.audit_lines import DEEDS, EVENTS, Shown, of_deed, of_event
from backend.web.desk.pages import go, page, reader_of
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.domain.case import Actor
    from backend.site import Site

AUDIT = "/desk/audit"
PARTS = ("looks", "cases", "office")
FIELDS = ("by", "number", "subject", "what", "since", "until")
ROWS, EXPORT, PIECE = 50, 20_000, 500
"""Lines of a page, of an export, and of one reading of it."""
LONGEST = 64
"""Characters of what is asked for."""
YEARS = range(2000, 2200)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is reckoned by spreadsheets; it is written with a quote before it."""


class BadAsk(Exception):
    """The form asks for what cannot be; ``key`` of the words."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    part: str
    fields: Mapping[str, str]
    wanted: Wanted

    @property
    def subject(self) -> str:
        """The person, case or object that it is narrowed down to; empty: none."""
        return " ".join(filter(None, (self.wanted.by, self.wanted.number)))

    @property
    def query(self) -> str:
        """The same as an address."""
        return urlencode({"part": self.part} | {key: value for key, value in self.fields.items() if value})


def setup(app: web.Application) -> None:
    """The page, its file, and the check."""
    app.router.add_get(AUDIT, show)
    app.router.add_post(f"{AUDIT}/export", export)
    app.router.add_get(f"{AUDIT}/check", show_check)
    app.router.add_post(f"{AUDIT}/check", check)


async def show(request: web.Request) -> web.Response:
    """A page of one part."""
    actor, site, reader = await sessions.require(request), request.app[SITE], reader_of(request)
    if not rights.may(actor, "audit"):
        return await _forbidden(request)
    problem = ""
    try:
        asked = _asked(request.query, site)
    except BadAsk as bad:
        asked, problem = Asked(_part(request.query), _fields(request.query), Wanted()), bad.key
        return await _page(request, asked, [], "", problem=reader.t(problem), status=422)
    below = _below(request.query.get("after", ""), asked.part)
    if request.query.get("after") and below is None:
        problem = "wrong.audit.after"
    if asked.subject:
        at = site.clock()
        await site.store.run(auditing.note_reading, asked.subject, asked.part, by=actor, at=at)
    lines = await _read(request, actor, asked, below, limit=ROWS + 1)
    after = lines[ROWS - 1].mark if len(lines) > ROWS else ""
    done = {"asked": "done.audit.asked", "running": "done.audit.running"}.get(request.query.get("done", ""), "")
    return await _page(
        request,
        asked,
        lines[:ROWS],
        after,
        problem=reader.t(problem) if problem else "",
        done=reader.t(done) if done else "",
    )


async def export(request: web.Request) -> web.Response:
    """The same as a file, on record first."""
    typed = await sessions.form(request)
    actor, site, reader = await sessions.require(request), request.app[SITE], reader_of(request)
    if not rights.may(actor, "audit"):
        return await _forbidden(request)
    try:
        asked = _asked(typed, site)
    except BadAsk as bad:
        asked = Asked(_part(typed), _fields(typed), Wanted())
        return await _page(request, asked, [], "", problem=reader.t(bad.key), status=422)
    told = {key: value for key, value in asked.fields.items() if value}
    await site.store.run(auditing.note_export, asked.part, told, by=actor, at=site.clock())
    sheet = io.StringIO()
    rows = csv.writer(sheet)
    rows.writerow([reader.t(f"audit.{key}") for key in ("at", "by", "what", "whom", "detail")])
    below, n = None, 0
    while n < EXPORT:
        lines = await _read(request, actor, asked, below, limit=PIECE)
        rows.writerows([_cell(cell) for cell in _cells(line)] for line in lines)
        n += len(lines)
        if len(lines) < PIECE:
            break
        below = _below(lines[-1].mark, asked.part)
    name = f"audit-{asked.part}-{site.clock():%Y%m%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    body = b"\xef\xbb\xbf" + sheet.getvalue().encode("utf-8", "replace")  # a spreadsheet takes it for UTF-8 then
    return web.Response(body=body, content_type="text/csv", charset="utf-8", headers=headers)


async def check(request: web.Request) -> web.Response:
    """Have every history and seal checked in the background."""
    await sessions.form(request)
    actor, site = await sessions.require(request), request.app[SITE]
    if not rights.may(actor, "audit"):
        return await _forbidden(request)
    begun = await site.store.run(auditing.ask_check, by=actor, at=site.clock())
    return go(f"{AUDIT}?done={'asked' if begun else 'running'}")


async def show_check(request: web.Request) -> web.Response:
    """How far the check is, for the page to put in its place."""
    actor = await sessions.require(request)
    if not rights.may(actor, "audit"):
        return await _forbidden(request)
    return await page(request, "audit_check.html", await _check(request, actor))


async def _forbidden(request: web.Request) -> web.Response:
    problem = reader_of(request).t("wrong.audit.may")
    return await page(request, "audit.html", {"may": False, "problem": problem}, status=403)


async def _page(
    request: web.Request,
    asked: Asked,
    lines: list[Shown],
    after: str,
    *,
    problem: str = "",
    done: str = "",
    status: int = 200,
) -> web.Response:
    actor, reader = await sessions.require(request), reader_of(request)
    kinds = {"looks": (), "cases": EVENTS, "office": DEEDS}[asked.part]
    words = "deed" if asked.part == "office" else "event"
    context = {
        "may": True,
        "asked": asked,
        "parts": [(part, reader.t(f"audit.part.{part}")) for part in PARTS],
        "kept": urlencode({key: value for key, value in asked.fields.items() if value and key != "what"}),
        "kinds": [(kind, reader.t(f"{words}.{kind}")) for kind in kinds],
        "lines": lines,
        "next": f"{AUDIT}?{asked.query}&{urlencode({'after': after})}" if after else "",
        "later": "after" in request.query,
        "most": EXPORT,
        "problem": problem,
        "done": done,
    }
    return await page(request, "audit.html", context | await _check(request, actor), status=status)


async def _check(request: web.Request, actor: Actor) -> dict[str, Any]:
    site, reader = request.app[SITE], reader_of(request)
    runs, last = await site.store.read(auditing.checks, by=actor)
    home = site.institutions[site.settings.institution]
    told: dict[str, Any] = {"runs": runs, "last": last, "result": "", "sentences": ()}
    if last is not None and last.ended_at is not None:
        key, n = ("audit.check.wrong", last.found) if last.found else ("audit.check.whole", last.upto)
        told["result"] = reader.t(key, n=n, at=reader.moment(last.ended_at, home).text)
        told["sentences"] = last.wrong if actor.institution is None else ()
    return told


async def _read(request: web.Request, actor: Actor, asked: Asked, below: Any, *, limit: int) -> list[Shown]:
    site, reader = request.app[SITE], reader_of(request)
    if asked.part == "office":
        kept = await site.store.read(auditing.kept, asked.wanted, by=actor, below=below, limit=limit)
        return [of_deed(each, site, reader) for each in kept]
    lines = await site.store.read(auditing.events, asked.wanted, by=actor, below=below, limit=limit)
    return [of_event(each, site, reader) for each in lines]


def _asked(told: Mapping[str, str], site: Site) -> Asked:
    """Raises: BadAsk."""
    part, fields = _part(told), _fields(told)
    zone = ZoneInfo(site.institutions[site.settings.institution].timezone)
    since, until = (_day(fields[key], zone) for key in ("since", "until"))
    if since and until and since > until:
        raise BadAsk("wrong.audit.period")
    wanted = Wanted(fields["by"], since=since, until=until + timedelta(days=1) if until else None)
    if part == "office":
        what = fields["what"] if fields["what"] in DEEDS else ""
        return Asked(part, fields, replace(wanted, number=fields["subject"], what=what))
    what = "looked" if part == "looks" else fields["what"] if fields["what"] in EVENTS else ""
    number = (
        numbers.find(fields["number"]) or fields["number"]
    )  # no case has that, and it is on record that somebody looked
    return Asked(part, fields, replace(wanted, number=number, what=what))


def _part(told: Mapping[str, str]) -> str:
    part = told.get("part", "")
    return part if part in PARTS else PARTS[0]


def _fields(told: Mapping[str, str]) -> dict[str, str]:
    """What the form holds, of what its part asks."""
    other = "number" if _part(told) == "office" else "subject"
    return {
        key: "" if key == other else "".join(filter(str.isprintable, told.get(key, "")))[:LONGEST].strip()
        for key in FIELDS
    }


def _day(typed: str, zone: ZoneInfo) -> datetime | None:
    """The beginning of that day there. Raises: BadAsk."""
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise BadAsk("wrong.audit.day") from None
    if day.year not in YEARS:
        raise BadAsk("wrong.audit.day")
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def _below(mark: str, part: str) -> tuple[Any, ...] | None:
    """Where a page goes on, as ``Shown.mark`` tells it; None: it tells nothing."""
    told = mark.split(".") if len(mark) <= LONGEST else []
    if len(told) != (3 if part == "office" else 2) or not all(each.isascii() and each.isdecimal() for each in told):
        return None
    try:
        at = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=int(told[0]))
    except OverflowError:
        return None
    rest = [int(each) for each in told[1:]]
    return (at, *rest) if all(each < 1 << 63 for each in rest) else None


def _cells(line: Shown) -> tuple[str, ...]:
    return line.at.iso, line.by, line.title, line.number or line.subject, "；".join(line.texts)


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
