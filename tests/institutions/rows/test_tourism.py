"""Tourists (seed 000): taken up in a day, settled in three; breaches by law, service adjusted, rights negotiated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

FORCED = "导游强迫我们进店购物，不买不让走"
ROOM = "旅行社服务态度差，安排的住宿条件太差，早餐不够吃"
REFUND = "旅游合同写好的五星酒店降级了，旅行社不退款"
TOLD = {
    "when": "10月9日",
    "where": "东湖景区",
    "scenic_spot": "东湖景区",
    "guide": "王导",
    "order_number": "A20260301",
}
EVE = "2026-09-30 16:40"


def test_spot_or_agency_guide_and_order_number_are_asked(office: Office) -> None:
    number = office.files(FORCED, **TOLD)

    extra = office.case(number).facts["extra"]
    assert (extra["scenic_spot"], extra["guide"], extra["order_number"]) == ("东湖景区", "王导", "A20260301")


def test_it_is_taken_up_within_a_working_day_and_the_tourist_is_told(office: Office) -> None:
    number = office.files(FORCED, EVE, **TOLD)
    assert office.due(number)["accept"] == "2026-10-08 17:30"

    office.at("2026-10-08 17:29")
    office.move(number, "accepted")  # in the last minute, which counts

    assert "已受理" in office.told(number)
    stopped = [one for one in office.records(number, "clock") if one.get("stopped") and one["clock"] == "accept"]
    assert [one["kept"] for one in stopped] == [True]


def test_it_is_investigated_and_reported_back_within_three_working_days(office: Office) -> None:
    number = office.files(FORCED, EVE, **TOLD)
    office.at("2026-10-08 09:00")
    office.move(number, "accepted")

    assert office.due(number)["result"] == "2026-10-12 17:30"  # the 9th, Saturday the 10th which is worked, the 12th
    assert office.due(number)["answer"] == "2026-10-12 17:30"


@pytest.mark.parametrize(
    ("story", "category", "department", "measures"),
    [
        (FORCED, "breach", "enforcement", ["by_law", "ordered"]),
        (ROOM, "quality", "quality", ["adjusted"]),
        (REFUND, "rights", "rights", ["agreed", "court_told"]),
    ],
)
def test_the_measure_goes_by_the_kind(
    office: Office, story: str, category: str, department: str, measures: list[str]
) -> None:
    number = office.files(story, **TOLD)
    office.walks(number, "accepted", "assigned")

    case = office.case(number)
    assert (case.category_id, case.department_id) == (category, department)
    assert [row.id for row in office.institution.casework.ends(category)] == measures
    wrong = "agreed" if category == "breach" else "by_law"
    with office.refuses(number, "must be one of"):
        office.does(number, "outcome", outcome=wrong)
    office.does(number, "outcome", outcome=measures[0], due="2026-10-20")


def test_rights_are_negotiated(office: Office) -> None:
    number = office.files(REFUND, **TOLD)
    office.walks(number, "accepted", "assigned", "mediating")
    office.does(number, "mediation", outcome="agreed", text="退差价八百元")
    office.move(number, "answered", answer="旅行社退还差价，三天内到账。")

    assert "达成协议" in office.told(number)


def test_the_tourist_rates_the_result(office: Office) -> None:
    number = office.files(FORCED, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating", "answered")

    assert office.rates(number, satisfied=4).status == "closed"
    assert office.records(number, "rated")[-1]["satisfied"] == 4


def test_what_ended_more_than_ninety_days_ago_is_refused_with_where_to_go(office: Office) -> None:
    number = office.files(REFUND, **TOLD)
    office.move(number, "refused", ground="late")

    assert "九十天" in office.told(number)
    assert "法院" in office.told(number)


def test_what_is_missing_is_asked_for_and_the_clocks_wait(office: Office) -> None:
    number = office.files(FORCED, EVE, **TOLD)
    office.at("2026-10-08 09:00")
    office.move(number, "supplementing", note="请发合同的照片")
    office.at("2026-10-09 09:00")
    office.move(number, "received", by="intake")

    assert office.due(number)["accept"] == "2026-10-09 17:30"
    assert office.due(number)["answer"] == "2026-10-13 17:30"
