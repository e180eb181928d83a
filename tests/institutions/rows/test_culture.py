"""The cultural market (seed 000): one or more of correction, compensation, suspension; other departments notified."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

CAFE = "网吧让未成年人通宵上网，不查身份证"
TOLD = {"when": "昨晚十一点", "where": "幸福路8号", "business": "星光文化公司"}
EVE = "2026-09-30 16:40"


def test_the_name_of_the_business_is_asked(office: Office) -> None:
    assert office.case(office.files(CAFE, **TOLD)).facts["extra"]["business"] == "星光文化公司"


@pytest.mark.parametrize(
    ("story", "category"),
    [
        (CAFE, "internet_cafe"),
        ("演唱会门票不给退，手续费还很高", "ticketing"),
        ("书店里卖盗版书，还有低俗漫画", "content"),
        ("歌厅的安全出口锁着，消防通道堵了", "venue"),
        ("话剧临时换人，还对口型假唱", "performance"),
    ],
)
def test_it_is_about_tickets_content_venues_internet_cafes_or_shows(office: Office, story: str, category: str) -> None:
    case = office.case(office.files(story, **TOLD))

    assert case.category_id == category
    assert case.department_id == office.institution.category(category).department


def test_the_clocks_are_the_hotlines(office: Office) -> None:
    number = office.files(CAFE, EVE, **TOLD)

    assert office.due(number) == {"accept": "2026-10-08 17:30", "answer": "2026-10-07 16:40"}
    office.corrects(number, grade="complex")
    assert office.due(number)["answer"] == "2026-10-15 16:40"


def test_the_outcome_is_one_or_more_of_the_measures(office: Office) -> None:
    number = office.files(CAFE, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating")
    office.does(number, "verdict", verdict="true")
    for outcome in ("corrected", "suspended"):
        office.does(number, "outcome", outcome=outcome, due="2026-11-12")
    office.does(number, "outcome", outcome="compensated", yuan="200")

    done = [one["id"] for one in office.case(number).record["outcomes"]]
    assert done == ["corrected", "suspended", "compensated"]


def test_suspension_is_a_penalty_and_is_looked_at_again(office: Office) -> None:
    rows = {row.id: row for row in office.institution.casework.outcomes}

    assert (rows["suspended"].penalty, rows["suspended"].rectify) == (True, True)
    assert (rows["corrected"].penalty, rows["corrected"].rectify) == (False, True)
    assert (rows["compensated"].penalty, rows["compensated"].rectify) == (False, False)


def test_other_departments_are_notified_and_help(office: Office) -> None:
    number = office.files(CAFE, **TOLD)
    office.move(number, "accepted")
    office.move(number, "assigned", co="venue")

    case = office.does(number, "outcome", outcome="notified", text="已通报公安和消防")

    assert case.record["co"] == ["venue"]
    assert case.record["outcomes"][0]["id"] == "notified"


def test_the_result_names_its_measures_and_is_rated(office: Office) -> None:
    number = office.files(CAFE, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating")
    office.move(number, "answered", answer="查实，责令停业整顿十五天，罚款一万元。")

    assert "停业整顿" in office.told(number)
    assert office.rates(number).status == "closed"


def test_who_lost_money_is_brought_to_one_table_with_the_seller(office: Office) -> None:
    number = office.files("演唱会取消了，门票不给退", **TOLD)
    office.walks(number, "accepted", "assigned", "mediating")

    assert office.does(number, "mediation", outcome="agreed", text="全额退票").record["mediation"] == "agreed"


def test_what_is_on_the_internet_is_refused_with_where_to_go(office: Office) -> None:
    number = office.files(CAFE, **TOLD)
    office.move(number, "refused", ground="online")

    assert "12377" in office.told(number)
