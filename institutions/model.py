"""What an institution is: one validated, immutable value, read from one TOML file.

Everything that differs between a city hotline and a bus station is here, as
data; no other package may ask which institution it is serving. Reading files
is ``catalog``'s work; which slots and statuses exist is not known here either
(``catalog.check_slots`` and ``check_stages`` are handed those by who knows).
"""

from __future__ import annotations

from datetime import time
from typing import Annotated, Literal, Never, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    ValidationInfo,
    model_validator,
)

from institutions import coherence, routing
from institutions.calendar import USUAL, Calendar
from institutions.casework import Casework, Extension
from institutions.drafts import Drafts
from institutions.duty import Danger, Handover, Told, by_the_minute
from institutions.guidance import GUARDIAN, PROXY, Elsewhere, Faq, Paper
from institutions.joining import Joining
from institutions.lengths import Length
from institutions.objecting import Review
from institutions.routing import Asked, Directory, Route, Routing, opened, usual
from institutions.rubric import RUBRIC, Rubric
from institutions.survey import Survey
from institutions.words import Words, Wrong

Grade = Literal["emergency", "urgent", "ordinary", "complex", "minor"]
Kind = routing.Kind
Apart = Literal["complaint", "report"]
"""Kinds that somebody may tell at once, and whose ways through an office part: a dispute, and a breach of law."""


def _is_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Wrong("", f"there is no time zone {value!r}; China's is Asia/Shanghai") from None
    return value


def _is_span(value: tuple[str, str]) -> tuple[str, str]:
    try:
        opens, closes = (time.fromisoformat(part) for part in value)
    except ValueError:
        raise Wrong("", f"{' '.join(value)!r} should be two times of day, as in 08:30 and 12:00") from None
    if opens >= closes:
        raise Wrong("", f"it closes at {value[1]}, before it opens at {value[0]}")
    return value


Span = Annotated[tuple[str, str], AfterValidator(_is_span)]
"""Opening and closing time of one stretch of work."""

Example = tuple[Annotated[str, Field(min_length=1, max_length=12)], Annotated[str, Field(min_length=1, max_length=30)]]
"""A matter in a citizen's own words, in Chinese and English, short enough for a button."""

Language = Literal["zh", "zh-Hant", "en"]

