"""What an institution is: one validated, immutable value, read from one TOML file.

Everything that differs between a city hotline and a bus station is here, as
data; no other package may ask which institution it is serving. Reading files
is ``catalog``'s work; which slots and statuses exist is not known here either
(``catalog.check_slots`` and ``check_stages`` are handed those by who knows).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from datetime import time
from typing import TYPE_CHECKING, Annotated, Literal, Never, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Grade = Literal["emergency", "urgent", "ordinary", "complex", "minor"]
Kind = Literal["complaint", "report", "consult", "suggestion", "help", "thanks"]

LENGTH = re.compile(r"(\d+)(m|h|d|wh|wd)")
CLOCKS = ("contact", "accept", "supplement", "investigate", "answer", "result", "told", "appeal", "visit_back", "claim")
"""The names a clock may have: the keys of CASE.due in the contract."""


class Wrong(ValueError):
    """Something is wrong at *key*, a path below the place where it was found."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}" if key else reason)
        self.key, self.reason = key, reason


def _word(item: str) -> tuple[str, float]:
    word, _, weight = item.rpartition(":") if ":" in item else (item, "", "1")
    try:
        number = float(weight)
    except ValueError:
        raise Wrong("", f"{item!r} should be a word, a colon and a number, as in 物业费:3") from None
    if not word.strip("-"):
        raise Wrong("", f"{item!r} has no word before its weight")
    return word, number


def _parse_words(value: object) -> object:
    """Read ``"物业费:3 小区 -通知:2"`` as ``{"物业费": 3.0, "小区": 1.0, "-通知": 2.0}``."""
    if not isinstance(value, str):
        return value
    pairs = [_word(item) for item in value.split()]
    if twice := _twice(word for word, _ in pairs):
        raise Wrong("", f"{twice} stands there twice")
    return dict(pairs)


def _weights_count(words: dict[str, float]) -> dict[str, float]:
    for word, weight in words.items():
        if not (math.isfinite(weight) and weight > 0):
            raise Wrong("", f"the weight of {word!r} must be above 0; -{word}:1 makes a word speak against")
    return words


def _is_length(value: str) -> str:
    if not LENGTH.fullmatch(value):
        raise Wrong(
            "", f"{value!r} is no duration; write minutes 30m, hours 2h, days 7d, working hours 4wh or days 5wd"
        )
    return value


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


def _weight(words: dict[str, float], text: str) -> float:
    """What the words that stand in the text weigh together; one with a minus in front weighs against."""
    return sum(
        -weight if word.startswith("-") else weight for word, weight in words.items() if word.lstrip("-") in text
    )


def _twice(keys: Iterable[str]) -> str:
    """Those that stand there more than once, as words; empty: none does."""
    return ", ".join(repr(key) for key, count in Counter(keys).items() if count > 1)


Words = Annotated[dict[str, float], BeforeValidator(_parse_words), AfterValidator(_weights_count)]
"""Words with weights above 0 (1 where none is written); one that begins with ``-`` speaks against."""

Length = Annotated[str, AfterValidator(_is_length)]
"""A duration: minutes, hours, days (24 h) by the clock; working hours; working days."""

Span = Annotated[tuple[str, str], AfterValidator(_is_span)]
"""Opening and closing time of one stretch of work."""

Example = tuple[Annotated[str, Field(min_length=1, max_length=12)], Annotated[str, Field(min_length=1, max_length=30)]]
"""A matter in a citizen's own words, in Chinese and English, short enough for a button."""

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class Model(BaseModel):
    """Frozen, and refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Route(Model):
    """Words that take a matter to another department: factory noise is not a barbecue's."""

    department: str
    words: Words


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
    phone: str = ""


class Clock(Model):
    """A promise about time; its name is its key in CASE.due.

    ``length`` is one for all, or one for each grade; a grade that is not listed has no such promise.
    """

    label: str
    label_en: str = ""
    starts: str = "received"  # the status whose entering starts it
    stops: tuple[str, ...]  # the statuses whose entering stops it
    length: Length | dict[Grade, Length]


class Elsewhere(Model):
    """A matter that is not ours: words that show it, and what to tell the citizen."""

    words: Words
    say: str
    say_en: str = ""


class Survey(Model):
    """The visit-back (回访): when it is asked, and how long we wait for its answer."""

    after: Length = "0h"
    wait: Length = "7d"


