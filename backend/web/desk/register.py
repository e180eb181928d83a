"""One form for what comes by phone, at the counter, by letter or e-mail, and the slip that is printed of it.

What the form means is ``services.registering``'s. A file is looked into and
stored as soon as it is chosen; the form carries a signed note of it, so that a
form that is refused loses no file.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import re
import secrets
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import aiohttp_jinja2
from aiohttp.web_request import FileField

from backend.domain import rights
from backend.services.cases import casework, registering
from backend.services.cases.registering import LONGEST, Typed, Unfit
from backend.services.files.evidence import EvidenceUnavailable, collect
from backend.services.files.sniff import MOST_BYTES
from backend.services.office.desk import OnlyLooks
from backend.services.talks import slips
from backend.services.talks.intake import StoredFile
from backend.store.cases import NoSuchCase
from backend.web import sessions
from backend.web.desk import slip as desk_slip
from backend.web.desk.pages import page, reader_of
from backend.web.desk.register_view import fields, looked, options, wrongs
from backend.web.errors import Refused
from backend.web.inbox import MOST_FILES
from backend.web.keys import SITE
from dialogs.wording import phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from backend.domain.case import Actor
    from backend.services.cases.registering import Read
    from backend.site import Site
    from institutions.model import Institution

FORM = "/desk/register"
FORM_KEY = 16  # bytes
KEY = re.compile(r"[0-9a-f]{32}", re.ASCII)
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Desk:
    """Who registers with which institution, among those they may choose."""

    actor: Actor
    institution: Institution
    institutions: tuple[Institution, ...]


def setup(app: web.Application) -> None:
    """The form, what is said while it is filled in, its files, its slip."""
    app.router.add_get(FORM, show)
    app.router.add_post(FORM, save)
    app.router.add_post(f"{FORM}/look", look)
    app.router.add_post(f"{FORM}/files", upload)
    desk_slip.setup(app)


async def show(request: web.Request) -> web.Response:
    """The empty form."""
    desk = await _desk(request, request.query.get("institution", ""))
    return await _form(request, desk, {}, form=secrets.token_hex(FORM_KEY))


async def look(request: web.Request) -> web.Response:
    """What the form tells by now: danger, proposal, cases that may be the same. Nothing is kept."""
    told = await sessions.form(request)
    desk = await _desk(request, told.get("institution", ""))
    site, reader = request.app[SITE], reader_of(request)
    read = await asyncio.to_thread(registering.read, _typed(told, ()), desk.institution, at=site.clock())
    found = await site.store.read(registering.beside, desk.institution, read, by=desk.actor, at=site.clock())
    shown = {"seen": looked(read, found, desk.institution, reader), "join": told.get("join", ""), "t": reader.t}
    response = aiohttp_jinja2.render_template("desk/register_look.html", request, shown)
    response.headers["Cache-Control"] = "no-store"
    return response


async def upload(request: web.Request) -> web.Response:
    """Take files at once; the form gets a signed note of each, and a sentence about each that is not taken."""
    await sessions.form(request)
    actor, site, reader = await sessions.require(request), request.app[SITE], reader_of(request)
    _may(actor)
    stored, remarks = await _taken(request)
    said = [phrase(reader.language, key, name=name) for key, name in remarks]
    shown = {
        "files": [(_note(site, actor, file), file.filename, file.kind) for file in stored],
        "said": said,
        "t": reader.t,
    }
    response = aiohttp_jinja2.render_template("desk/register_files.html", request, shown)
    response.headers["Cache-Control"] = "no-store"
    return response


async def save(request: web.Request) -> web.Response:
    """File the form and show its slip; one that cannot be filed comes back as it was, with what is wrong."""
    told = await sessions.form(request)
    desk, site = await _desk(request, told.get("institution", "")), request.app[SITE]
    notes = [note for note in told.get("file", "").split(",") if note]
    files = tuple(file for note in notes if (file := _noted(site, desk.actor, note)))
    fresh, remarks = await _taken(request)
    typed, at = _typed(told, (*files, *fresh)), site.clock()
    read = await asyncio.to_thread(registering.read, typed, desk.institution, at=at)
    if len(files) < len(notes):
        return await _again(
            request, desk, told, read=read, fresh=fresh, problem=reader_of(request).t("register.expired")
        )
    try:
        done = await site.store.run(
            registering.save, site.institutions, desk.institution, typed, read, by=desk.actor, at=at
        )
    except Unfit:
        return await _again(request, desk, told, read=read, fresh=fresh)
    except (NoSuchCase, casework.NotYours, casework.Unknown):
        return await _again(request, desk, told, read=read, fresh=fresh, problem=reader_of(request).t("wrong.unknown"))
    said = [phrase(reader_of(request).language, key, name=name) for key, name in remarks]
    return await desk_slip.printed(request, done, said=said)


async def _again(
    request: web.Request,
    desk: Desk,
    told: Mapping[str, str],
    *,
    read: Read,
    fresh: tuple[StoredFile, ...],
    problem: str = "",
) -> web.Response:
    reader = reader_of(request)
    marked = wrongs(read, reader)
    problem = problem or reader.t("register.unfit", n=len(marked))
    return await _form(request, desk, told, form=_key(told), fresh=fresh, marked=marked, problem=problem, read=read)


async def _form(
    request: web.Request,
    desk: Desk,
    told: Mapping[str, str],
    *,
    form: str,
    fresh: tuple[StoredFile, ...] = (),
    marked: Mapping[str, str] | None = None,
    problem: str = "",
    read: Read | None = None,
) -> web.Response:
    site, reader, home = request.app[SITE], reader_of(request), desk.institution
    notes = [note for note in told.get("file", "").split(",") if note]
    kept = [(note, file) for note in notes if (file := _noted(site, desk.actor, note))]
    kept += [(_note(site, desk.actor, file), file) for file in fresh]
    context: dict[str, Any] = {
        "form": form,
        "told": told,
        "institution": home,
        "institutions": desk.institutions if not told else (),
        "called": reader.name,
        "sources": slips.SOURCES,
        "fields": fields(home, told, marked or {}, reader),
        "options": options(home, reader),
        "files": [(note, file.filename, file.kind) for note, file in kept],
        "most": MOST_BYTES // MEGABYTE,
        "longest": LONGEST,
        "problem": problem,
        "user": desk.actor.name,
        "seen": looked(read, registering.Beside(), home, reader) if read else None,
        "join": told.get("join", ""),
    }
    return await page(request, "register.html", context, status=422 if problem else 200)


async def _desk(request: web.Request, wanted: str) -> Desk:
    """Raises: Refused: this role registers nothing."""
    actor, site = await sessions.require(request), request.app[SITE]
    _may(actor)
    keys = sorted(set(site.homes.values())) if actor.institution is None else [actor.institution]
    served = tuple(site.institutions[key] for key in keys if key in site.institutions)
    usual = next((one for one in served if one.id == site.settings.institution), served[0] if served else None)
    chosen = next((one for one in served if one.id == wanted), usual)
    if chosen is None:
        raise OnlyLooks(actor.name)
    return Desk(actor, chosen, served)


def _may(actor: Actor) -> None:
    """Raises: Refused."""
    if not rights.may(actor, "register"):
        zh, en = "您的角色不能登记案件。", "Your role may not register cases."
        raise Refused(403, zh, en)


def _typed(told: Mapping[str, str], files: tuple[StoredFile, ...]) -> Typed:
    """The form as it came. What is chosen from lists is checked by who uses it."""
    source = told.get("source", "")
    return Typed(
        form=_key(told),
        source=source if source in slips.SOURCES else slips.SOURCES[0],
        texts={key.removeprefix("slot-"): text[:LONGEST] for key, text in told.items() if key.startswith("slot-")},
        kind=told.get("kind", ""),
        anonymous=bool(told.get("anonymous")),
        confidential=bool(told.get("confidential")),
        place=told.get("place", ""),
        department=told.get("department", ""),
        grade=told.get("grade", "") if told.get("grade") in casework.GRADES else "",
        join=told.get("join", ""),
        files=files,
    )


def _key(told: Mapping[str, str]) -> str:
    """The form's own; a form without one is like no other."""
    key = told.get("form", "")
    return key if KEY.fullmatch(key) else secrets.token_hex(FORM_KEY)


