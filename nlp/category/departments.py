"""Which departments could handle a text, and why: from its categories, the institution's routes, and who is named.

Each likely category gives its share to the departments of the matters that
the text speaks of; a department that is named has more. A route that holds
comes first all the same: it is the institution's own word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from institutions.routing import Routing
from nlp.facts import Referral

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from institutions.model import Category, Department, Institution
    from institutions.routing import Asked

SHOWN = 3
MATTERS = 3
"""So many matters of a category have a say."""

BESIDES = 0.01
"""A share for departments that nothing speaks for but that handle other matters of the same category."""

ASKED_TO, MENTIONED, QUOTED = 0.6, 0.2, 0.1
"""A share for being named as who should act, for being named, for being quoted ("城管说不归他们管")."""

ASKED_BEFORE = re.compile(
    r"(?:请|希望|盼|恳求|要求|呼吁|建议|让|叫|派|转给?|转交|交给?|归|属于|由|反映给|联系)"
    r"(?:贵|本|当地|有关|相关|我们|咱们|你们|[市区县省镇])*$"
)
ASKED_AFTER = re.compile(
    r"(?:的?(?:领导|同志|部门|人员|人))?(?:赶紧|尽快|马上|能|应该?|是否|可以)?(?:来|管管|管一管|出面|介入|查一?查|严查|处理一下|负责|执法)"
)
QUOTING = re.compile(r"(?:的?(?:人|同志|工作人员))?(?:说|称|答复|回复|表示|认为|让我|叫我|推给?|踢)")


class Likely(NamedTuple):
    """A category that could be meant: its share, and its matters (paths) with what speaks for each, the most first."""

    category: str
    share: float
    matters: tuple[tuple[float, str], ...]

    @property
    def likeliest(self) -> str | None:
        """Its first matter."""
        return self.matters[0][1] if self.matters else None


class Departments:
    """An institution's departments, with what each may be called and what else it handles. Build it once."""

    def __init__(self, institution: Institution) -> None:
        self.directory = institution.directory()
        self.names = {name.lower(): d.id for d in institution.departments for name in (d.name, *d.short)}
        self._besides = {
            category.id: tuple(
                (key, Routing(self.directory.departments[key], rule)) for key, rule in _besides(category)
            )
            for category in institution.categories
        }

    def named(self, text: str, called: Iterable[tuple[str, int, int]]) -> dict[str, tuple[float, str]]:
        """The departments that *text* names: id -> (share, name). *called*: what is said and where, names among it."""
        found: dict[str, tuple[float, str]] = {}
        for name, start, end in called:
            if (key := self.names.get(name)) is not None:
                found[key] = max(found.get(key, (0.0, "")), (_weight(text, start, end), name))
        return found

    def refer(
        self, likely: Sequence[Likely], asked: Asked, called: Iterable[tuple[str, int, int]]
    ) -> tuple[Referral, ...]:
        """Up to three different departments, the likeliest first; their scores add up to 1 over all that were weighed."""
        shares: dict[str, float] = {}
        reasons: dict[str, Routing] = {}
        for share, routing in _routed(likely, asked):
            key = routing.department.id
            shares[key] = shares.get(key, 0.0) + share
            reasons.setdefault(key, routing)
        first = next(iter(reasons.values()))
        for one in likely:
            for key, routing in self._besides[one.category]:
                if key not in shares:
                    shares[key] = BESIDES / (1 + len(shares))
                    reasons[key] = routing
        said = self.named(asked.text, called)
        for key, (weight, _) in said.items():
            shares[key] = shares.get(key, 0.0) + weight
        ruled = first.department.id if first.held else ""
        order = sorted(shares, key=lambda key: (key != ruled, -shares[key]))
        total = sum(shares.values())
        return tuple(
            _referral(self.directory.departments[key], shares[key] / total, reasons.get(key), said.get(key))
            for key in order[:SHOWN]
        )


def unclear(institution: Institution) -> tuple[Referral, ...]:
    """Where nothing speaks for any: the default department, where a person chooses, then the first categories'."""
    keys = dict.fromkeys((institution.default_department, *(one.department for one in institution.categories)))
    chosen = [institution.department(key) for key in list(keys)[:SHOWN]]
    return tuple(
        Referral(
            one.name, one.id, 1.0 / len(keys), "default" if one.id == institution.default_department else "category"
        )
        for one in chosen
    )


def _routed(likely: Sequence[Likely], asked: Asked) -> Iterator[tuple[float, Routing]]:
    """Each likely category's share, dealt out to whoever handles its matters; the likeliest of the first comes first."""
    for one in likely:
        matters = one.matters[:MATTERS] or ((1.0, ""),)
        total = sum(weight for weight, _ in matters)
        for weight, path in matters:
            yield one.share * weight / total, asked.routing(one.category, path or None)


def _besides(category: Category) -> Iterator[tuple[str, Literal["route", "matter", "category"]]]:
    """Who else handles something of a category, so that three can be named; each once."""
    rules: dict[str, Literal["route", "matter", "category"]] = {category.department: "category"}
    for route in category.routes:
        rules.setdefault(route.department, "route")
    for matter in category.matters:
        for route in matter.routes:
            rules.setdefault(route.department, "route")
        if matter.department:
            rules.setdefault(matter.department, "matter")
    yield from rules.items()


def _referral(
    department: Department, score: float, routing: Routing | None, said: tuple[float, str] | None
) -> Referral:
    held = routing.held if routing else None
    if held is not None:
        return Referral(department.name, department.id, score, "route", held.words, held.place, held.kind)
    if said is not None:
        return Referral(department.name, department.id, score, "named", (said[1],))
    return Referral(department.name, department.id, score, routing.rule if routing else "category")


def _weight(text: str, start: int, end: int) -> float:
    """What it says for a department that its name stands there."""
    if ASKED_BEFORE.search(text[max(0, start - 8) : start]) or ASKED_AFTER.match(text, end):
        return ASKED_TO
    return QUOTED if QUOTING.match(text, end) else MENTIONED
