"""Which cases somebody may see at all, as facts that a list can be narrowed down by.

What they may do with one of them is not told here, nor how much of it they read unmasked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.domain import rights

if TYPE_CHECKING:
    from backend.domain.case import Actor


@dataclass(frozen=True, slots=True)
class Scope:
    """Cases of this institution, of these departments (or with one of these officers), and no sealed ones but …

    Sealed ones are seen whatever department has them.
    """

    institution: str | None = None  # None: every one
    departments: frozenset[str] = frozenset()  # that have the case or help with it; none: every one
    officers: frozenset[str] = frozenset()  # whose cases are seen whatever department has them
    named: str | None = None  # the user who sees those sealed cases that name them; None: sees every sealed case
    rated: bool = False  # what citizens say is about their work: rates tell of it when the window is over


EVERYTHING = Scope()
"""Of jobs and reports, which show nobody a case."""


NOBODY = ""
"""A program is no officer who could be named, whatever it is called."""


def of(by: Actor) -> Scope:
    """What this actor may see; ``rights.sees`` says the same of one case."""
    narrow = rights.narrowed(by)
    return Scope(
        by.institution,
        by.departments if narrow else frozenset(),
        by.stands_in | {by.name} if narrow else frozenset(),
        None if by.confidant else NOBODY if by.program else by.name,
        rights.rated(by),
    )
