"""City works (seed 000): one agency checks, registers and passes on; a fix or a reasonable explanation ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

HOLE = "幸福路路面有个大坑，电动车过去差点摔倒"
TOLD = {"when": "今天上午", "where": "幸福路", "project": "幸福路段"}
EVE = "2026-09-30 16:40"


def test_the_project_or_section_of_road_is_asked(office: Office) -> None:
    number = office.files(HOLE, **TOLD)

    assert office.case(number).facts["extra"]["project"] == "幸福路段"


def test_it_is_taken_up_within_one_working_day_and_answered_as_the_hotline_does(office: Office) -> None:
    number = office.files(HOLE, EVE, **TOLD)

    assert office.due(number) == {"accept": "2026-10-08 17:30", "answer": "2026-10-07 16:40"}


@pytest.mark.parametrize(
    ("grade", "ends"),
    [
        ("urgent", {"contact": "2026-09-30 18:40", "answer": "2026-10-01 16:40"}),
        ("complex", {"answer": "2026-10-15 16:40"}),
    ],
)
def test_urgent_and_complex_matters_have_the_hotlines_promises(
    office: Office, grade: str, ends: dict[str, str]
) -> None:
    number = office.files(HOLE, EVE, **TOLD)
    office.corrects(number, grade=grade)

    assert office.due(number) == ends | {"accept": "2026-10-08 17:30"}


@pytest.mark.parametrize(
    ("story", "department"),
    [
        (HOLE, "roads"),
        ("家里自来水停水两天了", "water"),
        ("下水道堵了，路上污水横流", "drainage"),
        ("一整条街的路灯都不亮", "lighting"),
    ],
)
def test_one_agency_registers_it_and_passes_it_to_the_department(office: Office, story: str, department: str) -> None:
    number = office.files(story, **TOLD)
    assert office.institution.default_department == "center"

    office.move(number, "accepted")
    case = office.move(number, "assigned")

    assert case.department_id == department
    assert office.institution.department(department).name in office.told(number)


def test_it_ends_with_a_fix_on_the_rectification_list_that_is_looked_at_again(office: Office) -> None:
    number = office.files(HOLE, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating")
    office.does(number, "verdict", verdict="fixed")
    with office.refuses(number, "due"):
        office.does(number, "outcome", outcome="rectify")
    office.does(number, "outcome", outcome="rectify", due="2026-10-20")
    office.move(number, "answered", answer="已经列入整改清单，10月20日前补好。")
    office.rates(number)

    office.at("2026-10-20 10:00")
    case = office.does(number, "rectified", outcome="0", on="2026-10-20")

    assert case.record["outcomes"] == [{"id": "rectify", "due": "2026-10-20", "done": "2026-10-20"}]


def test_it_ends_with_a_reasonable_explanation_as_well(office: Office) -> None:
    number = office.files(HOLE, **TOLD)
    office.walks(number, "accepted", "assigned")
    office.does(number, "verdict", verdict="explained")
    office.does(number, "outcome", outcome="explained")
    office.move(number, "answered", answer="这段路月底整体翻修，现在补了还要挖开。")

    assert office.rates(number).status == "closed"
    assert office.move(number, "archived").status == "archived"


def test_a_road_under_repair_already_is_refused_with_the_reason(office: Office) -> None:
    number = office.files(HOLE, **TOLD)
    office.move(number, "refused", ground="done")

    assert "已经登记过" in office.told(number)


def test_what_was_passed_to_the_wrong_department_comes_back_with_the_right_one(office: Office) -> None:
    number = office.files(HOLE, **TOLD)
    office.walks(number, "accepted", "assigned")
    office.move(number, "returned", note="是雨水井，不归我们", right="drainage")

    assert office.case(number).record["returns"][0]["right"] == "drainage"
    assert office.move(number, "assigned", department="drainage").department_id == "drainage"
