"""An institution's own places: found in a text, known by old, short and misheard names, and by coordinates.

The rows come from ``institutions.places``; read and indexed at first use. What
a place is in a sentence, ``nlp.where.places`` decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import cos, hypot, radians
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from institutions import places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from institutions.model import Institution

SOUNDS = {
    char: group[0]
    for group in (Path(__file__).parents[1] / "words" / "sounds.txt").read_text(encoding="utf-8").split("\n")
    if not group.startswith("#")
    for char in group
}
"""A character -> the one that stands for all that sound like it."""

COMMUNITY = re.compile(r"(?:社区|居委会|村|村委会|屯|寨)$")
PLAIN = re.compile(r"(.{2,})(?:小区|街道|社区)")
AFTER = frozenset("在住到去于往从")
"""Before these a name may stand without any ending: 我住幸福里."""
TELLS = 3
"""Characters of a name that is one wherever it stands; a shorter one must stand where a place is expected."""
SIDES = frozenset("东西南北中上下前后左右内外大小新老一二三四五六七八九十甲乙丙丁0123456789")
"""One of these for another is another place, not a slip."""
SUGGESTED = 3  # places at most
REACH = {"community": 300, "poi": 300, "road": 300, "street": 3_000, "district": 15_000}
"""Metres within which a pin is at such a place."""
CELL = 0.01  # degrees of the grid, about a kilometre
METRES = 111_195  # of a degree of latitude


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the gazetteer; ``above``: those it lies in, the nearest first. Degrees, WGS 84."""

    kind: str  # district, street, community, road, poi
    name: str
    lat: float | None = None
    lon: float | None = None
    above: tuple[Place, ...] = ()

    @property
    def piece(self) -> str:
        """What kind of piece of an address it is: an estate is a compound, a 社区 a community."""
        if self.kind == "community":
            return "community" if COMMUNITY.search(self.name) else "compound"
        return self.kind

    @property
    def pieces(self) -> dict[str, str]:
        """It and all it lies in, from wide to narrow, as pieces of an address."""
        return {place.piece: place.name for place in (*reversed(self.above), self)}

    @property
    def whole(self) -> str:
        """The name with all it lies in: 云东区向阳街道幸福里."""
        return "".join(self.pieces.values())


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of the gazetteer that stands in a text. ``weak``: only if a place is expected there."""

    start: int
    end: int
    kind: str  # of piece
    weak: bool


class Gazetteer:
    """All places of one file, indexed by name, by sound and by coordinates."""

    def __init__(self, rows: Sequence[places.Row]) -> None:
        self.places = _linked(rows)
        self._named: dict[str, tuple[Place, ...]] = {}
        for place, row in zip(self.places, rows, strict=True):
            for name in _names(row):
                self._named[name] = (*self._named.get(name, ()), place)
        self._heads: dict[str, list[str]] = {}
        self._sounding: dict[str, tuple[str, ...]] = {}
        for name in self._named:
            self._heads.setdefault(name[:2], []).append(name)
            self._sounding[sound(name)] = (*self._sounding.get(sound(name), ()), name)
        for names in self._heads.values():
            names.sort(key=len, reverse=True)
        firsts = "".join(re.escape(char) for char in sorted({name[0] for name in self._named}))
        self._begins = re.compile(f"[{firsts}]|(?<=[{''.join(sorted(AFTER))}])." if firsts else "(?!)")
        self._first_sounds = {sound(name[0]) for name in self._named}
        self._lengths = sorted({len(name) for name in self._named if len(name) >= TELLS}, reverse=True)
        self._grid = _grid(self.places)

    def __bool__(self) -> bool:
        return bool(self.places)

    def named(self, name: str) -> tuple[Place, ...]:
        """Those called so: officially, by an alias, or with or without 小区."""
        return self._named.get(name, ())

    def hits(self, text: str) -> Iterator[Hit]:
        """Names that stand in *text*, from left to right, the longest at each place; none lies in another."""
        at = 0
        while begins := self._begins.search(text, at):
            at = begins.start()
            name = self._longest(text, at) or (self._misheard(text, at) if at and text[at - 1] in AFTER else "")
            if name:
                known = self._named.get(name) or self._named[self._sounding[sound(name)][0]]
                yield Hit(at, at + len(name), known[0].piece, weak=len(name) < TELLS)
            at += len(name) or 1

    def _longest(self, text: str, at: int) -> str:
        """The longest name that stands at *at*; "": none."""
        for name in self._heads.get(text[at : at + 2], ()):
            if text.startswith(name, at):
                return name
        return ""

    def _misheard(self, text: str, at: int) -> str:
        """The characters at *at* that sound like one name, and like one only; "": none."""
        if sound(text[at]) not in self._first_sounds:
            return ""
        said = sound(text[at : at + self._lengths[0]]) if self._lengths else ""
        for length in self._lengths:
            if length <= len(said) and len(self._sounding.get(said[:length], ())) == 1:
                return text[at : at + length]
        return ""

    def meant(self, name: str, kind: str, pieces: Iterable[str]) -> tuple[tuple[Place, ...], bool]:
        """Which places *name* can mean beside the other *pieces*, and whether that is as good as said.

        Sure: called so or sounding so, and one place only. What merely looks like it is never sure.
        """
        if len(name) > places.LONGEST:
            return (), False
        if found := self.named(name):
            found = _fitting(found, pieces)
            return found, len(found) == 1
        if alike := self._sounding.get(sound(name), ()):
            found = _distinct(place for other in alike for place in self.named(other))
            found = _fitting(found, pieces)
            return found, len(found) == 1 and len(name) >= TELLS
        return self._like(name, kind), False

    def _like(self, name: str, kind: str) -> tuple[Place, ...]:
        """Those that one slip makes of *name*: a wrong character, one too many or too few."""
        if len(name) <= TELLS:
            return ()
        near = dict.fromkeys(other for short in (name, *_shorter(name)) for other in self._slips.get(short, ()))
        names = [n for n in near if Levenshtein.distance(name, n, score_cutoff=1) <= 1 and not _another(name, n)]
        found = _distinct(place for other in names for place in self.named(other) if place.piece == kind)
        return found[:SUGGESTED]

    @cached_property
    def _slips(self) -> Mapping[str, Sequence[str]]:
        """Each name, whole and with any one character left out -> the names it may come from."""
        slips: dict[str, list[str]] = {}
        for name in self._named:
            for short in {name, *_shorter(name)} if len(name) >= TELLS else ():
                slips.setdefault(short, []).append(name)
        return slips

    def nearest(self, lat: float, lon: float) -> Place | None:
        """The narrowest place whose coordinates (WGS 84) are within its kind's reach; the nearest of them."""
        cell = round(lat / CELL), round(lon / CELL)
        around = [
            place
            for north in (-1, 0, 1)
            for east in (-1, 0, 1)
            for place in self._grid.get((cell[0] + north, cell[1] + east), ())
        ]
        wide = [place for kind in ("street", "district") for place in self._grid.get(kind, ())]
        for kinds, some in (
            (("community", "poi"), around),
            (("road",), around),
            (("street",), wide),
            (("district",), wide),
        ):
            near = [(_metres(place, lat, lon), place) for place in some if place.kind in kinds]
            far, place = min(near, key=lambda pair: pair[0], default=(0.0, None))
            if place is not None and far <= REACH[place.kind]:
                return place
        return None


