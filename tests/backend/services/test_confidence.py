"""Who asked to stay unknown to those complained of is unknown to handlers, wherever it is written."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from backend.domain.case import Actor
from backend.services.cases import casework, reading
from backend.services.office import desk, listing
from backend.services.privacy import forgetting, looks
from tests.backend.services.city import OFFICER, City

PHONE = "13800138000"
HANDLER = Actor("赵工", frozenset({"handler"}))
COORDINATOR = Actor("钱主任", frozenset({"coordinator"}))
AUDITOR = Actor("审计", frozenset({"coordinator"}), personal=False)
WRITTEN = "已给李芳打电话，李芳说还在吵"


@pytest.fixture
def city(store):
    return City(store)


@pytest.fixture
def number(city):
    """A case of somebody who asked for confidence, whose name stands in their words and a handler's note as well."""
    li = city.citizen()
    for text in ("我叫李芳，幸福里3栋楼下烧烤店昨晚11点放音响吵得睡不着，请一定替我保密", "同意"):
        li.says(text)
    while "submit" not in li.choices:
        li.says_next(PHONE)
    filed = li.says("提交")[0].split("编号 ")[1].split("。")[0]
    city.unit(casework.note, city.institutions, filed, WRITTEN, by=OFFICER, at=city.now)
    return filed


def seen(city, number, by):
    return city.store.read_now(reading.one, city.institutions, number, by=by)


def test_the_case_says_that_it_is_confidential(city, number):
    assert city.case(number).facts["who"]["confidential"]
    assert "confidential" not in city.case(number).facts["extra"]


@pytest.mark.parametrize("by", [HANDLER, AUDITOR])
def test_a_handler_reads_neither_name_nor_phone_anywhere(city, number, by):
    told = seen(city, number, by)

    whole = json.dumps(told, ensure_ascii=False)
    assert "李芳" not in whole
    assert PHONE not in whole
    assert (told["who"]["name"], told["who"]["contact"]) == ("李*", "138****8000")
    assert "李*" in told["what"]


def test_who_belongs_to_no_department_sees_them(city, number):
    told = seen(city, number, COORDINATOR)

    assert (told["who"]["name"], told["who"]["contact"]) == ("李芳", f"+86{PHONE}")


def test_a_handler_may_not_look_and_a_coordinator_may(city, number):
    with pytest.raises(desk.OnlyLooks):
        city.unit(looks.ask, city.institutions, number, "要打电话核实", by=HANDLER, at=city.now)

    city.unit(looks.ask, city.institutions, number, "要打电话核实", by=COORDINATOR, at=city.now)


def test_a_handler_can_still_write_to_the_citizen(city, number):
    city.unit(casework.say, city.institutions, number, "请问今晚还吵吗？", by=HANDLER, at=city.now)

    assert any("今晚还吵吗" in text for _, text in city.owed(number))


def test_the_list_hides_them_as_the_case_does(city, number):
    cases, _ = city.store.read_now(lambda work: reading.page(work, city.institutions, by=HANDLER, limit=10))

    assert "李芳" not in json.dumps(cases, ensure_ascii=False)


def test_a_case_without_that_wish_is_seen_by_its_handler(city):
    number = city.citizen().files_a_case()

    assert seen(city, number, HANDLER)["who"]["name"] == "李芳"


def test_consent_taken_back_does_not_open_it_to_handlers(city, number):
    def withhold(work):
        person = work.people.get(work.cases.get(number).person)
        return forgetting.withhold(work, city.institutions, person, at=city.now)

    assert city.unit(withhold) == 1

    assert seen(city, number, HANDLER)["who"]["name"] == "李*"
    assert seen(city, number, COORDINATOR)["who"] == {
        "name": "李芳",
        "contact": f"+86{PHONE}",
        "anonymous": False,
        "confidential": True,
    }


def test_where_everything_is_secret_nobody_need_ask(city):
    wang = city.citizen("wang", "whistleblow")
    number = wang.files_a_case("采购部刘经理今年3月招标收了供应商的回扣")

    assert city.case(number).facts["who"]["confidential"]
    with pytest.raises(casework.NotYours):
        seen(city, number, HANDLER)
    confidant = replace(COORDINATOR, confidant=True)
    assert seen(city, number, confidant)["number"] == number


SAYS = "幸福里楼下那家烧烤店每天半夜放音响，太吵了睡不着"
JOINED_IN_CONFIDENCE = f"我叫赵小敏，电话19900005678，请替我保密。{SAYS}"


@pytest.fixture
def joined(city):
    """A case that nobody asked to keep secret, joined by somebody who did."""
    filed = city.citizen("li").files_a_case("昨晚11点幸福里楼下烧烤店放音响，吵得睡不着")
    neighbour = city.citizen("zhao")
    for text in (JOINED_IN_CONFIDENCE, "同意", "是同一件", "加入这件"):
        neighbour.says(text)
    neighbour.says("我是赵小敏，今晚又在放")
    return filed


@pytest.mark.parametrize("by", [HANDLER, AUDITOR])
def test_a_handler_does_not_read_who_joined_in_confidence(city, joined, by):
    cases, _ = city.store.read_now(lambda work: reading.page(work, city.institutions, by=by, limit=10))
    told = city.store.read_now(reading.notices, city.institutions, joined, by=by)

    whole = json.dumps([seen(city, joined, by), cases, told], ensure_ascii=False)
    assert "赵**" in whole
    assert "赵小敏" not in whole
    assert "19900005678" not in whole


def test_who_belongs_to_no_department_reads_who_joined_in_confidence(city, joined):
    assert "赵小敏" in json.dumps(seen(city, joined, COORDINATOR), ensure_ascii=False)


def test_a_handler_still_reads_who_filed_what_was_joined_in_confidence(city, joined):
    assert seen(city, joined, HANDLER)["who"]["contact"] == f"+86{PHONE}"


@pytest.mark.parametrize(("by", "count"), [(HANDLER, 0), (AUDITOR, 0), (COORDINATOR, 1)])
@pytest.mark.usefixtures("number")
def test_who_may_not_read_a_name_does_not_find_it(city, by, count):
    found = city.store.read_now(listing.search, {"web": "hotline"}, city.institutions, "李芳", by=by, at=city.now)
    others = city.store.read_now(listing.search, {"web": "hotline"}, city.institutions, "烧烤", by=by, at=city.now)

    assert (len(found.cases), len(others.cases)) == (count, 1)


def test_the_older_cases_behind_those_hidden_are_found_too(city):
    seen = city.citizen("wang").files_a_case("我叫王小雨，李芳家楼下烧烤店昨晚11点放音响，13800138000")
    for n in range(3):
        li = city.citizen(f"li{n}")
        for text in ("我叫李芳，幸福里3栋楼下烧烤店昨晚11点放音响吵得睡不着，请一定替我保密", "同意"):
            li.says(text)
        while "submit" not in li.choices:
            li.says_next(PHONE)
        li.says("提交")

    found = city.store.read_now(
        listing.search, {"web": "hotline"}, city.institutions, "李芳", by=HANDLER, at=city.now, limit=1
    )

    assert [case.number for case in found.cases] == [seen]
    assert not found.more
