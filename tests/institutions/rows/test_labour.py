"""Labour inspection (seed 003): what a complaint letter needs of both sides, by the hotline's clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from institutions.catalog import load_all

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

STORY = "老板拖欠工资三个月，一直不发"
TOLD: dict[str, Any] = {
    "when": "今年6月到8月",
    "target": "幸福建筑公司",
    "claim_sum": "工资18000元，三个月每月6000元",
    "id_number": "11010519491231002X",  # the example of GB 11643 itself
    "address": "人民路1号",
    "gender": "女",
    "birth_date": "1949年12月31日",
    "legal_representative": "王某",
    "respondent_address": "解放路2号",
}
DAY = "2026-09-28 10:05"  # a Monday; National Day is 1 to 7 October


def test_wages_are_looked_into_paid_and_the_case_closed(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)

    office.walks(number, "accepted", "assigned", "investigating")
    office.does(number, "verdict", verdict="justified")
    office.does(number, "outcome", outcome="ordered", due="2026-10-20")
    office.move(number, "answered", answer="已责令单位10月20日前付清工资。")

    office.asks_back()
    assert office.rates(number).status == "closed"
    office.at("2026-10-20 10:00")
    office.does(number, "rectified", outcome="0", on="2026-10-20")
    assert office.move(number, "archived").status == "archived"


def test_it_holds_all_that_a_complaint_letter_needs(office: Office) -> None:
    facts = office.case(office.files(STORY, DAY, **TOLD)).facts
    letter = {"gender", "birth_date", "id_number", "address", "legal_representative", "respondent_address", "claim_sum"}

    assert facts["who"]["name"] == "李芳"
    assert facts["who"]["contact"]
    assert facts["target"] == "幸福建筑公司"
    assert letter <= {key for key, value in facts["extra"].items() if value}
    assert office.institution.casework.letter


def test_its_clocks_are_the_hotlines(office: Office) -> None:
    hotline = load_all()["hotline"].clocks
    own = office.institution.clocks

    assert {name: clock.length for name, clock in own.items()} == {name: hotline[name].length for name in own}
    assert office.due(office.files(STORY, DAY, **TOLD)) == {"accept": "2026-09-29 17:30", "answer": "2026-10-05 10:05"}


def test_while_it_waits_for_another_decision_its_clocks_wait_too(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    office.walks(number, "accepted", "assigned")

    office.at("2026-09-29 10:04")
    office.move(number, "suspended", note="等工伤认定")
    office.at("2026-10-09 10:04")
    office.move(number, "assigned", by="manager")

    assert office.due(number)["answer"] == "2026-10-15 10:05"


def test_a_joint_dispute_of_ten_may_name_who_speaks_for_all(office: Office) -> None:
    assert office.institution.representatives_from == 10


@pytest.mark.parametrize(
    ("story", "category", "department"),
    [
        (STORY, "wages", "wages"),
        ("公司一直不签劳动合同，还违法辞退我", "contract", "mediation"),
        ("单位不给交社保，要求补缴养老保险", "insurance", "insurance"),
        ("上班时手被机器压伤，单位不认工伤", "injury", "injury"),
        ("每天上班十四个小时，没有休息日，不给调休", "hours", "inspection"),
    ],
)
def test_each_kind_has_its_department(office: Office, story: str, category: str, department: str) -> None:
    case = office.case(office.files(story, DAY, **TOLD))

    assert (case.category_id, case.department_id) == (category, department)


@pytest.mark.parametrize(("ground", "number"), [("too_old", "12348"), ("dispute", "12333"), ("elsewhere", "12333")])
def test_what_is_refused_is_told_where_to_go(office: Office, ground: str, number: str) -> None:
    case = office.files(STORY, DAY, **TOLD)

    office.move(case, "refused", ground=ground)

    assert number in office.told(case)
