"""The map of a case: what lies where on it, and that nothing from outside is asked for unless it is set."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.services.cases.nearby import Near
from backend.settings import BadSettings, load
from backend.web.desk.map import HEIGHT, WIDTH, drawn
from backend.web.desk.view import Reader
from backend.web.security import with_pictures_of
from institutions.catalog import load_all
from tests.backend.store.samples import a_case

HERE = (38.9335, 83.04)
READER = Reader("zh", datetime(2026, 11, 21, tzinfo=UTC))
TILES = "https://tiles.example.gov.cn/{z}/{x}/{y}.png"


@pytest.fixture(scope="module")
def hotline():
    return load_all()["hotline"]


def pinned(lat, lon):
    case = a_case()
    case.facts = {**case.facts, "where": {"text": "幸福里", "lat": lat, "lon": lon}}
    return case


def a_map(hotline, near=(), spot=HERE, **how):
    return drawn(pinned(*spot), near, hotline, READER, **how)


def test_a_case_without_a_pin_has_no_map(hotline):
    assert drawn(a_case(), (), hotline, READER) is None


def test_the_scale_is_true(hotline):
    north = Near("20261121-HL-000002-8", HERE[0] + 0.009, HERE[1], 1000.0)

    told = a_map(hotline, [north])

    (dot,) = told["near"]
    metres = {"100 米": 100, "200 米": 200, "500 米": 500, "1.0 公里": 1000}[told["scale"]["text"]]
    assert (HEIGHT / 2 - dot.y) / told["scale"]["units"] * metres == pytest.approx(1000, rel=0.01)
    assert dot.x == WIDTH / 2
    assert dot.link == "/desk/cases/20261121-HL-000002-8"
    assert dot.title == "20261121-HL-000002-8，1.0 公里"


def test_the_city_s_places_are_named_and_none_lies_over_another(hotline):
    told = a_map(hotline)
    spots = [(name.x, name.y) for name in told["names"]]

    assert told["lies"].startswith("青石区")
    assert any("青石镇" in name.text for name in told["names"]) or spots
    assert all(
        abs(y - other_y) > 14 or abs(x - other_x) > 84
        for at, (x, y) in enumerate(spots)
        for other_x, other_y in spots[:at]
    )


@given(st.floats(-85, 85), st.floats(-180, 180), st.floats(-0.017, 0.017), st.floats(-0.017, 0.017))
def test_whatever_is_near_lies_on_the_map(lat, lon, north, east):
    hotline = load_all()["hotline"]
    other = (max(-85, min(85, lat + north)), lon + east / math.cos(math.radians(lat)))
    metres = 2000.0

    told = a_map(hotline, [Near("n", *other, metres)], (lat, lon), tiles=TILES)

    (dot,) = told["near"]
    assert 0 <= dot.x <= WIDTH
    assert 0 <= dot.y <= HEIGHT
    assert 1 <= len(told["tiles"]) <= 24
    covered = [(tile["x"], tile["y"]) for tile in told["tiles"]]
    assert min(x for x, _ in covered) <= 0
    assert max(tile["x"] + tile["side"] for tile in told["tiles"]) >= WIDTH


def test_tiles_are_asked_for_only_where_they_are_set(hotline):
    assert a_map(hotline)["tiles"] == []

    (first, *_) = a_map(hotline, tiles=TILES)["tiles"]

    assert first["url"].startswith("https://tiles.example.gov.cn/1")
    assert "img-src https://tiles.example.gov.cn 'self'" in with_pictures_of(TILES)


@pytest.fixture
def settings(settings):
    """As everywhere, with tiles."""
    return settings.model_copy(update={"tiles": TILES})


async def test_a_page_with_tiles_lets_the_browser_fetch_them_and_no_other_page_does(officer, citizen):
    await citizen.says("昨晚幸福里3栋楼下烧烤店又在放音响")
    await citizen.sends({"location": {"lat": HERE[0], "lon": HERE[1]}})
    number = await citizen.files_a_case()

    case = await officer.browser.get(f"/desk/cases/{number}")
    others = await officer.browser.get("/desk")

    assert "https://tiles.example.gov.cn" in case.headers["Content-Security-Policy"]
    assert "https://tiles.example.gov.cn/1" in await case.text()
    assert "tiles.example" not in others.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "told", ["https://tiles.example/{z}/{x}.png", "tiles/{z}/{x}/{y}", "https://a.example/{z}/{x}/{y};script-src *"]
)
def test_what_is_no_address_of_tiles_is_refused(told, tmp_path):
    (tmp_path / "jiesu.toml").write_text(f'tiles = "{told}"\n')

    with pytest.raises(BadSettings, match="tiles"):
        load(tmp_path / "jiesu.toml", {}, here=tmp_path)
