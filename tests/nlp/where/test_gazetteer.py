"""An institution's own places: by old, short and misheard names, and by coordinates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.places import parse
from nlp.where.gazetteer import Gazetteer

TOWN = Gazetteer(
    parse(
        """kind,name,aliases,parent,lat,lon
district,东城区,东城县,,30.10,110.10
district,西城区,,,30.30,110.10
street,河街道,,东城区,30.11,110.11
street,山镇,,西城区,30.31,110.11
community,柳园,纺织厂宿舍,河街道,30.1100,110.1100
community,杏花苑,,河街道,30.1120,110.1100
community,松坡社区,松坡居委会,山镇,30.3100,110.1100
community,清水湾,,河街道,,
community,清水湾,,山镇,,
road,环湖东路,,,30.1140,110.1100
road,环湖西路,,,,
poi,河街第二小学,河街二小,河街道,,
""",
        "town.csv",
    )
)


def wholes(name, kind="compound", beside=()):
    found, sure = TOWN.meant(name, kind, beside)
    return [place.whole for place in found], sure


CALLED = {
    "柳园": "东城区河街道柳园",
    "柳园小区": "东城区河街道柳园",
    "纺织厂宿舍": "东城区河街道柳园",
    "松坡居委会": "西城区山镇松坡社区",
    "河街道办事处": "东城区河街道",
    "东城县": "东城区",
    "河街二小": "东城区河街道河街第二小学",
}


@pytest.mark.parametrize(("name", "whole"), CALLED.items())
def test_a_place_is_known_by_every_name_it_has(name, whole):
    assert wholes(name) == ([whole], True)


def test_a_name_that_sounds_like_a_places_is_that_place():
    assert wholes("兴华院") == (["东城区河街道杏花苑"], True)


def test_a_name_of_two_places_stays_open_until_something_beside_it_tells():
    assert wholes("清水湾") == (["东城区河街道清水湾", "西城区山镇清水湾"], False)
    assert wholes("清水湾", beside={"山镇"}) == (["西城区山镇清水湾"], True)


def test_one_wrong_character_is_a_suggestion_and_no_certainty():
    assert wholes("河街第二中学", kind="poi") == ([], False)  # another school
    assert wholes("河西第二小学", kind="poi") == (["东城区河街道河街第二小学"], False)


def test_the_other_side_of_a_lake_is_another_road():
    assert wholes("环湖南路", kind="road") == ([], False)


def test_names_are_found_where_they_stand():
    hits = [(hit.start, hit.end, hit.kind, hit.weak) for hit in TOWN.hits("杏花苑小区到柳园走环湖东路")]

    assert hits == [(0, 5, "compound", False), (6, 8, "compound", True), (9, 13, "road", False)]


PINS = {
    (30.1101, 110.1101): "柳园",
    (30.1150, 110.1100): "环湖东路",
    (30.1200, 110.1200): "河街道",
    (30.1000, 110.2000): "东城区",
}


@pytest.mark.parametrize(("pin", "name"), PINS.items())
def test_a_pin_is_at_the_narrowest_place_within_reach(pin, name):
    place = TOWN.nearest(*pin)

    assert place is not None
    assert place.name == name


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_pin_anywhere_else_is_at_no_place(lat, lon):
    near = abs(lat - 30.2) < 0.4 and abs(lon - 110.1) < 0.4

    assert near or TOWN.nearest(lat, lon) is None


@given(st.text(alphabet="柳园杏花苑兴华院在住清水湾环湖东路纺织厂宿舍，", max_size=40))
def test_hits_never_overlap_and_hold_what_is_known_or_sounds_so(text):
    end = 0
    for hit in TOWN.hits(text):
        assert hit.start >= end
        assert TOWN.meant(text[hit.start : hit.end], hit.kind, ())[0]
        end = hit.end


def test_without_a_file_there_is_nothing_to_find():
    nowhere = Gazetteer(())

    assert not nowhere
    assert list(nowhere.hits("在柳园")) == []
    assert nowhere.nearest(30.11, 110.11) is None
