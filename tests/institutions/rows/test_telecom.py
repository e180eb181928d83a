"""Telecom subscribers (seed 001): by kind and gravity, reviewed once when the answer is rejected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from institutions.catalog import load_all

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

STORY = "上个月话费莫名其妙多扣了五十块"
TOLD: dict[str, Any] = {"phone_number": "13800138000", "package": "畅享套餐"}
DAY = "2026-09-28 10:05"  # a Monday; National Day is 1 to 7 October, Saturday the 10th is worked


def walked(office: Office) -> str:
    number = office.files(STORY, DAY, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating", "answered")
    return number


def test_a_bill_is_checked_answered_and_rated(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    assert office.case(number).facts["extra"]["package"] == "畅享套餐"

    office.walks(number, "accepted", "assigned", "investigating", "reviewing")
    office.does(number, "verdict", verdict="justified")
    office.does(number, "outcome", outcome="refund", yuan="50")
    office.move(number, "answered", answer="多收的五十元已退回话费账户。")

    office.asks_back()
    assert office.rates(number).status == "closed"


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


def test_a_rejected_answer_is_reviewed_once_and_that_is_final(office: Office) -> None:
    number = walked(office)
    office.at("2026-09-30 09:00")

    office.move(number, "appealed", by="manager")
    assert office.due(number)["appeal"] == "2026-10-07 09:01"
    office.move(number, "answered", answer="复核后维持原来的答复。")

    with office.refuses(number):
        office.move(number, "appealed", by="manager")
    assert office.institution.review.times == 1
    assert "12381" in office.institution.review.after


def test_the_subscriber_asks_for_the_review_in_the_chat(office: Office) -> None:
    number = walked(office)

    office.last.says("我要申请复核")
    office.last.says("答复和账单对不上")

    assert office.case(number).status == "appealed"


@pytest.mark.parametrize(
    ("story", "category", "department"),
    [
        (STORY, "charges", "billing"),
        ("我家村里手机没有信号，通话断断续续", "network", "network"),
        ("宽带断网三天了，装维师傅不上门", "broadband", "network"),
        ("合约期到了不让降套餐，还擅自开通业务", "package", "market"),
        ("我要携号转网，一直办不了，不给授权码", "porting", "market"),
        ("天天收到骚扰电话和垃圾短信，个人信息泄露", "spam", "security"),
        ("营业厅营业员态度差，不耐烦还骂人", "service", "service"),
    ],
)
def test_each_kind_has_its_department(office: Office, story: str, category: str, department: str) -> None:
    case = office.case(office.files(story, DAY, **TOLD))

    assert (case.category_id, case.department_id) == (category, department)


def test_another_operators_number_is_refused_with_where_to_go(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)

    office.move(number, "refused", ground="not_ours")

    assert "10086" in office.told(number)
