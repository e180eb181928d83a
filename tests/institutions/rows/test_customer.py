"""A company's customers (seeds 000, 001, 002): forwarded in 24 h, an opinion in 48 h, a plan, and a higher hand each time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

STORY = "昨天收到的电热水壶用了一次就漏水，质量太差"
TOLD: dict[str, Any] = {"product": "电热水壶", "order_number": "A20260301"}
DAY = "2026-09-28 10:05"  # a Monday; National Day is 1 to 7 October, Saturday the 10th is worked
SENT_IN = ("accepted", "assigned", "investigating")


def answered(office: Office, number: str, *, hand: str = "", to: str = "planned") -> None:
    office.move(number, to, hand=hand)
    office.does(number, "plan", decision="approved")
    office.move(number, "answered", hand=hand, by="handler")


def test_a_plan_that_a_manager_approved_becomes_the_answer(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    assert office.case(number).facts["extra"]["order_number"] == "A20260301"
    office.walks(number, *SENT_IN)

    with office.refuses(number):
        office.move(number, "answered")
    office.move(number, "planned", note="换一个新的，补偿运费")
    with office.refuses(number):
        office.move(number, "answered", by="handler")
    with office.refuses(number):
        office.does(number, "plan", by="handler", decision="approved")
    office.does(number, "plan", by="manager", decision="approved")
    office.move(number, "answered", by="handler", answer="给您换一个新的。")

    office.asks_back()
    assert office.rates(number).status == "closed"


def test_forwarded_and_first_answered_in_24_hours_an_opinion_in_48_the_result_in_3_working_days(office: Office) -> None:
    assert office.due(office.files(STORY, DAY, **TOLD)) == {
        "accept": "2026-09-29 10:05",
        "contact": "2026-09-29 10:05",
        "investigate": "2026-09-30 10:05",
        "answer": "2026-10-08 17:30",
    }


@pytest.mark.parametrize(
    ("grade", "end"),
    [("urgent", "2026-09-29 10:05"), ("ordinary", "2026-10-08 17:30"), ("minor", "2026-10-10 17:30")],
)
def test_a_major_matter_has_24_hours_a_general_one_3_working_days_a_minor_one_5(
    office: Office, grade: str, end: str
) -> None:
    number = office.files(STORY, DAY, **TOLD)

    office.corrects(number, grade=grade)

    assert office.due(number)["answer"] == end


def test_the_result_is_put_off_to_5_working_days_at_most_and_the_customer_told_why(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    office.walks(number, *SENT_IN)

    with office.refuses(number):
        office.does(number, "extend", clock="answer", until="2026-10-12T17:30+08:00", reason="等检测")
    office.does(number, "extend", clock="answer", until="2026-10-10T17:30+08:00", reason="等检测")

    assert office.due(number)["answer"] == "2026-10-10 17:30"
    assert "等检测" in office.told(number)
    with office.refuses(number):
        office.does(number, "extend", clock="answer", until="2026-10-11T17:30+08:00", reason="还在等")


def test_the_minutes_of_the_first_contact_are_a_setting(office: Office) -> None:
    contact = office.institution.clocks["contact"].model_copy(update={"length": "15m"})
    quicker = office.institution.model_copy(update={"clocks": office.institution.clocks | {"contact": contact}})
    office.institutions = {**office.institutions, office.id: quicker}

    assert office.due(office.files(STORY, DAY, **TOLD))["contact"] == "2026-09-28 10:20"


def test_who_is_not_satisfied_is_handled_again_by_another_hand_until_they_are(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    office.walks(number, *SENT_IN)
    answered(office, number)

    office.asks_back()
    assert office.rates(number, solved="no", satisfied=1).status == "reopened"
    office.walks(number, "assigned")
    with office.refuses(number):
        office.move(number, "investigating")
    office.move(number, "investigating", hand="高经理")
    answered(office, number, hand="高经理")
    office.asks_back()
    assert office.rates(number, solved="no", satisfied=1).status == "reopened"

    with office.refuses(number):
        office.move(number, "assigned", by="dispatcher")
    office.move(number, "assigned", by="manager")
    office.move(number, "investigating", hand="总经理助理")
    answered(office, number, hand="总经理助理")
    office.asks_back()
    assert office.rates(number).status == "closed"


def test_a_second_dissatisfaction_can_be_reviewed(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    office.walks(number, *SENT_IN)
    answered(office, number)

    office.move(number, "appealed", by="manager")
    assert "appeal" in office.due(number)

    assert office.move(number, "answered", answer="复核后维持。").status == "visiting_back"


def test_the_same_matter_of_the_same_customer_is_known_as_a_repeat(office: Office) -> None:
    first = office.files(STORY, DAY, **TOLD)
    office.walks(first, *SENT_IN)
    answered(office, first)
    office.asks_back()
    office.rates(first)

    second = office.again(STORY, "2026-10-12 10:05", **TOLD)

    assert office.case(second).record["repeat"] == first


@pytest.mark.parametrize(
    ("story", "category", "department"),
    [
        ("买以前客服说的功能和实物不一样，宣传不符", "presale", "product"),
        ("报修一周了，售后师傅一直不上门维修", "aftersale", "service"),
        (STORY, "quality", "quality"),
        ("你们客服态度恶劣，骂人还挂电话", "attitude", "service"),
        ("下单十天了还没发货，物流一直不动", "delivery", "logistics"),
        ("刚买就降价，价格太贵，要求退差价", "price", "sales"),
    ],
)
def test_each_kind_has_its_department(office: Office, story: str, category: str, department: str) -> None:
    case = office.case(office.files(story, DAY, **TOLD))

    assert (case.category_id, case.department_id) == (category, department)