async def _taken(request: web.Request) -> tuple[tuple[StoredFile, ...], tuple[tuple[str, str], ...]]:
    """The files of the request, stored, and what is to be said of any. Raises: Refused."""
    sent = [field for field in (await request.post()).getall("files", []) if isinstance(field, FileField)]
    pairs = [(field.filename, await asyncio.to_thread(field.file.read)) for field in sent[:MOST_FILES]]
    try:
        return await collect(request.app[SITE].evidence, [(name, data) for name, data in pairs if name])
    except EvidenceUnavailable as error:
        raise Refused(
            503, "附件暂时存不了，请稍后再试。", "Files cannot be stored just now; try again later."
        ) from error


def _note(site: Site, actor: Actor, file: StoredFile) -> str:
    """What the form carries of a stored file, so that only who sent it can name it."""
    told = base64.urlsafe_b64encode(json.dumps(asdict(file)).encode()).decode()
    return f"{told}.{_seal(site, actor, told)}"


def _noted(site: Site, actor: Actor, note: str) -> StoredFile | None:
    told, _, seal = note.partition(".")
    if not sessions.same(seal, _seal(site, actor, told)):
        return None
    return StoredFile(**json.loads(base64.urlsafe_b64decode(told)))


def _seal(site: Site, actor: Actor, told: str) -> str:
    return hmac.new(site.secret, f"register\n{actor.name}\n{told}".encode(), hashlib.sha256).hexdigest()
