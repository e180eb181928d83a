"""What officers get wrong, and what changes under a case's feet: each is a sentence, or changes nothing for the citizen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.domain.case import Actor
from backend.domain.refusals import BadField, Missing, WrongAct
from backend.services.cases import acts, casework, view
from backend.services.office import accounts, desk
from institutions.casework import Casework, Extension, Outcome
from tests.backend.services.city import OFFICER, City

ELSEWHERE = Actor("外人", OFFICER.roles, institution="property")


@pytest.fixture
def city(store):
    made = City(store)
    hotline = made.institutions["hotline"]
    work = Casework(outcomes=(Outcome(id="order", name="责令整改", rectify=True),))
    stages = tuple({*hotline.stages, "mediating", "suspended"})
    made.institutions = {
        **made.institutions,
        "hotline": hotline.model_copy(update={"casework": work, "stages": stages}),
    }
    return made


@pytest.fixture
def number(city):
    return city.citizen().files_a_case()


def do(city, number, key, by=OFFICER, **given):
    return city.unit(acts.do, city.institutions, number, key, given, by=by, at=city.later(minutes=1))


def assign(city, number):
    city.move(number, "accepted")
    return city.move(number, "assigned", department=city.case(number).department_id)


def without(city, number):
    """The institution's file as it is after somebody struck out the case's category, department, clocks and stages."""
    home, case = city.institutions["hotline"], city.case(number)
    departments = tuple(d for d in home.departments if d.id != case.department_id)
    other = departments[0].id
    categories = tuple(
        c.model_copy(update={"department": other, "matters": ()}) for c in home.categories if c.id != case.category_id
    )
    changes = {
        "categories": categories,
        "departments": departments,
        "default_department": other,
        "clocks": {},
        "stages": (),
        "casework": Casework(),
    }
    city.institutions = {**city.institutions, "hotline": home.model_copy(update=changes)}
    return other


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("name_officer", {"users": "，,"}),
        ("batch", {"cases": " , "}),
        ("investigators", {"names": "、、"}),
        ("split", {"text": "。。。"}),
    ],
)
def test_a_list_of_commas_is_nothing_and_a_case_is_never_sealed_for_nobody(city, number, key, given):
    assign(city, number)

    with pytest.raises(Missing) as refused:
        do(city, number, key, **given)

    assert refused.value.zh.startswith("请填")
    assert not city.case(number).sealed


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("interview", {"with": "店主", "when": "2026-11-30T10:00", "text": "承认"}),
        ("rectified", {"outcome": "0", "on": "2026-11-30"}),
    ],
)
def test_what_has_not_happened_yet_is_not_on_record(city, number, key, given):
    assign(city, number)
    do(city, number, "outcome", outcome="order", due="2026-12-01")

    with pytest.raises(BadField, match="is still to come") as refused:
        do(city, number, key, **given)

    assert "还没有到" in refused.value.zh


def test_to_put_it_right_by_yesterday_is_refused_by_the_institutions_own_day(city, number):
    assign(city, number)
    city.later(hours=20)  # past midnight in China, not yet in London

    with pytest.raises(BadField, match="is in the past"):
        do(city, number, "outcome", outcome="order", due="2026-11-21")


def test_what_no_screen_shows_reaches_no_citizen(city, number):
    do(city, number, "emergency", lead="\x1b[31m张\x00工\x07")

    assert "由[31m张工牵头" in city.owed(number)[-1][1]


def test_a_case_has_one_parent_and_none_is_below_itself(city, number):
    child, other = (city.citizen(name).files_a_case() for name in ("b", "c"))
    do(city, number, "link", case=child, **{"as": "child"})

    with pytest.raises(WrongAct) as turned:
        do(city, child, "link", case=number, **{"as": "child"})
    with pytest.raises(WrongAct) as second:
        do(city, other, "link", case=child, **{"as": "child"})
    do(city, number, "link", case=other, **{"as": "parent"})
    with pytest.raises(WrongAct):
        do(city, child, "link", case=other, **{"as": "child"})

    assert turned.value.zh == f"{number} 是 {child} 的主案，不能反过来。"
    assert second.value.zh == f"{child} 已经有主案 {number}。"
    assert (city.case(number).parent, city.case(child).parent, city.case(other).parent) == (other, number, None)


@pytest.mark.parametrize("key", ["split", "link"])
def test_only_cases_handled_as_one_go_where_the_other_goes(city, number, key):
    if key == "split":
        do(city, number, "split", text="楼道的灯也不亮")
    else:
        do(city, number, "link", case=city.citizen("b").files_a_case(), **{"as": "child"})
    apart = city.case(number).record["children"][0]

    city.move(number, "accepted")

    assert city.case(apart).status == "received"


def test_closed_cases_are_not_taken_in(city, number):
    closed = city.citizen("b").files_a_case()
    city.answer(closed)
    city.move(closed, "closed")

    with pytest.raises(WrongAct) as refused:
        do(city, number, "batch", cases=closed)

    assert refused.value.zh == f"{closed} 现在的状态不能并案。"


def test_users_of_other_institutions_are_not_named(city, number):
    city.unit(accounts.add_user, "li", "hash", ["handler"], institution="property", at=city.now)

    with pytest.raises(BadField, match="no user here"):
        do(city, number, "name_officer", users="li")
    with pytest.raises(casework.NotYours):
        do(city, number, "supervise", by=ELSEWHERE, reason="看看")


def test_a_clock_that_went_back_makes_no_pause_shorter_than_nothing(city, number):
    assign(city, number)
    due = city.case(number).due["answer"]
    city.move(number, "supplementing", note="请补充地址")
    city.now -= timedelta(days=3)

    case = city.move(number, "received")

    assert case.due["answer"] == due


def test_a_case_outlives_what_its_institutions_file_has_no_longer(city, number):
    assign(city, number)
    city.move(number, "mediating")
    gone = city.case(number)
    other = without(city, number)
    home = city.institutions["hotline"]

    whole = city.store.read_now(desk.whole, city.institutions, number, by=OFFICER)
    told = view.case_json(whole.case, home, whole.history, [], personal=False)
    citizen = city.citizen()
    citizen.sent = 100

    assert told["category"] == gone.category_id
    assert told["department"] == home.name
    assert "正在调解" in "".join(citizen.says("进度"))
    assert city.move(number, "answered", answer="店家已经赔礼道歉。").answer
    assert f"{home.name}：店家已经赔礼道歉。" in "".join(text for _, text in city.owed(number))
    assert city.move(number, "reopened").round == 2
    assert city.move(number, "assigned", department=other).department_id == other
    city.move(number, "answered", answer="已再次查处。")
    assert city.move(number, "closed").status == "closed"


def test_a_case_that_comes_back_to_the_same_department_is_told_of_once(city, number):
    office = assign(city, number).department_id
    before = len(city.owed(number))

    city.move(number, "returned", note="不是我们的路段")
    city.move(number, "assigned", department=office)

    assert len(city.owed(number)) == before


def test_how_far_a_deadline_may_be_put_off_is_told_as_people_say_it(city, number):
    home = city.institutions["hotline"]
    answer = home.clocks["answer"].model_copy(update={"extension": Extension(by="5wd", kinds=("complaint",))})
    city.institutions = {
        **city.institutions,
        "hotline": home.model_copy(update={"clocks": {**home.clocks, "answer": answer}}),
    }

    with pytest.raises(BadField) as far:
        do(city, number, "extend", clock="answer", until="2027-03-01T10:00", reason="忙")
    city.unit(casework.correct, city.institutions, number, {"kind": "consult"}, by=OFFICER, at=city.later(minutes=1))
    with pytest.raises(WrongAct) as never:
        do(city, number, "extend", clock="answer", until="2026-12-01T10:00", reason="忙")

    assert far.value.zh == "最多只能延长 5 个工作日，请改早一点。"
    assert never.value.zh == "这件没有可以延长的期限。"
