"""Managers read the numbers of their institution; each is what the work list behind it shows."""

from __future__ import annotations

import asyncio
import csv

import pytest

from backend.reports import standing
from backend.services.office.listing import TABS
from tests.backend.services.city import City
from tests.backend.web.officers import Officer, hire

PAGE = "/desk/numbers"


@pytest.fixture
def city(site):
    """One case answered and rated, one late, one new in another institution."""
    city = City(site.store)
    happy = city.citizen("a")
    number = happy.files_a_case()
    city.answer(number)
    for word in ("contacted:yes", "solved:yes", "satisfied:5"):
        happy.says(choice=f"visit:{number}:{word}")
    city.citizen("b").files_a_case()
    city.citizen("c", "property").files_a_case("小区电梯坏了一个星期没人修，老人下不了楼")
    return city


async def logged_in(site, client, *roles, **more):
    officer = Officer(client)
    await officer.logs_in(hire(site, "陈经理", *roles, **more))
    return officer


async def test_a_manager_reads_what_came_how_it_went_and_how_that_is_counted(site, client, city):
    manager = await logged_in(site, client, "manager")

    page = await manager.opens(f"{PAGE}?institution=hotline&on=2026-11-21")

    assert page.status == 200
    assert "收到 2" in page.text
    assert "2026-11-01 至 2026-11-21" in page.text
    assert "与 2026-10-01 至 2026-10-21 相比" in page.text
    assert "解决率 100.0% 1 / 1" in page.text
    assert "95% 可能在 20.7% 至 100.0% 之间" in page.text
    assert "部分解决不算解决" in page.text
    assert "<svg" in page.html
    assert PAGE in page.links


async def test_numbers_lead_to_the_cases_behind_them(site, client, city):
    manager = await logged_in(site, client, "manager")
    page = await manager.opens(f"{PAGE}?institution=hotline&on=2026-11-21")
    leads = [link for link in page.links if link.startswith("/desk?tab=new") and "category=" in link]

    listed = await manager.opens(leads[0])

    assert listed.status == 200
    assert len([link for link in listed.links if link.startswith("/desk/cases/2026")]) >= 1


async def test_rates_lead_to_the_same_taken_apart(site, client, city):
    manager = await logged_in(site, client, "manager")
    page = await manager.opens(f"{PAGE}?institution=hotline&on=2026-11-21")
    (apart,) = [link for link in page.links if link.startswith("/desk/reports/rates?")]

    shown = await manager.opens(apart)

    assert shown.status == 200
    assert "解决率·各承办人" in shown.text
    assert "2026年11月" in shown.text


async def test_what_was_received_leads_to_the_cases_filed_in_the_period(site, client, city):
    manager = await logged_in(site, client, "manager")
    page = await manager.opens(f"{PAGE}?institution=hotline&on=2026-11-21")
    lead = next(link for link in page.links if "filed_from=2026-11-01&filed_to=2026-11-21" in link)

    listed = await manager.opens(lead)
    none = await manager.opens(lead.replace("2026-11-", "2026-10-"))

    assert len({link for link in listed.links if link.startswith("/desk/cases/2026")}) >= 2
    assert "登记不早于" in listed.text
    assert not [link for link in none.links if link.startswith("/desk/cases/2026")]


def test_what_is_called_new_working_or_again_is_what_the_work_list_calls_so():
    assert (TABS["new"], TABS["working"], TABS["again"]) == (standing.NEW, standing.WORKING, standing.AGAIN)
    assert TABS["answered"] == standing.ANSWERED


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("on=2027-01-01", "还没有到"),
        ("period=custom&on=2026-11-20&to=2026-11-01", "早于开始日期"),
        ("on=yesterday", "日期请写成"),
        ("period=aeon", "没有“aeon”这种时段"),
    ],
)
async def test_a_period_that_cannot_be_is_refused_with_a_sentence_and_this_month_is_shown(
    site, client, city, query, why
):
    manager = await logged_in(site, client, "manager")

    page = await manager.opens(f"{PAGE}?{query}")

    assert page.status == 422
    assert why in page.text
    assert "2026-11-01 至" in page.text


