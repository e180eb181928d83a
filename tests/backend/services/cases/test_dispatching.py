"""Dispatchers take cases one by one; what came back shows both reasons; where departments disagree a coordinator decides."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.domain.case import Actor, WrongMove
from backend.domain.lifecycle import Status
from backend.services.cases import casework, dispatching
from backend.services.cases.casework import Empty
from backend.services.cases.dispatching import LEASE, LONGEST, Sent, Turn, Watched
from backend.services.cases.overtaken import Overtaken
from backend.services.office.desk import OnlyLooks
from tests.backend.services.city import START, STORY, City

LI = Actor("李", frozenset({"dispatcher"}), "hotline")
WANG = Actor("王", frozenset({"dispatcher"}), "hotline")
HEAD = Actor("周", frozenset({"coordinator"}), "hotline")
HANDLER = Actor("小赵", frozenset({"handler"}), "hotline")
LAMP = "中山路的路灯坏了一个星期，晚上太黑"


@pytest.fixture
def city(store):
    return City(store)


def next_for(city, who, after=""):
    card = city.unit(dispatching.card, by=who, at=city.now, after=after)
    return card and card.case.number


def send(city, number, who=LI, seen=None, **to):
    case = city.case(number)
    wanted = Sent(**({"department": case.department_id} | to))
    at = city.later(seconds=1)
    told = {"seen": case.seq if seen is None else seen, "by": who, "at": at}
    return city.unit(dispatching.send, city.institutions, number, wanted, **told)


def gives_back(city, number, right=""):
    given = {"note": "不是我们管的", "right": right}
    at = city.later(minutes=1)
    city.unit(casework.move, city.institutions, number, Status.RETURNED, given, by=HANDLER, at=at)


def came_back(city, who=LI):
    return city.store.read_now(dispatching.returned, city.institutions, by=who)


def test_two_dispatchers_never_get_the_same_card(city):
    first, second = city.citizen("a").files_a_case(), city.citizen("b").files_a_case(LAMP)

    assert {next_for(city, LI), next_for(city, WANG)} == {first, second}
    assert next_for(city, Actor("钱", frozenset({"dispatcher"}), "hotline")) is None
    (seen,) = city.store.read_now(dispatching.around, by=LI, at=city.now).others
    assert seen.user == "王"


def test_a_card_is_free_again_after_two_minutes_or_when_its_dispatcher_goes_on(city):
    first, second = city.citizen("a").files_a_case(), city.citizen("b").files_a_case(LAMP)
    card = city.unit(dispatching.card, by=LI, at=city.now)
    assert next_for(city, LI, card.after) == ({first, second} - {card.case.number}).pop()
    assert next_for(city, WANG) == card.case.number

    city.now += LEASE
    assert next_for(city, HEAD) == card.case.number


def test_a_page_that_is_only_left_open_keeps_its_case_for_ten_minutes(city):
    number = city.citizen().files_a_case()
    next_for(city, LI)
    kept = []
    for _ in range(7):
        city.now += LEASE - timedelta(seconds=10)
        kept.append(city.unit(dispatching.stay, number, by=LI, at=city.now))

    assert kept == [True] * 5 + [False] * 2
    assert timedelta(minutes=5) * 2 == LONGEST
    assert next_for(city, WANG) == number


def test_one_press_accepts_and_assigns_and_confirms_what_was_unsure(city):
    number = city.citizen().files_a_case()
    next_for(city, LI)

    case = send(city, number, reason="夜间施工，尽快")

    assert (case.status, case.department_id) == (Status.ASSIGNED, "urban_management")
    told = [what for by, what in city.history(number) if by == "李"]
    assert told[-3:] == ["moved", "noted", "moved"]
    assert not any("夜间施工" in text for _, text in city.owed(number))
    assert next_for(city, LI) is None


def test_another_category_is_corrected_by_the_same_press(city):
    number = city.citizen().files_a_case()

    case = send(city, number, place="urban/municipal", department="urban_management")

    assert (case.category_id, case.matter_id) == ("urban", "urban/municipal")
    assert ("李", "corrected") in city.history(number)


def test_the_same_press_twice_is_one(city):
    number = city.citizen().files_a_case()
    seen = city.case(number).seq
    send(city, number)
    before = city.history(number)

    send(city, number, seen=seen)

    assert city.history(number) == before


def test_a_case_that_a_colleague_looks_at_or_changed_is_not_sent(city):
    number = city.citizen().files_a_case()
    seen = city.case(number).seq
    next_for(city, WANG)
    with pytest.raises(Watched, match="王"):
        send(city, number)

    send(city, number, WANG)
    with pytest.raises(Overtaken):
        send(city, number, seen=seen)
    with pytest.raises(WrongMove):
        city.answer(number) and send(city, number)


def test_a_handler_has_no_dispatch_desk(city):
    number = city.citizen().files_a_case()

    with pytest.raises(OnlyLooks):
        next_for(city, HANDLER)
    with pytest.raises(OnlyLooks):
        send(city, number, HANDLER)


def test_a_case_that_came_back_shows_why_it_was_sent_and_why_it_returned(city):
    number = city.citizen().files_a_case(LAMP)
    send(city, number, reason="路灯归你们")
    gives_back(city, number, right="housing")

    (row,) = came_back(city)

    (turn,) = row.turns
    assert (turn.sent_by, turn.sent_why, turn.back_by, turn.back_why) == ("李", "路灯归你们", "小赵", "不是我们管的")
    assert turn.right == "housing"
    assert row.for_lead == ""
    with pytest.raises(Empty):
        send(city, number, department="housing")
    assert send(city, number, department="housing", reason="按退单意见改派").department_id == "housing"


def test_a_case_that_came_back_twice_is_the_coordinators_who_decides_with_helpers_and_a_reason(city):
    number = city.citizen().files_a_case(LAMP)
    for office in ("urban_management", "housing"):
        send(city, number, department=office, reason="请办")
        gives_back(city, number)
    assert [row.for_lead for row in came_back(city)] == ["often"]
    with pytest.raises(OnlyLooks):
        send(city, number, department="housing", reason="再试一次")

    case = send(city, number, HEAD, department="housing", co="urban_management", reason="牵头部门明确")

    assert (case.status, case.department_id, case.record["co"]) == (Status.ASSIGNED, "housing", ["urban_management"])
    assert came_back(city, HEAD) == []
    gives_back(city, number)
    assert [len(row.turns) for row in came_back(city)] == [3]


def turn(department, right=""):
    return Turn(department, "李", START, "", "小赵", START, "不归我们", right)


@pytest.mark.parametrize(
    ("turns", "why"),
    [
        ((), ""),
        ((turn("housing", "water"),), ""),
        ((turn("housing", "housing"),), "dispute"),
        ((turn("housing", "water"), turn("water", "housing")), "often"),
    ],
)
def test_a_coordinator_decides_where_departments_send_a_case_round(city, turns, why):
    assert dispatching.for_lead(turns, city.institutions["hotline"]) == why


def test_what_the_last_resort_returns_without_a_name_is_nobodys(city):
    hotline = city.institutions["hotline"]

    assert dispatching.for_lead([turn(hotline.default_department)], hotline) == "nobody"
    assert dispatching.for_lead([turn(hotline.default_department, "housing")], hotline) == ""


def test_a_dispatcher_sees_nothing_of_another_institution(city):
    city.citizen("x", institution="property").files_a_case("电梯坏了三天没人修，老人上下楼很难")

    assert next_for(city, LI) is None
    assert city.store.read_now(dispatching.around, by=LI, at=city.now).undecided == 0


def test_the_story_is_the_one_the_city_tells(city):
    number = city.citizen().files_a_case()

    assert city.unit(dispatching.card, by=LI, at=city.now).case.facts["what"] in STORY
    assert next_for(city, LI) == number
