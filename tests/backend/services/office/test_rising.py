"""What rises is told once, goes on, ends by itself; sealed cases count nowhere; a place that came back is marked."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert

from backend.domain.case import Actor
from backend.domain.lifecycle import Status
from backend.domain.scope import EVERYTHING, Scope
from backend.services.office import again, alarms, rising
from backend.services.office.alarms import BadNote, NoSuchAlarm
from backend.services.office.desk import OnlyLooks
from backend.store import tables as t
from institutions.catalog import load_all
from tests.backend.store.samples import filed

HOME = load_all()["hotline"]
ZONE = ZoneInfo(HOME.timezone)
NOON = datetime(2026, 3, 25, 12, tzinfo=ZONE)  # a Wednesday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CHIEF = Actor("陈经理", frozenset({"manager"}), "hotline")
SPOT = {"lat": 30.0, "lon": 104.0, "pieces": {"district": "东区", "street": "一街"}, "text": "东区一街8号"}
NUMBERS = count(1)


def files(work, at=NOON, where=SPOT, **changes):
    """One more case; its number."""
    number = f"20260325-HL-{next(NUMBERS):06}-0"
    facts = {"who": {"name": "李敏", "contact": "13800138000"}, "what": "路灯坏了三天，我叫李敏", "where": where}
    filed(work, number, filed_at=at, facts=facts, **changes)
    return number


@pytest.fixture
def city(store):
    """Four weeks in which one street brings two cases of an hour."""

    def past(work):
        files(work, NOON - 28 * DAY)
        rows = [
            {"institution": "hotline", "hour": NOON - n * HOUR, "category": "city", "place": "东区/一街", "count": 2}
            for n in range(1, 27 * 24)
        ]
        work.conn.execute(insert(t.hours), rows)

    store.run_now(past)
    return store


@pytest.fixture
def usual(city):
    return rising.usual(HOME, city.read_now(rising.ground, HOME, at=NOON))


def rises(store, usual, n=24, at=NOON, **changes):
    """So many cases within the last hour; the ids of new alarms."""
    store.run_now(lambda work: [files(work, at - timedelta(minutes=1 + k), **changes) for k in range(n)])
    return store.run_now(rising.watch, HOME, usual, at=at)


def test_hours_are_counted_with_district_and_street(store):
    store.run_now(lambda work: [files(work, NOON + timedelta(minutes=n)) for n in (0, 59, 60)])

    for stretch in store.read_now(rising.due, "hotline", at=NOON + 2 * HOUR):
        store.run_now(rising.count, "hotline", stretch)

    rows = store.read_now(lambda work: work.hours.rows("hotline", since=NOON, until=NOON + DAY))
    assert [(hour, place, n) for hour, _, place, n in rows] == [
        (NOON, "东区/一街", 2),
        (NOON + HOUR, "东区/一街", 1),
    ]


def test_a_year_without_a_case_is_gone_over_at_once_and_only_as_far_as_is_learnt_from(store):
    store.run_now(lambda work: files(work, NOON - 365 * DAY))

    due = store.read_now(rising.due, "hotline", at=NOON)

    assert due[0][0] == NOON - rising.KEPT
    assert due[-1][1] == NOON


def test_a_rise_is_told_once_to_those_who_lead(city, usual):
    (found,) = rises(city, usual)

    alarm = city.read_now(lambda work: work.rises.get(found))
    assert (alarm.category, alarm.place, alarm.count) == ("city", "东区/一街", 24)
    assert alarm.expected < 10
    assert rises(city, usual, n=3, at=NOON + timedelta(minutes=15)) == []
    numbers = city.read_now(
        lambda work: work.hours.numbers("hotline", "city", "东区/一街", since=NOON - HOUR, until=NOON, limit=1)
    )
    told = city.read_now(lambda work: work.alerts.of(numbers[0]))
    assert {(one.kind, one.role) for one in told} == {("rising", "coordinator"), ("rising", "manager")}


def test_it_ends_by_itself_and_goes_on_where_it_comes_back_soon(city, usual):
    (found,) = rises(city, usual)

    city.run_now(rising.watch, HOME, usual, at=NOON + 8 * HOUR)
    ended = city.read_now(lambda work: work.rises.get(found)).ended_at
    assert rises(city, usual, at=NOON + 10 * HOUR) == []

    assert ended == NOON + 8 * HOUR
    assert city.read_now(lambda work: work.rises.get(found)).ended_at is None


def test_sealed_cases_make_no_alarm(city, usual):
    assert rises(city, usual, sealed=True) == []


def test_the_usual_number_makes_no_alarm(city, usual):
    assert rises(city, usual, n=3) == []


def test_who_looked_and_what_they_said_is_kept(city, usual):
    (found,) = rises(city, usual)

    city.run_now(alarms.look, found, by=CHIEF, at=NOON)
    city.run_now(alarms.look, found, by=CHIEF, at=NOON)
    city.run_now(alarms.say, found, "none", "不同的路灯", by=CHIEF, at=NOON)
    (told,) = city.read_now(alarms.listed, by=CHIEF, at=NOON)

    assert [(act.by, act.what) for act in told.acts] == [("陈经理", "looked"), ("陈经理", "none")]
    assert told.alarm.verdict == "none"
    assert told.so_far == 24


@pytest.mark.parametrize(("what", "note"), [("none", " "), ("noted", "长" * 501), ("nonsense", "")])
def test_a_judgement_needs_a_reason_and_has_an_end(city, usual, what, note):
    (found,) = rises(city, usual)

    with pytest.raises(BadNote):
        city.run_now(alarms.say, found, what, note, by=CHIEF, at=NOON)


def test_an_alarm_is_nobodys_of_another_institution_and_no_handlers(city, usual):
    (found,) = rises(city, usual)

    with pytest.raises(NoSuchAlarm):
        city.read_now(alarms.whole, found, by=Actor("外人", frozenset({"manager"}), "property"), at=NOON)
    with pytest.raises(OnlyLooks):
        city.read_now(alarms.whole, found, by=Actor("小王", frozenset({"handler"}), "hotline"), at=NOON)
    auditor = Actor("审计", frozenset({"auditor"}), "hotline")
    with pytest.raises(OnlyLooks):
        city.run_now(alarms.say, found, "noted", "", by=auditor, at=NOON)


def near(metres):
    return SPOT | {"lat": SPOT["lat"] + metres / 111_195, "text": "说不清"}


@pytest.mark.parametrize(
    ("where", "same"),
    [(SPOT, True), (near(40), True), (near(70), False), ({"text": "东区一街8号", "pieces": {"district": "东区", "road": "一街"}}, False)],
)  # fmt: skip
def test_a_place_is_the_same_within_fifty_metres(where, same):
    assert (again.same_place(SPOT, where) is not None) == same


def test_the_same_address_is_the_same_place_and_an_area_is_none():
    door = {"text": "东区 长顺街８号", "pieces": {"district": "东区", "road": "长顺街", "number": "8号"}}
    area = {"text": "东区一街道", "pieces": {"district": "东区", "street": "一街道"}}

    assert again.same_place(door, door | {"text": "东区长顺街8号"}) is not None
    assert again.same_place(area, area) is None
    assert not again.tells(area)


@pytest.mark.parametrize(
    ("days", "category", "sealed", "marked"),
    [(30, "city", False, True), (91, "city", False, False), (30, "water", False, False), (30, "city", True, False)],
)
def test_a_case_where_one_was_closed_lately_is_marked_on_both(store, days, category, sealed, marked):
    closed = {"status": Status.CLOSED, "closed_at": NOON - days * DAY, "category_id": category, "sealed": sealed}

    def prepare(work):
        return files(work, NOON - 120 * DAY, **closed), files(work, NOON, where=near(30))

    before, now = store.run_now(prepare)
    store.run_now(again.look, "hotline", at=NOON + HOUR)
    store.run_now(again.look, "hotline", at=NOON + HOUR)

    for number in (before, now):
        found = store.read_now(lambda work, number=number: work.rises.marks(number, EVERYTHING))
        assert [(one.number, one.before, one.metres) for one in found] == ([(now, before, 30)] if marked else [])
    elsewhere = Scope("property")
    assert store.read_now(lambda work: work.rises.backs(elsewhere, None, since=NOON - DAY, limit=9)) == []
    back = store.read_now(alarms.returned, by=CHIEF, at=NOON + DAY)
    assert len(back.rows) == marked
    assert back.rates[0] == ("东区", int(marked), 1)