class Hours(Model):
    """When people work here, for working-hour clocks and for telling citizens."""

    spans: tuple[Span, ...] = (("08:30", "12:00"), ("13:30", "17:30"))


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
    timezone: Annotated[str, AfterValidator(_is_zone)] = "Asia/Shanghai"
    kinds: tuple[Kind, ...] = ("complaint", "report", "consult", "suggestion", "help", "thanks")
    anonymous: bool = False  # may a citizen give neither name nor phone?
    confidential: Literal["no", "offered", "always"] = "no"
    required: tuple[str, ...] = ("what", "when", "where", "evidence", "who", "contact")  # in the order asked
    optional: tuple[str, ...] = ()  # slots asked once, which may be skipped
    departments: tuple[Department, ...]
    categories: tuple[Category, ...] = Field(min_length=1)
    default_department: str  # id; gets what no category fits
    stages: tuple[str, ...] = ()  # statuses switched on beside those every institution has
    clocks: dict[str, Clock]
    survey: Survey = Survey()
    hours: Hours = Hours()
    elsewhere: tuple[Elsewhere, ...] = ()

    @model_validator(mode="after")
    def _references_exist(self) -> Self:
        departments = {d.id for d in self.departments}
        for key, department in self._departments_named():
            if department not in departments:
                raise Wrong(key, f"there is no department {department!r}")
        for key, names in self._clocks_named():
            if unknown := sorted(set(names) - set(self.clocks)):
                raise Wrong(f"{key}.{unknown[0]}", f"there is no clock {unknown[0]!r} under clocks")
        if strange := sorted(set(self.clocks) - set(CLOCKS)):
            raise Wrong(f"clocks.{strange[0]}", f"a clock is named one of {', '.join(CLOCKS)}")
        return self

    @model_validator(mode="after")
    def _nothing_stands_twice(self) -> Self:
        lists = {
            "departments": [d.id for d in self.departments],
            "categories": [c.id for c in self.categories],
            "required and optional": [*self.required, *self.optional],
            "stages": self.stages,
        }
        for index, category in enumerate(self.categories):
            lists[f"categories.{index}.matters"] = [m.id for m in category.matters]
        for key, ids in lists.items():
            if twice := _twice(ids):
                raise Wrong(key, f"{twice} stands there twice")
        return self

    def _items(self) -> Iterator[tuple[str, Matter]]:
        """Every category and matter with its place in the file."""
        for index, category in enumerate(self.categories):
            yield f"categories.{index}", category
            for place, matter in enumerate(category.matters):
                yield f"categories.{index}.matters.{place}", matter

    def _departments_named(self) -> Iterator[tuple[str, str]]:
        yield "default_department", self.default_department
        for key, item in self._items():
            if item.department:
                yield f"{key}.department", item.department
            for index, route in enumerate(item.routes):
                yield f"{key}.routes.{index}.department", route.department

    def _clocks_named(self) -> Iterator[tuple[str, Iterable[str]]]:
        yield from ((f"{key}.clocks", item.clocks) for key, item in self._items())

    def department(self, key: str) -> Department:
        """The department with that id. Raises: KeyError."""
        return next((d for d in self.departments if d.id == key), None) or self._missing(key)

    def category(self, key: str) -> Category:
        """The category with that id. Raises: KeyError."""
        return next((c for c in self.categories if c.id == key), None) or self._missing(key)

    def matter(self, path: str) -> Matter:
        """The matter at a path such as ``urban/work_safety``. Raises: KeyError."""
        category, _, key = path.partition("/")
        matters = self.category(category).matters
        return next((m for m in matters if m.id == key), None) or self._missing(path)

    def department_for(self, category: str, matter: str | None = None, *, text: str = "") -> Department:
        """Who handles that category, or that matter (its path).

        A route wins whose words the *text* holds (the heaviest, if several do);
        then the matter's own department; then its category's. Raises: KeyError.
        """
        chosen = self.category(category)
        item = self.matter(matter) if matter else chosen
        heaviest = max(item.routes, key=lambda route: _weight(route.words, text), default=None)
        if heaviest and _weight(heaviest.words, text) > 0:
            return self.department(heaviest.department)
        return self.department(item.department or chosen.department)

    def _missing(self, key: str) -> Never:
        raise KeyError(key)
