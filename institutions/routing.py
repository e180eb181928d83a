"""Routing rules: what takes a matter to another department, and why it was taken there.

Pure. Which rules there are stands in an institution's file; who asks is the
model's ``routing`` and, through it, the classifier.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from institutions.words import Words, Wrong, holds, said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from institutions.model import Department

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

    def held(self, text: str, *, place: str = "", kind: str | None = None) -> Held | None:
        """What of it *text*, the *place* read from it and its *kind* fulfil; None: not all of it."""
        found = said(self.words, text)
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


def heaviest(routes: Iterable[Route], text: str, *, place: str = "", kind: str | None = None) -> Held | None:
    """The route that holds and weighs most (the first of equals), or None."""
    held = (route.held(text, place=place, kind=kind) for route in routes)
    return max((one for one in held if one), key=lambda one: one.weight, default=None)
