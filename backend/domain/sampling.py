"""Who of a population is asked: all, some by lot, or some of each stratum. The same seed draws the same people.

The lot of a person is a hash of the seed and their id, so that nobody chooses
them and the draw can be repeated by whoever checks it. Pure.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ALL, SOME, STRATA = "all", "random", "strata"
WAYS = (ALL, SOME, STRATA)


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the population, and the stratum they belong to; empty: there are no strata."""

    person: int
    stratum: str = ""


@dataclass(frozen=True, slots=True)
class Stratum:
    """How many people it has, and how many of them were drawn."""

    of: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Draw:
    """Who is asked, in the order in which they are, and the strata by name."""

    people: tuple[Member, ...]
    strata: Mapping[str, Stratum]

    @property
    def digest(self) -> str:
        """A fingerprint of who was drawn in which order, for the record."""
        told = "\n".join(str(member.person) for member in self.people)
        return hashlib.sha256(told.encode()).hexdigest()


class TooFew(Exception):
    """There are more strata than people to be drawn: each needs one at least."""

    def __init__(self, strata: int) -> None:
        super().__init__(f"there are {strata} strata, so {strata} people at least are to be drawn")
        self.strata = strata


def draw(population: Iterable[Member], how: str, *, size: int, seed: str) -> Draw:
    """Draw *size* people, or everybody where there are fewer. Raises: TooFew."""
    members = sorted(set(population), key=lambda member: _lot(seed, member))
    if how == ALL:
        chosen = members
    elif how == SOME:
        chosen = members[:size]
    else:
        chosen = _by_stratum(members, size)
    strata: dict[str, Stratum] = {}
    for name in sorted({member.stratum for member in members}):
        of, drawn = (sum(member.stratum == name for member in some) for some in (members, chosen))
        strata[name] = Stratum(of, drawn)
    return Draw(tuple(chosen), strata)


def shares(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """How many of each stratum: one at least, the rest in proportion, the largest remainders first. Raises: TooFew."""
    total = sum(sizes.values())
    if size >= total:
        return dict(sizes)
    if size < len(sizes):
        raise TooFew(len(sizes))
    exact = {name: size * of / total for name, of in sizes.items()}
    given = {name: max(1, int(exact[name])) for name in sizes}
    while sum(given.values()) > size:  # the ones that were lifted to one are paid for by the largest
        payers = [name for name in sizes if given[name] > 1]
        given[max(payers, key=lambda name: (given[name] - exact[name], given[name], name))] -= 1
    while sum(given.values()) < size:
        open_ = [name for name in sizes if given[name] < sizes[name]]
        given[max(open_, key=lambda name: (exact[name] - given[name], sizes[name], name))] += 1
    return given


def _by_stratum(members: list[Member], size: int) -> list[Member]:
    grouped = sorted(members, key=lambda member: member.stratum)  # stable: each group stays in the order of its lots
    groups = {name: list(group) for name, group in groupby(grouped, key=lambda member: member.stratum)}
    if not groups:
        return []
    given = shares({name: len(group) for name, group in groups.items()}, size)
    chosen = {member for name, group in groups.items() for member in group[: given[name]]}
    return [member for member in members if member in chosen]


def _lot(seed: str, member: Member) -> tuple[str, int]:
    return hashlib.sha256(f"{seed}\n{member.person}".encode()).hexdigest(), member.person
