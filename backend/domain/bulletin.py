"""What a monthly bulletin tells of one place, department or institution: sums alone, and none so small that it is somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from backend.domain.rates import Rate

if TYPE_CHECKING:
    from datetime import timedelta

LONGEST = 500
"""Characters of a bulletin."""
ALL, DEPARTMENT, PLACE = "all", "department", "place"
"""What one may be about: ``key`` is empty, a department's id, or the name of a compound or community."""

NOTHING = Rate()


class Kind(NamedTuple):
    """The cases of one category. ``people``: who told them, each by a number that means nothing elsewhere."""

    category: str
    cases: int
    people: frozenset[int]


@dataclass(frozen=True, slots=True)
class Month:
    """The counts of one month. ``half``: half of its cases were answered within; None: more than half wait still."""

    received: int = 0
    kinds: tuple[Kind, ...] = ()  # all of them
    half: timedelta | None = None
    on_time: Rate = NOTHING
    solved: Rate = NOTHING
    near: bool = False  # of a place: that anybody at all told something there would say too much

    @property
    def people(self) -> int:
        """How many different people told all this: ten cases of one neighbour are one neighbour."""
        return len(frozenset[int]().union(*(kind.people for kind in self.kinds)))
