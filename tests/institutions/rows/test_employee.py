"""Staff to their employer (seed 001): checked in 24 h, looked into in 3 working days, one of four verdicts, one appeal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

STORY = "上个月加班费少发了，工资条和考勤对不上"
TOLD: dict[str, Any] = {"work_unit": "装配车间", "when": "上个月"}
DAY = "2026-09-28 10:05"  # a Monday; National Day is 1 to 7 October, Saturday the 10th is worked


def answered(office: Office, *, verdict: str = "true_corrected") -> str:
    number = office.files(STORY, DAY, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating")
    office.does(number, "verdict", verdict=verdict)
    office.walks(number, "reviewing", "answered")
    return number


def test_a_pay_complaint_is_looked_into_reviewed_answered_and_rated(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    assert office.case(number).facts["extra"]["work_unit"] == "装配车间"

    office.walks(number, "accepted", "assigned", "investigating")
    office.does(number, "verdict", verdict="true_corrected")
    with office.refuses(number):
        office.move(number, "answered")
    office.walks(number, "reviewing")
    office.move(number, "answered", answer="少发的加班费随下月工资补发。")

    office.asks_back()
    assert office.rates(number).status == "closed"


def test_the_first_check_takes_24_hours_and_the_answer_15_working_days(office: Office) -> None:
    assert office.due(office.files(STORY, DAY, **TOLD)) == {"accept": "2026-09-29 10:05", "answer": "2026-10-23 17:30"}


def test_a_grave_one_or_one_of_several_departments_has_30_working_days(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)

    office.corrects(number, grade="complex")

    assert office.due(number)["answer"] == "2026-11-13 17:30"


def test_the_inquiry_has_3_working_days_and_5_at_most(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating")
    assert office.due(number)["investigate"] == "2026-10-08 17:30"

    with office.refuses(number):
        office.does(number, "extend", clock="investigate", until="2026-10-12T17:30+08:00", reason="证人休假")
    office.does(number, "extend", clock="investigate", until="2026-10-10T17:30+08:00", reason="证人休假")

    assert office.due(number)["investigate"] == "2026-10-10 17:30"
    assert "证人休假" in office.told(number)


def test_the_result_is_told_within_5_working_days_of_the_finding(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating", "reviewing")

    assert office.due(number)["told"] == "2026-10-10 17:30"


@pytest.mark.parametrize("verdict", ["unfounded", "true_corrected", "partly", "unclear"])
def test_the_verdict_is_one_of_four(office: Office, verdict: str) -> None:
    number = answered(office, verdict=verdict)

    assert office.case(number).record["verdict"] == verdict
    assert len(office.institution.casework.verdicts) == 4


def test_no_other_verdict_can_be_given(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating")

    with office.refuses(number):
        office.does(number, "verdict", verdict="justified")


def test_an_appeal_is_made_within_3_working_days_decided_within_3_and_final(office: Office) -> None:
    number = answered(office)
    assert office.due(number)["claim"] == "2026-10-08 17:30"

    office.at("2026-10-08 17:29")
    office.move(number, "appealed", by="manager")
    assert office.due(number)["appeal"] == "2026-10-12 17:30"
    office.move(number, "answered", answer="复查后维持，这是最终决定。")

    with office.refuses(number):
        office.move(number, "appealed", by="manager")


def test_later_than_that_and_within_5_it_goes_to_the_companys_leaders(office: Office) -> None:
    number = answered(office)
    office.at("2026-10-10 17:29")

    office.move(number, "appealed", by="manager")

    with office.refuses(number):
        office.move(number, "answered", by="reviewer")
    assert office.move(number, "answered", by="manager").status == "visiting_back"


def test_after_5_working_days_it_is_too_late(office: Office) -> None:
    number = answered(office)
    office.at("2026-10-11 09:00")

    told = "\n".join(office.last.says("我要申请复核"))
    office.move(number, "closed")

    ended = [event for event in office.records(number, "clock") if event.get("clock") == "claim" and "stopped" in event]
    assert "kept" not in ended[0]  # it was the employee's time, and nobody of ours was late

    assert "10月10日" in told
    assert "劳动仲裁" in told


@pytest.mark.parametrize(
    ("story", "category", "department"),
    [
        ("车间粉尘太大，没有通风，劳保用品也不发", "environment", "admin"),
        (STORY, "pay", "pay"),
        ("天天加班到半夜，年假也不批", "hours", "hr"),
        ("任务分配不公，工作量太大，指标完不成", "tasks", "operations"),
        ("制度执行不公平，乱罚款，考核不透明", "rules", "supervision"),
        ("同事孤立我，主管当众辱骂我", "relations", "relations"),
    ],
)
def test_each_kind_has_its_department(office: Office, story: str, category: str, department: str) -> None:
    case = office.case(office.files(story, DAY, **TOLD))

    assert (case.category_id, case.department_id) == (category, department)
