"""The record of the office: read masked, page by page, and who looks somebody up in it is in it."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import text

from backend.domain.case import Actor
from backend.jobs import checking
from backend.services.cases import sealing
from backend.services.office import deeds
from backend.services.privacy import looks
from tests.backend.services.city import City
from tests.backend.web.officers import Officer, hire

PAGE = "/desk/audit"


@pytest.fixture
def city(site):
    made = City(site.store)
    made.now = site.clock()
    return made


@pytest.fixture
async def auditor(site, client):
    hire(site, "老钱", "auditor")
    officer = Officer(client)
    await officer.logs_in("老钱")
    return officer


@pytest.fixture
def number(city, site):
    """A case into which somebody looked, with a reason that names a phone."""
    filed = city.citizen().files_a_case()
    who = Actor("小赵", frozenset({"handler"}))
    city.unit(looks.ask, site.institutions, filed, "回拨13800138000", by=who, at=site.clock())
    return filed


async def test_a_look_is_read_with_its_reason_masked_and_who_looked_it_up_is_on_record(auditor, number):
    page = await auditor.opens(f"{PAGE}?by=小赵")

    assert number in page.text
    assert "回拨" in page.text
    assert "13800138000" not in page.text
    page = await auditor.opens(f"{PAGE}?part=office&what=audit_")
    assert "老钱 查阅审计记录 小赵" in page.text
    await auditor.opens(f"{PAGE}?by=小赵")
    assert (await auditor.opens(f"{PAGE}?part=office&what=audit_")).text.count("老钱 查阅审计记录 小赵") == 1


async def test_pages_go_on_where_the_one_before_ended(auditor, city):
    filed = {city.citizen(name).files_a_case() for name in ("li", "wang", "zhou", "zhao", "qian", "sun", "wu", "feng")}
    lines, place = [], f"{PAGE}?part=cases"
    while place:
        page = await auditor.opens(place)
        lines += [link for link in page.links if link.startswith("/desk/cases/")]
        place = next((link for link in page.links if "after=" in link), "")

    assert len(lines) == city.store.read_now(
        lambda work: work.conn.execute(text("SELECT count(*) FROM events")).scalar()
    )
    assert {line.rpartition("/")[2] for line in lines} == filed
    assert "这个翻页链接不对" in (await auditor.opens(f"{PAGE}?part=cases&after=nonsense")).text


@pytest.mark.parametrize(
    ("query", "words"),
    [("since=yesterday", "看不懂这个日期"), ("since=2026-11-22&until=2026-11-21", "开始日期在结束日期之后")],
)
async def test_a_wrong_period_is_told(auditor, query, words):
    page = await auditor.opens(f"{PAGE}?{query}")

    assert (page.status, words in page.text) == (422, True)


async def test_what_is_taken_away_is_masked_harmless_and_on_record(auditor, number, client):
    await auditor.opens(f"{PAGE}?part=cases&number={number}")
    form = auditor.page.form("/export")
    answer = await client.post(form.action, data=form.fields)
    rows = list(csv.reader(io.StringIO((await answer.read()).decode("utf-8-sig"))))

    assert rows[0] == ["时间", "操作人", "事项", "对象", "内容"]
    assert {row[3] for row in rows[1:]} == {number}
    assert "13800138000" not in str(rows)
    assert "导出审计记录" in (await auditor.opens(f"{PAGE}?part=office")).text


async def test_the_check_runs_in_the_background_and_tells_what_it_found(auditor, site, city, number):
    city.unit(sealing.seal, at=city.now)
    page = await auditor.opens(PAGE)
    assert "还没有检查过" in page.text
    assert "等待后台开始" in (await auditor.sends("/check")).text

    assert await checking.check(site, "job") == 1
    assert await checking.check(site, "job") == 0
    assert "记录完整，到第" in (await auditor.opens(f"{PAGE}/check")).text


async def test_somebody_of_one_institution_reads_of_no_other(site, client, city, number):
    hire(site, "钱经理", "manager", institution="property")
    officer = Officer(client)
    await officer.logs_in("钱经理")

    for part in ("looks", "cases"):
        page = await officer.opens(f"{PAGE}?part={part}&number={number}")
        assert f"/desk/cases/{number}" not in page.links


@pytest.mark.parametrize(
    ("language", "told"), [("zh", ("可以问的人：3", "抽法：随机抽")), ("en", ("drawn: 2", "At random"))]
)
async def test_how_a_survey_was_drawn_is_told_in_words(site, city, auditor, language, told):
    detail = {"of": 3, "drawn": 2, "how": "random", "seed": "5eed", "digest": "abc"}
    who = Actor("老周", frozenset({"manager"}))
    told_of = {"by": who, "at": city.now, "institution": "hotline", "detail": detail}
    site.store.run_now(deeds.note, "campaign_sent", "1 月度", **told_of)
    await auditor.opens(f"/desk/language?to={language}&back=/desk")
    page = await auditor.opens(f"{PAGE}?part=office")

    assert all(words in page.text for words in told)
