"""Carries reports that are ready to the managers who want them outside the desk: each letter claimed, made, sent, recorded."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import structlog

from backend.domain import addresses, periods, scope
from backend.jobs.notify import apprising
from backend.reporting import letter as writing
from backend.reporting import making
from backend.reporting.outside import outside
from backend.reporting.table import TABLE
from backend.reports import as_paper, as_sheets, word
from backend.reports.figures import Asked
from backend.services.cases import totals
from backend.services.office import letters
from backend.services.office.letters import ELSEWHERE, Failure
from backend.store.errors import Busy, StoreUnavailable
from backend.totalling import catch_up

if TYPE_CHECKING:
    from backend.domain.case import Actor
    from backend.reports.written import Said, Written
    from backend.settings import NotifySettings, Settings
    from backend.site import Site
    from backend.store.letters import Letter

log = structlog.get_logger()

MOST_BYTES = 8_000_000
"""Of all files of one letter; base64 makes 11 MB of them, and many mail servers take no more."""
STEPS, FEW = 20, 500
"""Stretches of new events counted in before a letter is written; so many events may be missing in it."""
NOT_COUNTED = Failure("not everything is counted yet")
GONE = Failure("there is no such way any more", final=True)
NOBODY = Failure("the reader may not read this report any more", final=True)
NO_REPORT = Failure("there is no such report any more", final=True)


async def send(site: Site, owner: str) -> int:
    """Send all letters that are due, one after the other, then rest."""
    made: dict[tuple[Any, ...], Written] = {}  # of this round: several may want the same
    while (found := await site.store.run(letters.claim, owner, at=site.clock())) is not None:
        letter, actor = found
        failure = await _carried(site, letter, actor, made)
        if failure is not None:
            log.warning("a report could not be sent", report=letter.report, way=letter.way, why=failure.reason)
        await site.store.run(letters.record, site.institutions, letter, failure, owner=owner, at=site.clock())
    return 0


async def _carried(
    site: Site, letter: Letter, actor: Actor | None, made: dict[tuple[Any, ...], Written]
) -> Failure | None:  # fmt: skip
    """Make and send it; why it did not go."""
    if actor is None:
        return NOBODY
    if letter.report not in TABLE:
        return NO_REPORT
    if letter.way not in letters.ways(site.settings.mail, site.settings.notify, letter.institution):
        return GONE
    await catch_up(site, most=STEPS)
    if await site.store.read(totals.behind) > FEW:
        return NOT_COUNTED
    try:
        found = await _made(site, letter, actor, made)
        trouble = await asyncio.to_thread(_told, site, letter, found)
    except (Busy, StoreUnavailable):
        raise
    except Exception as error:
        log.exception("a report for a letter cannot be made", report=letter.report, institution=letter.institution)
        return Failure(f"the report cannot be made: {type(error).__name__}")
    return Failure(trouble) if trouble else None


async def _made(site: Site, letter: Letter, actor: Actor, made: dict[tuple[Any, ...], Written]) -> Written:
    """The report, without sealed cases: whoever reads a mailbox is asked for no password.

    Who handles cases reads along in a group's place.
    """
    own = scope.of(actor)
    seen = replace(own, named=scope.NOBODY, rated=own.rated or letter.way.startswith(letters.PLACE))
    key = (letter.report, letter.institution, letter.first, seen)
    if key not in made:
        kind, home = TABLE[letter.report], site.institutions.get(letter.institution)
        zone = ZoneInfo(home.timezone if home else ELSEWHERE)
        whole = periods.holding(kind.period, letter.first)
        asked = Asked(site.institutions, seen, letter.institution or None, whole, site.clock(), zone)
        made[key] = outside(await site.store.read(making.make, kind, asked))
    return made[key]


def _told(site: Site, letter: Letter, found: Written) -> str:
    """Off the loop: files are written and a server is asked."""
    through, settings = apprising(), site.settings
    whole = periods.holding(TABLE[letter.report].period, letter.first)
    url = settings.url + writing.path(letter.report, letter.institution or None, whole, new="1")
    place = _place(settings, letter)
    language = place.language if place else letter.language
    try:
        carried = place is None or through.carries(place, settings.folder)
        files, said = _files(site, found, language) if carried else ([], None)
        title, text = writing.letter(found, language, url=url, files=said)
        if place is not None:
            return str(through.send(place, settings.folder, title, text, files))
        if settings.mail is None:
            return GONE.reason
        to = addresses.mail(letter.address, settings.mail.domains)
        return str(through.mail(settings.mail, settings.folder, title, text, files, to=to))
    except (through.BadAddress, addresses.BadAddress) as error:
        return str(error)


def _place(settings: Settings, letter: Letter) -> NotifySettings | None:
    """The place of the settings that it goes to; None: to an address."""
    return next((one for one in settings.notify if letter.way == f"{letters.PLACE}{one.name}"), None)


def _files(site: Site, found: Written, language: str) -> tuple[list[Any], Said]:
    """The Word file and the sheets, and what the letter says of them; of too much nothing goes along."""
    through = apprising()
    name = f"{found.key}-{found.institution or 'all'}-{found.period.first}-{found.period.last}"
    files = [
        through.Attached(f"{name}.docx", word.MEDIA_TYPE, as_paper.docx(found, language, at=site.clock())),
        through.Attached(f"{name}.xlsx", as_sheets.MEDIA_TYPE, as_sheets.xlsx(found, language)),
    ]
    if sum(len(one.data) for one in files) > MOST_BYTES:
        return [], writing.TOO_LARGE
    return files, writing.ATTACHED
