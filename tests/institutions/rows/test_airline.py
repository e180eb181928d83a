"""Airline passengers (seed 001): general matters to the service team, grave ones and safety to senior management."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from institutions.catalog import load_all

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

STORY = "航班延误了六个小时，没有人管，也不给赔偿"
TOLD: dict[str, Any] = {"flight": "CA1234", "booking": "ABC123", "when": "昨天"}
DAY = "2026-09-28 10:05"  # a Monday; National Day is 1 to 7 October, Saturday the 10th is worked


def test_a_delay_is_looked_into_compensated_and_rated(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    extra = office.case(number).facts["extra"]
    assert (extra["flight"], extra["booking"]) == ("CA1234", "ABC123")

    office.walks(number, "accepted", "assigned", "investigating")
    office.does(number, "verdict", verdict="justified")
    office.does(number, "outcome", outcome="compensation", yuan="300")
    office.move(number, "answered", answer="按承运规定补偿三百元。")

    assert office.case(number).record["outcomes"][0]["id"] == "compensation"
    office.asks_back()
    assert office.rates(number).status == "closed"
    assert office.move(number, "archived").status == "archived"


@pytest.mark.parametrize(
    ("story", "category", "department"),
    [
        (STORY, "general", "service"),
        ("托运行李摔坏了，行李箱破损", "general", "service"),
        ("空姐因为我是残疾人歧视我，还侮辱我", "serious", "management"),
        ("飞机起飞时发动机有异响，怀疑有飞行安全隐患", "serious", "management"),
    ],
)
def test_grave_and_safety_matters_go_to_senior_management(
    office: Office, story: str, category: str, department: str
) -> None:
    case = office.case(office.files(story, DAY, **TOLD))

    assert (case.category_id, case.department_id) == (category, department)


@pytest.mark.parametrize(
    ("grade", "ends"),
    [
        ("urgent", {"contact": "2026-09-28 12:05", "answer": "2026-09-29 10:05"}),
        ("ordinary", {"answer": "2026-10-05 10:05"}),
        ("complex", {"answer": "2026-10-13 10:05"}),
    ],
)
def test_each_grade_has_the_hotlines_clocks(office: Office, grade: str, ends: dict[str, str]) -> None:
    hotline = load_all()["hotline"].clocks
    own = office.institution.clocks
    assert {name: clock.length for name, clock in own.items()} == {name: hotline[name].length for name in own}
    number = office.files(STORY, DAY, **TOLD)

    office.corrects(number, grade=grade)

    assert office.due(number) == {"accept": "2026-09-29 17:30", **ends}


def test_another_carriers_flight_is_refused_with_where_to_go(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)

    office.move(number, "refused", ground="other_carrier")

    assert "12326" in office.told(number)
