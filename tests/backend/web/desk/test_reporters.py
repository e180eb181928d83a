"""The desk shows how many people tell of a case and who joined, masked until somebody looks."""

from __future__ import annotations

import pytest

from tests.backend.services.city import City
from tests.backend.services.talks.test_joining import FIRST, SECOND, joins


@pytest.fixture
def city(site):
    made = City(site.store)
    made.now = site.clock()
    return made


@pytest.fixture
def number(city):
    number = city.citizen("li").files_a_case(FIRST)
    neighbour = city.citizen("wang")
    neighbour.says("我叫王红，电话19900001234")
    joins(neighbour, SECOND)
    return number


async def test_who_joined_is_listed_with_a_masked_name_and_phone(officer, number):
    page = await officer.opens(f"/desk/cases/{number}")

    for told in ("2 人反映", "共同反映人", "第 2 位", "王*", "199****1234", "太吵了睡不着", "加入此案"):
        assert told in page.text
    assert "王红" not in page.html
    assert "19900001234" not in page.html


async def test_they_are_whole_for_who_looks_on_record(officer, number):
    await officer.opens(f"/desk/cases/{number}")
    shown = await officer.sends("/who", reason="要打电话核实")

    assert "王红" in shown.html
    assert "19900001234" in shown.html


async def test_the_work_list_tells_how_many(officer, number):
    page = await officer.opens("/desk")

    assert number in page.text
    assert "2 人反映" in page.text
