"""After the answer: contacted? solved? satisfied? and what follows."""

from __future__ import annotations

import pytest

from backend.services.cases import visitback
from tests.backend.services.city import City


@pytest.fixture
def city(store):
    return City(store)


def answered(city: City, institution: str = "hotline"):
    citizen = city.citizen(institution=institution)
    number = citizen.files_a_case()
    city.answer(number)
    return citizen, number


def test_a_content_citizen_closes_the_case(city):
    citizen, number = answered(city)
    for answer in ("yes", "yes", "5"):
        question = {"yes": "contacted", "5": "satisfied"}[answer]
        citizen.says(choice=f"visit:{number}:{question}:{answer}")
        if question == "contacted":
            citizen.says(choice=f"visit:{number}:solved:yes")

    row = city.store.read_now(lambda work: work.surveys.get(number, 1))
    assert (row.contacted, row.solved, row.satisfied) == (True, "yes", 5)
    assert city.case(number).status == "closed"


def test_not_solved_reopens_with_a_new_date(city):
    citizen, number = answered(city)
    citizen.says("没有联系")
    said = citizen.says("没解决")

    case = city.case(number)
    assert case.status == "reopened"
    assert case.round == 2
    assert case.due["answer"] > city.now
    assert "新的期限" in said[0]


def test_each_answer_is_asked_about_once(city):
    citizen, number = answered(city)
    citizen.says("没有联系")
    citizen.says("没解决")
    city.move(number, "assigned", department=city.case(number).department_id)
    city.move(number, "answered", answer="再次查处，已停业整顿。")

    kinds = [kind for kind, _ in city.owed(number)]
    assert kinds.count("survey") == 2


def test_a_stale_button_changes_nothing(city):
    citizen, number = answered(city)
    for choice in ("contacted:yes", "solved:yes", "satisfied:5"):
        citizen.says(choice=f"visit:{number}:{choice}")

    said = citizen.says(choice=f"visit:{number}:solved:no")

    assert city.case(number).status == "closed"
    assert "您已经评价过了" in said[0]


def test_the_property_manager_asks_three_days_later(city):
    _, number = answered(city, "property")
    assert city.case(number).status == "answered"

    city.later(days=2)
    assert city.unit(visitback.send_due, city.institutions, at=city.now) == 0
    city.later(days=1, hours=1)
    assert city.unit(visitback.send_due, city.institutions, at=city.now) == 1
    assert city.case(number).status == "visiting_back"


def test_silence_closes_the_case_after_the_wait(city):
    _, number = answered(city)
    city.later(days=8)

    assert city.unit(visitback.expire, city.institutions, at=city.now) == 1
    assert city.case(number).status == "closed"
