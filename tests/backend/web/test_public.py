"""The public counts: Chinese first, English on demand, as data too, and never pointing at a person."""

from __future__ import annotations

import json
import re

import pytest

from backend.domain.rates import Rate
from backend.reports.counts import Counts
from backend.web.public import Latest, data, shown
from backend.web.public_words import EN, ZH
from dialogs.wording import en, zh
from tests.backend.services.city import City


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
        "at": site.clock(),
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
    return Counts(**plain | changes)


async def test_an_empty_city_says_that_there_are_no_data(client):
    text = await page(client)

    assert '<html lang="zh-CN">' in text
    assert text.count("暂无数据") == 4
    assert text.count("还没有收到诉求。") == 2
    assert "截至" in text
    assert "2026-11-21 09:12" in text


async def test_the_page_can_be_read_in_english(client):
    text = await page(client, lang="en")

    assert '<html lang="en">' in text
    assert text.count("No data yet") == 4
    assert 'href="?lang=zh"' in text
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


async def test_what_was_filed_and_answered_is_counted(site, client, city):
    numbers = [city.citizen(name).files_a_case() for name in "abcdef"]
    city.answer(numbers[0])

    told = json.loads(await page(client, format="json"))

    assert (told["filed"], told["open"], told["answered"], told["closed"]) == (6, 5, 1, 0)
    assert told["as_of"] == "2026-11-21T09:12:00+08:00"
    assert told["institutions"] == {
        "rows": [{"name": "市民服务热线", "name_en": "Citizens' service hotline", "count": 6}],
        "others": 0,
    }
    assert told["rates"]["solution"] == {"share": None, "of": 0}


async def test_a_single_case_is_counted_but_nothing_of_it_is_told(client, city):
    number = city.citizen().files_a_case()

    text = await page(client)

    assert "&lt;5" in text
    assert "其他类别" in text
    category = city.institutions["hotline"].category(city.case(number).category_id).name
    for fact in (number, category, "幸福里", "烧烤", "李芳", "8000"):
        assert fact not in text


def test_small_categories_are_told_together_and_rates_of_few_people_not_at_all(site):
    told = data(counts(site), site)

    assert [row["count"] for row in told["categories"]["rows"]] == [900, 412, 6]
    assert told["categories"]["rows"][2]["name"] == "gone", "a category that its institution dropped"
    assert told["categories"]["others"] == "<5"
    assert told["rates"]["satisfaction"] == {"share": None, "of": "<5"}
    assert told["rates"]["on_time"] == {"share": 0.955, "of": 2000}


def test_english_names_are_used_where_there_are_any(site):
    rows = shown(counts(site), site, "en")["tables"]["institution"]["rows"]

    assert rows[0] == ("Citizens' service hotline", 1314)


async def test_the_page_needs_no_script_and_no_style_of_its_own(client, city):
    for name in "abcdef":
        city.citizen(name).files_a_case()

    text = await page(client)

    assert "<script" not in text
    assert " style=" not in text
    assert "<rect" in text


async def test_a_wrong_language_is_chinese(client):
    assert "办理情况公开" in await page(client, lang="xx")


async def test_counts_are_made_once_for_all_who_wait_and_rest_as_long_as_they_cost(site):
    now, made = [0.0], []

    async def count():
        now[0] += 2
        made.append(now[0])
        return counts(site, filed=len(made))

    latest = Latest(count, clock=lambda: now[0])

    assert [(await latest.get()).filed for _ in range(3)] == [1, 1, 1]
    now[0] += 39
    assert (await latest.get()).filed == 1
    now[0] += 1
    assert (await latest.get()).filed == 2


async def test_a_case_that_was_closed_by_hand_is_over(client, city):
    number = city.citizen().files_a_case()
    city.answer(number)
    city.move(number, "closed")

    assert json.loads(await page(client, format="json"))["closed"] == 1
