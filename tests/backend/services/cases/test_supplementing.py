"""A citizen is asked for something until a day: told in words, reminded once, and what follows happens once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from backend.domain.refusals import BadField
from backend.services.cases import clocks
from tests.backend.services.city import City

MONDAY = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)  # 10:00 in China


@pytest.fixture
def city(store):
    city = City(store)
    city.now = MONDAY
    return city


@pytest.fixture
def citizen(city):
    return city.citizen()


@pytest.fixture
def number(citizen):
    return citizen.files_a_case()


def ruled(city: City, rule: str) -> None:
    """The institution's file says so."""
    old = city.institutions["hotline"]
    supervision = old.casework.supervision.model_copy(update={"unanswered": rule})
    casework = old.casework.model_copy(update={"supervision": supervision})
    city.institutions = {**city.institutions, "hotline": old.model_copy(update={"casework": casework})}


def ask(city: City, number: str, **given: str) -> str:
    """What the citizen reads."""
    city.move(number, "supplementing", **({"note": "请说明是哪一家店", "until": "2026-10-15", "lacks": "when"} | given))
    return city.owed(number)[-1][1]


def rounds(city: City) -> int:
    numbers = city.store.read_now(clocks.waiting, at=city.now)
    return sum(city.unit(clocks.turn, city.institutions, number, at=city.now) for number in numbers)


def reminders(city: City, number: str) -> list[str]:
    return [text for _, text in city.owed(number) if text.startswith("提醒您")]


def test_the_citizen_reads_what_is_missing_until_when_and_what_then(city, number):
    told = ask(city, number)

    assert "还需要补充：时间。请说明是哪一家店。" in told
    assert "请在10月15日（周四）（含当天）前补充。到时没有收到，我们就按现有的情况继续办。" in told


def test_ticks_alone_say_enough(city, number):
    assert "还需要补充：时间、地点。" in ask(city, number, note="", lacks="when,where")


def test_the_day_is_a_fact_of_the_case_and_of_its_history(city, number):
    ask(city, number)

    case = city.case(number)
    moved = [event for event in city.store.read_now(lambda work: work.cases.history(number)) if event.what == "moved"]
    assert case.record["supplement"]["until"] == "2026-10-15"
    assert (moved[-1].detail["until"], moved[-1].detail["lacks"]) == ("2026-10-15", ["when"])


def test_a_day_beyond_what_the_institution_waits_is_refused(city, number):
    with pytest.raises(BadField):
        ask(city, number, until="2026-12-31")


def test_the_same_question_twice_is_asked_once(city, number):
    ask(city, number)
    owed = len(city.owed(number))

    ask(city, number)

    assert len(city.owed(number)) == owed


def test_the_citizen_is_reminded_once_the_day_before(city, number):
    ask(city, number)
    city.later(days=1, hours=20)
    rounds(city)
    assert reminders(city, number) == []

    city.later(hours=5)
    rounds(city)
    rounds(city)

    assert len(reminders(city, number)) == 1
    assert "10月15日（周四）" in reminders(city, number)[0]
    assert "时间。请说明是哪一家店。请在" in reminders(city, number)[0]


def test_who_has_answered_is_not_reminded(city, number, citizen):
    ask(city, number)
    citizen.says("是楼下的老王烧烤")
    city.later(days=2, hours=2)
    rounds(city)

    assert reminders(city, number) == []
    assert city.case(number).status == "received"


def test_after_the_day_the_clocks_go_on_once(city, number):
    ask(city, number)
    city.later(days=4)
    rounds(city)
    owed = city.owed(number)
    rounds(city)

    assert city.case(number).status == "supplementing"
    assert "办理期限从现在起继续计算" in owed[-1][1]
    assert city.owed(number) == owed


def test_where_the_rule_is_so_the_case_is_looked_at_again(city, number):
    ruled(city, "go_back")
    assert "按现有的材料重新审核" in ask(city, number)
    city.later(days=4)
    rounds(city)
    rounds(city)

    assert city.case(number).status == "received"
    assert "重新审核" in city.owed(number)[-1][1]
    assert next(one.kind for one in city.store.read_now(lambda work: work.alerts.of(number))) == "looked_again"


def test_where_the_rule_is_so_the_case_is_not_taken_up(city, number):
    ruled(city, "refuse")
    assert "这件就不受理了" in ask(city, number)
    city.later(days=4)
    rounds(city)
    rounds(city)

    told = [text for _, text in city.owed(number) if "不能受理" in text]
    assert (city.case(number).status, len(told)) == ("refused", 1)
    assert "到了约定的日期，没有收到需要补充的材料" in told[0]
