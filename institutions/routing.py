"""Routing rules: what takes a matter to another department, and why it was taken there.

Pure. Which rules there are stands in an institution's file; who asks is the
classifier, or whoever has the institution, by its ``routing``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, model_validator

from institutions.words import Words, Wrong, holds, opening, said

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from institutions.model import Department, Matter

Kind = Literal["complaint", "report", "consult", "suggestion", "help", "thanks"]

PLACE, KIND = 2.0, 1.0
"""What a place and a kind that hold weigh beside a route's words."""


class Route(BaseModel):
    """What takes a matter to another department: factory noise is not a barbecue's.

    All the conditions that are given must hold: its words together weigh
    above 0 in the text, one of its places is named, the kind is one of its.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    department: str
    words: Words = {}
    places: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()

    @model_validator(mode="after")
    def _says_when(self) -> Self:
        if not (self.words or self.places or self.kinds):
            raise Wrong("words", "a route needs words, places or kinds: without any it would take everything")
        if not all(place.strip() for place in self.places):
            raise Wrong("places", "a place needs a name")
        return self

    def held(
        self, text: str, *, place: str = "", kind: str | None = None, among: Container[str] | None = None
    ) -> Held | None:
        """What of it *text*, the *place* read from it and its *kind* fulfil; None: not all. *among* as in ``said``."""
        found = said(self.words, text, among=among)
        weight = sum(found.values())
        named = next((name for name in self.places if holds(f"{place}\n{text}".lower(), name.lower())), None)
        if (self.words and weight <= 0) or (self.places and named is None) or (self.kinds and kind not in self.kinds):
            return None
        return Held(
            route=self,
            weight=weight + (PLACE if named else 0.0) + (KIND if self.kinds else 0.0),
            words=tuple(word for word, each in found.items() if each > 0),
            place=named,
            kind=kind if self.kinds else None,
        )


@dataclass(frozen=True, slots=True)
class Held:
    """A route whose conditions hold, and by what."""

    route: Route
    weight: float
    words: tuple[str, ...]
    place: str | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class Routing:
    """A department and why it is this one. ``rule``: route, matter or category; ``held``: by what a route held."""

    department: Department
    rule: Literal["route", "matter", "category"]
    held: Held | None = None


class Opened(NamedTuple):
    """A route, and what a text must hold some of for its words, in small letters."""

    route: Route
    openings: frozenset[str]


def opened(routes: Iterable[Route]) -> tuple[Opened, ...]:
    """The same routes."""
    return tuple(Opened(one, frozenset(opening(word.removeprefix("-")) for word in one.words)) for one in routes)


@dataclass(frozen=True, slots=True)
class Directory:
    """An institution's departments by id, its categories and matters by path, and the routes of each ("": its own)."""

    departments: Mapping[str, Department]
    items: Mapping[str, Matter]
    routes: Mapping[str, tuple[Opened, ...]]
    usual: Mapping[tuple[str, str | None], Routing]  # who handles what no route can take away from them

    def openings(self) -> set[str]:
        """What a text must hold for any route's words, in small letters."""
        return {word for opened in self.routes.values() for one in opened for word in one.openings}


class Asked:
    """What one text asks of a directory: each route is held against it once, however often one asks.

    *among*, where the text was looked through already: those of the directory's ``openings`` that it holds.
    """

    def __init__(
        self,
        directory: Directory,
        text: str,
        *,
        place: str = "",
        kind: str | None = None,
        among: AbstractSet[str] | None = None,
    ) -> None:
        self.text = text
        self._directory, self._place, self._kind, self._among = directory, place, kind, among
        self._held: dict[str, Held | None] = {}
        self._own = self._held_of("")
        self._routings: dict[tuple[str, str | None], Routing] = {}

    def routing(self, category: str, matter: str | None = None) -> Routing:
        """Who handles that category, or that matter (its path), and why. Raises: KeyError."""
        known = self._routings.get((category, matter))
        if known is None:
            usual = None if self._own else self._directory.usual.get((category, matter))
            known = self._routings[category, matter] = usual or self._find(category, matter)
        return known

    def _find(self, category: str, matter: str | None) -> Routing:
        """The institution's routes come first, then the matter's and its department, then the category's."""
        departments, items = self._directory.departments, self._directory.items
        keys = [key for key in (matter, category) if key]
        owners = [items[key] for key in keys]
        if self._own:
            return Routing(departments[self._own.route.department], "route", self._own)
        for key, owner in zip(keys, owners, strict=True):
            if held := self._held_of(key):
                return Routing(departments[held.route.department], "route", held)
            if owner.department:
                return Routing(departments[owner.department], "category" if key == category else "matter")
        raise AssertionError(f"category {category} has no department")

    def _held_of(self, key: str) -> Held | None:
        if key not in self._held:
            routes = [one.route for one in self._directory.routes.get(key, ()) if self._may_hold(one)]
            self._held[key] = heaviest(routes, self.text, place=self._place, kind=self._kind, among=self._among)
        return self._held[key]

    def _may_hold(self, one: Opened) -> bool:
        return self._among is None or not one.openings or not one.openings.isdisjoint(self._among)


def usual(
    category: Matter, matters: Mapping[str, Matter], departments: Mapping[str, Department]
) -> Iterator[tuple[tuple[str, str | None], Routing]]:
    """What of a category no route can take away, and who handles it. *matters* by path."""
    if category.routes or not category.department:
        return
    own = Routing(departments[category.department], "category")
    yield (category.id, None), own
    for path, matter in matters.items():
        if not matter.routes:
            named = matter.department
            yield (category.id, path), Routing(departments[named], "matter") if named else own


def heaviest(
    routes: Iterable[Route],
    text: str,
    *,
    place: str = "",
    kind: str | None = None,
    among: Container[str] | None = None,
) -> Held | None:
    """The route that holds and weighs most (the first of equals), or None. *among* as in ``said``."""
    held = (route.held(text, place=place, kind=kind, among=among) for route in routes)
    return max((one for one in held if one), key=lambda one: one.weight, default=None)
