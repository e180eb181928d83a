"""/public: anonymised counts, rates, speed, months, districts and hot topics, as a page in two languages and as JSON.

Everything goes through ``reports.publishing``: nothing under ten is told, nor
what would give it away by subtraction.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import aiohttp_jinja2
from aiohttp import web

from backend.reports import counts, openly
from backend.reports.publishing import FEW, few, publish, series
from backend.services.privacy.masking import masked_text
from backend.totalling import catch_up
from backend.web.keys import SITE
from backend.web.limits import address, check
from backend.web.public_words import WORDS
from nlp.topics import hot

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from backend.domain.rates import Rate
    from backend.reports.counts import Counts
    from backend.reports.openly import Open
    from backend.reports.publishing import Published
    from backend.site import Site
    from nlp.topics.hot import Topic

    Json = dict[str, Any]

PATH = "/public"
STANDS = ("open", "answered", "closed")
PLURAL = {"category": "categories", "district": "districts", "institution": "institutions"}
RATES = ("on_time", "response", "solution", "satisfaction")
REST = 20
"""Counting rests this many times as long as it took, so that a crowd of readers costs a twentieth of one thread …"""
OLDEST = 60.0
"""… but no count is older than this, in seconds. (They are read from daily totals.)"""


@dataclass(frozen=True, slots=True)
class Found:
    """What is told, before anything is hidden; ``topics``: those of FEW voices and more."""

    counts: Counts
    open: Open
    topics: tuple[Topic, ...] = ()


class Topics:
    """The hot topics, searched for beside the readers and kept for an hour: no page waits for them."""

    def __init__(self) -> None:
        self._at: datetime | None = None
        self._found: tuple[Topic, ...] = ()
        self._task: asyncio.Task[None] | None = None

    def newest(self, told: Open, at: datetime) -> tuple[Topic, ...]:
        """What was found last; where that is old, more is being found from now on."""
        if (self._at is None or at - self._at > HOT_KEPT) and (self._task is None or self._task.done()):
            self._at = at
            self._task = asyncio.create_task(self._find(told))
        return self._found

    async def _find(self, told: Open) -> None:
        self._found = await asyncio.to_thread(hot_topics, told)

    async def stop(self) -> None:
        """The server ends."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)


def hot_topics(told: Open) -> tuple[Topic, ...]:
    """Of FEW voices and more, the hottest first."""
    letters = (
        hot.Message(one.number, one.at, masked_text(one.what), voice=one.person, place=masked_text(one.where))
        for one in told.letters
    )
    return tuple(one for one in hot.topics(letters) if one.voices >= FEW)[:HOT_SHOWN]


