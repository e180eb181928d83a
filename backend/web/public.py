"""/public: anonymised counts of everything so far, as a page in two languages and as JSON."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import aiohttp_jinja2
from aiohttp import web

from backend.reports import counts
from backend.reports.publishing import FEW, few, publish
from backend.totalling import catch_up
from backend.web.keys import SITE
from backend.web.limits import address, check
from backend.web.public_words import WORDS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from backend.domain.rates import Rate
    from backend.reports.counts import Counts
    from backend.reports.publishing import Published
    from backend.site import Site

    Json = dict[str, Any]

PATH = "/public"
TOTALS = ("filed", "open", "answered", "closed")
PLURAL = {"category": "categories", "institution": "institutions"}
RATES = ("on_time", "response", "solution", "satisfaction")
REST = 20
"""Counting rests this many times as long as it took, so that a crowd of readers costs a twentieth of one thread …"""
OLDEST = 60.0
"""… but no count is older than this, in seconds. (They are read from daily totals.)"""


class Latest:
    """The newest counts, counted by one reader at a time for all who wait."""

    def __init__(self, count: Callable[[], Awaitable[Counts]], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._count, self._clock = count, clock  # seconds
        self._one = asyncio.Lock()
        self._counts: Counts | None = None
        self._old_at = 0.0

    async def get(self) -> Counts:
        """The counts; see REST and OLDEST for how new they are."""
        async with self._one:
            if self._counts is None or self._clock() >= self._old_at:
                begun = self._clock()
                self._counts = await self._count()
                done = self._clock()
                self._old_at = done + min(REST * (done - begun), OLDEST)
            return self._counts


LATEST = web.AppKey("public.latest", Latest)


def setup(app: web.Application) -> None:
    """Serve the counts."""
    site = app[SITE]
    app[LATEST] = Latest(lambda: _count(site))
    app.router.add_get(PATH, serve)


async def _count(site: Site) -> Counts:
    """Bring the totals up to now, which are a minute old at most, and read them."""
    await catch_up(site)
    return await site.store.read(counts.so_far, now=site.clock())


async def serve(request: web.Request) -> web.Response:
    """The page, or the data with ``?format=json``."""
    check(request, "public", address(request))
    site, found = request.app[SITE], await request.app[LATEST].get()
    if request.query.get("format") == "json":
        text = json.dumps(data(found, site), ensure_ascii=False)
        return web.Response(text=text, content_type="application/json", headers={"Cache-Control": "no-cache"})
    language = "en" if request.query.get("lang") == "en" else "zh"
    page = aiohttp_jinja2.render_template("public/counts.html", request, shown(found, site, language))
    page.headers["Cache-Control"] = "no-cache"
    return page


def data(found: Counts, site: Site) -> Json:
    """The counts as JSON, with the names in both languages."""
    names = _names(site)
    tables = {
        PLURAL[name]: {
            "rows": [{"name": row, "name_en": names.get(row, row), "count": count} for row, count in table.rows],
            "others": table.rest,
        }
        for name, table in _tables(found, site).items()
    }
    return {
        "as_of": _local(found, site).isoformat(timespec="seconds"),
        **{total: getattr(found, total) for total in TOTALS},
        **tables,
        "rates": {rate: _rate(getattr(found, rate)) for rate in RATES},
    }


def shown(found: Counts, site: Site, language: str) -> Json:
    """What the template fills in."""
    names = _names(site) if language == "en" else {}
    tables = {
        name: {
            "rows": [(names.get(row, row), count) for row, count in table.rows],
            "rest": table.rest,
            "most": max((count for _, count in table.rows), default=0),
        }
        for name, table in _tables(found, site).items()
    }
    return {
        "language": language,
        "words": WORDS[language],
        "home": site.institutions[site.settings.institution],
        "at": _local(found, site),
        "totals": [(total, getattr(found, total)) for total in TOTALS],
        "rates": [(rate, _rate(getattr(found, rate))) for rate in RATES],
        "tables": tables,
    }


def _tables(found: Counts, site: Site) -> dict[str, Published]:
    """The tables with Chinese names; categories of one name are one row, whichever institution has them."""
    categories: Counter[str] = Counter()
    for (home, key), count in found.by_category.items():
        categories[_category(site, home, key)] += count
    institutions = {site.institutions[home].name: count for home, count in found.by_institution.items()}
    return {"category": publish(categories), "institution": publish(institutions)}


def _category(site: Site, home: str, key: str) -> str:
    """Its name; one that the institution has no more is called by its key."""
    found = (category.name for category in site.institutions[home].categories if category.id == key)
    return next(found, key)


def _names(site: Site) -> Mapping[str, str]:
    """English names by Chinese ones, where there are any."""
    homes = site.institutions.values()
    named = [(home.name, home.name_en) for home in homes]
    named += [(category.name, category.name_en) for home in homes for category in home.categories]
    return {zh: en for zh, en in named if en}


def _rate(rate: Rate) -> Json:
    return {"share": rate.share if rate.denominator >= FEW else None, "of": few(rate.denominator)}


def _local(found: Counts, site: Site) -> datetime:
    return found.at.astimezone(ZoneInfo(site.institutions[site.settings.institution].timezone))
