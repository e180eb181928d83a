"""Managers read what rises, say what it is, join its cases, and take a brief along; handlers read none of it."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from docx import Document

from backend.store.rises import Again
from tests.backend.services.city import City
from tests.backend.web.officers import Officer, hire

PAGE = "/desk/topics"


@pytest.fixture
def city(site):
    city = City(site.store)
    city.now = site.clock() - timedelta(hours=1)
    return city


@pytest.fixture
def numbers(city):
    return [city.citizen(name).files_a_case() for name in ("li", "wang", "zhao")]


@pytest.fixture
def alarm(site, city, numbers):
    """Three cases against an expected half."""
    first, last = city.case(numbers[0]), city.case(numbers[-1])
    told = {"institution": "hotline", "category": first.category_id, "place": "", "since": first.filed_at,
            "at": last.filed_at + timedelta(minutes=1), "hours": 1, "count": 3, "expected": 1.25}  # fmt: skip
    found = site.store.run_now(lambda work: work.rises.begin(told, resumed=first.filed_at))
    return found[0]


@pytest.fixture
async def manager(site, client):
    hire(site, "陈经理", "manager", "dispatcher")
    officer = Officer(client)
    await officer.comes_in("陈经理")
    return officer


async def test_where_nothing_rises_the_page_says_so(manager):
    page = await manager.opens(PAGE)

    assert "最近 30 天没有预警" in page.text
    assert PAGE in page.links


async def test_an_alarm_is_told_with_its_numbers(manager, alarm):
    page = await manager.opens(PAGE)

    assert "全部地区" in page.text
    assert "1 小时 3 件，平时约 1.2 件" in page.text
    assert "还没有人看过" in page.text
    assert f"{PAGE}/{alarm}/brief" in page.links  # one press from the list


async def test_who_opens_it_has_looked_and_may_say_what_it_is(manager, alarm):
    page = await manager.opens(f"{PAGE}/{alarm}")
    assert "陈经理 看过" in page.text

    bare = next(form for form in page.forms if form.fields.get("what") == "none")
    refused = await manager.presses(bare, note=" ")
    said = await manager.presses(bare, note="两家不同的店")

    assert refused.status == 422
    assert "请写明理由" in refused.text
    assert "认定不是同一件事：两家不同的店" in said.text


async def test_ticked_cases_go_with_the_main_one(manager, site, city, alarm, numbers):
    page = await manager.opens(f"{PAGE}/{alarm}")
    ticks = {f"case-{number}": "1" for number in numbers}

    done = await manager.presses(page.form("/join"), parent=numbers[0], **ticks)

    assert f"已并入主案 {numbers[0]}" in done.text
    assert city.case(numbers[2]).parent == numbers[0]
    assert "认定是同一件事" in done.text


async def test_no_case_from_elsewhere_is_joined(manager, alarm):
    page = await manager.opens(f"{PAGE}/{alarm}")

    refused = await manager.presses(page.form("/join"), parent="20260101-HL-000009-9", **{"case-1": "1"})

    assert refused.status == 422


async def test_the_brief_has_the_numbers_and_nobodys_name(manager, alarm, client):
    page = await manager.opens(f"{PAGE}/{alarm}/brief")
    assert "1 小时内收到 3 件，平时同一时段约 1.2 件" in page.text
    assert "为平时的 2.4 倍" in page.text
    assert "李芳" not in page.html
    assert "13800138000" not in page.html

    answer = await client.get(f"{PAGE}/{alarm}/brief.docx")
    words = "\n".join(one.text for one in Document(io.BytesIO(await answer.read())).paragraphs)
    assert "投诉动态" in words
    assert "收到 3 件" in words
    assert "李芳" not in words


async def test_the_brief_speaks_english(manager, alarm):
    await manager.opens(f"/desk/language?to=en&back={PAGE}")

    page = await manager.opens(f"{PAGE}/{alarm}/brief")

    assert "about 1.2 are usual then" in page.text


async def test_a_handler_reads_none_of_it(site, client, alarm):
    hire(site, "小王", "handler")
    officer = Officer(client)
    await officer.comes_in("小王")

    assert (await officer.opens(PAGE)).status == 403
    for place in (f"{PAGE}/{alarm}", f"{PAGE}/{alarm}/brief", f"{PAGE}/{alarm}/brief.docx", f"{PAGE}/999"):
        assert (await officer.opens(place)).status == 404


async def test_a_place_that_came_back_is_told_on_both_cases(manager, site, city, numbers):
    first, later = numbers[0], numbers[2]
    site.store.run_now(
        lambda work: work.rises.came_back([Again(later, first, city.now, 30), Again(later, numbers[1], city.now, None)])
    )

    assert "办结后这里又有人反映" in (await manager.opens(f"/desk/cases/{first}")).text
    page = await manager.opens(f"/desk/cases/{later}")
    assert f"这里办结过同类案件： {first} 相距 30 米" in page.text
    listed = (await manager.opens(PAGE)).text
    assert "相距 30 米" in listed
    assert "地址相同" in listed
    assert listed.count(later) == 1  # one row, with what it is about and both that were closed
    what = site.store.read_now(lambda work: work.cases.get(later)).category_id
    assert next(one.name for one in site.institutions["hotline"].categories if one.id == what) in listed
