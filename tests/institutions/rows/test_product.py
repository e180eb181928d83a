"""A maker's products (seed 001): first contact in 24 h, the remedy in 7 working days, one batch handled as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

STORY = "电热水壶漏电，烧水的时候外壳发麻"
TOLD: dict[str, Any] = {
    "product": "电热水壶",
    "model": "X-100",
    "bought": "上个月在百货商场",
    "batch": "B20260301",
    "when": "昨天",
}
DAY = "2026-09-28 10:05"  # a Monday; National Day is 1 to 7 October, Saturday the 10th is worked


def test_a_defect_is_proven_and_its_remedy_told(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    extra = office.case(number).facts["extra"]
    assert (extra["model"], extra["batch"]) == ("X-100", "B20260301")

    office.walks(number, "accepted", "assigned", "investigating")
    office.does(number, "verdict", verdict="quality")
    office.does(number, "outcome", outcome="exchange")
    office.move(number, "answered", answer="是我们的质量问题，给您换一台新的。")

    assert "换一台新的" in office.told(number)
    office.asks_back()
    assert office.rates(number).status == "closed"
    assert office.move(number, "archived").status == "archived"


def test_the_first_contact_is_within_24_hours_and_the_remedy_told_within_7_working_days(office: Office) -> None:
    assert office.due(office.files(STORY, DAY, **TOLD)) == {
        "accept": "2026-09-29 17:30",
        "contact": "2026-09-29 10:05",
        "answer": "2026-10-13 17:30",
    }


def test_many_complaints_on_one_batch_are_handled_as_one(office: Office) -> None:
    first, second, third = (office.files(STORY, DAY, **TOLD) for _ in range(3))
    assert office.institution.casework.batch == ("model", "batch")
    office.move(first, "accepted")

    office.does(first, "batch", cases=f"{second},{third}")
    office.walks(first, "assigned", "investigating")
    office.move(first, "answered", answer="同一批次统一召回，免费换新。")

    for number in (first, second, third):
        assert office.case(number).status == "visiting_back"
        assert "统一召回" in office.told(number)


def test_a_major_one_starts_the_emergency_plan(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    office.walks(number, "accepted", "assigned")

    office.does(number, "emergency", lead="孙总", team="质量部李工,售后部王工")

    case = office.case(number)
    assert (case.grade, case.record["emergency"]["lead"]) == ("emergency", "孙总")
    assert "119" in office.told(number)
    office.walks(number, "answered", "closed")
    with office.refuses(number):
        office.move(number, "archived")
    office.does(number, "assess", text="停售及时，以后加一道耐压检验")
    assert office.move(number, "archived").status == "archived"


@pytest.mark.parametrize(
    ("story", "category", "department"),
    [
        (STORY, "quality", "quality"),
        ("不会安装，说明书看不懂，少了一个配件", "not_quality", "service"),
    ],
)
def test_quality_and_what_is_none_have_their_departments(
    office: Office, story: str, category: str, department: str
) -> None:
    case = office.case(office.files(story, DAY, **TOLD))

    assert (case.category_id, case.department_id) == (category, department)


def test_its_verdicts_count_defects_in_the_statistics(office: Office) -> None:
    counted = {verdict.id: verdict.counts for verdict in office.institution.casework.verdicts}

    assert (counted["quality"], counted["not_quality"]) == ("valid", "invalid")


def test_another_makers_product_is_refused_with_where_to_go(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)

    office.move(number, "refused", ground="not_ours")

    assert "12315" in office.told(number)
