"""What the work list is narrowed down to, as its address tells it: read, offered to choose from, and taken off again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from backend.domain import periods
from backend.domain.lifecycle import Status
from backend.services.cases.casework import GRADES
from backend.services.office.listing import ALL, DUES, ME, NOBODY, TABS, Asked, first
from backend.services.talks.intake import storable
from backend.services.talks.slips import SOURCES
from backend.web.desk.view import department_name, status_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from backend.domain.case import Actor
    from backend.site import Site
    from backend.web.desk.view import Reader
    from institutions.model import Institution

LIST = "/desk"
LONGEST = 200  # characters of a searched text that are looked at
LONGEST_NAME = 64
KEYS = (
    "institution", "department", "category", "grade", "source", "status", "officer", "district", "due", "text",
    "filed_from", "filed_to",
)  # fmt: skip
"""The filters, in the order in which their chips stand."""
CHATS = ("web", "wechat", "telegram", "terminal")
"""The kinds of channel a case may come by, beside the doors of SOURCES."""
Options = list[tuple[str, str]]  # (what is sent, what it is called)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What this reader has chosen, of what they may choose."""

    institutions: tuple[Institution, ...]  # to choose from
    asked: Asked
    given: bool = True  # a heap is named

    @property
    def narrowed(self) -> Sequence[Institution]:
        """Those whose departments can be chosen."""
        return [each for each in self.institutions if self.asked.institution in {"", each.id}]

    @property
    def query(self) -> dict[str, str]:
        """The filters as a query string tells them, without the heap."""
        found = {key: str(getattr(self.asked, key)) for key in KEYS}
        if found["department"]:
            found["department"] = f"{self.asked.institution}/{self.asked.department}"
        return {key: value for key, value in found.items() if value}

    def path(self, **more: str) -> str:
        """The list like this, with these parts of its address besides."""
        return to({"tab": self.asked.tab} | self.query | more)

    def on(self, tab: str) -> str:
        """The heap of that name, narrowed down by the same but for what is a heap's own."""
        return to({"tab": tab} | {key: value for key, value in self.query.items() if key != "status"})


def to(query: Mapping[str, str], path: str = LIST) -> str:
    """A path with its query string."""
    return f"{path}?{urlencode(query)}"


def chosen(query: Mapping[str, str], site: Site, actor: Actor) -> Chosen:
    """What an address asks for, as far as it exists and this actor may see it. A department names its institution.

    Without a heap it is the reader's own work; all cases where anything is asked for.
    """
    served = serving(site, actor)
    home, department = _place(query, served)
    asked = Asked(
        first(actor),
        home.id if home else "",
        department,
        _known(query.get("category", ""), {each.id for one in ([home] if home else served) for each in one.categories}),
        _known(query.get("grade", ""), GRADES),
        _known(query.get("source", ""), (*CHATS, *SOURCES)),
        _known(query.get("status", ""), set(Status)),
        _line(query.get("officer", "")),
        _line(query.get("district", "")),
        _known(query.get("due", ""), DUES),
        storable(query.get("text", "").strip())[:LONGEST],
        _day(query.get("filed_from", "")),
        _day(query.get("filed_to", "")),
    )
    tab = query.get("tab", "")
    if tab in TABS:
        return Chosen(served, replace(asked, tab=tab))
    narrowed = any(getattr(asked, key) for key in KEYS)
    return Chosen(served, replace(asked, tab=ALL) if narrowed and "tab" not in query else asked, given=False)


def serving(site: Site, actor: Actor) -> tuple[Institution, ...]:
    """The institutions that may have cases and that this actor may see."""
    homes = sorted(set(site.homes.values())) if actor.institution is None else [actor.institution]
    return tuple(site.institutions[key] for key in homes if key in site.institutions)


def options(one: Chosen, reader: Reader) -> dict[str, Options]:
    """What the form's fields can be, under their names; each may also be left empty."""
    statuses = [status for status in Status if status in TABS[one.asked.tab]]
    named = {category.id: category for each in one.narrowed for category in each.categories}
    return {
        "category": [(key, reader.name(category)) for key, category in named.items()],
        "grade": [(key, reader.t(f"grade.{key}")) for key in GRADES],
        "source": [(key, reader.t(f"source.{key}")) for key in (*CHATS, *SOURCES)],
        "status": [(status.value, status_label(status, reader).text) for status in statuses],
        "officer": [(key, reader.t(f"officer.{key}")) for key in (ME, NOBODY)],
        "due": [(key, reader.t(f"filter.due.{key}")) for key in DUES],
    }


def chips(one: Chosen, reader: Reader) -> Iterator[tuple[str, str, str]]:
    """(which filter, what it is set to, the list without it) of each filter that is set."""
    for key, value in one.query.items():
        gone = {"department"} if key == "institution" else set()
        left = {other: told for other, told in one.query.items() if other not in {key, *gone}}
        if key == "institution" and "department" in one.query:
            continue  # the department names it
        if key == "department" and one.asked.institution:
            left["institution"] = one.asked.institution if len(one.institutions) > 1 else ""
        path = to({"tab": one.asked.tab} | {other: told for other, told in left.items() if told})
        yield reader.t(f"filter.{key}.label"), _told(one, key, value, reader), path


def _told(one: Chosen, key: str, value: str, reader: Reader) -> str:
    home = next((each for each in one.institutions if each.id == one.asked.institution), None)
    match key:
        case "institution" if home:
            return reader.name(home)
        case "department" if home:
            return department_name(home, one.asked.department, reader)
        case "text" | "district" | "filed_from" | "filed_to":
            return value
        case "officer" if value not in (ME, NOBODY):
            return value
    return next((called for sent, called in options(replace_all(one), reader)[key] if sent == value), value)


def replace_all(one: Chosen) -> Chosen:
    """The same on the heap of all cases, where every status can be chosen."""
    return replace(one, asked=replace(one.asked, tab=ALL))


def _place(query: Mapping[str, str], served: Sequence[Institution]) -> tuple[Institution | None, str]:
    """The institution asked for, and the id of its department."""
    wanted, department = query.get("institution", ""), query.get("department", "")
    home, slash, key = department.rpartition("/")
    if key and not slash and len(served) == 1:
        home = served[0].id
    one = next((each for each in served if each.id == (wanted or home)), None)
    if one is None:
        return None, ""
    has = home in {"", one.id} and any(each.id == key for each in one.departments)
    return one, key if has else ""


def _known(value: str, known: Sequence[str] | set[str] | set[Status]) -> str:
    return value if value in known else ""


def _day(value: str) -> str:
    """A day as it is written in addresses; any other word asks for none."""
    try:
        return periods.read(value).isoformat() if value else ""
    except periods.BadPeriod:
        return ""


def _line(value: str) -> str:
    return storable(" ".join(value.split()))[:LONGEST_NAME]
