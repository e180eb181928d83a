"""What an institution says, for its managers: found, changed with a preview, every version kept and put back.

What words must keep to is ``dialogs.wording.fitting``'s, who may write them
and what becomes of two at once ``services.office.wording``'s affair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from backend.services.office import wording
from backend.services.office.wording import (
    LONGEST_WHY,
    ChangedMeanwhile,
    Edit,
    NoReason,
    NoSuchWords,
    NoWriter,
    Unchanged,
    Unfit,
)
from backend.services.talks.intake import storable
from backend.web import sessions
from backend.web.desk import homes
from backend.web.desk.pages import go, page, reader_of
from backend.web.desk.wording_view import (
    MOST,
    TOPICS,
    Asked,
    difference,
    languages,
    lines,
    part_of,
    shown,
    topic_of,
)
from backend.web.errors import Refused
from backend.web.keys import SITE
from dialogs.wording import EN, HANT, ZH, fitting
from dialogs.wording.traditional import traditional
from institutions.worded import PARTS, SAID, Place, row_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aiohttp import web

    from backend.domain.case import Actor
    from backend.site import Site
    from backend.store.wording import Wording
    from backend.web.desk.view import Reader
    from dialogs.wording.plain import Fault
    from institutions.model import Institution

PLACE = "/desk/wording"
VERSIONS = 20
LONGEST_SEARCH = 60
NOWHERE = ("没有这一条话术。", "There are no such words.")
WRONG: dict[type[Exception], tuple[int, str]] = {
    NoWriter: (403, "wording.wrong.writer"),
    NoReason: (422, "wording.wrong.reason"),
    Unfit: (422, "wording.wrong.unfit"),
    ChangedMeanwhile: (409, "wording.wrong.meanwhile"),
    Unchanged: (409, "wording.wrong.same"),
    NoSuchWords: (404, "wording.wrong.none"),
}


def setup(app: web.Application) -> None:
    """The list, the page of one sentence, and the versions."""
    home = PLACE + r"/{institution:[a-z][a-z0-9_]*}"
    one = home + r"/{part:said|reply|faq}/{key:[a-z][a-z0-9_.]{0,79}}"
    app.router.add_get(PLACE, show, name="desk-wording")
    app.router.add_get(home + "/versions", show_versions)
    app.router.add_post(home + r"/versions/{number:\d{1,9}}/back", put_back)
    app.router.add_get(one, show_one)
    app.router.add_post(one, write)


async def show(request: web.Request) -> web.Response:
    """All that one institution says, by part, topic and language."""
    actor = await sessions.require(request)
    site, reader, query = request.app[SITE], reader_of(request), request.query
    institution = homes.chosen(site, actor, query.get("institution", ""))
    version, problem = await _now(site, institution, actor)
    if problem:
        return await page(request, "wording.html", {"may": False, "problem": reader.t(problem[1])}, status=problem[0])
    part, found = part_of(query.get("part", "")), query.get("q", "").strip()[:LONGEST_SEARCH]
    language = query.get("language", ZH)
    topic = query.get("topic", "")
    asked = Asked(
        part,
        topic if topic in TOPICS else next(iter(TOPICS)),
        language if language in languages(part) else ZH,
        storable(found),
        own=query.get("own") == "1",
    )
    shipped = site.institutions.shipped[institution.id]
    good, bad = wording.usable(shipped, wording.words_of(version))
    every = lines(shipped, good, bad, asked)
    begin = _number(query.get("from", "")) // MOST * MOST
    shown_now = every[begin : begin + MOST]
    context = {
        **_common(site, actor, institution, reader),
        "asked": asked,
        "parts": PARTS,
        "topics": list(TOPICS),
        "languages": languages(part),
        "lines": [(line, _path(institution, line.place)) for line in shown_now],
        "count": len(every),
        "by_topic": part == SAID and not asked.text and not asked.own,
        "newer": _again(query, begin - MOST) if begin else "",
        "older": _again(query, begin + MOST) if begin + MOST < len(every) else "",
        "version": version.number if version else 0,
        "owns": len(good),
        "unfit": len(bad),
    }
    return await page(request, "wording.html", context)


async def show_one(request: web.Request) -> web.Response:
    """One sentence: as it is, as it would be shown, and what became of it."""
    actor = await sessions.require(request)
    site = request.app[SITE]
    institution, place = _place(request, actor, request.query.get("language", ZH))
    version, problem = await _now(site, institution, actor)
    if problem:
        context = {"may": False, "problem": reader_of(request).t(problem[1])}
        return await page(request, "wording.html", context, status=problem[0])
    done = "wording.done" if request.query.get("done") == "1" else ""
    return await _one(request, actor, institution, place, version, done=done)


async def write(request: web.Request) -> web.Response:
    """Preview what was written, say it from now on, or say again what the file says."""
    fields = await sessions.form(request)
    actor, site = await sessions.require(request), request.app[SITE]
    institution, place = _place(request, actor, fields.get("language", ZH))
    shipped, do = site.institutions.shipped[institution.id], fields.get("do", "")
    text = None if do == "file" else fields.get("text", "")
    base = _number(fields.get("base", ""))
    version, denied = await _now(site, institution, actor)
    if denied or do == "preview":
        if denied:
            context = {"may": False, "problem": reader_of(request).t(denied[1])}
            return await page(request, "wording.html", context, status=denied[0])
        template = "wording_preview.html" if "HX-Request" in request.headers else "wording_one.html"
        return await _one(request, actor, institution, place, version, typed=fields, template=template)
    edit = Edit(place, text, fields.get("why", ""), base)
    try:
        await site.store.run(wording.change, shipped, edit, by=actor, at=site.clock())
    except tuple(WRONG) as error:
        newest, _ = await _now(site, institution, actor)
        return await _one(request, actor, institution, place, newest, typed=fields, error=error)
    await _speak(site)
    return go(f"{_path(institution, place)}&done=1")


async def show_versions(request: web.Request) -> web.Response:
    """Every change of an institution's words, newest first."""
    actor = await sessions.require(request)
    institution = _home(request, actor)
    done = "wording.done.back" if request.query.get("done") == "1" else ""
    return await _versions(request, actor, institution, done=done)


