"""WeChat's coordinates and the world's.

Maps in China show GCJ-02, which is WGS 84 moved by some hundred metres, as
far as the published approximation knows: a sum of sines over the Krasovsky
1940 ellipsoid (the formula that eviltransform, coordtransform and their like
have in common). It has no inverse in closed form, so that is found by going
back by what the point would be moved, a few times over. Known pairs agree to
within a metre or two.
"""

from __future__ import annotations

from math import cos, pi, radians, sin, sqrt

AXIS, FLATNESS = 6378245.0, 0.00669342162296594323  # metres; eccentricity squared: Krasovsky 1940
WEST, EAST, SOUTH, NORTH = 72.004, 137.8347, 0.8293, 55.8271
"""Outside of this box nothing is moved."""
NEAR = 1e-9  # degrees: a tenth of a millimetre


def to_world(lat: float, lon: float) -> tuple[float, float]:
    """WGS 84 of a pin in GCJ-02; latitude and longitude in degrees."""
    there = lat, lon
    for _ in range(10):
        shown = to_china(*there)
        off = shown[0] - lat, shown[1] - lon
        there = there[0] - off[0], there[1] - off[1]
        if max(abs(off[0]), abs(off[1])) < NEAR:
            break
    return there


def to_china(lat: float, lon: float) -> tuple[float, float]:
    """GCJ-02 of a point in WGS 84."""
    if not (WEST <= lon <= EAST and SOUTH <= lat <= NORTH):
        return lat, lon
    north, east = _metres(lon - 105, lat - 35)
    bend = 1 - FLATNESS * sin(radians(lat)) ** 2
    return (
        lat + north * 180 / (AXIS * (1 - FLATNESS) / (bend * sqrt(bend)) * pi),
        lon + east * 180 / (AXIS / sqrt(bend) * cos(radians(lat)) * pi),
    )


def _metres(x: float, y: float) -> tuple[float, float]:
    """How far a point so many degrees east and north of 105° E, 35° N is moved: to the north, and to the east."""
    both = 20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)
    north = both + 20 * sin(y * pi) + 40 * sin(y / 3 * pi) + 160 * sin(y / 12 * pi) + 320 * sin(y / 30 * pi)
    east = both + 20 * sin(x * pi) + 40 * sin(x / 3 * pi) + 150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)
    root = sqrt(abs(x))
    return (
        -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + north * 2 / 3,
        300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + east * 2 / 3,
    )
