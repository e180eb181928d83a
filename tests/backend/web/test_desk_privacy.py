"""What the desk shows of a citizen who took back consent, and of one whom the years have erased."""

from __future__ import annotations

import pytest

from backend.services.privacy import erasing
from tests.backend.services.city import City


@pytest.fixture
def city(site):
    made = City(site.store)
    made.now = site.clock()
    return made


@pytest.fixture
def number(city):
    return city.citizen().files_a_case()


async def test_a_case_whose_person_was_erased_is_still_shown(officer, city, number):
    city.answer(number)
    city.move(number, "closed")
    city.later(days=5 * 366)
    city.unit(erasing.erase, city.institutions, number, at=city.now)

    page = await officer.opens(f"/desk/cases/{number}")

    assert "个人信息已删除" in page.text
    assert "烧烤店" not in page.text
    assert (await officer.opens("/desk")).status == 200


async def test_who_took_back_consent_is_hidden_from_all_but_handlers(officer, city, number):
    li = city.citizen()
    li.sent = 100
    li.says("撤回同意")
    li.says("撤回同意")

    page = await officer.opens(f"/desk/cases/{number}")

    assert "诉求人撤回同意" in page.text
    assert "13800138000" not in page.html