async def put_back(request: web.Request) -> web.Response:
    """Say once more what a version said."""
    fields = await sessions.form(request)
    actor, site = await sessions.require(request), request.app[SITE]
    institution = _home(request, actor)
    try:
        await site.store.run(
            wording.restore,
            site.institutions.shipped[institution.id],
            int(request.match_info["number"]),
            why=fields.get("why", ""),
            base=_number(fields.get("base", "")),
            by=actor,
            at=site.clock(),
        )
    except tuple(WRONG) as error:
        return await _versions(request, actor, institution, error=error)
    await _speak(site)
    return go(f"{PLACE}/{institution.id}/versions?done=1")


async def _speak(site: Site) -> None:
    """This process says it at once, the others within a second."""
    site.institutions.speak(await site.store.read(wording.live))


async def _now(site: Site, institution: Institution, actor: Actor) -> tuple[Wording | None, tuple[int, str] | None]:
    try:
        return await site.store.read(wording.now, institution.id, by=actor), None
    except NoWriter:
        return None, WRONG[NoWriter]


async def _one(
    request: web.Request,
    actor: Actor,
    institution: Institution,
    place: Place,
    version: Wording | None,
    *,
    typed: Mapping[str, str] | None = None,
    error: Exception | None = None,
    done: str = "",
    template: str = "wording_one.html",
) -> web.Response:
    site, reader = request.app[SITE], reader_of(request)
    shipped = site.institutions.shipped[institution.id]
    own, ours = wording.words_of(version).get(place), fitting.ours(shipped, place)
    now, typed = own if own is not None else ours, typed or {}
    text = typed.get("text", now)[: wording.MOST_READ]
    faults = list(fitting.wrongs(shipped, place, text.replace("\r\n", "\n"))) if typed or own is not None else []
    status, key = WRONG[type(error)] if error else (200, "")
    context = {
        **_common(site, actor, institution, reader),
        "place": place,
        "path": _path(institution, place),
        "action": _path(institution, place).partition("?")[0],
        "title": _title(shipped, place, reader),
        "topic": topic_of(place.key),
        "others": [(one, _path(institution, Place(place.part, place.key, one))) for one in languages(place.part)],
        "ours": ours,
        "now": now,
        "own": own is not None,
        "text": text,
        "why": typed.get("why", ""),
        "longest": fitting.LONGEST[place.part],
        "longest_why": LONGEST_WHY,
        "facts": [
            (f"{{{name}}}", shown(f"{{{name}}}", place.language, shipped)) for name in sorted(fitting.known(place))
        ],
        "base": version.number if version else 0,
        "faults": [_fault(fault, reader) for fault in faults],
        "changed": difference(now, text) if text != now else [],
        "shown": shown(text, place.language, shipped),
        "written": traditional(shown(text, ZH, shipped)) if place.language == ZH else "",
        "characters": len(text),
        "bytes": len(text.encode()),
        "most_bytes": fitting.MOST_BYTES,
        "news": _told(error.news, shipped, reader) if isinstance(error, ChangedMeanwhile) else [],
        "problem": reader.t(key, most=LONGEST_WHY) if key else "",
        "done": reader.t(done) if done else "",
    }
    return await page(request, template, context, status=status)