class Latest:
    """The newest counts, counted by one reader at a time for all who wait."""

    def __init__(self, count: Callable[[], Awaitable[Found]], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._count, self._clock = count, clock  # seconds
        self._one = asyncio.Lock()
        self._counts: Found | None = None
        self._old_at = 0.0

    async def get(self) -> Found:
        """The counts; see REST and OLDEST for how new they are."""
        async with self._one:
            if self._counts is None or self._clock() >= self._old_at:
                begun = self._clock()
                self._counts = await self._count()
                done = self._clock()
                self._old_at = done + min(REST * (done - begun), OLDEST)
            return self._counts


HOT_KEPT = timedelta(hours=1)
HOT_SHOWN = 5
HOUR = timedelta(hours=1)
LATEST = web.AppKey("public.latest", Latest)
TOPICS = web.AppKey("public.topics", Topics)


def setup(app: web.Application) -> None:
    """Serve the counts."""
    site = app[SITE]
    app[TOPICS] = Topics()
    app[LATEST] = Latest(lambda: _count(site, app[TOPICS]))
    app.on_cleanup.append(_stop)
    app.router.add_get(PATH, serve)


async def _stop(app: web.Application) -> None:
    await app[TOPICS].stop()


async def _count(site: Site, topics: Topics) -> Found:
    """Bring the totals up to now, which are a minute old at most, and read them."""
    await catch_up(site)
    now = site.clock()
    today = now.astimezone(ZoneInfo(site.institutions[site.settings.institution].timezone)).date()
    told = await site.store.read(openly.of, now=now, today=today)
    return Found(await site.store.read(counts.so_far, site.institutions, now=now), told, topics.newest(told, now))


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


def data(found: Found, site: Site) -> Json:
    """The counts as JSON, with the names in both languages. None: hidden, since it is or would tell a small number."""
    names = _names(site)
    tables = {
        PLURAL[name]: {
            "rows": [{"name": row, "name_en": names.get(row, row), "count": count} for row, count in table.rows],
            "others": table.rest,
        }
        for name, table in _tables(found, site).items()
    }
    return {
        "as_of": _local(found.counts, site).isoformat(timespec="seconds"),
        "smallest": FEW,
        **dict(_totals(found.counts)),
        **tables,
        "rates": {rate: _rate(getattr(found.counts, rate)) for rate in RATES},
        "speed": _speed(found.open),
        "months": [{"month": month, "filed": n} for month, n in _months(found)],
        "topics": [{"place": one.place, "matter": one.matter, "voices": one.voices} for one in found.topics],
    }


def shown(found: Found, site: Site, language: str) -> Json:
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
    months = _months(found)
    return {
        "language": language,
        "words": WORDS[language],
        "home": site.institutions[site.settings.institution],
        "at": _local(found.counts, site),
        "totals": _totals(found.counts),
        "rates": [(rate, _rate(getattr(found.counts, rate))) for rate in RATES],
        "tables": tables,
        "speed": _speed(found.open),
        "months": months,
        "most": max((n for _, n in months if n), default=0),
        "topics": found.topics,
    }


def _totals(found: Counts) -> list[tuple[str, int | str | None]]:
    """All, and where they stand; the three cannot be reckoned from the whole."""
    stands = series([getattr(found, total) for total in STANDS])
    return [("filed", few(found.filed)), *zip(STANDS, stands, strict=True)]


def _months(found: Found) -> list[tuple[str, int | None]]:
    """Each month that is over. The whole less these is this month and what is older: that must be no small number either."""
    told = found.open.months
    others = max(0, found.counts.filed - sum(n for _, n in told))
    _, *hidden = series([others, *(n for _, n in told)])
    return [(f"{month:%Y-%m}", n) for (month, _), n in zip(told, hidden, strict=True)]


def _speed(told: Open) -> Json:
    half = told.speed.half
    known = told.speed.of >= FEW and half is not None
    return {"of": few(told.speed.of), "half_within_hours": round(half / HOUR, 1) if known and half else None}


def _tables(found: Found, site: Site) -> dict[str, Published]:
    """The tables with Chinese names; categories of one name are one row, whichever institution has them."""
    categories: Counter[str] = Counter()
    for (home, key), count in found.counts.by_category.items():
        categories[_category(site, home, key)] += count
    institutions = {_called(site, home): count for home, count in found.counts.by_institution.items()}
    return {
        "category": publish(categories),
        "district": publish(_districts(found)),
        "institution": publish(institutions),
    }


def _districts(found: Found) -> dict[str, int]:
    """With those who named none, where they are few: the whole less the rows would be their number."""
    told = found.open.districts
    nowhere = found.counts.filed - sum(told.values())
    return told | ({"": nowhere} if 0 < nowhere < FEW else {})


def _category(site: Site, home: str, key: str) -> str:
    """Its name; one that the institution has no more, or of an institution that is served no more, is called by its key."""
    told = site.institutions.get(home)
    return next((category.name for category in (told.categories if told else ()) if category.id == key), key)


def _called(site: Site, home: str) -> str:
    """An institution's name; one that is served no more is called by its key."""
    told = site.institutions.get(home)
    return told.name if told else home


def _names(site: Site) -> Mapping[str, str]:
    """English names by Chinese ones, where there are any."""
    homes = site.institutions.values()
    named = [(home.name, home.name_en) for home in homes]
    named += [(category.name, category.name_en) for home in homes for category in home.categories]
    return {zh: en for zh, en in named if en}


def _rate(rate: Rate) -> Json:
    """With the ends between which it lies with 95 % confidence; a share that tells of fewer than ten people is hidden."""
    enough = rate.denominator >= FEW
    low, high = (rate.low, rate.high) if enough else (None, None)
    return {"share": rate.share if enough else None, "low": low, "high": high, "of": few(rate.denominator)}


def _local(found: Counts, site: Site) -> datetime:
    return found.at.astimezone(ZoneInfo(site.institutions[site.settings.institution].timezone))
