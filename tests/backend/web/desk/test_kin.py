"""What stands beside a case on its page: folded, masked, and not there where there is nothing."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from tests.backend.services.city import City

LIGHTS = "小区门口的路灯坏了三天了，晚上黑得看不见路"
LIGHTS_TOO = "我们这条街的路灯坏了一排，晚上黑乎乎的"
OWN, ANSWERED = "诉求人的其他诉求", "类似诉求及答复"


@pytest.fixture
def city(site):
    made = City(site.store)
    made.now = site.clock()
    return made


def answer(city, number, text):
    city.answer(number)

    def change(work):
        case = work.cases.get(number, lock=True)
        case.answer = text
        work.cases.save(case, zone=ZoneInfo("Asia/Shanghai"))

    city.unit(change)


async def test_a_case_by_itself_has_no_such_panel(officer, city):
    page = await officer.opens(f"/desk/cases/{city.citizen().files_a_case()}")

    assert OWN not in page.text
    assert ANSWERED not in page.text


async def test_the_citizen_s_other_cases_stand_there_with_their_status(officer, city):
    li = city.citizen()
    first, second = li.files_a_case(), li.files_a_case(LIGHTS)

    page = await officer.opens(f"/desk/cases/{first}")

    assert f"{OWN} 1" in page.text
    assert f"/desk/cases/{second}" in page.links
    assert '<details class="more" id="kin-own">' in page.html


async def test_how_a_case_like_it_was_answered_is_told_in_80_characters_and_masked(officer, city):
    like, new = city.citizen("zhang").files_a_case(LIGHTS), city.citizen("li").files_a_case(LIGHTS_TOO)
    told = "您好，李芳。路灯已经修好，电话13800138000已回访。" + "已巡查全部路段。" * 20
    answer(city, like, told)

    page = await officer.opens(f"/desk/cases/{new}")
    kin = page.html[page.html.index('id="kin-answered"') :].split("</details>")[0]

    assert ANSWERED in kin
    assert f"/desk/cases/{like}" in kin
    assert "路灯已经修好" in kin
    assert "13800138000" not in kin
    assert "李芳" not in kin
    assert "电话1**********已回访" in kin
    assert "…" in kin
    assert "已巡查全部路段。" * 8 not in kin


async def test_it_stays_masked_where_this_case_s_own_citizen_is_shown(officer, city):
    like, new = city.citizen("zhang").files_a_case(LIGHTS), city.citizen("li").files_a_case(LIGHTS_TOO)
    answer(city, like, "路灯已经修好，电话13800138000已回访。")
    await officer.opens(f"/desk/cases/{new}")

    page = await officer.sends("/who", reason="要打电话核实")
    kin = page.html[page.html.index('id="kin-answered"') :].split("</details>")[0]

    assert "13800138000" in page.html
    assert "13800138000" not in kin
