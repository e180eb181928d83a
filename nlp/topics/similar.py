"""How alike two cases are, by words, place and time; and the cases that are likest to a new one, out of many.

For finding what was told before: the same matter by another person, or by the
same one again. Pure; nothing is decided here, a person sees the reasons.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import asin, cos, exp, radians, sin, sqrt
from typing import TYPE_CHECKING

from nlp.topics.terms import NO_NAMES, Names, Rarity, Told, core, cosine, prepare, ramp, tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

EARTH = 6_371_000.0  # metres

NEAR = 150.0
"""Metres at which two coordinates are a third as good as the same: a phone errs by 50, an estate is 300 wide."""

SAME_PLACE = 0.3
"""From which likeness on two names are one place; letters that name none may well mean the same."""

OTHER_PLACE, UNKNOWN_PLACE = 0.35, 0.8
"""What is left of the likeness of words where the places have nothing in common, and where one is not told."""

SAME_MATTER, OTHER_MATTER = 0.12, 0.4
"""The same for what stands outside of the names of places."""

SOON, LATE, LONG_AGO = 7.0, 180.0, 0.7
"""Days within which time says nothing against; days after which no more than ``LONG_AGO`` is left."""

KEPT = 24
"""Terms of a new case, its rarest, by which the others are found."""

BACK = 200
"""Of the cases that hold a term, the latest so many are looked at: the search takes as long among a million as among
ten thousand."""

LOOKED_AT = 30
"""Cases that are compared in full."""

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Account:
    """A case as it is compared."""

    id: str
    text: str
    subject: str = ""
    place: str = ""  # where, if told apart from the text
    at: datetime | None = None  # all are aware, or none is
    spot: tuple[float, float] | None = None  # latitude and longitude, degrees


@dataclass(frozen=True, slots=True)
class Common:
    """What two cases have in common. ``kind``: words, place, distance (metres), time (days)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """From 0, nothing in common, to 1, the same; and why."""

    score: float
    reasons: tuple[Common, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A case that is like the one asked for."""

    id: str
    likeness: Likeness


NO_RARITY = Rarity()


@dataclass(frozen=True, slots=True)
class _Ready:
    """An account with its terms as vectors."""

    account: Account
    read: str
    names: tuple[str, ...]
    whole: Mapping[str, float]
    matter: Mapping[str, float]
    place: Mapping[str, float]


def likeness(one: Account, other: Account) -> Likeness:
    """How alike the two are; the same whichever comes first. Words are weighed by how common the language has them."""
    return _likeness(_ready(one), _ready(other))


class Similar:
    """Cases to be asked for those that are like a new one. Build it once; asking changes nothing."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        listed = sorted(accounts, key=_age)
        letters = [prepare(account.text, account.subject, place=account.place) for account in listed]
        self._names = Names(letters)
        told = [tell(letter, self._names) for letter in letters]
        self._rarity = Rarity(told)
        self._known = [
            _vectors(account, f"{letter.subject}\n{letter.text}", letter.spots, terms, self._rarity)
            for account, letter, terms in zip(listed, letters, told, strict=True)
        ]
        self._holding: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for index, ready in enumerate(self._known):
            for term, value in _rarest(ready.whole):
                self._holding[term].append((index, value))

    def __len__(self) -> int:
        return len(self._known)

    def like(self, account: Account, *, most: int = SHOWN, least: float = 0.3) -> tuple[Found, ...]:
        """Up to *most* cases whose likeness is *least* or more, the likest first; never the one with the same id."""
        ready = _ready(account, self._names, self._rarity)
        shared: dict[int, float] = defaultdict(float)
        for term, value in _rarest(ready.whole):
            for index, its in self._holding.get(term, ())[-BACK:]:
                shared[index] += value * its
        nearest = sorted(shared, key=lambda index: (-shared[index], -index))[: LOOKED_AT + 1]
        found = [
            Found(self._known[index].account.id, _likeness(ready, self._known[index]))
            for index in nearest
            if self._known[index].account.id != account.id
        ]
        found.sort(key=lambda one: (-one.likeness.score, one.id))
        return tuple(one for one in found if one.likeness.score >= least)[:most]


def _age(account: Account) -> tuple[bool, float, str]:
    return (account.at is not None, account.at.timestamp() if account.at else 0.0, account.id)


def _rarest(vector: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(vector.items(), key=lambda item: (-item[1], item[0]))[:KEPT]


def _ready(account: Account, names: Names = NO_NAMES, rarity: Rarity = NO_RARITY) -> _Ready:
    letter = prepare(account.text, account.subject, place=account.place)
    return _vectors(account, f"{letter.subject}\n{letter.text}", letter.spots, tell(letter, names), rarity)


def _vectors(account: Account, read: str, spots: tuple[tuple[str, ...], ...], told: Told, rarity: Rarity) -> _Ready:
    return _Ready(
        account=account,
        read=read,
        names=tuple(dict.fromkeys(core(name) for part in spots for name in part)),
        whole=rarity.vector(told.whole),
        matter=rarity.vector(told.matter),
        place=rarity.vector(told.place),
    )


def _likeness(one: _Ready, other: _Ready) -> Likeness:
    words = sqrt(cosine(one.whole, other.whole))  # two people who tell the same share a quarter of their terms
    matter = ramp(cosine(one.matter, other.matter), SAME_MATTER, OTHER_MATTER)
    place, where = _place(one, other)
    time, when = _time(one.account.at, other.account.at)
    score = round(min(1.0, words * matter * place * time), 4)
    shared = tuple(Common("words", phrase) for phrase in _shared(one, other))
    return Likeness(score, (*shared, *where, *when) if score else ())


def _place(one: _Ready, other: _Ready) -> tuple[float, tuple[Common, ...]]:
    """A factor, and the place they have in common. Coordinates say more than names."""
    if one.account.spot and other.account.spot:
        metres = distance(one.account.spot, other.account.spot)
        near = exp(-metres / NEAR)
        return OTHER_PLACE + (1.0 - OTHER_PLACE) * near, (Common("distance", f"{metres:.0f}"),) if near > 0.1 else ()
    if not one.place or not other.place:
        return UNKNOWN_PLACE, ()
    both = [name for name in one.names if name in other.read] + [name for name in other.names if name in one.read]
    name = min(both, key=lambda name: (one.read.find(name) + other.read.find(name), -len(name), name), default="")
    return ramp(cosine(one.place, other.place), SAME_PLACE, OTHER_PLACE), (Common("place", name),) if name else ()


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Metres between two points, each latitude and longitude in degrees (haversine)."""
    north, east, north2, east2 = map(radians, (*one, *other))
    chord = sin((north2 - north) / 2) ** 2 + cos(north) * cos(north2) * sin((east2 - east) / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(chord)))


def _time(one: datetime | None, other: datetime | None) -> tuple[float, tuple[Common, ...]]:
    """A factor, and how many days lie between where they are few."""
    if one is None or other is None:
        return 1.0, ()
    days = abs((one - other).total_seconds()) / 86_400
    factor = 1.0 - (1.0 - LONG_AGO) * min(1.0, max(0.0, days - SOON) / (LATE - SOON))
    return factor, (Common("time", f"{days:.0f}"),) if days <= SOON else ()


def _shared(one: _Ready, other: _Ready) -> list[str]:
    """The words both tell, the weightiest first: shared terms that touch in the first text are one phrase."""
    weights = {term: value * other.whole[term] for term, value in one.whole.items() if term in other.whole}
    first, second = sorted((one.read, other.read))
    phrases: dict[str, float] = {}
    at = 0
    while at < len(first) - 1:
        end, weight = at, 0.0
        while first[end : end + 2] in weights and first[at : end + 2] in second:
            weight += weights[first[end : end + 2]]
            end += 1
        if end > at:
            phrases[first[at : end + 1]] = weight
        at = max(end, at + 1)
    weightiest: list[str] = []
    for phrase in sorted(phrases, key=lambda phrase: (-phrases[phrase], phrase)):
        if not any(phrase in told for told in weightiest):
            weightiest.append(phrase)
    return weightiest[:SHOWN]
