"""Coordinates of China's maps and of the world's."""

from __future__ import annotations

from math import cos, hypot, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.wechat_api.pins import to_china, to_world

# Pairs that the open implementations of the formula publish: WGS 84, GCJ-02.
KNOWN = {
    "Shanghai": ((31.1774276, 121.5272106), (31.17530398364597, 121.531541859215)),
    "Shenzhen": ((22.543847, 113.912316), (22.540796131694766, 113.9171764808363)),
    "Beijing": ((39.911954, 116.377817), (39.91334545536069, 116.38404722455657)),
}


def metres(one, other):
    return 111_320 * hypot(one[0] - other[0], (one[1] - other[1]) * cos(radians(one[0])))


@pytest.mark.parametrize(("world", "china"), KNOWN.values(), ids=KNOWN)
def test_known_places_agree_within_a_metre(world, china):
    assert metres(to_china(*world), china) < 1
    assert metres(to_world(*china), world) < 1
    assert metres(world, china) > 300


@given(st.floats(18, 54), st.floats(73.5, 135.1))
def test_there_and_back_is_where_it_was_within_a_millimetre(lat, lon):
    assert metres(to_world(*to_china(lat, lon)), (lat, lon)) < 0.001


@pytest.mark.parametrize("place", [(48.8584, 2.2945), (-33.8568, 151.2153), (0.0, 0.0), (90.0, 180.0), (-90.0, -180.0)])
def test_nothing_is_moved_outside_of_china(place):
    assert to_world(*place) == place
