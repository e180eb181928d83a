"""What stands beside a case: the citizen's others, for who may know them; answered ones like it, for who sees those."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from backend.domain.case import Actor
from backend.services.cases import kin
from backend.store.engine import open_store
from tests.backend.services.city import City

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.services.cases.kin import Kin

ZONE = ZoneInfo("Asia/Shanghai")
LIGHTS = "小区门口的路灯坏了三天了，晚上黑得看不见路"
LIGHTS_TOO = "我们这条街的路灯坏了一排，晚上黑乎乎的"
OTHER_PHONE = "19900001234"
OFFICER = Actor("王主任", frozenset({"coordinator"}))


@pytest.fixture
def city(sqlite_url: str) -> Iterator[City]:
    store = open_store(sqlite_url)
    yield City(store)
    store.close()


def beside(city: City, number: str, by: Actor = OFFICER) -> Kin:
    return city.store.read_now(kin.of, city.institutions, city.case(number), by=by, at=city.now)


def own(city: City, number: str, by: Actor = OFFICER) -> list[str]:
    return [case.number for case in beside(city, number, by).own]


def answered(city: City, number: str, by: Actor = OFFICER) -> list[str]:
    return [one.case.number for one in beside(city, number, by).answered]


def change(city: City, number: str, *, who: dict[str, Any] | None = None, **fields: Any) -> None:
    """As if the case had been filed so."""

    def save(work):
        case = work.cases.get(number, lock=True)
        case.facts = case.facts | {"who": case.facts["who"] | (who or {})}
        for name, value in fields.items():
            setattr(case, name, value)
        work.cases.save(case, zone=ZONE)

    city.unit(save)


@pytest.fixture
def two(city: City) -> tuple[str, str]:
    """Two cases of one chat, the second under another phone, and one of somebody else."""
    city.citizen("zhang").files_a_case(phone=OTHER_PHONE)
    li = city.citizen("li")
    return li.files_a_case(), li.files_a_case(LIGHTS)


def test_the_other_cases_of_who_filed_it_stand_beside_it(city, two):
    first, second = two

    assert own(city, first) == [second]
    assert own(city, second) == [first]


def test_another_chat_with_the_same_phone_is_found_by_who_may_search_for_it(city, two):
    same = city.citizen("li's office").files_a_case(LIGHTS)
    handler = Actor("李科长", frozenset({"handler"}))

    assert own(city, two[0]) == [same, two[1]]
    assert own(city, two[0], handler) == [two[1]]


def test_only_the_newest_five_are_told(city):
    li = city.citizen("li")
    numbers = [li.files_a_case(LIGHTS) for _ in range(7)]

    assert own(city, numbers[0]) == numbers[:1:-1]


@pytest.mark.parametrize("who", [{"confidential": True}, {"anonymous": True, "name": None}])
def test_what_was_told_in_confidence_is_not_known_by_its_company(city, two, who):
    change(city, two[1], who=who)
    handler = Actor("李科长", frozenset({"handler"}))

    assert own(city, two[0], handler) == []
    assert own(city, two[1], handler) == []


def test_who_may_know_who_asked_for_confidence_finds_it_and_nobody_finds_who_stays_anonymous(city, two):
    change(city, two[1], who={"confidential": True})
    assert own(city, two[0]) == [two[1]]

    change(city, two[1], who={"confidential": False, "anonymous": True})
    assert own(city, two[0]) == []


def test_who_sees_names_with_stars_alone_is_told_of_no_others(city, two):
    auditor = Actor("审计员", frozenset({"auditor"}), personal=False)

    assert own(city, two[0], auditor) == []


def test_sealed_cases_and_those_of_another_department_are_not_told(city, two):
    home = city.case(two[0]).department_id
    handler = Actor("李科长", frozenset({"handler"}), departments=frozenset({home}))
    change(city, two[1], department_id="police" if home != "police" else "lighting")
    assert own(city, two[0], handler) == []

    change(city, two[1], department_id=home)
    assert own(city, two[0], handler) == [two[1]]

    change(city, two[1], sealed=True)
    assert own(city, two[0]) == []


def test_the_unit_complained_of_learns_of_no_other_case_of_who_complains(city, two):
    home = city.case(two[0])
    institution = city.institutions["hotline"]
    handler = Actor("李科长", frozenset({"handler"}), departments=frozenset({home.department_id}))
    change(city, two[1], department_id=home.department_id)
    change(city, two[0], facts=home.facts | {"target": institution.office(home.department_id).name})

    assert own(city, two[0], handler) == []
    assert own(city, two[1], handler) == []


def test_a_case_like_it_that_was_answered_stands_beside_it_and_one_about_something_else_does_not(city):
    like, unlike = city.citizen("zhang").files_a_case(LIGHTS), city.citizen("wang").files_a_case()
    new = city.citizen("li").files_a_case(LIGHTS_TOO)
    assert answered(city, new) == []  # nobody has answered any

    city.answer(like)
    city.answer(unlike)

    assert answered(city, new) == [like]
    assert answered(city, unlike) == []


def test_of_those_like_it_only_what_somebody_sees_is_told(city):
    like, new = city.citizen("zhang").files_a_case(LIGHTS), city.citizen("li").files_a_case(LIGHTS_TOO)
    city.answer(like)
    home = city.case(new).department_id
    handler = Actor("李科长", frozenset({"handler"}), departments=frozenset({home}))
    assert answered(city, new, handler) == [like]

    change(city, like, department_id="police" if home != "police" else "lighting")
    assert answered(city, new, handler) == []

    change(city, like, department_id=home, sealed=True)
    assert answered(city, new, handler) == []
    assert answered(city, new) == []


def test_an_answer_that_was_erased_or_taken_up_again_is_no_example(city):
    erased, again = city.citizen("zhang").files_a_case(LIGHTS), city.citizen("wang").files_a_case(LIGHTS)
    new = city.citizen("li").files_a_case(LIGHTS_TOO)
    for number in (erased, again):
        city.answer(number)
    change(city, erased, answer="")
    city.move(again, "reopened", note="市民说没有解决")

    assert answered(city, new) == []
