"""What the address of a report asks for: which report, of whose cases, of which days; and the addresses of reports.

Whatever it names that there is not is refused with a sentence: a report of all
that looks like one of a single department would be believed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from backend.domain import periods, scope
from backend.reporting import letter
from backend.reporting.letter import EVERY, PLACE
from backend.reporting.table import TABLE
from backend.reports.figures import Asked
from backend.web.desk import homes
from backend.web.desk.words import WORDS
from backend.web.errors import Refused
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from backend.domain.case import Actor
    from backend.domain.periods import Period
    from backend.reporting.table import Kind
    from institutions.model import Institution

MINUTES, MOST_MINUTES, DIGITS = 15, 240, 3
KNOWN = frozenset({"institution", "period", "on", "to", "minutes", "new", "done"})
"""What an address may name."""
LONGEST = 40  # characters of a name that a sentence repeats


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for."""

    kind: Kind
    served: tuple[Institution, ...]
    home: Institution | None
    asked: Asked

    @property
    def query(self) -> dict[str, str]:
        """As the address tells it."""
        told = {"institution": self.home.id if self.home else EVERY, "period": self.asked.whole.kind}
        told |= {"on": self.asked.whole.first.isoformat()}
        if self.asked.whole.kind == periods.CUSTOM:
            told |= {"to": self.asked.whole.last.isoformat()}
        return told | ({"minutes": str(self.asked.minutes)} if self.kind.minutes else {})

    def path(self, end: str = "", **more: str) -> str:
        """The page like this, or what lies under it."""
        return f"{PLACE}/{self.kind.key}{end}?{urlencode(self.query | more)}"


def kind_of(request: web.Request) -> Kind:
    """Raises: Refused: there is no such report."""
    kind = TABLE.get(request.match_info["key"])
    if kind is None:
        raise Refused(404, *WORDS["reports.none"])
    return kind


def wanted(request: web.Request, actor: Actor, kind: Kind, *, given: bool = True) -> Wanted:
    """What the address says, or, not *given*, the period that runs now.

    Raises: BadPeriod; Refused: it names what there is not.
    """
    site, query = request.app[SITE], request.query
    if unknown := next((key for key in query if key not in KNOWN), None):
        raise Refused(422, *(words.format(key=unknown[:LONGEST]) for words in WORDS["reports.nofilter"]))
    served = homes.served(site, actor)
    home = _home(served, query.get("institution", EVERY))
    zone = ZoneInfo((home or served[0]).timezone)
    today = site.clock().astimezone(zone).date()
    whole = periods.holding(kind.period, today)
    if given:
        chosen = query.get("period", kind.period)
        first = periods.read(query["on"]) if query.get("on") else today
        last = periods.read(query["to"]) if query.get("to") and chosen == periods.CUSTOM else None
        whole = periods.chosen(chosen, first, last, today=today)
    asked = Asked(
        site.institutions, scope.of(actor), home.id if home else None, whole, site.clock(), zone, _minutes(query)
    )
    return Wanted(kind, served, home, asked)


def path(kind: Kind, home: Institution | None, period: Period) -> str:
    """The page of that report."""
    return letter.path(kind.key, home.id if home else None, period)


def after(period: Period) -> Period:
    """The one that follows."""
    if period.kind != periods.CUSTOM:
        return periods.holding(period.kind, period.last + periods.A_DAY)
    return periods.Period(period.last + periods.A_DAY, period.last + period.days * periods.A_DAY)


def _home(served: tuple[Institution, ...], told: str) -> Institution | None:
    """The institution of that id; None: all that they see. Raises: Refused."""
    if told in {"", EVERY}:
        return served[0] if len(served) == 1 else None
    home = next((one for one in served if one.id == told), None)
    if home is None:
        raise Refused(404, *WORDS["reports.nohome"])
    return home


def _minutes(query: Mapping[str, str]) -> int:
    """Raises: Refused."""
    told = query.get("minutes", "")
    if not told:
        return MINUTES
    if told.isascii() and told.isdigit() and len(told) <= DIGITS and 0 < int(told) <= MOST_MINUTES:
        return int(told)
    raise Refused(422, *(words.format(n=MOST_MINUTES) for words in WORDS["reports.nominutes"]))
