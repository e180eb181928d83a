"""Counter for consumers (seed 000): somebody comes at once, both sides agree, a slip with a number, then a follow-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

GOODS = "刚在你们这里买的电热水壶坏了，在二楼家电区，要求退货"
RUDE = "三楼收银台的收银员态度很差，还骂人，我要她道歉"


def test_the_shopper_files_with_goods_and_receipt_and_both_sides_settle_it(office: Office) -> None:
    number = office.files(GOODS, receipt="000123")

    assert office.case(number).facts["extra"]["product"] == "电热水壶"
    assert office.case(number).facts["extra"]["receipt"] == "000123"
    office.walks(number, "accepted", "assigned", "mediating")
    office.does(number, "mediation", outcome="agreed", text="全额退货")
    office.does(number, "outcome", outcome="refund", yuan="199")
    answered = office.move(number, "answered", answer="双方商定全额退货，并当面道歉。")
    assert "双方达成协议" in office.told(number)
    assert "全额退货" in office.told(number)
    assert answered.status == "answered"


def test_each_complaint_has_a_serial_number_that_is_on_its_slip(office: Office) -> None:
    first, second = office.files(GOODS), office.files(RUDE)

    assert first.startswith("20261012-OS-000001-")
    assert second.startswith("20261012-OS-000002-")
    assert second in office.receipt


@pytest.mark.parametrize(
    ("story", "category", "department"), [(GOODS, "product", "goods"), (RUDE, "service", "service")]
)
def test_goods_and_service_are_two_departments(office: Office, story: str, category: str, department: str) -> None:
    case = office.case(office.files(story))

    assert (case.category_id, case.department_id) == (category, department)


def test_first_contact_is_at_once_and_the_answer_comes_the_next_working_day(office: Office) -> None:
    number = office.files(GOODS, "2026-09-30 16:40")

    assert office.due(number) == {"contact": "2026-09-30 17:10", "answer": "2026-10-08 17:30"}


def test_first_contact_is_kept_when_somebody_accepts_it_within_the_half_hour(office: Office) -> None:
    number = office.files(GOODS, "2026-10-12 10:05")
    office.at("2026-10-12 10:34")

    office.move(number, "accepted")

    stopped = [one for one in office.records(number, "clock") if one.get("stopped")]
    assert [(one["clock"], one["kept"]) for one in stopped] == [("contact", True)]


def test_the_agreement_is_followed_up_three_days_after_it(office: Office) -> None:
    number = office.files(GOODS)
    office.walks(number, "accepted", "assigned", "mediating", "answered")

    assert office.asks_back(days=2, hours=22) == 0
    assert office.asks_back(hours=2) == 1
    assert office.rates(number).status == "closed"


def test_who_says_that_it_was_not_kept_is_heard_again_by_another_hand(office: Office) -> None:
    number = office.files(GOODS)
    office.walks(number, "accepted", "assigned", "mediating", "answered")
    office.asks_back(days=3)

    assert office.rates(number, solved="no", satisfied=1).status == "reopened"
    with office.refuses(number):
        office.move(number, "assigned", officer="王工")


def test_what_is_settled_at_the_counter_is_a_record_with_its_number(office: Office) -> None:
    number = office.files(GOODS)

    office.does(number, "settled", text="当场换了一台新的")

    assert office.case(number).status == "closed"
    assert "当场换了一台新的" in office.told(number)


def test_goods_that_were_not_bought_here_are_refused_with_where_to_go(office: Office) -> None:
    number = office.files(GOODS)

    office.move(number, "refused", ground="not_bought_here")

    assert "12315" in office.told(number)


def test_it_takes_no_reports_and_no_appeals(office: Office) -> None:
    assert "report" not in office.institution.kinds
    assert "appealed" not in office.stages()