async def test_tables_are_files_that_a_spreadsheet_reads(site, client, city):
    manager = await logged_in(site, client, "manager")
    await manager.opens(f"{PAGE}?institution=hotline")

    for table, heads in (("category", "类别"), ("department", "部门"), ("district", "区县"), ("trend", "日期")):
        answer = await client.get(f"{PAGE}/table.csv?institution=hotline&on=2026-11-21&table={table}")
        text = (await answer.text()).removeprefix("\ufeff")
        rows = list(csv.reader(text.splitlines()))
        assert rows[0][0] == heads
        assert len({len(row) for row in rows}) == 1
    answer = await client.get(f"{PAGE}/table.csv?on=2026-11-21&table=rates")
    assert "解决率,1,1,1.0" in await answer.text()
    assert (await client.get(f"{PAGE}/table.csv?table=secrets")).status == 422
    assert (await client.get(f"{PAGE}/table.csv?table=rates&on=2030-01-01")).status == 422


async def test_a_manager_of_one_institution_reads_no_number_of_another(site, client, city):
    manager = await logged_in(site, client, "manager", institution="property")

    page = await manager.opens(f"{PAGE}?institution=hotline&on=2026-11-21")

    assert "收到 1" in page.text
    assert "市民服务热线" not in page.text


async def test_a_handler_does_not_read_it(site, client, city):
    handler = await logged_in(site, client, "handler")

    page = await handler.opens(PAGE)

    assert page.status == 403
    assert PAGE not in page.links
    assert (await client.get(f"{PAGE}/table.csv?table=rates")).status == 403


async def test_hot_topics_are_found_beside_the_page_and_shown_on_the_next(site, client, city):
    city.citizen("d").files_a_case()
    manager = await logged_in(site, client, "manager")
    page = first = await manager.opens(f"{PAGE}?institution=hotline")
    for _ in range(100):
        if "正在统计" not in page.text:
            break
        await asyncio.sleep(0.1)
        page = await manager.opens(f"{PAGE}?institution=hotline")

    assert "正在统计" in first.text
    assert "幸福里" in page.text
    assert "李芳" not in page.text


async def test_an_empty_month_says_so_and_offers_a_way_on(site, client):
    manager = await logged_in(site, client, "manager")

    page = await manager.opens(f"{PAGE}?institution=hotline")

    assert "这段时间没有收到诉求" in page.text
    assert "上一期" in page.text


async def test_the_page_speaks_english_too(site, client, city):
    manager = await logged_in(site, client, "manager")
    await manager.opens(f"/desk/language?to=en&back={PAGE}")

    page = await manager.opens(f"{PAGE}?institution=hotline&on=2026-11-21")

    assert "Received 2" in page.text
    assert "Solution rate 100.0% 1 of 1" in page.text


async def test_who_handled_it_reads_what_was_said_when_the_visit_back_is_over_and_is_told_so(site, client, city):
    reviewer = await logged_in(site, client, "reviewer")
    address = f"{PAGE}?institution=hotline&on=2026-11-21"

    page = await reviewer.opens(address)
    sheet = await (await client.get(f"{PAGE}/table.csv?institution=hotline&on=2026-11-21&table=rates")).text()

    assert "解决率 — 回访期还没有过，暂不显示" in page.text
    assert "完整计到 2026-11-13 为止" in page.text
    assert "1 / 1" not in page.text.partition("办理质量")[2].partition("按期率")[0]
    solved = next(row for row in csv.reader(sheet.splitlines()) if row[0] == "解决率")
    assert solved[1:3] == ["0", "0"]
    assert "完整计到 2026-11-13 为止" in solved[8]
