"""Evidence on the desk: small pictures, whole pictures, players, downloads.

What citizens upload is never served as something a browser runs: a picture
comes as a picture under a policy that allows it nothing, sound and film to
their players, all else as a download of plain bytes.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

from backend.services import desk
from backend.services.pictures import CannotDraw, shown
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
        Piece(row.id, row.kind, private(row.filename), size_of(row.bytes), path, shows(row), private(row.words or ""))
        for row in rows
        for path in (f"/desk/cases/{number}/files/{row.id}",)
    ]


def size_of(count: int) -> str:
    """``1.4 MB``."""
    for unit, size in (("MB", 1_000_000), ("kB", 1000)):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count} B"


async def download(request: web.Request) -> web.StreamResponse:
    """The bytes as they came, to be saved."""
    return await saved(request, await _row(request))


async def saved(request: web.Request, row: EvidenceRow) -> web.StreamResponse:
    """That piece's bytes as they came; who may have them was looked at."""
    told = files.headers(row, "application/octet-stream", saved=True)
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
    return await _drawn(request, await _row(request), SMALL)


async def whole(request: web.Request) -> web.Response:
    """A picture as it came, or drawn anew where browsers do not know its kind."""
    row = await _row(request)
    if row.media_type not in AS_IT_IS:
        return await _drawn(request, row, LARGE)
    told = files.headers(row, row.media_type)
    return files.unchanged(request, told) or web.Response(body=await _bytes(request, row), headers=told)


async def play(request: web.Request) -> web.Response:
    """Sound or film, whole or the part that a player asks for."""
    return await played(request, await _row(request))


async def played(request: web.Request, row: EvidenceRow) -> web.Response:
    """That piece as sound or film; who may have it was looked at."""
    if row.media_type not in PLAYED:
        raise web.HTTPNotFound
    headers = files.headers(row, row.media_type) | {"Accept-Ranges": "bytes"}
    if (same := files.unchanged(request, headers)) is not None:
        return same
    if "Range" not in request.headers:
        return web.Response(body=await _bytes(request, row), headers=headers)
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


async def _row(request: web.Request) -> EvidenceRow:
    """Raises: NoSuchCase, NotYours, NoSuchEvidence, and as ``sessions.require``."""
    actor = await sessions.require(request)
    number, key = request.match_info["number"], int(request.match_info["id"])
    return await request.app[SITE].store.read(desk.evidence_of, number, key, by=actor)


async def _bytes(request: web.Request, row: EvidenceRow) -> bytes:
    try:
        return b"".join([piece async for piece in request.app[SITE].evidence.read(row.sha256)])
    except FileNotFoundError:
        raise Refused(404, *GONE) from None


async def _drawn(request: web.Request, row: EvidenceRow, most: int) -> web.Response:
    if row.kind != "photo":
        raise web.HTTPNotFound
    told = files.headers(row, "image/jpeg", variant=str(most))
    if (same := files.unchanged(request, told)) is not None:
        return same
    async with request.app[DRAWING]:
        data = await _bytes(request, row)
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
