"""Evidence on the desk: small pictures, whole pictures, players, downloads.

What citizens upload is never served as something a browser runs: a picture
comes as a picture under a policy that allows it nothing, sound and film to
their players, all else as a download of plain bytes. Of a picture that was
redacted everybody gets the copy; ``?original=1`` gives the original to who has
opened the case's personal data, and nobody else gets what a camera wrote into it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aiohttp import web

from backend.services.files import redacting
from backend.services.files.pictures import CannotDraw, clean, shown
from backend.services.office.desk import OnlyLooks
from backend.web import files, sessions
from backend.web.errors import Refused
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from backend.store.evidence import EvidenceRow

AS_IT_IS = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
"""Pictures that every browser shows; others are drawn anew as JPEG."""
PLAYED = frozenset(
    {"video/mp4", "video/webm", "video/quicktime", "audio/mpeg", "audio/mp4", "audio/x-wav", "audio/ogg", "audio/aac"}
)
"""What a browser's player may know; it says so itself where it does not."""
OCTETS = "application/octet-stream"
PNG = b"\x89PNG"
SMALL, LARGE = 360, 2400  # pixels of the longer side
DRAWING = web.AppKey("desk_drawing", asyncio.Semaphore)
GONE = ("文件内容找不到了，请联系管理员。", "The file's content is missing; tell your administrator.")
UNDRAWABLE = ("这张图片无法显示，请下载查看。", "This picture cannot be shown; download it.")


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence for the page."""

    id: int
    kind: str
    filename: str
    size: str
    path: str
    page: str  # where it is looked at with all that is known of it
    shows: str  # picture, video, audio; empty: download only
    words: str  # what a voice note says


def setup(app: web.Application) -> None:
    """Everything below a case's files; pictures are drawn two at a time."""
    app[DRAWING] = asyncio.Semaphore(2)
    file = r"/desk/cases/{number}/files/{id:\d{1,18}}"
    app.router.add_get(file, download)
    app.router.add_get(file + "/small", small)
    app.router.add_get(file + "/whole", whole)
    app.router.add_get(file + "/play", play)


def pieces(number: str, rows: Sequence[EvidenceRow], *, private: Callable[[str], str]) -> list[Piece]:
    """The case's evidence, as the page shows it; *private* masks what this reader may not see."""
    return [
        Piece(
            row.id,
            row.kind,
            private(row.filename),
            size_of(row.bytes),
            path,
            page,
            shows(row),
            private(row.words or ""),
        )
        for row in rows
        for path, page in ((f"/desk/cases/{number}/files/{row.id}", f"/desk/cases/{number}/evidence/{row.id}"),)
    ]


def size_of(count: int) -> str:
    """``1.4 MB``."""
    for unit, size in (("MB", 1_000_000), ("kB", 1000)):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count} B"


async def download(request: web.Request) -> web.StreamResponse:
    """The bytes as they came, to be saved; a picture without its camera's words where they are not this reader's."""
    row, bare = await _row(request)
    return await _cleaned(request, row, saved=True) if bare else await saved(request, row)


async def saved(request: web.Request, row: EvidenceRow) -> web.StreamResponse:
    """That piece's bytes as they came; who may have them was looked at."""
    told = files.headers(row, OCTETS, saved=True)
    if (same := files.unchanged(request, told)) is not None:
        return same
    response = web.StreamResponse(headers=told)
    response.content_length = row.bytes
    stream = request.app[SITE].evidence.read(row.sha256)
    try:
        first = await anext(stream)
    except FileNotFoundError:
        raise Refused(404, *GONE) from None
    await response.prepare(request)
    await response.write(first)
    async for piece in stream:
        await response.write(piece)
    return response


async def small(request: web.Request) -> web.Response:
    """A picture for the page."""
    row, _ = await _row(request)
    return await _drawn(request, row, SMALL)


async def whole(request: web.Request) -> web.Response:
    """A picture as it came, or drawn anew where browsers do not know its kind."""
    row, bare = await _row(request)
    if row.media_type not in AS_IT_IS:
        return await _drawn(request, row, LARGE)
    if bare:
        return await _cleaned(request, row)
    told = files.headers(row, row.media_type)
    return files.unchanged(request, told) or web.Response(body=await content(request, row), headers=told)


async def play(request: web.Request) -> web.Response:
    """Sound or film, whole or the part that a player asks for."""
    row, _ = await _row(request)
    return await played(request, row)


