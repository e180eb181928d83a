"""Clocks near and past their end, on a real store: told once, to whom they concern, whatever runs twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from backend.domain.case import Actor
from backend.services.cases import casework, clocks
from backend.store import tables as t
from backend.store.alerts import Alert, For
from backend.store.duty import Turn
from tests.backend.services.city import OFFICER, City

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)  # 10:00 in China
HANDLERS = For("小张", frozenset({"handler"}), "hotline")
LEADERS = For("老李", frozenset({"manager"}), "hotline")
AUDITOR = For("审计", frozenset({"auditor"}), "hotline")


@pytest.fixture
def city(store):
    city = City(store)
    city.now = MONDAY
    return city


@pytest.fixture
def number(city):
    """An ordinary case: acceptance in one working day, the answer in seven days."""
    return city.citizen().files_a_case()


def look(city: City) -> int:
    """One round."""
    numbers = city.store.read_now(clocks.waiting, at=city.now)
    return sum(city.unit(clocks.turn, city.institutions, number, at=city.now) for number in numbers)


def told(city: City, number: str) -> list[tuple[str, str, str | None, str | None]]:
    alerts: list[Alert] = city.store.read_now(lambda work: work.alerts.of(number))
    return [(one.kind, one.detail.get("clock", ""), one.role or one.user, one.department) for one in alerts]


def test_nothing_is_told_before_its_time(city, number):
    assert look(city) == 0
    assert told(city, number) == []


def test_the_owner_is_warned_once_though_the_round_runs_twice(city, number):
    department = city.case(number).department_id
    city.later(hours=29)  # Tuesday 15:00; three quarters of the working time until Tuesday 17:30 are over
    assert (look(city), look(city)) == (1, 0)

    assert told(city, number) == [("warned", "accept", "handler", department)]
    assert city.case(number).record["warned"] == {"accept": 1}
    assert city.history(number)[-1] == ("system", "clock")


def test_past_the_end_the_ladder_steps_up_to_the_manager(city, number):
    city.later(days=1, hours=8)
    look(city)
    city.later(days=1)
    look(city)
    city.later(days=2)
    look(city)

    assert [(kind, who) for kind, clock, who, _ in told(city, number) if clock == "accept"] == [
        ("late", "handler"),
        ("late", "coordinator"),
        ("late", "manager"),
    ]


def test_a_clock_that_was_stopped_in_time_alarms_nobody(city, number):
    city.move(number, "accepted")
    city.later(days=2)

    assert look(city) == 0


def test_the_officer_who_has_the_case_is_told_alone(city, number):
    case = city.case(number)
    case.officer = "小王"
    city.unit(lambda work: work.cases.save(case, zone=SHANGHAI))
    city.later(hours=29)
    look(city)

    assert told(city, number) == [("warned", "accept", "小王", None)]


def test_while_the_officer_is_away_their_deputy_is_told_too(city, number):
    case = city.case(number)
    case.officer = "小王"
    city.unit(lambda work: work.cases.save(case, zone=SHANGHAI))
    city.unit(_away, "小王", deputy="小赵", until=city.now.replace(day=30), at=city.now)
    city.later(hours=29)
    look(city)

    for name in ("小王", "小赵"):
        stands_in = city.store.read_now(lambda work, name=name: work.accounts.stands_in(name, now=city.now))
        reader = For(name, frozenset(), None, stands_in=stands_in)
        assert city.store.read_now(lambda work, reader=reader: work.alerts.count(reader, most=9)) == 1


def test_while_the_officer_is_away_without_a_deputy_who_is_on_duty_is_told(city, number):
    case = city.case(number)
    case.officer = "小王"
    city.unit(lambda work: work.cases.save(case, zone=SHANGHAI))
    city.unit(_away, "小王", deputy=None, until=city.now.replace(day=30), at=city.now)
    city.unit(lambda work: work.accounts.add_user("小孙", "x", ["handler"], None, at=city.now))
    city.later(hours=29)
    today = city.now.astimezone(SHANGHAI).date()
    city.unit(lambda work: work.duty.put(case.institution, Turn(today, "小孙")))
    look(city)

    assert [who for _, _, who, _ in told(city, number)] == ["小王", "小孙"]


def test_four_rounds_at_once_tell_it_once(city, number):
    city.later(days=1, hours=8)
    with ThreadPoolExecutor(4) as rounds:
        each = [
            rounds.submit(city.store.run_now, clocks.turn, city.institutions, number, at=city.now) for _ in range(4)
        ]

    assert sum(one.result() for one in each) == 1
    assert len(told(city, number)) == 1


def test_who_has_seen_an_alert_takes_it_off_everybodys_list(city, number):
    city.later(days=1, hours=8)
    look(city)
    count = city.store.read_now(lambda work: work.alerts.count(HANDLERS, most=99))
    seen = city.unit(lambda work: work.alerts.see(HANDLERS, at=city.now, number=number))

    assert (count, seen) == (1, 1)
    assert city.store.read_now(lambda work: work.alerts.unseen(HANDLERS, limit=9)) == []
    assert [one.seen_by for one in city.store.read_now(lambda work: work.alerts.of(number))] == ["小张"]


def test_alerts_are_for_the_role_the_department_and_the_institution_they_are_meant_for(city, number):
    city.later(days=1, hours=8)
    look(city)
    elsewhere = For("小赵", frozenset({"handler"}), "property")
    others = For("小钱", frozenset({"handler"}), "hotline", departments=("nowhere",))

    for reader in (LEADERS, AUDITOR, elsewhere, others, For("谁", frozenset(), None)):
        assert city.store.read_now(lambda work, reader=reader: work.alerts.count(reader, most=9)) == 0


def test_after_the_cap_clocks_go_on_and_citizen_and_handler_hear_of_it(city, number):
    city.move(number, "supplementing", note="请补一张照片")
    before = city.case(number).due["answer"]
    city.later(days=14)
    assert look(city) == 0
    city.later(days=2)
    assert look(city) >= 1

    case = city.case(number)
    assert round((case.due["answer"] - before).total_seconds() / 86400) == 15
    assert "办理期限从现在起继续计算" in city.owed(number)[-1][1]
    assert told(city, number)[0][0] == "resumed"
    look(city)
    assert [kind for kind, *_ in told(city, number)].count("resumed") == 1


def test_a_graver_grade_shortens_what_is_promised_at_once(city, number):
    city.later(hours=1)
    city.unit(casework.correct, city.institutions, number, {"grade": "emergency"}, by=OFFICER, at=city.now)
    due = city.case(number).due

    assert due["answer"] < city.now.replace(day=14)
    assert (due["contact"] - city.now).total_seconds() == 1800 - city.now.second


def test_a_case_that_cannot_be_looked_at_lets_the_others_by(city, number):
    city.later(hours=29)
    city.unit(clocks.put_off, number, at=city.now)
    assert look(city) == 0

    city.later(hours=1)
    assert look(city) == 1


def test_a_case_read_by_somebody_else_meanwhile_is_not_told_twice(city, number):
    city.later(hours=29)
    first, second = (city.case(number) for _ in range(2))
    assert (first.version, first.next_warning) == (second.version, second.next_warning)
    look(city)

    someone = Actor("小张", frozenset({"handler"}))
    city.unit(casework.note, city.institutions, number, "看到了", by=someone, at=city.now)
    assert look(city) == 0


def test_a_citizen_who_asks_hears_that_waiting_for_them_does_not_count(city):
    citizen = city.citizen()
    number = citizen.files_a_case()
    city.move(number, "supplementing", note="请补一张照片")
    heard = "\n".join(citizen.says("进度"))

    assert "这样算的：等您补充的时间不算在里面，期限会往后顺延。" in heard


def _away(work, name, *, deputy, until, at):
    """That user exists and is away."""
    for one in filter(None, (name, deputy)):
        work.accounts.add_user(one, "x", ["handler"], None, at=at)
    work.conn.execute(update(t.users).where(t.users.c.name == name).values(away_until=until, deputy=deputy))
