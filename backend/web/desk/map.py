"""The map of a case, drawn by the server as SVG: the pin, places of the city, open cases nearby, a scale.

It needs no script and nothing from outside. Where the settings name tiles,
their pictures lie below; Web Mercator then, as tiles are. Pure.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from backend.web.desk.evidence import far
from backend.web.desk.view import pin
from nlp.where import gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from backend.domain.case import Case
    from backend.services.cases.nearby import Near
    from backend.web.desk.view import Reader
    from institutions.model import Institution

WIDTH, HEIGHT = 400, 240
"""Of the drawing, in its own units."""
MARGIN = 30
CLOSE = 300
"""Metres from the middle to the edge that the map shows at least."""
ROUND = (50, 100, 200, 500, 1000, 2000, 5000)
"""Metres that a scale may be long."""
LONGEST_SCALE = 110  # units
MOST_NAMES = 8
APART = 14  # units between two names
AROUND = 2 * math.pi * 6_378_137
"""Metres around the earth at the equator, as Web Mercator has it."""
NORTHMOST = 85.0
"""Degrees beyond which Web Mercator has no map."""
TILE = 256  # pixels of a tile's side
FINEST = 18


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of the drawing, with what it is called."""

    x: float
    y: float
    text: str = ""
    link: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """Which part of the earth the drawing shows: its middle, and how many metres a unit is."""

    lat: float
    lon: float
    metres: float

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Where in the drawing that is."""
        east = (_x(lon) - _x(self.lon)) * self._wide
        south = (_y(lat) - _y(self.lat)) * self._wide
        return round(WIDTH / 2 + east, 1), round(HEIGHT / 2 + south, 1)

    @property
    def _wide(self) -> float:
        """Units around the earth at this latitude."""
        return AROUND * math.cos(math.radians(self.lat)) / self.metres

    def tiles(self, address: str) -> Iterator[dict[str, Any]]:
        """The tiles below: address, place and side of each."""
        zoom = min(FINEST, max(0, round(math.log2(self._wide / TILE))))
        count, side = 2**zoom, self._wide / 2**zoom
        left, top = _x(self.lon) * count - WIDTH / 2 / side, _y(self.lat) * count - HEIGHT / 2 / side
        for row in range(max(0, math.floor(top)), min(count, math.ceil(top + HEIGHT / side))):
            for column in range(math.floor(left), math.ceil(left + WIDTH / side)):
                named = {"{z}": zoom, "{x}": column % count, "{y}": row}
                url = address
                for mark, value in named.items():
                    url = url.replace(mark, str(value))
                # a hair too large, so that no seam is seen
                yield {
                    "url": url,
                    "x": round((column - left) * side, 2),
                    "y": round((row - top) * side, 2),
                    "side": round(side + 0.3, 2),
                }


def drawn(
    case: Case, near: Sequence[Near], institution: Institution, reader: Reader, *, tiles: str = ""
) -> dict[str, Any] | None:
    """What the template needs; None: the case has no pin that a map could show."""
    here = pin(case)
    if here is None or abs(here[0]) > NORTHMOST:
        return None
    lat, lon = here
    reach = max([CLOSE, *(one.metres * 1.15 for one in near)])
    view = View(lat, lon, reach / (HEIGHT / 2 - MARGIN / 2))
    length = max((each for each in ROUND if each / view.metres <= LONGEST_SCALE), default=ROUND[0])
    lies = gazetteer.of(institution).nearest(lat, lon)
    dots = [_near(one, view, reader) for one in near]
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "grid": list(_grid(length / view.metres)),
        "tiles": list(view.tiles(tiles)) if tiles else [],
        "host": urlsplit(tiles).hostname or "",
        "near": dots,
        "names": list(_names(view, institution, dots)),
        "scale": {"units": round(length / view.metres, 1), "text": far(length, reader)},
        "reach": far(reach, reader),
        "lies": lies.whole if lies else "",
        "geo": f"geo:{lat:.6f},{lon:.6f}?q={lat:.6f},{lon:.6f}",
        "spot": f"{lat:.5f}, {lon:.5f}",
    }


def _near(one: Near, view: View, reader: Reader) -> Spot:
    x, y = view.at(one.lat, one.lon)
    title = reader.t("map.near.one", number=one.number, far=far(one.metres, reader))
    return Spot(x, y, far(one.metres, reader), f"/desk/cases/{one.number}", title)


def _names(view: View, institution: Institution, dots: Sequence[Spot]) -> Iterator[Spot]:
    """The city's places that lie in sight, the wide ones first, none over another, over a case or over the pin."""
    told: list[Spot] = [Spot(WIDTH / 2, HEIGHT / 2), *dots]
    most = len(told) + MOST_NAMES
    kinds = ("district", "street", "community", "poi", "road")
    places = [each for each in gazetteer.of(institution).places if each.lat is not None and each.lon is not None]
    for place in sorted(places, key=lambda each: kinds.index(each.kind)):
        x, y = view.at(place.lat or 0.0, place.lon or 0.0)
        inside = MARGIN < x < WIDTH - MARGIN and MARGIN / 2 < y < HEIGHT - MARGIN
        if inside and all(abs(y - other.y) > APART or abs(x - other.x) > 6 * APART for other in told):
            told.append(Spot(x, y, place.name))
            yield told[-1]
        if len(told) >= most:
            return


def _grid(step: float) -> Iterator[tuple[float, float, float, float]]:
    """Lines as far apart as the scale is long, through the middle."""
    for n in range(-math.ceil(WIDTH / 2 / step), math.ceil(WIDTH / 2 / step) + 1):
        x = round(WIDTH / 2 + n * step, 1)
        yield x, 0, x, HEIGHT
    for n in range(-math.ceil(HEIGHT / 2 / step), math.ceil(HEIGHT / 2 / step) + 1):
        y = round(HEIGHT / 2 + n * step, 1)
        yield 0, y, WIDTH, y


def _x(lon: float) -> float:
    """How far around the earth, from 0 to 1."""
    return lon / 360 + 0.5


def _y(lat: float) -> float:
    """How far from the north of the map, from 0 to 1."""
    clamped = math.radians(max(-NORTHMOST, min(NORTHMOST, lat)))
    return 0.5 - math.log(math.tan(clamped) + 1 / math.cos(clamped)) / (2 * math.pi)
