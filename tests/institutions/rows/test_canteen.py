"""A school's canteen (seed 000): nameless if one likes, hygiene first and at once, training for service, prices shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

WORM = "今天中午的菜里有虫子，饭也是馊的"
RUDE = "打饭阿姨态度差，还插队，排队排半个小时"
DEAR = "一份土豆丝又涨价了，太贵，分量还少"
TOLD = {"when": "今天中午", "school": "实验小学", "meal": "午餐", "window": "3号窗口"}
EVE = "2026-09-30 16:40"


def test_school_meal_and_window_are_asked(office: Office) -> None:
    extra = office.case(office.files(WORM, **TOLD)).facts["extra"]

    assert (extra["school"], extra["meal"], extra["window"]) == ("实验小学", "午餐", "3号窗口")


def test_pupils_parents_and_teachers_may_stay_nameless(office: Office) -> None:
    number = office.files(WORM, **TOLD, who="匿名")

    who = office.case(number).facts["who"]
    assert who["anonymous"] is True
    assert (who["name"], who["contact"]) == (None, None)


@pytest.mark.parametrize(
    ("story", "category", "department", "measures"),
    [
        (WORM, "hygiene", "hygiene", ["at_once", "window"]),
        (RUDE, "service", "service", ["training", "hours"]),
        (DEAR, "price", "price", ["published", "refund"]),
    ],
)
def test_each_kind_has_its_department_and_its_measures(
    office: Office, story: str, category: str, department: str, measures: list[str]
) -> None:
    case = office.case(office.files(story, **TOLD))

    assert (case.category_id, case.department_id) == (category, department)
    assert [row.id for row in office.institution.casework.ends(category)] == measures


def test_hygiene_is_put_right_at_once_and_looked_at_again(office: Office) -> None:
    number = office.files(WORM, "2026-10-12 10:05", **TOLD)
    assert office.due(number)["contact"] == "2026-10-12 12:05"
    office.walks(number, "accepted", "assigned", "investigating")

    office.does(number, "outcome", outcome="at_once", due="2026-10-12")
    case = office.does(number, "rectified", outcome="0", on="2026-10-12")

    assert case.record["outcomes"][0]["done"] == "2026-10-12"


@pytest.mark.parametrize("story", [RUDE, DEAR])
def test_other_matters_are_not_contacted_before_others(office: Office, story: str) -> None:
    assert "contact" not in office.due(office.files(story, **TOLD))


def test_the_clocks_are_the_hotlines(office: Office) -> None:
    number = office.files(DEAR, EVE, **TOLD)

    assert office.due(number) == {"accept": "2026-10-08 17:30", "answer": "2026-10-07 16:40"}
    office.corrects(number, grade="urgent")
    assert office.due(number)["contact"] == "2026-09-30 18:40"
    assert office.due(number)["answer"] == "2026-10-01 16:40"


def test_the_answer_is_rated(office: Office) -> None:
    number = office.files(RUDE, **TOLD)
    office.walks(number, "accepted", "assigned")
    office.does(number, "outcome", outcome="training")
    office.move(number, "answered", answer="窗口人员已经培训，增开了一个窗口。")

    assert office.rates(number, satisfied=5).status == "closed"
    assert office.move(number, "archived").status == "archived"


def test_food_from_outside_is_refused_with_where_to_go(office: Office) -> None:
    number = office.files(WORM, **TOLD)
    office.move(number, "refused", ground="outside")

    assert "12315" in office.told(number)


def test_nobody_at_school_is_told_who_it_was(office: Office) -> None:
    assert office.institution.confidential == "offered"
    asked = next(row for row in office.institution.faq if row.id == "school")
    assert "看不到是谁说的" in asked.say
