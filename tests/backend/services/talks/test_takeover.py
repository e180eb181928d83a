"""A person in a chat, on both databases: who waits, who has it, what time does, and that a danger always becomes a case."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from backend.domain.case import Actor
from backend.services.cases.casework import Empty
from backend.services.office.desk import OnlyLooks
from backend.services.talks import takeover
from backend.services.talks.takeover import NotHere
from backend.store.handovers import NoSuchHandover
from tests.backend.services.city import OFFICER, City

COLLEAGUE = Actor("李科长", frozenset({"handler"}))
GAS = "楼道里好大煤气味，有人晕倒了"


@pytest.fixture
def city(store):
    made = City(store)
    made.later(days=2)  # a Monday: somebody is on duty
    return made


def rows(city, by=OFFICER):
    return [talk.row for talk in city.unit(takeover.listed, by=by)]


def time_passes(city, **by):
    """Everything that falls due happens."""
    city.later(**by)
    for key in city.store.read_now(takeover.due, at=city.now):
        city.unit(takeover.turn, city.institutions, key, at=city.now)


def owed(city):
    """What waits to be sent to anybody."""
    return [row.text for row in city.store.run_now(lambda work: work.outbox.claim("postman", now=city.now))]


def act(city, what, *args, by=OFFICER):
    (row,) = rows(city)
    return city.unit(what, city.institutions, row.id, *args, by=by, at=city.now)


def newest(city):
    (case, *_), _ = city.store.read_now(lambda work: work.cases.page(limit=1))
    return case


def test_who_asks_for_a_person_waits_on_the_list(city):
    city.citizen().says("人工")

    (row,) = rows(city)
    assert (row.reason, row.state) == ("asked", "waiting")
    assert row.due_at == city.now + timedelta(minutes=10)


def test_a_handlers_words_reach_the_citizen_and_are_on_record(city):
    citizen = city.citizen()
    citizen.says("人工")
    act(city, takeover.take)
    act(city, takeover.say, " 您好，请讲 ")

    assert owed(city) == ["工作人员来了，现在由人来回复您。"]
    (row,) = rows(city)
    assert [what for _, _, what in city.store.read_now(lambda work: work.handovers.moves(row.id))] == [
        "asked",
        "taken",
        "said",
    ]


def test_the_bot_says_nothing_while_a_person_has_the_chat(city):
    citizen = city.citizen()
    citizen.says("人工")
    act(city, takeover.take)

    assert citizen.says("路灯坏了，在幸福里3栋") == []
    act(city, takeover.give_back)
    assert rows(city) == []
    assert citizen.says("路灯坏了，在幸福里3栋")


def test_taking_twice_is_taking_once_and_another_cannot(city):
    city.citizen().says("人工")
    act(city, takeover.take)
    act(city, takeover.take)

    with pytest.raises(NotHere):
        act(city, takeover.take, by=COLLEAGUE)
    with pytest.raises(NotHere):
        act(city, takeover.say, "您好", by=COLLEAGUE)
    with pytest.raises(Empty):
        act(city, takeover.say, "  ")


def test_who_may_not_work_sees_and_takes_nothing(city):
    city.citizen().says("人工")
    (row,) = rows(city)
    auditor, other = Actor("审计", frozenset({"auditor"})), Actor("物业", frozenset({"handler"}), "property")

    with pytest.raises(OnlyLooks):
        rows(city, by=auditor)
    with pytest.raises(OnlyLooks):
        city.unit(takeover.take, city.institutions, row.id, by=other, at=city.now)
    with pytest.raises(NoSuchHandover):
        city.unit(takeover.take, city.institutions, row.id + 1, by=OFFICER, at=city.now)
    assert rows(city, by=other) == []


def test_a_promise_that_is_not_kept_is_excused_and_stays_on_the_list(city):
    citizen = city.citizen()
    citizen.says("人工")
    time_passes(city, minutes=11)

    assert "对不起" in owed(city)[0]
    (row,) = rows(city)
    assert row.state == "missed"
    city.unit(takeover.settle, row.id, by=OFFICER, at=city.now)
    assert rows(city) == []


def test_a_chat_that_its_handler_forgot_goes_back_to_the_bot(city):
    citizen = city.citizen()
    citizen.says("人工")
    act(city, takeover.take)
    time_passes(city, minutes=20)
    act(city, takeover.say, "还在")
    time_passes(city, minutes=20)
    assert citizen.says("好") == []

    time_passes(city, minutes=31)

    assert rows(city) == []
    assert citizen.says("路灯坏了")


def test_at_night_it_is_said_when_somebody_will_be_there(city):
    city.later(hours=12)
    said = city.citizen().says("人工")

    assert "11月24日 8:30" in said[0]
    (row,) = rows(city)
    assert row.due_at is not None
    assert row.due_at > city.now + timedelta(hours=11)


def test_a_danger_is_on_the_list_at_once_and_a_case_when_its_time_is_up(city):
    citizen = city.citizen()
    citizen.says(GAS)
    told = city.now
    assert [row.kind for row in rows(city)] == ["danger"]

    time_passes(city, minutes=3)

    case = newest(city)
    assert case.grade == "emergency"
    assert case.due["contact"] == told.replace(second=0, microsecond=0) + timedelta(minutes=30)
    assert rows(city) == []
    assert case.number in owed(city)[0]


def test_what_is_told_after_that_changes_the_case(city):
    citizen = city.citizen()
    citizen.says(GAS)
    time_passes(city, minutes=3)
    for text in ("幸福里3栋2单元", "13800138000", "没事了，误报"):
        citizen.says(text)

    case = newest(city)
    assert case.facts["where"]["text"] == "幸福里3栋2单元"
    assert case.facts["who"]["contact"] == "+8613800138000"
    assert not case.facts["who"]["anonymous"]
    assert [what for _, what in city.history(case.number)].count("corrected") == 2
    cases, _ = city.store.read_now(lambda work: work.cases.page(limit=10))
    assert len(cases) == 1


def test_a_danger_that_became_a_case_is_not_filed_once_more(city):
    citizen = city.citizen()
    for text in (GAS, "幸福里3栋2单元", "13800138000"):
        citizen.says(text)
    time_passes(city, minutes=3)

    cases, _ = city.store.read_now(lambda work: work.cases.page(limit=10))
    assert len(cases) == 1
    assert rows(city) == []


def test_a_handler_may_join_who_tells_of_danger(city):
    citizen = city.citizen()
    citizen.says(GAS)
    (row,) = rows(city)
    key = city.unit(takeover.join, city.institutions, row.id, by=OFFICER, at=city.now)

    assert citizen.says("幸福里3栋2单元") == []
    city.unit(takeover.say, city.institutions, key, "马上到", by=OFFICER, at=city.now)
    time_passes(city, minutes=3)
    assert newest(city).facts["where"]["text"] == "幸福里3栋2单元"


def test_who_despairs_waits_for_a_person_too(city):
    city.citizen().says("我真的不想活了")

    assert sorted((row.kind, row.reason) for row in rows(city)) == [("danger", "danger"), ("person", "self_harm")]


def test_a_handlers_words_about_a_case_stand_in_its_history(city):
    citizen = city.citizen()
    citizen.says("我真的不想活了")
    time_passes(city, minutes=3)
    act(city, takeover.take)
    act(city, takeover.say, "我在，您慢慢说")

    assert ("王主任", "said") in city.history(newest(city).number)


def test_of_two_who_take_one_chat_at_once_one_gets_it(city):
    city.citizen().says("人工")
    (row,) = rows(city)

    def tries(by):
        try:
            city.unit(takeover.take, city.institutions, row.id, by=by, at=city.now)
        except NotHere:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(tries, (OFFICER, COLLEAGUE))) == [False, True]
