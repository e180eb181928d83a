"""Expressway toll and ETC (seed 003): at once, else 48 hours; justified complaints and repeats are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

STORY = "昨天下午在城南收费站被重复扣费两次"
TOLD: dict[str, Any] = {
    "plate": "湘A12345",
    "station": "城南收费站",
    "card_number": "43010000123456789012",
    "employee_number": "0312",
}
DAY = "2026-09-30 15:00"


def test_a_justified_complaint_is_answered_and_its_driver_rates_it(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating")

    office.does(number, "verdict", verdict="justified")
    office.does(number, "outcome", outcome="refund", yuan="46")
    office.move(number, "answered", answer="多扣的46元原路退回，对不起。")

    office.asks_back()
    assert office.rates(number).status == "closed"
    assert office.case(number).record["verdict"] == "justified"


def test_the_answer_comes_within_48_hours_also_in_the_holidays(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)

    assert office.due(number) == {"answer": "2026-10-02 15:00"}


def test_an_answer_in_the_last_minute_is_kept_and_one_later_is_not(office: Office) -> None:
    for at, kept in (("2026-10-02 14:59", True), ("2026-10-02 15:00", False)):
        number = office.files(STORY, DAY, **TOLD)
        office.at("2026-10-01 09:00")
        office.walks(number, "accepted", "assigned")
        office.at(at)
        office.move(number, "answered")  # a minute later
        stopped = [one for one in office.records(number, "clock") if one.get("stopped")]
        assert [one["kept"] for one in stopped] == [kept]


def test_what_takes_longer_is_explained_within_48_hours_again(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    office.walks(number, "accepted", "assigned")

    with office.refuses(number):
        office.does(number, "extend", clock="answer", until="2026-10-04T15:01+08:00", reason="等对方省份的记录")
    office.does(number, "extend", clock="answer", until="2026-10-04T15:00+08:00", reason="等对方省份的记录")

    assert "等对方省份的记录" in office.told(number)
    assert office.due(number) == {"answer": "2026-10-04 15:00"}


def test_the_verdicts_are_justified_or_not(office: Office) -> None:
    named = {one.id: (one.name, one.counts) for one in office.institution.casework.verdicts}

    assert named["justified"] == ("有理投诉", "valid")
    assert named["unjustified"] == ("无理投诉", "invalid")


def test_a_repeat_by_the_same_person_on_the_same_matter_is_flagged(office: Office) -> None:
    first = office.files(STORY, DAY, **TOLD)
    office.walks(first, "accepted", "assigned", "answered")
    office.asks_back()
    office.rates(first)

    second = office.again(STORY, "2026-10-12 10:05", **TOLD)

    assert office.institution.casework.repeats
    assert office.case(second).record["repeat"] == first
    assert office.case(second).record["repeat_of_hand"] == "王工"


@pytest.mark.parametrize(
    ("story", "category", "department"),
    [
        ("昨天收费员态度恶劣，骂人", "staff", "stations"),
        ("我的ETC卡标签失效，换卡一直不办", "card_obu", "issuer"),
        ("昨天ETC车道不抬杆，栏杆砸到车", "lane", "maintenance"),
        (STORY, "double_charge", "clearing"),
        ("昨天收费站排队堵车，绿色通道不给免费", "other_station", "stations"),
        ("在银行网点办的ETC，代办点推销员骗我", "outside", "network"),
    ],
)
def test_each_matter_has_its_department(office: Office, story: str, category: str, department: str) -> None:
    case = office.case(office.files(story, DAY, **TOLD))

    assert (case.category_id, case.department_id) == (category, department)


def test_it_asks_for_card_plate_station_and_employee(office: Office) -> None:
    wanted = {*office.institution.required, *office.institution.optional}

    assert {"card_number", "plate", "station", "employee_number"} <= wanted


def test_what_is_outside_is_refused_with_where_to_go(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)

    office.move(number, "refused", ground="outside")

    assert "12328" in office.told(number)
