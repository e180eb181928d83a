"""Filters as chips, saved lists, and several cases at once, as a handler without any script meets them."""

from __future__ import annotations

from datetime import date

import pytest

from backend.domain import numbers
from tests.backend.services.city import City
from tests.backend.web.desk.test_list import rows
from tests.backend.web.officers import Officer, hire


@pytest.fixture
def city(site):
    """The same store, seen by services."""
    made = City(site.store)
    made.now = site.clock()
    return made


def ticks(city, *numbers):
    return ",".join(f"{number}_{city.case(number).seq}" for number in numbers)


async def test_each_filter_is_a_chip_that_takes_it_off(officer, city):
    number = city.citizen().files_a_case()

    page = await officer.opens("/desk?grade=urgent&officer=none")

    assert rows(page) == []
    assert "没有符合这些条件的件" in page.text
    assert "等级 紧急 ×" in page.text
    assert "/desk?tab=all&officer=none" in page.links
    assert rows(await officer.opens("/desk?tab=all&officer=none")) == [number]


@pytest.mark.parametrize("query", ["status=x&grade=%00&due=never&source=moon", "district=%F0%9F%8C%99&text=%27%22"])
async def test_a_filter_that_there_is_not_breaks_nothing(officer, query):
    assert (await officer.opens(f"/desk?tab=all&{query}")).status == 200


async def test_a_list_is_saved_called_otherwise_and_deleted(officer, city):
    city.citizen().files_a_case()
    await officer.opens("/desk?tab=new&officer=none")

    page = await officer.sends("/desk/filters", name="没人管的")
    assert "筛选已保存" in page.text
    assert "没人管的 1" in page.text

    await officer.opens("/desk/filters")
    assert "没人接的" in (await officer.sends("/change", name="没人接的")).html
    assert "请写一个名称" in (await officer.sends("/change", name=" ")).text
    await officer.opens("/desk/filters")
    assert "还没有保存的筛选" in (await officer.sends("/drop")).text


async def test_who_does_not_lead_cannot_share_a_list(site, client):
    hire(site, "小林", "handler")
    officer = Officer(client)
    await officer.logs_in("小林")
    page = await officer.opens("/desk?tab=new&officer=none")

    assert "共享给本机构同事" not in page.text
    assert (await officer.sends("/desk/filters", name="我的", shared="1")).status == 403


async def test_several_cases_go_at_once_and_what_does_not_is_told_with_its_reason(officer, city):
    first, second = (city.citizen(name).files_a_case() for name in "ab")
    city.move(second, "refused", ground="不在受理范围。")
    await officer.opens("/desk?tab=new")
    picked = ticks(city, first, second)

    page = await officer.sends(
        "/desk/batch", case=picked, what="assign", department=f"hotline/{city.case(first).department_id}", note="转办"
    )

    assert "办好 1 件" in page.text
    assert "没办成 1 件" in page.text
    assert f"{second}案件现在是“不予受理”" in page.text
    assert [city.case(number).status.value for number in (first, second)] == ["assigned", "refused"]


@pytest.mark.parametrize(
    ("fill", "why"),
    [
        ({"what": "close", "note": "x"}, "一件也没选"),
        ({"what": "close", "case": "one"}, "请写一句理由"),
        ({"what": "assign", "note": "x", "case": "one"}, "请选一个部门或一个人"),
        ({"what": "burn", "note": "x", "case": "one"}, "没有这种批量操作"),
        ({"what": "close", "note": "x", "case": "many"}, "一次最多办 50 件"),
    ],
)
async def test_what_is_missing_is_said_and_nothing_is_done(officer, city, fill, why):
    number = city.citizen().files_a_case()
    await officer.opens("/desk?tab=new")
    days = (f"2026{month:02}{day:02}" for month in (1, 3) for day in range(1, 29))
    many = ",".join(f"{made}_1" for made in (make(day) for day in days))
    cases = {"one": ticks(city, number), "many": many}

    page = await officer.sends("/desk/batch", **(fill | {"case": cases.get(fill.get("case", ""), "")}))

    assert page.status == 422
    assert why in page.text
    assert city.case(number).status == "received"


def make(day):
    return numbers.make(date.fromisoformat(f"{day[:4]}-{day[4:6]}-{day[6:]}"), "HL", 1)


async def test_who_only_looks_ticks_nothing(site, client, city):
    number = city.citizen().files_a_case()
    hire(site, "审计", "auditor")
    officer = Officer(client)
    page = await officer.logs_in("审计", path="/desk?tab=new")

    assert rows(page) == [number]
    assert "/desk/batch" not in [form.action for form in page.forms]
    assert "我的待办" not in page.text
