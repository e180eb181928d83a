"""The public counts: Chinese first, English on demand, as data too, and never pointing at a person."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from backend.domain.rates import Rate
from backend.reports import openly
from backend.reports.counts import Counts
from backend.reports.openly import Open, Speed
from backend.web.public import LATEST, Found, Latest, data, hot_topics, shown
from backend.web.public_words import EN, ZH
from dialogs.wording import en, zh
from tests.backend.services.city import City
from tests.backend.store.samples import filed


@pytest.fixture
def city(site):
    return City(site.store)


async def page(client, **query):
    async with client.get("/public", params=query) as response:
        assert response.status == 200
        return await response.text()


def counts(site, **changes):
    """A year of an invented city."""
    plain = {
        "last": site.clock().date() - timedelta(days=1),
        "filed": 1320,
        "open": 200,
        "answered": 20,
        "closed": 1100,
        "by_category": {
            ("hotline", "urban"): 900,
            ("hotline", "economy"): 412,
            ("property", "gone"): 6,
            ("hotline", "agriculture"): 2,
        },
        "by_institution": {"hotline": 1314, "property": 6},
        "on_time": Rate(1910, 2000),
        "response": Rate(792, 800),
        "solution": Rate(720, 800),
        "satisfaction": Rate(4, 4),
    }
    told = Open(
        ((date(2026, 9, 1), 700), (date(2026, 10, 1), 620)),
        {"东区": 800, "西区": 505, "北区": 15},
        Speed(300, timedelta(hours=30)),
        (),
    )
    return Found(Counts(**plain | changes), told)


async def test_an_empty_city_says_that_there_are_no_data(client):
    text = await page(client)

    assert '<html lang="zh-CN">' in text
    assert text.count("暂无数据") == 5
    assert text.count("还没有收到诉求。") == 3
    assert "截至 2026 年 11 月 20 日</time>，每天更新一次，不含当天" in text


async def test_the_page_can_be_read_in_english(client):
    text = await page(client, lang="en")

    assert '<html lang="en">' in text
    assert text.count("No data yet") == 5
    assert 'href="?lang=zh"' in text
    assert "Up to 2026-11-20</time>, counted once a day, without today" in text
    assert not re.search(r"[\u4e00-\u9fff]", text.replace("中文", "")), "one language a page"


@pytest.mark.parametrize(("wording", "words"), [(zh.SENTENCES, ZH), (en.SENTENCES, EN)], ids=["zh", "en"])
def test_the_rates_are_told_in_the_words_of_the_buttons_that_they_count(wording, words):
    for rate, buttons in (
        ("response", ["visit.contacted.yes"]),
        ("solution", ["visit.solved.yes"]),
        ("satisfaction", ["visit.satisfied.5", "visit.satisfied.4"]),
    ):
        for button in buttons:
            assert wording[button] in words[f"{rate}.about"]


def test_what_was_filed_and_answered_is_counted(site):
    told = data(counts(site), site)

    assert (told["filed"], told["open"], told["answered"], told["closed"]) == (1320, 200, 20, 1100)
    assert told["as_of"] == "2026-11-20"
    assert told["as_of_words"] == {"zh": "截至 2026 年 11 月 20 日", "en": "Up to 2026-11-20"}
    assert told["speed"] == {"of": 300, "half_within_hours": 30.0}
    assert told["months"] == [{"month": "2026-09", "filed": 700}, {"month": "2026-10", "filed": 620}]
    assert [row["name"] for row in told["districts"]["rows"]] == ["东区", "西区", "北区"]


@pytest.mark.parametrize("filed", range(1320, 1331))
def test_neither_this_month_nor_who_named_no_district_can_be_reckoned_from_the_whole(site, filed):
    told = data(counts(site, filed=filed), site)

    shown = sum(month["filed"] or 0 for month in told["months"])
    assert not 0 < filed - shown < 10
    rows = sum(row["count"] for row in told["districts"]["rows"]) + told["districts"]["others"]
    assert not 0 < filed - rows < 10


def test_where_few_are_answered_it_cannot_be_reckoned_from_the_whole(site):
    told = data(counts(site, filed=1320, open=1116, answered=4, closed=200), site)

    assert (told["filed"], told["open"], told["answered"], told["closed"]) == (1320, 1120, None, None)


@pytest.mark.parametrize("moved", range(-4, 5))
def test_where_cases_stand_is_told_to_the_nearest_ten(site, moved):
    told = data(counts(site, open=205 + moved, answered=20, closed=1095 - moved), site)

    assert told["open"] == (200 if moved < 0 else 210)
    assert told["standing_rounded_to"] == 10
    assert told["filed"] == 1320


async def test_a_case_of_today_changes_nothing_until_tomorrow(client, city, clock):
    before = [await page(client), await page(client, format="json")]
    city.citizen().files_a_case()
    clock.advance(hours=14, minutes=47)  # 23:59

    assert [await page(client), await page(client, format="json")] == before

    clock.advance(minutes=1)
    assert "截至 2026 年 11 月 21 日" in await page(client)


async def test_nor_does_it_where_the_first_reader_comes_after_it(client, city):
    city.citizen().files_a_case()

    assert "还没有收到诉求。" in await page(client)


async def test_a_single_case_is_counted_but_nothing_of_it_is_told(client, city, clock):
    number = city.citizen().files_a_case()
    clock.advance(days=1)

    text = await page(client)

    assert "&lt;10" in text
    assert "其他类别" in text
    category = city.institutions["hotline"].category(city.case(number).category_id).name
    for fact in (number, category, "幸福里", "烧烤", "李芳", "8000"):
        assert fact not in text


def test_small_categories_are_told_together_and_rates_of_few_people_not_at_all(site):
    told = data(counts(site), site)

    assert [row["count"] for row in told["categories"]["rows"]] == [900]
    assert told["categories"]["others"] == 420, "with the larger one beside them"
    assert told["institutions"] == {"rows": [], "others": 1320}
    assert told["rates"]["satisfaction"] == dict.fromkeys(("share", "low", "high", "over", "under")) | {"of": "<10"}
    assert told["rates"]["on_time"]["share"] == 0.955
    assert told["rates"]["response"] == {
        "share": None,
        "low": None,
        "high": None,
        "over": 0.98,
        "under": None,
        "of": 800,
    }
    assert told["rates"]["on_time"]["low"] < 0.955 < told["rates"]["on_time"]["high"]


def test_an_institution_that_is_served_no_more_is_still_counted(site):
    many = counts(site, by_institution={"hotline": 1300, "gone": 20}, by_category={("gone", "urban"): 1320})
    told = data(many, site)

    assert [row["name"] for row in told["institutions"]["rows"]] == ["市民服务热线", "gone"]
    assert [row["name"] for row in told["categories"]["rows"]] == ["urban"]


def test_english_names_are_used_where_there_are_any(site):
    many = counts(site, by_institution={"hotline": 1300, "property": 20})
    rows = shown(many, site, "en")["tables"]["institution"]["rows"]

    assert rows[0] == ("Citizens' service hotline", 1300)


async def test_the_page_needs_no_script_and_no_style_of_its_own(site, client):
    client.app[LATEST]._counts = (date(2026, 11, 21), counts(site))

    text = await page(client)

    assert "<script" not in text
    assert " style=" not in text
    assert "<rect" in text
    assert "约 <strong>200</strong>" in text
    assert "<strong>超过 98%</strong>" in text


async def test_a_wrong_language_is_chinese(client):
    assert "办理情况公开" in await page(client, lang="xx")


async def test_counts_are_made_once_a_day_for_all_who_wait(site):
    day, made = [date(2026, 11, 21)], []

    async def count(today):
        made.append(today)
        return counts(site, filed=len(made))

    latest = Latest(count, today=lambda: day[0])

    assert [(await latest.get()).counts.filed for _ in range(3)] == [1, 1, 1]
    day[0] += timedelta(days=1)
    assert [(await latest.get()).counts.filed for _ in range(2)] == [2, 2]
    assert made == [date(2026, 11, 21), date(2026, 11, 22)]


async def test_sealed_cases_are_in_no_number_and_what_is_told_in_confidence_in_no_topic(site):
    def files(work):
        for n in range(30):
            where = {"text": "东区长顺街8号", "pieces": {"district": "东区", "road": "长顺街"}}
            who = {"name": "李敏", "contact": "13800138000", "confidential": n >= 15}
            facts = {"who": who, "what": "长顺街8号烧烤店半夜放音响太吵", "where": where}
            filed(work, f"20261101-HL-{n:06}-0", filed_at=site.clock() - timedelta(days=5), facts=facts, sealed=n < 5)

    site.store.run_now(files)
    told = site.store.read_now(openly.of, now=site.clock(), today=site.clock().date())

    assert len(told.letters) == 10
    (topic,) = hot_topics(told)
    assert topic.voices == 10
    assert "李敏" not in topic.matter + (topic.place or "")