def of(institution: Institution) -> Gazetteer:
    """The institution's gazetteer; an empty one where it has none. Raises: institutions.places.BadPlaces."""
    return _read(institution.places)


@lru_cache(maxsize=16)
def _read(path: str) -> Gazetteer:
    return Gazetteer(places.read(Path(path)) if path else ())


def sound(name: str) -> str:
    """*name* with one character for all that sound alike."""
    return "".join(SOUNDS.get(char, char) for char in name)


def _names(row: places.Row) -> set[str]:
    """All that it is called: an estate also with or without 小区, a street also with 办事处."""
    names = {row.name, *row.aliases}
    if row.kind == "community":
        names |= {match[1] for name in names if (match := PLAIN.fullmatch(name)) and len(match[1]) >= TELLS}
        names |= {f"{name}小区" for name in names if not PLAIN.fullmatch(name) and not COMMUNITY.search(name)}
    if row.kind == "street":
        names |= {f"{name}{office}" for name in names if name.endswith("街道") for office in ("办", "办事处")}
    return names


def _linked(rows: Sequence[places.Row]) -> tuple[Place, ...]:
    made: dict[int, Place] = {}

    def place(index: int) -> Place:
        if index not in made:
            row = rows[index]
            made[index] = Place(row.kind, row.name, row.lat, row.lon, tuple(place(above) for above in row.parents))
        return made[index]

    return tuple(place(index) for index in range(len(rows)))


def _grid(some: Iterable[Place]) -> Mapping[object, tuple[Place, ...]]:
    """Places by cell of the grid; streets and districts, which reach beyond a cell, by kind."""
    grid: dict[object, tuple[Place, ...]] = {}
    for place in some:
        if place.lat is not None and place.lon is not None:
            wide = place.kind in {"street", "district"}
            key = place.kind if wide else (round(place.lat / CELL), round(place.lon / CELL))
            grid[key] = (*grid.get(key, ()), place)
    return grid


def _metres(place: Place, lat: float, lon: float) -> float:
    """Near enough for kilometres, away from the poles."""
    north, east = lat - (place.lat or 0), lon - (place.lon or 0)
    return hypot(north, east * cos(radians(lat))) * METRES


def _fitting(found: tuple[Place, ...], pieces: Iterable[str]) -> tuple[Place, ...]:
    """Of several with one name, those that lie in what else was said."""
    said = set(pieces)
    if len(found) < 2 or not said:
        return found
    return tuple(place for place in found if said & {above.name for above in place.above}) or found


def _distinct(found: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(found))


def _shorter(name: str) -> list[str]:
    """*name* with each of its characters left out in turn."""
    return [name[:at] + name[at + 1 :] for at in range(len(name))]


def _another(one: str, other: str) -> bool:
    """Whether a side or number makes them two: 环湖东路 and 环湖西路, 滨河路 and 北滨河路."""
    if len(one) == len(other):
        differ = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
        return all(a in SIDES and b in SIDES for a, b in differ)
    short, long = sorted((one, other), key=len)
    return any(long[at] in SIDES and long[:at] + long[at + 1 :] == short for at in range(len(long)))
