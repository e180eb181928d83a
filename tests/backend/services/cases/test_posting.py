"""Notices of cases keep the night, and what people want to be told; danger and who is awake do not wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from backend.services.cases import casework
from tests.backend.services.city import OFFICER, City

if TYPE_CHECKING:
    from backend.store.outbox import Row

NIGHT = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)  # 23:00 in China
MORNING = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)  # 7:30


@pytest.fixture
def city(store):
    return City(store)


@pytest.fixture
def citizen(city):
    return city.citizen()


@pytest.fixture
def number(citizen):
    return citizen.files_a_case()


def rows(city: City, number: str) -> list[Row]:
    return city.store.read_now(lambda work: work.outbox.of_case(number))


def test_by_night_progress_waits_for_the_morning(city, number):
    city.now = NIGHT
    city.move(number, "accepted")

    assert [row.not_before for row in rows(city, number)] == [MORNING]


def test_by_day_nothing_waits(city, number):
    city.move(number, "accepted")

    assert [row.not_before for row in rows(city, number)] == [city.now]


def test_who_has_just_written_is_awake(city, citizen, number):
    city.now = NIGHT
    citizen.says("你好")
    city.move(number, "accepted")

    assert [row.not_before for row in rows(city, number)] == [city.now]


def test_who_writes_by_night_hears_what_was_held(city, citizen, number):
    city.now = NIGHT
    city.move(number, "accepted")
    citizen.says("进展怎么样了")

    assert [row.not_before for row in rows(city, number)] == [city.now]


def test_danger_waits_for_nothing(city, number):
    city.now = NIGHT
    city.unit(casework.correct, city.institutions, number, {"grade": "emergency"}, by=OFFICER, at=city.now)
    city.move(number, "accepted")

    assert [row.not_before - row.created_at for row in rows(city, number)] == [timedelta(0)] * 2


def test_a_handlers_words_go_by_night_and_nothing_stands_in_their_way(city, number):
    city.now = NIGHT
    city.move(number, "accepted")
    city.unit(casework.say, city.institutions, number, "请马上离开，那里有煤气。", by=OFFICER, at=city.later(minutes=1))

    assert [(row.kind, row.not_before) for row in rows(city, number)] == [
        ("status", city.now),
        ("message", city.now),
    ]


@pytest.mark.parametrize(("wish", "told"), [("", 3), ("results", 1), ("none", 0)])
def test_who_wants_few_notices_has_few(city, number, wish, told):
    person = city.case(number).person
    city.unit(lambda work: work.people.set_wish(person, wish))

    city.answer(number)

    assert len([row for row in rows(city, number) if row.kind == "status"]) == told


def test_what_the_case_cannot_go_on_without_is_asked_all_the_same(city, number):
    person = city.case(number).person
    city.unit(lambda work: work.people.set_wish(person, "none"))

    city.move(number, "supplementing", note="请补一张照片。")

    assert [row.kind for row in rows(city, number)] == ["status"]


def test_the_morning_is_the_institutions_own(city, number):
    city.now = NIGHT - timedelta(hours=1, minutes=30)
    city.move(number, "accepted")

    assert [row.not_before for row in rows(city, number)] == [city.now]


def test_who_says_so_in_the_chat_hears_results_alone_until_they_say_otherwise(city, citizen, number):
    assert "只把结果告诉您" in citizen.says("只告诉我结果")[0]
    city.move(number, "accepted")
    assert rows(city, number) == []

    assert "有进展就告诉您" in citizen.says("恢复通知")[0]
    city.move(number, "assigned", department=city.case(number).department_id)
    assert len(rows(city, number)) == 1


def test_the_visit_back_waits_for_the_morning_too(city, number):
    city.now = NIGHT
    city.answer(number)

    assert [row.not_before for row in rows(city, number) if row.kind == "survey"] == [MORNING]
    assert {row.not_before for row in rows(city, number)} == {MORNING}
