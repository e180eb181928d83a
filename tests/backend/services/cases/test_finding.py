from __future__ import annotations

from datetime import timedelta

import pytest

from backend.domain.case import Actor
from backend.services.cases import casework, finding, reading
from backend.services.privacy import erasing
from backend.store.search import Wanted
from nlp import indexing
from tests.backend.services.city import OFFICER, STORY, City

AUDITOR = Actor("审计员", frozenset({"auditor"}), personal=False)
STRANGER = Actor("外人", frozenset({"handler"}), institution="property")


@pytest.fixture
def city(store):
    return City(store)


@pytest.fixture
def number(city):
    return city.citizen().files_a_case()


def found(city, text, *, by=OFFICER, **more):
    """The numbers that somebody finds."""
    asked = finding.question(text, city.institutions)
    cases, _ = city.store.read_now(finding.find, asked, by=by, now=city.now, limit=more.pop("limit", 30), **more)
    return [case.number for case in cases]


@pytest.mark.parametrize(
    "text",
    ["烧烤", "烧烤店", "燒烤店", "放音响 烧烤", "地点:幸福里", '地点："幸福里"', "烧烤 地点:幸福里", "13800138000", '电话:"138 0013 8000"',
     "phone:+8613800138000", "状态:received 烧烤", "类型:投诉", "从:2026-11-01 到:2026-12-01", "机构:hotline 音响"],
)  # fmt: skip
def test_a_case_is_found_by_what_was_told_and_where_it_stands(city, number, text):
    assert found(city, text) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "鳄鱼",
        "烧烤 鳄鱼",
        "地点:烧烤",
        "19900009999",
        "状态:closed 烧烤",
        "从:2027-01-01 烧烤",
        "机构:property",
        "时限:暂停",
    ],
)
@pytest.mark.usefixtures("number")
def test_what_does_not_fit_is_not_found(city, text):
    assert found(city, text) == []


@pytest.mark.parametrize(
    "text",
    ["状态:飞走了", "类别:鳄鱼", "部门:月亮", "时限:昨天", "从:昨天", "从:0001-01-01", "到:9999-12-31", "机构:月亮"],
)
def test_what_there_is_not_is_told_with_what_there_is(city, text):
    with pytest.raises(finding.BadQuestion, match=r"there are .+"):
        finding.question(text, city.institutions)


def test_names_of_ours_and_ids_mean_the_same(city):
    home = city.institutions["hotline"]
    category = home.categories[0]

    by_name = finding.question(f"类别:{category.name}", city.institutions).wanted
    by_id = finding.question(f"category:{category.id}", city.institutions).wanted

    assert category.id in by_name.categories
    assert category.id in by_id.categories
    assert finding.question("时限:超期", city.institutions).wanted == Wanted(clock="late")


def test_of_those_that_are_late_the_longest_due_comes_first(city):
    first, second = (city.citizen(name).files_a_case() for name in "ab")
    city.later(days=90)

    assert found(city, "时限:超期") == [first, second]


def test_another_institution_and_who_reads_stars_find_no_person(city, number):
    assert found(city, "烧烤", by=STRANGER) == found(city, "13800138000", by=STRANGER) == []
    assert found(city, "13800138000", by=AUDITOR) == found(city, "姓名:李敏", by=AUDITOR) == []
    assert found(city, "烧烤", by=AUDITOR) == [number]


def test_a_corrected_place_is_found_and_an_erased_case_by_nothing_that_was_told(city, number):
    city.move(number, "refused", ground="不在受理范围")
    city.later(days=365 * 30)
    assert found(city, "烧烤") == [number]

    def erase(work):
        return erasing.erase(work, city.institutions, number, at=city.now)

    city.unit(erase)

    assert found(city, "烧烤") == found(city, "13800138000") == []


def test_what_was_there_before_there_was_a_search_is_cut_by_and_by(city, number):
    city.unit(lambda work: work.search.drop(number))

    def begin(work):
        from sqlalchemy import insert  # noqa: PLC0415

        from backend.store import tables as t  # noqa: PLC0415

        work.conn.execute(insert(t.searchable).values(number=number))

    city.unit(begin)
    assert found(city, "烧烤") == []

    assert city.unit(finding.fill, limit=9) == 1
    assert found(city, "烧烤") == [number]
    assert city.unit(finding.fill, limit=9) == 0


def test_programs_ask_in_the_same_language(city, number):
    def items(q, **more):
        told = city.store.read_now(reading.page, city.institutions, by=OFFICER, q=q, now=city.now, limit=9, **more)
        return [item["number"] for item in told[0]]

    assert items("烧烤") == items("烧烤", statuses=["received"]) == [number]
    assert items("烧烤", statuses=["closed"]) == items("状态:received", statuses=["closed"]) == []
    assert items("烧烤", since=city.now + timedelta(days=1)) == []


def test_words_are_simplified_lower_case_and_each_once():
    assert indexing.held("燒烤店 WiFi　壞了，壞了") == ["烧烤店", "wifi", "坏", "了", "烧烤"]
    assert indexing.pieces("李芳 路灯坏") == ["李芳", "路灯", "坏"]
    assert len(indexing.held(STORY * 200)) <= indexing.MOST


def test_a_correction_of_the_category_keeps_the_words(city, number):
    other = next(c.id for c in city.institutions["hotline"].categories if c.id != city.case(number).category_id)
    city.unit(casework.correct, city.institutions, number, {"category": other}, by=OFFICER, at=city.now)

    assert found(city, f"类别:{other} 烧烤") == [number]
