"""Discipline petitions (seed 003): named or anonymous, by the hotline's clocks, opened by named officers only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from institutions.catalog import load_all

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

STORY = "村支书张某去年把征地补偿款装进自己口袋"
TOLD: dict[str, Any] = {"person": "张某", "post": "村支书"}
DAY = "2026-09-30 15:00"


def test_a_petition_names_the_person_and_the_post_and_ends_in_a_measure(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    assert office.case(number).facts["extra"]["person"] == "张某"
    assert office.case(number).facts["extra"]["post"] == "村支书"

    office.walks(number, "accepted", "assigned", "investigating", "reviewing")
    office.does(number, "verdict", verdict="justified")
    office.does(number, "outcome", outcome="discipline")
    office.move(number, "answered", answer="已经查实，给了纪律处分。")

    office.asks_back()
    assert office.rates(number).status == "closed"


def test_it_may_be_anonymous_and_is_always_secret(office: Office) -> None:
    number = office.files(STORY, DAY, **(TOLD | {"who": "匿名"}))

    assert office.case(number).facts["who"]["anonymous"]
    assert office.institution.confidential == "always"
    assert office.case(number).sealed


def test_nobody_is_offered_to_join_it(office: Office) -> None:
    assert not office.institution.joining.offered


def test_its_clocks_are_the_hotlines(office: Office) -> None:
    hotline = load_all()["hotline"].clocks

    assert {name: clock.length for name, clock in office.institution.clocks.items()} == {
        name: hotline[name].length for name in ("contact", "accept", "answer")
    }


def test_an_ordinary_one_is_accepted_in_a_working_day_and_answered_in_7_days(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)

    assert office.due(number) == {"accept": "2026-10-08 17:30", "answer": "2026-10-07 15:00"}


@pytest.mark.parametrize(
    ("story", "category", "department"),
    [
        ("王局长在工程招投标里收了二十万好处费", "corruption", "economy"),
        (STORY, "embezzlement", "economy"),
        ("李科长违规提拔自己的侄子，任人唯亲", "discipline", "cadres"),
        ("窗口的张科长上班时间打牌，不作为，推诿扯皮", "work_style", "conduct"),
        ("刘镇长包养情妇，经常赌博", "family_life", "cadres"),
    ],
)
def test_each_of_the_five_kinds_has_its_office(office: Office, story: str, category: str, department: str) -> None:
    case = office.case(office.files(story, DAY, **TOLD))

    assert (case.category_id, case.department_id) == (category, department)


def test_whom_it_does_not_supervise_is_refused_with_where_to_go(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)

    office.move(number, "refused", ground="not_official")

    assert "12345" in office.told(number)
