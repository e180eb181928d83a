"""Bank consumers (seed 002; measure of 2020): 15 days, 30 when complex, 60 at most; a named officer; one review of 30 days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from backend.services.office import accounts

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

STORY = "信用卡被多扣了年费，要求退还"
TOLD: dict[str, Any] = {"branch": "人民路支行", "request": "退还年费", "when": "上个月"}
DAY = "2026-09-28 10:05"


def answered(office: Office) -> str:
    number = office.files(STORY, DAY, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating", "answered")
    return number


def test_a_fee_is_checked_paid_back_and_answered_in_writing(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    assert office.case(number).facts["extra"]["branch"] == "人民路支行"

    office.walks(number, "accepted", "assigned", "investigating")
    office.does(number, "verdict", verdict="justified")
    office.does(number, "outcome", outcome="refund", yuan="200")
    office.move(number, "answered", answer="多收的年费二百元已退回。")

    assert "多收的年费二百元已退回" in office.told(number)
    office.asks_back()
    assert office.rates(number).status == "closed"


def test_every_case_has_an_officer_of_its_own_named_at_its_assignment_or_who_first_works_on_it(office: Office) -> None:
    office.unit(accounts.add_user, "li", "hash", ["handler"], institution="bank", at=office.now)
    named, unnamed = office.files(STORY, DAY, **TOLD), office.files(STORY, DAY, **TOLD)

    office.move(named, "accepted")
    office.move(named, "assigned", officer="li")
    office.walks(unnamed, "accepted", "assigned", "investigating")

    assert office.case(named).officer == "li"
    assert office.case(unnamed).officer == "王工"


@pytest.mark.parametrize(("grade", "end"), [("ordinary", "2026-10-13 10:05"), ("complex", "2026-10-28 10:05")])
def test_a_simple_case_has_15_days_and_a_complex_one_30(office: Office, grade: str, end: str) -> None:
    number = office.files(STORY, DAY, **TOLD)

    office.corrects(number, grade=grade)

    assert office.due(number)["answer"] == end


def test_it_is_put_off_to_60_days_at_most_with_the_reason_told(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    office.corrects(number, grade="complex")
    office.walks(number, "accepted", "assigned", "investigating")

    with office.refuses(number):
        office.does(number, "extend", clock="answer", until="2026-11-27T10:06+08:00", reason="要调取录像")
    office.does(number, "extend", clock="answer", until="2026-11-27T10:05+08:00", reason="要调取录像")

    assert office.due(number)["answer"] == "2026-11-27 10:05"
    assert "要调取录像" in office.told(number)
    with office.refuses(number):
        office.does(number, "extend", clock="answer", until="2026-11-28T10:05+08:00", reason="还没调到")


def test_a_review_is_asked_within_30_days_and_decided_within_30(office: Office) -> None:
    number = answered(office)
    assert office.due(number)["claim"] == "2026-10-28 10:09"
    assert "10月28日" in office.told(number)

    office.at("2026-10-28 10:08")
    office.move(number, "appealed", by="manager")

    assert office.due(number)["appeal"] == "2026-11-27 10:09"
    office.move(number, "answered", answer="复核后维持。")
    assert "claim" not in office.due(number)  # that was the last word: nothing is left to ask for
    with office.refuses(number):
        office.move(number, "appealed", by="manager")


def test_what_remains_after_the_review_is_told(office: Office) -> None:
    assert (office.institution.review.within, office.institution.review.times) == ("30d", 1)
    assert "12378" in office.institution.review.after


@pytest.mark.parametrize(
    ("story", "category", "department"),
    [
        ("柜台排队两小时，柜员态度差", "service", "retail"),
        ("短信费和账户管理费乱收费", "fee", "retail"),
        ("银行卡被盗刷了三千块", "card", "cards"),
        ("房贷利率不对，贷款一直不放款", "loan", "credit"),
        ("买的理财亏损，理财经理说保本", "wealth", "wealth"),
        ("银行泄露我的个人信息，隐私都被卖了", "privacy", "compliance"),
        ("代销的保险，存单变保单，保险退保不给退", "insurance_sale", "wealth"),
    ],
)
def test_each_product_has_its_department(office: Office, story: str, category: str, department: str) -> None:
    case = office.case(office.files(story, DAY, **TOLD))

    assert (case.category_id, case.department_id) == (category, department)


def test_what_a_court_or_the_police_have_is_refused(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)

    office.move(number, "refused", ground="court")

    assert "法院" in office.told(number)
