"""Pins and corrected places in the draft."""

from __future__ import annotations

from dialogs.messages import Location
from dialogs.values.placing import pinned, reread, where_json
from institutions.catalog import load_all
from nlp.where import gazetteer
from nlp.where.places import find

HOTLINE = load_all()["hotline"]
TOWN = gazetteer.of(HOTLINE)
HOME = TOWN.named("幸福里")[0]
HERE = Location(HOME.lat or 0, HOME.lon or 0)


def said(text):
    return where_json(find(text, TOWN)[0][0])


def test_a_pin_without_words_is_told_by_the_nearest_place():
    where = pinned(None, HERE, HOTLINE)

    assert where["text"] == "青石区青石镇幸福里附近"
    assert (where["lat"], where["lon"]) == (HERE.lat, HERE.lon)
    assert where["pieces"] == {"district": "青石区", "street": "青石镇"}


def test_a_pin_far_from_every_place_is_told_by_its_degrees():
    assert pinned(None, Location(10.0, 10.0), HOTLINE) == {
        "text": "10.00000, 10.00000",
        "lat": 10.0,
        "lon": 10.0,
        "pieces": {},
    }


def test_a_second_pin_takes_the_place_of_the_first():
    first = pinned(None, HERE, HOTLINE)

    assert pinned(first, Location(10.0, 10.0), HOTLINE)["text"] == "10.00000, 10.00000"


def test_a_pin_loses_no_word_that_was_said():
    where = pinned(said("绿岛公寓5栋"), HERE, HOTLINE)

    assert where["text"] == "绿岛公寓5栋"
    assert where["pieces"] == {"district": "青石区", "street": "青石镇", "compound": "绿岛公寓", "building": "5栋"}


def test_a_pins_own_label_is_its_name():
    where = pinned(None, Location(HERE.lat, HERE.lon, "老街烧烤"), HOTLINE)

    assert where["text"] == "老街烧烤"
    assert where["pieces"]["district"] == "青石区"


def test_another_house_lies_in_another_street():
    where = said("幸福里3栋") | {"text": "翠湖苑3栋"}

    assert reread(where, HOTLINE)["pieces"] == {
        "district": "松岭区",
        "street": "松岭乡",
        "compound": "翠湖苑",
        "building": "3栋",
    }


def test_a_misheard_name_is_put_right_in_the_case_and_the_code_kept():
    assert said("幸福理3栋漏水")["text"] == "幸福里3栋"
    assert said("芙蓉区解放路")["pieces"]["code"] == "430102"