async def _versions(
    request: web.Request, actor: Actor, institution: Institution, *, error: Exception | None = None, done: str = ""
) -> web.Response:
    site, reader = request.app[SITE], reader_of(request)
    shipped = site.institutions.shipped[institution.id]
    below = _number(request.query.get("below", "")) or None
    try:
        past = await site.store.read(wording.past, institution.id, by=actor, limit=VERSIONS, below=below)
        newest = (
            past.versions[0]
            if below is None and past.versions
            else await site.store.read(wording.now, institution.id, by=actor)
        )
    except NoWriter:
        status, key = WRONG[NoWriter]
        return await page(request, "wording.html", {"may": False, "problem": reader.t(key)}, status=status)
    status, key = WRONG[type(error)] if error else (200, "")
    context = {
        **_common(site, actor, institution, reader),
        "versions": _told(past.versions, shipped, reader),
        "base": newest.number if newest else 0,
        "owns": bool(newest and newest.words),
        "older": past.versions[-1].number if past.more else 0,
        "longest_why": LONGEST_WHY,
        "problem": reader.t(key, most=LONGEST_WHY) if key else "",
        "done": reader.t(done) if done else "",
    }
    return await page(request, "wording_versions.html", context, status=status)


def _common(site: Site, actor: Actor, institution: Institution, reader: Reader) -> dict[str, Any]:
    return {
        "may": True,
        "institutions": homes.served(site, actor),
        "chosen": institution,
        "called": reader.name,
    }


def _told(versions: Sequence[Wording], shipped: Institution, reader: Reader) -> list[dict[str, Any]]:
    """Versions as people read them."""
    return [
        {
            "number": one.number,
            "at": reader.moment(one.at, shipped),
            "by": one.by,
            "why": one.why,
            "restores": one.restores,
            "changes": [_change(change, shipped, reader) for change in one.changes],
        }
        for one in versions
    ]


def _change(change: tuple[str, str, str, str, str | None], shipped: Institution, reader: Reader) -> dict[str, Any]:
    part, key, language, before, after = change
    place = Place(part_of(part), key, language)
    there = fitting.there(shipped, place)
    now = after if after is not None else fitting.ours(shipped, place) if there else ""
    return {
        "title": _title(shipped, place, reader),
        "part": place.part,
        "language": language,
        "path": _path(shipped, place) if there else "",
        "pieces": difference(before, now),
        "file": after is None,
    }


def _title(shipped: Institution, place: Place, reader: Reader) -> str:
    if place.part == SAID:
        return place.key
    row = row_of(shipped, place.part, place.key)
    if row is None:
        return place.key
    asks: tuple[str, ...] = getattr(row, "asks", ())
    return (asks[0] if asks else place.key) if place.part == "faq" else reader.name(row)


def _fault(fault: Fault, reader: Reader) -> str:
    return reader.t(f"wording.fault.{fault.code}", **fault.facts)


def _path(institution: Institution, place: Place) -> str:
    return f"{PLACE}/{institution.id}/{place.part}/{place.key}?language={place.language}"


def _again(query: Mapping[str, str], begin: int) -> str:
    kept = {key: value for key, value in query.items() if key != "from"}
    return f"{PLACE}?{urlencode(kept | {'from': begin})}"


def _home(request: web.Request, actor: Actor) -> Institution:
    wanted, site = request.match_info["institution"], request.app[SITE]
    found = homes.chosen(site, actor, wanted)
    if found.id != wanted:
        raise Refused(404, *NOWHERE)
    return found


def _place(request: web.Request, actor: Actor, language: str) -> tuple[Institution, Place]:
    """Raises: Refused: there are no such words, or they are none of theirs."""
    institution, told = _home(request, actor), request.match_info
    place = Place(part_of(told["part"]), told["key"], language)
    shipped = request.app[SITE].institutions.shipped[institution.id]
    if language not in {ZH, HANT, EN} or not fitting.there(shipped, place):
        raise Refused(404, *NOWHERE)
    return institution, place


def _number(told: str) -> int:
    """A number of a form or an address; what is none is 0."""
    return int(told) if told.isascii() and told.isdigit() and len(told) <= len("999999999") else 0
