"""Voice notes that nobody has listened to: heard and written down here, the citizen's words from then on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from backend.services.files import transcribing
from backend.web import sessions
from backend.web.desk import channels as desk_channels
from backend.web.desk import files as desk_files
from backend.web.desk.pages import go, page, reader_of
from backend.web.desk.wrong import REFUSED, TooLong, told
from backend.web.keys import SITE

if TYPE_CHECKING:
    from aiohttp import web

    from backend.domain.case import Actor
    from backend.services.files.unheard import Homes
    from backend.store.evidence import EvidenceRow
    from backend.store.work import UnitOfWork

VOICES = "/desk/voices"
LONGEST = 4000  # characters of one note's words
DONE = frozenset({"voice", "voice.not"})


def setup(app: web.Application) -> None:
    """The page, its players, and the form of each note."""
    note = VOICES + r"/{id:\d{1,18}}"
    app.router.add_get(VOICES, show)
    app.router.add_post(note, write)
    app.router.add_get(note, download)
    app.router.add_get(note + "/play", play)


async def show(request: web.Request) -> web.Response:
    """The notes that wait, oldest first."""
    return await _shown(request, await sessions.require(request))


async def write(request: web.Request) -> web.Response:
    """Keep what a note says. A second press, or a second listener, changes nothing."""
    fields = await sessions.form(request)
    actor, site, key = await sessions.require(request), request.app[SITE], int(request.match_info["id"])
    try:
        text = fields.get("words", "")
        if len(text) > LONGEST:
            raise TooLong(LONGEST)
        row, institution = await site.store.read(_note, site.homes, key, by=actor)
        words = transcribing.heard(text, site.institutions[institution], at=row.at)
        kept = await site.store.run(
            transcribing.transcribe, site.institutions, site.homes, key, words, by=actor, at=site.clock()
        )
    except REFUSED as error:
        status, sentence = told(error, None, reader_of(request))
        return await _shown(request, actor, problem=sentence, status=status)
    return go(f"{VOICES}?done={'voice' if kept else 'voice.not'}")


async def download(request: web.Request) -> web.StreamResponse:
    """The note as it came."""
    return await desk_files.saved(request, await _row(request))


async def play(request: web.Request) -> web.Response:
    """The note for the page's player."""
    return await desk_files.played(request, await _row(request))


async def _row(request: web.Request) -> EvidenceRow:
    """Raises: NoSuchEvidence, OnlyLooks, and as ``sessions.require``."""
    actor, site = await sessions.require(request), request.app[SITE]
    row, _ = await site.store.read(_note, site.homes, int(request.match_info["id"]), by=actor)
    return row


async def _shown(request: web.Request, actor: Actor, *, problem: str = "", status: int = 200) -> web.Response:
    site, reader = request.app[SITE], reader_of(request)
    rows = [
        {
            "id": row.id,
            "number": row.number,
            "filename": row.filename,
            "channel": channel,
            "at": reader.moment(row.at, site.institutions[institution]),
            "plays": desk_files.shows(row) == "audio",
            "path": f"{VOICES}/{row.id}",
        }
        for row, institution, channel in await site.store.read(_waiting, site.homes, by=actor)
        if institution in site.institutions
    ]
    called = partial(desk_channels.called, site.settings, reader=reader)
    done = request.query.get("done", "") if request.method == "GET" else ""
    shown = {
        "rows": rows,
        "channel": called,
        "problem": problem,
        "done": reader.t(f"done.{done}") if done in DONE else "",
    }
    return await page(request, "voices.html", shown, status=status)


def _waiting(work: UnitOfWork, homes: Homes, *, by: Actor) -> list[tuple[EvidenceRow, str, str]]:
    found = transcribing.waiting(work, homes, by=by)
    return [(row, home, work.people.get(row.person).channel if row.person else "") for row, home in found]


def _note(work: UnitOfWork, homes: Homes, key: int, *, by: Actor) -> tuple[EvidenceRow, str]:
    return transcribing.note(work, homes, key, by=by)