async def played(request: web.Request, row: EvidenceRow) -> web.Response:
    """That piece as sound or film; who may have it was looked at."""
    if row.media_type not in PLAYED:
        raise web.HTTPNotFound
    headers = files.headers(row, row.media_type) | {"Accept-Ranges": "bytes"}
    if (same := files.unchanged(request, headers)) is not None:
        return same
    if "Range" not in request.headers:
        return web.Response(body=await content(request, row), headers=headers)
    start, end = _range(request, row.bytes)
    if start >= end:
        return web.Response(status=416, headers={"Content-Range": f"bytes */{row.bytes}"})
    try:
        body = await request.app[SITE].evidence.piece(row.sha256, start, end - start)
    except FileNotFoundError:
        raise Refused(404, *GONE) from None
    return web.Response(
        status=206, body=body, headers=headers | {"Content-Range": f"bytes {start}-{end - 1}/{row.bytes}"}
    )


async def _row(request: web.Request) -> tuple[EvidenceRow, bool]:
    """What this reader gets of the piece; True: its pixels alone.

    Raises: NoSuchCase, NotYours, NoSuchEvidence, Refused, and as ``sessions.require``.
    """
    found = await access(request)
    if request.query.get("original") != "1":
        return found.seen, found.seen.kind == "photo" and found.copy is None and not found.opened
    if found.copy is not None and not found.opened:
        raise OnlyLooks((await sessions.require(request)).name)
    return found.original, found.original.kind == "photo" and not found.opened


async def access(request: web.Request) -> redacting.Access:
    """The piece that the address names, as this reader has it. Raises: NoSuchCase, NotYours, NoSuchEvidence, and as ``sessions.require``."""
    actor, site = await sessions.require(request), request.app[SITE]
    number, key = request.match_info["number"], int(request.match_info["id"])
    return await site.store.read(redacting.access, site.institutions, number, key, by=actor, at=site.clock())


async def _cleaned(request: web.Request, row: EvidenceRow, *, saved: bool = False) -> web.Response:
    """The picture without what its camera wrote into it."""
    told = files.headers(row, row.media_type, variant="clean")
    if (same := files.unchanged(request, told)) is not None:
        return same
    async with request.app[DRAWING]:
        data = await content(request, row)
        try:
            body = await asyncio.to_thread(clean, data)
        except CannotDraw:
            raise Refused(422, *UNDRAWABLE) from None
    kind = row.media_type if body is data else "image/png" if body.startswith(PNG) else "image/jpeg"
    told = files.headers(replace(row, media_type=kind), OCTETS if saved else kind, saved=saved, variant="clean")
    return web.Response(body=body, headers=told)


async def content(request: web.Request, row: EvidenceRow) -> bytes:
    """Its bytes. Raises: Refused: they are gone."""
    try:
        return b"".join([piece async for piece in request.app[SITE].evidence.read(row.sha256)])
    except FileNotFoundError:
        raise Refused(404, *GONE) from None


async def drawn(request: web.Request, row: EvidenceRow) -> web.Response:
    """A photo drawn anew, without its camera's words; who may see it was looked at."""
    return await _drawn(request, row, LARGE)


async def _drawn(request: web.Request, row: EvidenceRow, most: int) -> web.Response:
    if row.kind != "photo":
        raise web.HTTPNotFound
    told = files.headers(row, "image/jpeg", variant=str(most))
    if (same := files.unchanged(request, told)) is not None:
        return same
    async with request.app[DRAWING]:
        data = await content(request, row)
        try:
            drawn = await asyncio.to_thread(shown, data, most)
        except CannotDraw:
            raise Refused(422, *UNDRAWABLE) from None
    return web.Response(body=drawn, headers=told)


def _range(request: web.Request, size: int) -> tuple[int, int]:
    """The first byte and the one after the last; an empty span: it cannot be satisfied."""
    try:
        wanted = request.http_range
    except ValueError:
        return 0, 0
    start, end, _ = slice(wanted.start, wanted.stop).indices(size)
    return start, end


def shows(row: EvidenceRow) -> str:
    """How the page shows it: picture, video, audio; empty: as a download only."""
    if row.kind == "photo":
        return "picture"
    if row.media_type not in PLAYED:
        return ""
    return "video" if row.media_type.startswith("video/") else "audio"
