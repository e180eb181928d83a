"""The link to a citizen's own data: a page with one button, and the file behind it, once.

Opening the link uses nothing up, since chat programs look at links before
people do; the button does. Whoever holds the link is let in, and nobody
without: it has 128 random bits, and the pages may be tried only so often.
"""

from __future__ import annotations

import asyncio
import io
import json
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

import aiohttp_jinja2
from aiohttp import web

from backend.services.privacy import exporting
from backend.web import languages
from backend.web.keys import SITE
from backend.web.limits import address, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment

WORDS = {
    "zh": {
        "title": "您的资料",
        "lead": "点下面的按钮下载。只能下载一次，里面有您的姓名、电话和聊天内容，请保存在自己的设备上。",
        "button": "下载",
        "over": "这个链接已经用过，或者过期了。要再下载，请回到聊天里再发一次“导出我的资料”。",
        "name": "我的资料",
        "made": "导出时间",
    },
    "en": {
        "title": "Your data",
        "lead": "Press the button to download. It works once. The file holds your name, phone and chats: keep it on your own device.",
        "button": "Download",
        "over": "This link was used already or has expired. To download again, send “export my data” in the chat.",
        "name": "my-data",
        "made": "Made",
    },
}
GONE = 410
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
MOST_DEEP = 12
"""Levels of values that are written out one below the other; deeper ones stand on one line."""


def setup(app: web.Application) -> None:
    """The page and the button."""
    path = exporting.PATH + r"{secret:[0-9a-f]{32}}"
    app.router.add_get(path, page)
    app.router.add_post(path, fetch)


async def page(request: web.Request) -> web.Response:
    """What is behind the link, and the button."""
    check(request, "public", address(request))
    site = request.app[SITE]
    counts = await site.store.read(exporting.counts, request.match_info["secret"], at=site.clock())
    return _page(request, over=not counts)


async def fetch(request: web.Request) -> web.Response:
    """The file; the link does not count any more."""
    check(request, "public", address(request))
    site, at = request.app[SITE], request.app[SITE].clock()
    told = await site.store.run(exporting.redeem, site.institutions, request.match_info["secret"], at=at)
    if told is None:
        return _page(request, over=True)
    words = WORDS[_language(request)]
    data = await asyncio.to_thread(zipped, told, words, request.app[aiohttp_jinja2.APP_KEY])
    headers = {"Content-Type": "application/zip", "Content-Disposition": 'attachment; filename="jiesu-data.zip"'}
    return web.Response(body=data, headers=HEADERS | headers)


def zipped(told: dict[str, Any], words: dict[str, str], pages: Environment) -> bytes:
    """The values for machines, and the same for people."""
    read = pages.get_template("chat/copied.html").render(words=words, rows=list(lines(told)), made=told["made_at"])
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(told, ensure_ascii=False, indent=1))
        archive.writestr(f"{words['name']}.html", read)
    return out.getvalue()


def lines(value: Any, name: str = "", depth: int = 0) -> Iterator[tuple[int, str, str]]:
    """(depth, name, words) of every value that says something."""
    if depth < MOST_DEEP and isinstance(value, dict | list):
        if name:
            yield depth, name, ""
        pairs = value.items() if isinstance(value, dict) else ((f"{n}", each) for n, each in enumerate(value, start=1))
        for key, each in pairs:
            yield from lines(each, str(key), depth + 1)
    elif value not in (None, "", [], {}):
        yield depth, name, str(value)


def _page(request: web.Request, *, over: bool) -> web.Response:
    language = _language(request)
    shown = {"words": WORDS[language], "language": language, "over": over}
    response = aiohttp_jinja2.render_template("chat/copy.html", request, shown, status=GONE if over else 200)
    response.headers.update(HEADERS)
    return response


def _language(request: web.Request) -> str:
    return "en" if languages.spoken(request) == "en" else "zh"
