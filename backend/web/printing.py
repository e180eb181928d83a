"""Papers to download: a whole case, or the letter of complaint, as Word files; from the desk and for programs.

Who may see the case may print it (``rights``), masked as they read it. That a
paper with names left the house is on record like a look.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import quote

from aiohttp import web

from backend.domain import rights
from backend.reports import word
from backend.services.cases import view
from backend.services.files.pictures import CannotDraw, shown
from backend.services.office import desk
from backend.services.privacy import looks
from backend.web import sessions
from backend.web.api.calls import Download
from backend.web.desk import channels as desk_channels
from backend.web.desk import papers as desk_papers
from backend.web.desk.pages import reader_of
from backend.web.desk.view import Reader
from backend.web.errors import Refused
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.domain.case import Actor
    from backend.reports.papers import Paper
    from backend.services.office.desk import Whole
    from backend.site import Site
    from backend.store.evidence import EvidenceRow
    from backend.store.seals import Seal
    from backend.store.work import UnitOfWork

SMALL = 480  # pixels of the longer side
MOST_PICTURES = 60
"""Of a case with more, the others stand in the list alone."""
MOST_BYTES = 30_000_000
"""A picture that is larger is not drawn for a paper."""
PAPERS = {"file": ("paper.name", desk_papers.case_file), "letter": ("letter.name", desk_papers.letter)}
NO_LETTER = ("本机构没有投诉书。", "This institution has no letter of complaint.")
NOT_YOURS = ("您没有打印的权限。", "You may not print.")


def setup(app: web.Application) -> None:
    """The downloads below a case's page."""
    app.router.add_get(r"/desk/cases/{number}/{paper:file|letter}", download)


async def download(request: web.Request) -> web.Response:
    """The paper, as this reader may see the case."""
    actor, site = await sessions.require(request), request.app[SITE]
    number, kind = request.match_info["number"], request.match_info["paper"]
    made = await paper(site, number, kind, by=actor, language=reader_of(request).language)
    return web.Response(body=made.data, headers=made.headers)


async def paper(site: Site, number: str, kind: str, *, by: Actor, language: str, reason: str = "") -> Download:
    """The case's paper of that kind, masked as they may see it; a program's look is put on record with its reason.

    Raises: NoSuchCase, NotYours, Refused: they may not print, or the institution has no such paper.
    """
    if not rights.may(by, "print"):
        raise Refused(403, *NOT_YOURS)
    at = site.clock()
    whole = await site.store.read(desk.whole, site.institutions, number, by=by)
    institution = site.institutions[whole.case.institution]
    if kind == "letter" and not institution.casework.letter:
        raise Refused(404, *NO_LETTER)
    if by.program and by.personal:
        await site.store.run(looks.record, site.institutions, [number], by=by, at=at, reason=reason)
        whole = await site.store.read(desk.whole, site.institutions, number, by=by)
    named = view.may_see(by, whole.case, institution) and looks.open_now(whole.history, by=by, at=at)
    if named:
        await site.store.run(looks.printed, site.institutions, number, by=by, at=at)
    reader = Reader(language, at, named, actor=by).of(whole.case, institution, view.unseen(by, whole.history))
    return await _made(site, whole, kind, reader, by.name)


async def _made(site: Site, whole: Whole, kind: str, reader: Reader, by: str) -> Download:
    name, make = PAPERS[kind]
    pictures = await _pictures(site, whole.evidence) if kind == "file" else {}
    channel = desk_channels.called(site.settings, whole.case.source, reader=reader)
    seal, institution = await site.store.read(_seal), site.institutions[whole.case.institution]
    made = make(desk_papers.Source(whole, institution, reader, by, channel, pictures, seal))
    data = await asyncio.to_thread(_docx, made, reader)
    return Download(data, _headers(reader.t(name, number=whole.case.number)))


def _docx(made: Paper, reader: Reader) -> bytes:
    return word.docx(made, at=reader.now)


def _headers(name: str) -> dict[str, str]:
    return {
        "Content-Type": word.MEDIA_TYPE,
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}.docx",
        "Cache-Control": "no-store",
    }


async def _pictures(site: Site, evidence: Sequence[EvidenceRow]) -> dict[int, bytes]:
    """The photos, drawn small one after the other, by their ids; one that is gone or no picture is left out."""
    photos = [row for row in evidence if row.kind == "photo" and row.bytes <= MOST_BYTES][:MOST_PICTURES]
    drawn = {row.id: await _small(site, row) for row in photos}
    return {key: data for key, data in drawn.items() if data is not None}


async def _small(site: Site, row: EvidenceRow) -> bytes | None:
    try:
        data = b"".join([piece async for piece in site.evidence.read(row.sha256)])
        return await asyncio.to_thread(shown, data, SMALL)
    except (FileNotFoundError, CannotDraw):
        return None


def _seal(work: UnitOfWork) -> Seal | None:
    return work.seals.last()
