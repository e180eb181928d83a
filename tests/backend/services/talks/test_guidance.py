"""Papers with their dates, matters of other offices, and questions, on both databases."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from backend.services.talks import guidance
from backend.services.talks.intake import StoredFile
from dialogs.conversation import Draft
from institutions.catalog import load_all
from nlp.understand import understand
from tests.backend.services.city import City

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 20, 12, tzinfo=ZONE)  # a Friday
PHOTO = StoredFile("photo", "image/png", "invoice.png", f"{1:064}", 100)
ALL = load_all()


@pytest.fixture
def city(store):
    return City(store)


def red_light(day: int) -> Draft:
    when = {"start": datetime(2026, 11, day, 8, tzinfo=ZONE).isoformat(), "end": None}
    best = {"category_id": "red_light", "category": "闯红灯", "score": 0.9}
    return Draft({"what": "闯红灯", "when": when}, kind="report", proposal={"top": [best], "why": [1]})


def buys_a_kettle(citizen, *files):
    for text in ("你们的电热水壶漏电，上个月在百货商场买的，型号X-100", "同意", "电热水壶", "百货商场"):
        citizen.says(text)
    if files:
        citizen.says(files=files)
    while "submit" not in citizen.choices:
        citizen.says_next("13800138000")
    return "\n".join(citizen.says("提交"))


def test_the_receipt_tells_by_when_the_missing_paper_can_be_brought_and_the_case_says_what_is_missing(city):
    receipt = buys_a_kettle(city.citizen(institution="product"))

    number = receipt.split("编号 ")[1].split("。")[0]
    assert "还缺购买发票" in receipt
    assert "12月1日 17:30 前" in receipt
    assert city.case(number).facts["extra"]["lacking"] == "购买发票"


def test_nothing_is_missing_from_a_case_with_its_paper(city):
    receipt = buys_a_kettle(city.citizen(institution="product"), PHOTO)

    number = receipt.split("编号 ")[1].split("。")[0]
    assert "还缺" not in receipt
    assert "lacking" not in city.case(number).facts["extra"]


def test_a_paper_that_comes_later_is_missing_no_more(city):
    citizen = city.citizen(institution="product")
    number = buys_a_kettle(citizen).split("编号 ")[1].split("。")[0]

    citizen.says(files=(PHOTO,))

    assert "lacking" not in city.case(number).facts["extra"]
    assert city.history(number)[-1] == ("citizen", "evidence")


def test_a_matter_of_another_office_is_filed_on_the_citizens_wish_only_and_marked(city):
    citizen = city.citizen(institution="tourism")

    said = citizen.says("我们小区的自来水停了两天了")
    citizen.says(choice="elsewhere.yes")
    citizen.says("同意")
    while "submit" not in citizen.choices:
        citizen.says_next("13800138000")
    number = citizen.says("提交")[0].split("编号 ")[1].split("。")[0]

    assert "12345" in said[0]
    assert "供水公司" in city.case(number).facts["extra"]["not_ours"]


def test_a_question_after_filing_tells_the_status_of_the_right_case(city):
    citizen = city.citizen()
    number = citizen.files_a_case()
    citizen.says("收费吗")

    said = citizen.says("烧烤店那个处理得怎么样了")

    assert number in said[0]
    assert "等候处理" in said[0]


def test_a_paper_of_something_that_happened_is_due_from_then():
    ends, late = guidance.until(ALL["bus_reward"], red_light(19), at=NOON)

    assert ends == {"pass": datetime(2026, 11, 24, 17, tzinfo=ZONE)}
    assert late == frozenset()


def test_what_happened_too_long_ago_is_late():
    assert guidance.until(ALL["bus_reward"], red_light(10), at=NOON) == ({}, frozenset({"pass"}))


def test_when_it_happened_is_not_known_there_is_no_date():
    draft = red_light(19).without("when")

    assert guidance.until(ALL["bus_reward"], draft, at=NOON) == ({}, frozenset())


@pytest.mark.parametrize(
    ("key", "text", "city"),
    [
        ("tourism", "乡里的合作医疗报销比例太低，新农合政策不公平", "labour"),
        ("tourism", "导游强迫我们进店", ""),
        ("tourism", "你好", ""),
        ("hotline", "县医院误诊", ""),
    ],
)
def test_the_hotline_is_asked_only_where_none_of_our_own_words_speaks(key, text, city):
    facts = understand(text, now=NOON, institution=ALL[key])

    assert guidance.city(text, facts, ALL[key]).partition("/")[0] == city
