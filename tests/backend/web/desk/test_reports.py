"""Managers read reports as pages and take them along as files; nobody else does."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest

from backend.reporting.table import TABLE
from backend.reports.written import Column, Said, Sheet
from backend.services.office import reporting
from backend.web.desk import reports_made, reports_view
from tests.backend.services.city import City
from tests.backend.web.officers import Officer, hire

PLACE = "/desk/reports"
MONTH = "institution=hotline&period=month&on=2026-11-01"


@pytest.fixture
def city(site):
    """One case answered and rated, one late."""
    city = City(site.store)
    happy = city.citizen("a")
    number = happy.files_a_case()
    city.answer(number)
    for word in ("contacted:yes", "solved:yes", "satisfied:5"):
        happy.says(choice=f"visit:{number}:{word}")
    city.citizen("b").files_a_case("小区电梯坏了一个星期没人修，老人下不了楼")
    return city


async def logged_in(site, client, *roles):
    officer = Officer(client)
    await officer.logs_in(hire(site, "陈经理", *roles))
    return officer


async def test_every_report_is_a_page(site, client, city):
    manager = await logged_in(site, client, "manager")
    front = await manager.opens(PLACE)

    for key, kind in TABLE.items():
        page = await manager.opens(f"{PLACE}/{key}?institution=hotline&on=2026-11-21")
        assert page.status == 200
        assert kind.title.zh in page.text
        assert kind.title.zh in front.text
        assert f"{PLACE}/{key}/file.xlsx" in page.html


async def test_a_month_is_told_in_sentences_with_the_tables_behind_them(site, client, city):
    manager = await logged_in(site, client, "manager")

    page = await manager.opens(f"{PLACE}/monthly?{MONTH}")

    assert "2026年11月（到11月21日）共登记来件 2 件" in page.text
    assert "本期还没有结束" in page.text
    assert "解决率 100.0%（1/1" in page.text
    assert "<svg" in page.html
    assert any(link.startswith("/desk?tab=all&filed_from=2026-11-01") for link in page.links)


async def test_a_report_is_taken_along_as_a_file(site, client, city):
    manager = await logged_in(site, client, "manager")

    for form, begins in (("docx", b"PK"), ("xlsx", b"PK"), ("json", b"{"), ("md", "# 月报".encode())):
        async with client.get(f"{PLACE}/monthly/file.{form}?{MONTH}") as answer:
            body = await answer.read()
            assert answer.status == 200
            assert f"monthly-hotline-2026-11-01-2026-11-21.{form}" in answer.headers["Content-Disposition"]
            assert body.startswith(begins)
            if form == "json":
                assert json.loads(body)["sections"][0]["tables"][0]["rows"][0]["now"] == 2
            if form == "xlsx":
                names = zipfile.ZipFile(io.BytesIO(body)).read("xl/workbook.xml").decode()
                assert "案件明细" in names
    assert (await manager.opens(f"{PLACE}/monthly/file.pdf?{MONTH}")).status == 404


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("on=2027-01-01", "还没有到"),
        ("period=custom&on=2026-11-20&to=2026-11-01", "早于开始日期"),
        ("on=yesterday", "日期请写成"),
        ("period=aeon", "没有“aeon”这种时段"),
        ("period=custom&on=2010-01-01&to=2026-01-01", "时段最长十年"),
        ("period=month&on=1999-05-01", "以前没有统计"),
        ("department=chengguan", "没有“department”这个条件"),
        ("district=nowhere", "没有“district”这个条件"),
        ("minutes=soon", "1 到 240 的整数"),
    ],
)
async def test_what_an_address_cannot_ask_for_is_refused_with_a_sentence(site, client, city, query, why):
    manager = await logged_in(site, client, "manager")

    page = await manager.opens(f"{PLACE}/monthly?{query}")
    file = await manager.opens(f"{PLACE}/monthly/file.docx?{query}")

    assert (page.status, file.status) == (422, 422)
    assert why in page.text
    assert why in file.text


async def test_an_institution_that_is_not_there_or_not_theirs_is_no_report_of_all(site, client, city):
    manager = Officer(client)
    await manager.logs_in(hire(site, "陈经理", "manager", institution="property"))

    for other in ("nowhere", "hotline"):
        for path in ("monthly", "monthly/file.json"):
            page = await manager.opens(f"{PLACE}/{path}?institution={other}")
            assert page.status == 404
            assert "没有这个机构，或者不归您看" in page.text


async def test_a_period_before_the_first_case_is_told_as_such(site, client, city):
    manager = await logged_in(site, client, "manager")

    page = await manager.opens(f"{PLACE}/monthly?institution=hotline&period=month&on=2025-03-01")

    assert page.status == 200
    assert "2025年3月没有收到新的来件" in page.text
    assert "在第一件案件之前" in page.text


async def test_a_handler_reads_no_report(site, client, city):
    handler = await logged_in(site, client, "handler")

    assert (await handler.opens(PLACE)).status == 403
    assert (await handler.opens(f"{PLACE}/monthly")).status == 403
    assert (await handler.opens(f"{PLACE}/monthly/file.xlsx")).status == 403


async def test_there_is_no_other_report(site, client, city):
    manager = await logged_in(site, client, "manager")

    assert (await manager.opens(f"{PLACE}/lucky")).status == 404


async def test_a_report_that_is_wanted_each_month_stands_first_when_it_is_ready(site, client, city):
    manager = await logged_in(site, client, "manager")
    await manager.opens(f"{PLACE}/monthly?{MONTH}")

    kept = await manager.sends("/want")
    assert "月报" in kept.text
    assert "每期都要的报告" in kept.text
    site.store.run_now(reporting.tell, site.institutions, {"monthly": "month"}, at=site.clock() + timedelta(days=40))
    assert "未看" in (await manager.opens(PLACE)).text


async def test_a_report_that_takes_longer_shows_how_far_it_is_until_it_is_there(site, client, city, monkeypatch):
    monkeypatch.setattr(reports_made, "PATIENCE", 0.0)
    manager = await logged_in(site, client, "manager")

    address = f"{PLACE}/annual?{MONTH.replace('month', 'year')}"
    page = await manager.opens(address)
    for _ in range(200):
        if "正在生成报告" not in page.text:
            break
        assert "<progress" in page.html
        page = await manager.opens(address)
    assert "总体情况" in page.text


def test_forty_tables_of_rates_are_short_on_the_page_and_say_how_much_more_there_is():
    rows = tuple((Said(f"部门{n}", f"Office {n}"), n) for n in range(200))
    columns = (Column("who", Said("部门", "Department"), "text"), Column("n", Said("件数", "Cases")))
    sheets = [Sheet(f"response_{key}", Said(key, key), columns, rows) for key in ("department", "handler", "course")]

    tables = [reports_view._table(sheet, "zh") for sheet in sheets]

    assert [(len(one["rows"]), one["more"], one["folded"]) for one in tables] == [
        (20, 180, False),
        (8, 192, True),
        (8, 192, True),
    ]
