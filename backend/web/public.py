"""/public: anonymised counts, rates, speed, months, districts and hot topics, as a page in two languages and as JSON.

Everything goes through ``reports.publishing``: nothing under ten is told, nor
what would give it away by subtraction. It is counted once a day, up to the day
before: who reads it every minute cannot see one case come, nor of which kind.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from dataclasses import asdict, dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import aiohttp_jinja2
from aiohttp import web

from backend.reports import counts, openly
from backend.reports.publishing import FEW, STEP, few, publish, rough, series, share
from backend.services.privacy.masking import masked_text
from backend.totalling import catch_up
from backend.web.keys import SITE
from backend.web.limits import address, check
from backend.web.public_words import WORDS
from nlp.topics import hot

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import date

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
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Found:
    """What is told of the days before one, before anything is hidden; ``topics``: those of FEW voices and more."""

    counts: Counts
    open: Open
    topics: tuple[Topic, ...] = ()


class Topics:
    """The hot topics, searched for beside the readers: no page waits for them."""

    def __init__(self) -> None:
        self.found: tuple[Topic, ...] = ()
        self._task: asyncio.Task[None] | None = None

    def search(self, told: Open) -> None:
        """What is found last is replaced as soon as these letters are searched."""
        self._task = asyncio.create_task(self._find(told))

    async def _find(self, told: Open) -> None:
        self.found = await asyncio.to_thread(hot_topics, told)

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
    """The counts of the days before today, counted by the first reader of a day for all of that day."""

    def __init__(self, count: Callable[[date], Awaitable[Found]], *, today: Callable[[], date]) -> None:
        self._count, self._today = count, today
        self._one = asyncio.Lock()
        self._counts: tuple[date, Found] | None = None

    async def get(self) -> Found:
        """The counts, the same until midnight."""
        async with self._one:
            today = self._today()
            if self._counts is None or self._counts[0] != today:
                self._counts = (today, await self._count(today))
            return self._counts[1]


HOT_SHOWN = 5
HOUR = timedelta(hours=1)
LATEST = web.AppKey("public.latest", Latest)
TOPICS = web.AppKey("public.topics", Topics)


def setup(app: web.Application) -> None:
    """Serve the counts."""
    site = app[SITE]
    app[TOPICS] = Topics()
    app[LATEST] = Latest(
        lambda today: _count(site, app[TOPICS], today), today=lambda: site.clock().astimezone(_zone(site)).date()
    )
    app.on_cleanup.append(_stop)
    app.router.add_get(PATH, serve)


async def _stop(app: web.Application) -> None:
    await app[TOPICS].stop()


async def _count(site: Site, topics: Topics, today: date) -> Found:
    """Bring the totals up to now and read what they hold of the days before; the letters are not kept."""
    await catch_up(site)
    midnight = datetime.combine(today, time(), _zone(site))
    told = await site.store.read(openly.of, today=today, now=midnight)
    topics.search(told)
    found = await site.store.read(counts.so_far, site.institutions, last=today - DAY, now=midnight)
    return Found(found, replace(told, letters=()))


def _zone(site: Site) -> ZoneInfo:
    return ZoneInfo(site.institutions[site.settings.institution].timezone)


async def serve(request: web.Request) -> web.Response:
    """The page, or the data with ``?format=json``."""
    check(request, "public", address(request))
    site, found = request.app[SITE], await request.app[LATEST].get()
    found = replace(found, topics=found.topics or request.app[TOPICS].found)
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
        "as_of": found.counts.last.isoformat(),
        "as_of_words": {language: _as_of(found, language) for language in WORDS},
        "smallest": FEW,
        "standing_rounded_to": STEP,
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
        "last": found.counts.last,
        "as_of": _as_of(found, language),
        "rough": STANDS,
        "totals": _totals(found.counts),
        "rates": [(rate, _rate(getattr(found.counts, rate))) for rate in RATES],
        "tables": tables,
        "speed": _speed(found.open),
        "months": months,
        "most": max((n for _, n in months if n), default=0),
        "topics": found.topics,
    }


def _totals(found: Counts) -> list[tuple[str, int | str | None]]:
    """All, and roughly where they stand when it is counted; the three cannot be reckoned from the whole."""
    told = series([getattr(found, total) for total in STANDS])
    stands = [None if n is None else rough(n) for n in told]
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
    """As far as it may be seen, and of how many."""
    return {**asdict(share(rate)), "of": few(rate.denominator)}


def _as_of(found: Found, language: str) -> str:
    last = found.counts.last
    return WORDS[language]["as_of"].format(year=last.year, month=last.month, day=last.day)
