"""One piece of evidence on a page of its own: looked at closely, with all that is known of it, and parts of it covered.

The page works without a script: it shows the piece, and boxes can be written
as numbers. With viewer.js it zooms, turns, and boxes are drawn.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.domain.lifecycle import CITIZEN
from backend.services.cases import view
from backend.services.files import camera, redacting
from backend.services.files.pictures import CannotDraw
from backend.web import sessions
from backend.web.desk import channels as desk_channels
from backend.web.desk import files as desk_files
from backend.web.desk import view as desk_view
from backend.web.desk.history import actor as called
from backend.web.desk.pages import go, page, reader_of
from backend.web.desk.wrong import REFUSED, told
from backend.web.errors import Refused
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from aiohttp import web

    from backend.domain.case import Actor, Case
    from backend.services.files.camera import Doubt, Told
    from backend.services.files.redacting import Access
    from backend.services.talks.intake import StoredFile
    from backend.store.evidence import EvidenceRow
    from backend.store.history import PastEvent
    from backend.store.work import UnitOfWork
    from backend.web.desk.view import Reader
    from institutions.model import Institution

ONE = r"/desk/cases/{number}/evidence/{id:\d{1,18}}"
KILOMETRE = 1000  # metres


@dataclass(frozen=True, slots=True)
class Looked:
    """The piece, and what of its case belongs beside it."""

    found: Access
    case: Case
    rows: list[EvidenceRow]
    history: list[PastEvent]
    channel: str  # by which the sender wrote; empty: it is not known any more
    may_redact: bool


def setup(app: web.Application) -> None:
    """The page, and the form that covers parts."""
    app.router.add_get(ONE, show)
    app.router.add_post(ONE + "/redact", redact)


async def show(request: web.Request) -> web.Response:
    """The piece."""
    return await _shown(request, await sessions.require(request))


async def redact(request: web.Request) -> web.Response:
    """Make a copy with these boxes filled, and serve it from now on to whoever may not see identities."""
    typed = await sessions.form(request)
    actor, site = await sessions.require(request), request.app[SITE]
    number, key = request.match_info["number"], int(request.match_info["id"])
    row = (await desk_files.access(request)).original
    try:
        drawn = typed.get("boxes", "")
        boxes = await site.store.read(redacting.wanted, site.institutions, row, drawn, by=actor, at=site.clock())
        if boxes is not None:
            copy = await _burnt(request, row, boxes)
            await site.store.run(redacting.keep, site.institutions, row, copy, boxes, by=actor, at=site.clock())
    except (redacting.BadBoxes, CannotDraw, *REFUSED) as error:
        return await _shown(request, actor, why=error, typed=typed)
    return go(f"/desk/cases/{number}/evidence/{key}?done=redact")


async def _burnt(request: web.Request, row: EvidenceRow, boxes: Sequence[redacting.Box]) -> StoredFile:
    """The copy, its bytes stored. Raises: CannotDraw, Refused."""
    async with request.app[desk_files.DRAWING]:
        data = await desk_files.content(request, row)
        body = await asyncio.to_thread(redacting.burnt, data, boxes)
    copy, _ = await request.app[SITE].evidence.take(row.filename, body)
    return copy


async def _shown(
    request: web.Request, actor: Actor, *, why: Exception | None = None, typed: Mapping[str, str] | None = None
) -> web.Response:
    site = request.app[SITE]
    number, key = request.match_info["number"], int(request.match_info["id"])
    looked = await site.store.read(_looked, site.institutions, number, key, by=actor, at=site.clock())
    institution, found = site.institutions[looked.case.institution], looked.found
    unseen = view.unseen(actor, looked.history)
    reader = reader_of(request, shown=found.opened).of(looked.case, institution, unseen)
    original = found.opened and found.copy is not None and (request.query.get("original") == "1" or why is not None)
    status, problem = _problem(why, institution, reader) if why else (200, "")
    done = request.query.get("done") == "redact" and why is None
    context = {
        "number": looked.case.number,
        "problem": problem,
        "done": reader.t("done.redact") if done else "",
        **_piece(found, reader, original=original),
        **_place_in(looked, found.original),
        "sent": _sent(looked, reader, partial(desk_channels.called, site.settings, reader=reader)),
        "sent_at": reader.moment(found.original.at, institution),
        "camera": await _camera(request, looked, institution, reader),
        "redacts": looked.may_redact and (found.copy is None or original),
        "boxes": (typed or {}).get("boxes") or (found.copy.boxes if found.copy else "") or "",
    }
    return await page(request, "evidence.html", context, status=status)


def _looked(
    work: UnitOfWork, institutions: redacting.Institutions, number: str, key: int, *, by: Actor, at: datetime
) -> Looked:
    found = redacting.access(work, institutions, number, key, by=by, at=at)
    case = work.cases.get(number)
    person = found.original.person
    return Looked(
        found,
        case,
        work.evidence.of_case(number),
        work.cases.history(number),
        work.people.get(person).channel if person else "",
        redacting.may_redact(case, institutions, found, by=by),
    )


def _problem(why: Exception, institution: Institution, reader: Reader) -> tuple[int, str]:
    match why:
        case redacting.BadBoxes():
            return 422, reader.t("redact.wrong")
        case CannotDraw():
            return 422, reader.t("redact.broken")
    return told(why, institution, reader)


def _piece(found: Access, reader: Reader, *, original: bool) -> dict[str, Any]:
    row, copy = found.original, found.copy
    shows = desk_files.shows(row)
    return {
        "name": reader.private(row.filename) or reader.t(f"evidence.{row.kind}"),
        "kind": row.kind,
        "shows": shows,
        "words": reader.private(row.words or ""),
        "path": f"/desk/cases/{row.number}/files/{row.id}",
        "here": f"/desk/cases/{row.number}/evidence/{row.id}",
        "version": "?original=1" if original else "",
        "size": desk_files.size_of((row if original or copy is None else copy).bytes),
        "sha256": row.sha256,
        "copy": copy,
        "covered": len(redacting.parse(copy.boxes or "")) if copy else 0,
        "original": original,
        "opened": found.opened,
        "bare": shows == "picture" and copy is None and not found.opened,
    }


def _place_in(looked: Looked, row: EvidenceRow) -> dict[str, Any]:
    """Which piece of the case it is, and its neighbours."""
    ids = [each.id for each in looked.rows]
    at = ids.index(row.id)
    return {
        "nth": at + 1,
        "all": len(ids),
        "previous": ids[at - 1] if at else None,
        "next": ids[at + 1] if at + 1 < len(ids) else None,
    }


def _sent(looked: Looked, reader: Reader, channel: Any) -> str:
    """By whom and by which way; never by name."""
    row = looked.found.original
    by = next(
        (event.by for event in looked.history if event.what == "evidence" and event.detail.get("id") == row.id), CITIZEN
    )
    if by == CITIZEN:
        hers = row.person is not None and row.person == looked.case.person
        who = reader.t("view.hers" if hers else "view.citizen")
    else:
        who = called(by, reader)
    return reader.t("view.sent.by", by=who, channel=channel(looked.channel)) if looked.channel else who


async def _camera(
    request: web.Request, looked: Looked, institution: Institution, reader: Reader
) -> dict[str, Any] | None:
    """What the camera wrote; None: it is no picture, or not for the unit complained of."""
    row = looked.found.original
    if row.kind != "photo" or reader.accused:
        return None
    async with request.app[desk_files.DRAWING]:
        try:
            data = await desk_files.content(request, row)
        except Refused:
            return None
        told_by = await asyncio.to_thread(camera.read, data)
    zone = ZoneInfo(institution.timezone)
    pin = desk_view.pin(looked.case)
    doubts = camera.doubts(told_by, looked.case.facts, sent_at=row.at, zone=zone, pin=pin)
    return {
        "pixels": reader.t("view.pixels", width=told_by.width, height=told_by.height) if told_by.width else "",
        **_taken(told_by, zone, institution, reader),
        "doubts": [_doubt(doubt, reader) for doubt in doubts],
    }


def _taken(told_by: Told, zone: ZoneInfo, institution: Institution, reader: Reader) -> dict[str, Any]:
    taken = camera.when(told_by, zone)
    place = told_by.place
    return {
        "at": reader.moment(taken, institution) if taken else None,
        "place": f"{place[0]:.5f}, {place[1]:.5f}" if place and reader.shown else "",
        "geo": f"geo:{place[0]:.6f},{place[1]:.6f}" if place and reader.shown else "",
        "hidden": place is not None and not reader.shown,
        "model": told_by.model if reader.shown else "",
    }


def _doubt(doubt: Doubt, reader: Reader) -> str:
    if doubt.key == "far":
        return reader.t("doubt.far", size=far(doubt.size, reader))
    days = doubt.size / 86_400
    length = reader.t("time.day", n=round(days)) if days >= 2 else reader.t("time.hour", n=max(1, round(days * 24)))
    return reader.t(f"doubt.{doubt.key}", size=length)


def far(metres: float, reader: Reader) -> str:
    """``350 米``, ``1.2 公里``: as exact as somebody on foot needs it."""
    if metres < KILOMETRE:
        return reader.t("view.metres", n=max(10, round(metres / 10) * 10))
    return reader.t(
        "view.kilometres", n=f"{metres / KILOMETRE:.1f}" if metres < 10 * KILOMETRE else f"{metres / KILOMETRE:.0f}"
    )
