"""A search tells nobody whose case it is, who may not know it: neither by a name, nor a phone, nor a plate."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend.domain.case import Actor
from backend.services.cases import finding
from backend.services.cases.changing import save
from tests.backend.services.city import City

INTAKE = Actor("周受理", frozenset({"intake"}), "hotline")
HANDLER = Actor("赵工", frozenset({"handler"}), "hotline")
STORY = "我叫张建国，住在3栋2单元501室，电话19900005678，窗口人员昨天骂人，车牌京A12345被扣"


@pytest.fixture
def city(store):
    return City(store)


@pytest.fixture
def number(city):
    filed = city.citizen().files_a_case(STORY)

    def complain(work):
        case = work.cases.get(filed, lock=True)
        office = city.institutions["hotline"].department(case.department_id)
        case.facts = {**case.facts, "target": office.name}
        save(work, city.institutions["hotline"], case)
        finding.keep(work, case)

    city.unit(complain)
    return filed


def found(city, by, asked):
    question = finding.question(asked, city.institutions)
    page, _ = city.store.read_now(lambda work: finding.find(work, question, by=by, now=city.now, limit=10))
    return [case.number for case in page]


@pytest.mark.parametrize("asked", ["张建国", "19900005678", "name:张建国", "phone:19900005678"])
def test_no_handler_finds_by_who_it_is(city, number, asked):
    who = city.case(number).facts["who"]
    assert who["name"] == "张建国"

    assert found(city, HANDLER, asked) == []


def test_who_takes_calls_finds_by_the_phone_and_everybody_by_what_happened(city, number):
    phone = city.case(number).facts["who"]["contact"].removeprefix("+86")

    assert found(city, INTAKE, f"phone:{phone}") == [number]
    assert found(city, HANDLER, "窗口人员") == [number]


def test_the_unit_complained_of_does_not_find_by_plate_or_door(city, number):
    own = replace(HANDLER, departments=frozenset({city.case(number).department_id}))

    assert found(city, own, "窗口人员") == [number]
    for told in ("京A12345", "501", "张建国"):
        assert found(city, own, told) == []
