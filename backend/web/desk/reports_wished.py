"""Reports that somebody wants of each period: said on a report's page, listed on the page of reports with what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.domain import addresses, periods
from backend.reporting.letter import PLACE
from backend.reporting.table import TABLE
from backend.reports import spans
from backend.services.office import letters, reporting
from backend.web import sessions
from backend.web.desk import homes
from backend.web.desk.pages import go, language_of
from backend.web.desk.reports_asked import kind_of, path
from backend.web.desk.words import WORDS
from backend.web.errors import Refused
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiohttp import web

    from backend.domain.case import Actor
    from backend.site import Site
    from backend.store.letters import Letter
    from backend.store.wishes import Ready, Wish
    from backend.web.desk.view import Reader
    from institutions.model import Institution

Shown = dict[str, Any]
TONES = {"sent": "good", "queued": "wait", "sending": "wait", "failed": "bad"}


def setup(app: web.Application) -> None:
    """Two forms."""
    app.router.add_post(f"{PLACE}/{{key}}/want", want, name="desk-report-want")
    app.router.add_post(f"{PLACE}/{{key}}/again", again, name="desk-report-again")


async def want(request: web.Request) -> web.Response:
    """This report of each period from now on, or no more."""
    typed = await sessions.form(request)
    actor, kind, site = await sessions.require(request), kind_of(request), request.app[SITE]
    home = _home(site, actor, typed.get("institution", ""))
    if typed.get("no"):
        await site.store.run(reporting.stop, kind.key, home, by=actor)
        return go(f"{PLACE}?done=kept")
    way = typed.get("way", "")
    if way and way not in letters.ways(site.settings.mail, site.settings.notify, home):
        raise Refused(422, *WORDS["reports.noway"])
    try:
        domains = site.settings.mail.domains if site.settings.mail else ()
        address = addresses.mail(typed.get("address", ""), domains) if way == letters.MAIL else ""
        told = {"way": way, "address": address, "language": language_of(request)}
        await site.store.run(reporting.want, kind.key, home, by=actor, at=site.clock(), **told)
    except addresses.BadAddress as error:
        raise Refused(422, error.zh, str(error)) from error
    except reporting.NotAllowed as error:
        raise Refused(403, *WORDS["wrong.numbers"]) from error
    except reporting.TooMany as error:
        raise Refused(409, *(words.format(n=reporting.MOST) for words in WORDS["reports.toomany"])) from error
    return go(f"{PLACE}?done=kept")


async def again(request: web.Request) -> web.Response:
    """Send what could not be sent once more."""
    typed = await sessions.form(request)
    actor, kind, site = await sessions.require(request), kind_of(request), request.app[SITE]
    home = _home(site, actor, typed.get("institution", ""))
    if not letters.may_read(actor, home):
        raise Refused(403, *WORDS["wrong.numbers"])
    count = await site.store.run(letters.again, site.institutions, kind.key, home, by=actor, at=site.clock())
    if not count:
        raise Refused(409, *WORDS["reports.nothing"])
    return go(f"{PLACE}?done=again")


def ways(site: Site, home: Institution | None, mine: Sequence[Wish], report: str, reader: Reader) -> Shown:
    """What the form below a report offers; what they have chosen already stands there."""
    key = home.id if home else ""
    had = next((one for one in mine if (one.report, one.institution) == (report, key)), None)
    known = next((one.address for one in mine if one.address), "")
    offered = letters.ways(site.settings.mail, site.settings.notify, key)
    return {
        "ways": [(way, _way(way, reader)) for way in offered],
        "way": had.way if had else "",
        "wanted": had is not None,
        "address": had.address if had and had.address else known,
        "domains": site.settings.mail.domains if site.settings.mail else (),
    }


def wish(one: Wish, last: Letter | None, served: tuple[Institution, ...], reader: Reader) -> Shown:
    """A report that somebody wants of each period, and what became of the last letter with it."""
    way = _way(one.way, reader) if one.way else ""
    return {
        "key": one.report,
        "institution": one.institution,
        "title": _title(one.report, one.institution, served, reader),
        "way": f"{way} {one.address}".strip(),
        "letter": _letter(last, reader, served) if last is not None and one.way else None,
    }


def ready(one: Ready, served: tuple[Institution, ...], reader: Reader) -> Shown:
    """One that is ready."""
    kind = TABLE[one.report]
    home = next((each for each in served if each.id == one.institution), None)
    period = periods.holding(kind.period, one.first)
    return {
        "path": path(kind, home, period) + "&new=1",
        "title": _title(one.report, one.institution, served, reader),
        "span": spans.called(period).of(reader.language),
        "seen": one.seen_at is not None,
    }


def _letter(last: Letter, reader: Reader, served: tuple[Institution, ...]) -> Shown:
    home = next((each for each in served if each.id == last.institution), served[0])
    period = periods.holding(TABLE[last.report].period, last.first)
    return {
        "state": reader.t(f"reports.letter.{last.state}"),
        "tone": TONES[last.state],
        "why": _why(last.reason, reader),
        "span": spans.called(period).of(reader.language),
        "at": reader.moment(last.changed_at, home),
        "failed": last.state == "failed",
    }


def _why(reason: str, reader: Reader) -> str:
    """The reason in the reader's language: those kept begin with one of the sentences that the words know."""
    if reader.language == "en" or not reason:
        return reason
    for key, (zh, en) in WORDS.items():
        if key.startswith("reports.why.") and reason.startswith(en):
            return f"{zh}{reason[len(en) :]}" if zh.endswith(("：", " ")) else zh
    return reason


def _way(way: str, reader: Reader) -> str:
    return reader.t("reports.way.mail") if way == letters.MAIL else way.removeprefix(letters.PLACE)


def _home(site: Site, actor: Actor, home: str) -> str:
    """The same. Raises: Refused."""
    if home and home not in {one.id for one in homes.served(site, actor)}:
        raise Refused(422, *WORDS["reports.nohome"])
    return home


def _title(report: str, institution: str, served: tuple[Institution, ...], reader: Reader) -> str:
    home = next((each for each in served if each.id == institution), None)
    whose = reader.name(home) if home else institution or reader.t("reports.every")
    return f"{TABLE[report].title.of(reader.language)} · {whose}"