Sentence = Annotated[str, Field(min_length=1, max_length=300)]
"""Words of its own for the citizen; which keys there are and what each must tell is checked by who knows them."""

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class Model(BaseModel):
    """Frozen, and refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Matter(Model):
    """A second-level category. Its path is ``<category id>/<matter id>``."""

    id: Id
    name: str
    name_en: str = ""
    department: str = ""  # id; empty: the category's
    words: Words = {}
    routes: tuple[Route, ...] = ()
    clocks: dict[str, Length] = {}  # clock name -> length, instead of the clock's own, whatever the grade


class Category(Matter):
    """A first-level category and the department that usually handles it."""

    department: str
    matters: tuple[Matter, ...] = ()


class Department(Model):
    """Who can be given a case."""

    id: Id
    name: str
    name_en: str = ""
    short: tuple[str, ...] = ()  # what citizens call it: 城管, 城管局
    phone: str = ""


class Clock(Model):
    """A promise about time; its name is its key in CASE.due.

    ``length`` is one for all, or one for each grade; a grade that is not listed has no such promise. What a matter or
    category says comes before the kind's own length, that before the grade's; an emergency has the shortest of them.
    """

    label: str
    label_en: str = ""
    starts: str = "received"  # the status whose entering starts it
    stops: tuple[str, ...]  # the statuses whose entering stops it
    length: Length | dict[Grade, Length]
    kinds: tuple[Kind, ...] = ()  # whom it promises something; none: every kind
    by_kind: dict[Kind, Length] = {}
    begins: dict[Id, str] = {}  # category -> the status that starts it there, instead of ``starts``
    named: bool = False  # promised to who left a name; nobody else could be told
    extension: Extension | None = None  # None: it is never put off


class Hours(Model):
    """When people work here, for working-hour clocks and for telling citizens."""

    spans: tuple[Span, ...] = (("08:30", "12:00"), ("13:30", "17:30"))
    calendar: InstanceOf[Calendar] = Field(default=USUAL, exclude=True)  # the deployment's, not a key of the file


class Institution(Model):
    """A body that receives complaints; see ``institutions/hotline.toml`` for a whole one."""

    id: Id
    code: str = Field(pattern=r"^[A-Z]{2}$")  # the two letters in its case numbers
    name: str
    name_en: str
    accepts: str  # one sentence for the citizen: what may be brought here
    accepts_en: str
    examples: tuple[Example, ...] = ()  # what citizens may begin with; none: the categories' names
    phone: str = ""  # where a person can be reached, told when the bot cannot help
    address: str = Field(default="", max_length=0, exclude=True)  # the deployment's public URL, not a key of the file
    timezone: Annotated[str, AfterValidator(_is_zone)] = "Asia/Shanghai"
    city: str = ""  # its own city or county, name or code: says which 朝阳区 is meant
    places: str = ""  # its gazetteer, a .csv file: see institutions/places
    kinds: tuple[Kind, ...] = ("complaint", "report", "consult", "suggestion", "help", "thanks")
    anonymous: bool = False  # may a citizen give neither name nor phone?
    confidential: Literal["no", "offered", "always"] = "no"
    required: tuple[str, ...] = ("what", "when", "where", "evidence", "who", "contact")  # in the order asked
    optional: tuple[str, ...] = ()  # slots asked once, which may be skipped
    required_by: dict[Kind, tuple[str, ...]] = {}  # what a kind needs instead of ``required``
    apart: tuple[Apart, ...] = ()  # told in one message they become a case each, where the citizen agrees
    departments: tuple[Department, ...]
    categories: tuple[Category, ...] = Field(min_length=1)
    default_department: str  # id; gets what no category fits
    routes: tuple[Route, ...] = ()  # before those of any category: whatever happens in the harbour is the harbour's
    stages: tuple[str, ...] = ()  # statuses switched on beside those every institution has
    clocks: Annotated[dict[str, Clock], BeforeValidator(by_the_minute)]
    casework: Casework = Casework()
    survey: Survey = Survey()
    review: Review = Review()  # until when an answer or refusal can be objected to
    hours: Hours = Hours()
    drafts: Drafts = Drafts()  # how long we wait for somebody who left in the middle
    keep_years: int = Field(default=5, ge=1, le=30)  # after a case is closed, until who and what words are erased
    handover: Handover = Handover()  # a person instead of the bot
    rubric: Rubric = RUBRIC  # by what handlers' conversations are judged
    sampled: int = Field(default=4, ge=0, le=60)  # … of each handler and month, so many
    joining: Joining = Joining()  # whether a case that others told is offered to who tells the same
    danger: dict[Danger, Told] = {}  # said after the public number (119, 120 …), which every institution tells first
    elsewhere: tuple[Elsewhere, ...] = ()  # matters that are not ours
    takes: tuple[str, ...] | None = (
        None  # offices of shared/offices.toml that we are too, the others are not; None: all
    )
    faq: tuple[Faq, ...] = ()  # questions of its own; the usual ones are answered for all
    papers: tuple[Paper, ...] = ()  # what a matter needs to be shown or told
    proxy: Paper | None = PROXY  # what somebody shows who acts for another as their agent
    guardian: Paper | None = GUARDIAN  # … as their guardian
    representatives_from: int = Field(default=0, ge=0)  # so many together name up to 5 who speak for them; 0: never
    elder: bool = False  # speak in short sentences, one thing at a time, until the citizen says otherwise
    wording: dict[Language, dict[str, Sentence]] = {}  # language -> key -> its own sentence instead of ours

    @model_validator(mode="after")
    def _hangs_together(self, info: ValidationInfo) -> Self:
        """Refuse the first thing that does not; whoever gives a list as context gets them all instead."""
        found = coherence.wrongs(self)
        if isinstance(info.context, list):
            info.context.extend(found)
        elif wrong := next(found, None):
            raise wrong
        return self

    def needs(self, kind: str) -> tuple[str, ...]:
        """The slots that a case of that kind must have, in the order asked."""
        return next((slots for told, slots in self.required_by.items() if told == kind), self.required)

    @property
    def slots(self) -> tuple[str, ...]:
        """Every slot that any case of it may have, each once."""
        by_kind = (slot for slots in self.required_by.values() for slot in slots)
        return tuple(dict.fromkeys((*self.required, *by_kind, *self.optional)))

    def seals(self, category: str) -> bool:
        """Whether only officers named for it open a case of that category."""
        return self.confidential == "always" or category in self.casework.named

    def department(self, key: str) -> Department:
        """The department with that id. Raises: KeyError."""
        return next((d for d in self.departments if d.id == key), None) or self._missing(key)

    def office(self, key: str) -> Department:
        """Who is said to have a case: that department; where the file has it no longer, the institution itself."""
        found = next((d for d in self.departments if d.id == key), None)
        return found or Department(id=key, name=self.name, name_en=self.name_en)

    def category(self, key: str) -> Category:
        """The category with that id. Raises: KeyError."""
        return next((c for c in self.categories if c.id == key), None) or self._missing(key)

    def matter(self, path: str) -> Matter:
        """The matter at a path such as ``urban/work_safety``. Raises: KeyError."""
        category, _, key = path.partition("/")
        matters = self.category(category).matters
        return next((m for m in matters if m.id == key), None) or self._missing(path)

    def department_for(
        self, category: str, matter: str | None = None, *, text: str = "", kind: str | None = None, place: str = ""
    ) -> Department:
        """Who handles that category, or that matter (its path). Raises: KeyError."""
        return self.routing(category, matter, text=text, kind=kind, place=place).department

    def routing(
        self, category: str, matter: str | None = None, *, text: str = "", kind: str | None = None, place: str = ""
    ) -> Routing:
        """Who handles that category, or that matter (its path), and why. *place* as read from *text*, if it was.

        The institution's own routes come first (the heaviest that holds), then
        the matter's and its department, then the category's. Raises: KeyError.
        """
        return Asked(self.directory(), text, place=place, kind=kind).routing(category, matter)

    def directory(self) -> Directory:
        """Departments, categories and matters by their keys, for whoever asks often."""
        items: dict[str, Matter] = {category.id: category for category in self.categories}
        offices = {one.id: one for one in self.departments}
        known: dict[tuple[str, str | None], Routing] = {}
        for category in self.categories:
            matters = {f"{category.id}/{matter.id}": matter for matter in category.matters}
            items |= matters
            known |= usual(category, matters, offices)
        routes = {key: opened(item.routes) for key, item in items.items() if item.routes}
        return Directory(offices, items, routes | {"": opened(self.routes)}, known)

    def _missing(self, key: str) -> Never:
        raise KeyError(key)
