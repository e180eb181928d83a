"""How each institution is set up, to read: a list, a page for each, and its file. The files are the truth."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from aiohttp import web

from backend.domain import rights
from backend.services.office import files
from backend.settings import TERMINAL
from backend.web import sessions
from backend.web.desk import channels
from backend.web.desk.giving import institutions_of
from backend.web.desk.offices_told import categories, counts, promises, routes, rules, slots
from backend.web.desk.pages import go, page, reader_of
from backend.web.keys import SITE

if TYPE_CHECKING:
    from backend.domain.case import Actor
    from backend.site import Site
    from backend.web.desk.view import Reader
    from institutions.model import Institution

OFFICES = "/desk/offices"


def setup(app: web.Application) -> None:
    """The list, one, and its file."""
    app.router.add_get(OFFICES, show)
    app.router.add_get(f"{OFFICES}/one", show_one)
    app.router.add_get(f"{OFFICES}/file", download)


async def show(request: web.Request) -> web.Response:
    """Those that are served, then those that could be."""
    actor, site, reader = await sessions.require(request), request.app[SITE], reader_of(request)
    if not rights.may(actor, "offices"):
        return await _refused(request, "wrong.offices.may", 403)
    homes = set(site.homes.values())
    found = [_card(one, site, reader) for one in institutions_of(site, actor)]
    served = [card for card in found if card["id"] in homes]
    others = [card for card in found if card["id"] not in homes]
    return await page(request, "offices.html", {"may": True, "served": served, "others": others})


async def show_one(request: web.Request) -> web.Response:
    """Everything about one."""
    actor, site, reader = await sessions.require(request), request.app[SITE], reader_of(request)
    if not rights.may(actor, "offices"):
        return await _refused(request, "wrong.offices.may", 403)
    key = request.query.get("id", "")
    if not key:
        return go(OFFICES)
    home = _known(site, actor, key)
    if home is None:
        return await _refused(request, "wrong.offices.unknown", 404)
    try:
        examined = await asyncio.to_thread(files.examine, key, site.settings.institutions_place)
    except KeyError:  # its file was taken away since the start
        examined = files.Examined(f"{key}.toml", own=False, mistakes=(), thin=())
    context = {
        "one": _card(home, site, reader),
        "home": home,
        "called": reader.name,
        "accepts": home.accepts_en if reader.language == "en" else home.accepts,
        "hours": _hours(home, reader),
        "kinds": [reader.t(f"kind.{kind}") for kind in home.kinds],
        "slots": slots(home, reader),
        "promises": promises(home, reader),
        "categories": categories(home, reader),
        "routes": routes(home, reader),
        "rules": rules(home, reader),
        "counts": counts(home, reader),
        "examined": examined,
        "file": reader.t(f"offices.file.{'own' if examined.own else 'built_in'}", name=examined.name),
    }
    return await page(request, "office.html", context)


async def download(request: web.Request) -> web.Response:
    """The file as it is now."""
    actor, site = await sessions.require(request), request.app[SITE]
    if not rights.may(actor, "offices"):
        return await _refused(request, "wrong.offices.may", 403)
    key = request.query.get("id", "")
    if not key:
        return go(OFFICES)
    try:
        path = files.place(key, site.settings.institutions_place) if _known(site, actor, key) else None
        data = await asyncio.to_thread(path.read_bytes) if path else None
    except (KeyError, OSError):
        data = None
    if data is None:
        return await _refused(request, "wrong.offices.unknown", 404)
    headers = {"Content-Disposition": f'attachment; filename="{key}.toml"', "Cache-Control": "no-store"}
    return web.Response(body=data, content_type="application/toml", headers=headers)


async def _refused(request: web.Request, key: str, status: int) -> web.Response:
    return await page(request, "offices.html", {"may": False, "problem": reader_of(request).t(key)}, status=status)


def _known(site: Site, actor: Actor, key: str) -> Institution | None:
    return next((one for one in institutions_of(site, actor) if one.id == key), None)


def _card(one: Institution, site: Site, reader: Reader) -> dict[str, Any]:
    names = [name for name, home in site.homes.items() if home == one.id and name != TERMINAL]
    matters = sum(len(category.matters) for category in one.categories)
    size = {"departments": len(one.departments), "categories": len(one.categories), "matters": matters}
    return {
        "id": one.id,
        "name": reader.name(one),
        "code": reader.t("offices.code", code=one.code),
        "size": reader.t("offices.size", **size),
        "channels": [channels.called(site.settings, name, reader=reader) for name in names],
    }


def _hours(one: Institution, reader: Reader) -> str:
    mark = ", " if reader.language == "en" else "、"
    spans = mark.join(f"{opens}–{closes}" for opens, closes in one.hours.spans)
    return reader.t("offices.hours.told", spans=spans, zone=one.timezone)
