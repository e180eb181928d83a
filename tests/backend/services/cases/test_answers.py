"""What the check of an answer is told of a case, what is kept of it, and what it must not give away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend.domain.case import Actor
from backend.domain.lifecycle import Status
from backend.services.cases import proofing
from backend.services.cases.casework import NotYours, add
from backend.services.office.desk import OnlyLooks
from tests.backend.services.city import OFFICER, City

EMPTY = "您好，您反映的问题已转交相关部门处理。"


@pytest.fixture
def city(store):
    return City(store)


@pytest.fixture
def number(city):
    return city.citizen().files_a_case()


def look(city, number, text, *, to="answered", by=OFFICER, **more):
    given = {"answer": text, **more}
    return city.store.read_now(proofing.look, city.institutions, number, Status(to), given, by=by, at=city.now)


def keys(city, number, text, **more):
    return [one.key for one in look(city, number, text, **more)]


def moved(city, number):
    return [event for event in city.store.read_now(lambda work: work.cases.history(number)) if event.what == "moved"]


def test_an_empty_answer_is_told_what_it_lacks_of_this_case(city, number):
    found = look(city, number, EMPTY)

    assert {"empty", "place", "thanks"} <= {one.key for one in found}
    assert next(one.quote for one in found if one.key == "place").startswith("幸福里3栋")


def test_a_full_answer_is_sent_without_a_word(city, number):
    text = "您好，昨晚我们到幸福里3栋楼下检查，店家已停用音响，今后22点后不再外放。打扰您和孩子休息，抱歉。"

    assert keys(city, number, text) == []


def test_what_was_warned_of_stays_in_the_history_and_stops_nothing(city, number):
    city.move(number, "accepted")
    city.move(number, "assigned", department=city.case(number).department_id)
    city.move(number, "answered", answer=EMPTY)

    assert city.case(number).status is Status.VISITING_BACK or city.case(number).status is Status.ANSWERED
    told = next(event for event in moved(city, number) if event.detail["to"] == "answered")
    assert {"empty", "thanks"} <= set(told.detail["warned"])


def test_the_same_answer_twice_is_one_though_it_was_warned_of(city, number):
    city.move(number, "accepted")
    city.move(number, "assigned", department=city.case(number).department_id)
    city.move(number, "answered", answer=EMPTY)
    city.move(number, "answered", answer=EMPTY)

    assert [event.detail["to"] for event in moved(city, number)].count("answered") == 1


def test_a_refusal_needs_its_ground(city, number):
    found = look(city, number, "", to="refused", ground="不能受理。")

    assert "ground" in [one.key for one in found]


def test_what_the_citizen_asked_later_is_asked_too(city, number):
    before = keys(city, number, EMPTY)

    city.unit(add, city.institutions, number, "到底什么时候能处理好？", [], at=city.now)

    assert "question" not in before
    assert "question" in keys(city, number, EMPTY)


def test_a_move_that_tells_no_answer_is_not_checked(city, number):
    assert look(city, number, EMPTY, to="returned") == ()
    assert look(city, number, "  ") == ()


def test_who_may_not_see_who_it_is_cannot_find_out_by_trying_names(city, number):
    text = "您好，幸福里3栋业主李芳和电话13800138000说音响已停用，抱歉。"

    known = [one.quote for one in look(city, number, text) if one.key == "private"]
    unknown = [
        one.quote for one in look(city, number, text, by=replace(OFFICER, personal=False)) if one.key == "private"
    ]

    assert known == []
    assert unknown == ["李芳", "13800138000"]


def test_who_only_looks_and_who_is_of_another_house_check_nothing(city, number):
    with pytest.raises(OnlyLooks):
        look(city, number, EMPTY, by=Actor("审计员", frozenset({"auditor"})))
    with pytest.raises(NotYours):
        look(city, number, EMPTY, by=Actor("外人", frozenset({"handler"}), institution="property"))
