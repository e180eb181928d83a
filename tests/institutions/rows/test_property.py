"""The property manager (seeds 000, 001, 003, 004): minutes and hours by urgency, parties brought together, asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

LIFT = "电梯坏了两天没人修"
HOME = {"when": "今天上午", "where": "幸福里", "building": "3栋", "unit": "2单元", "room": "1203"}
NIGHT = "2026-10-01 23:50"  # in the middle of a holiday; these promises run by the clock


def test_an_owner_tells_building_unit_and_room_and_gets_a_number_of_their_own(office: Office) -> None:
    first, second = office.files(LIFT, **HOME), office.files("楼道的灯不亮", **HOME)

    assert [first[:19], second[:19]] == ["20261012-PM-000001-" + first[19:19], "20261012-PM-000002-" + second[19:19]]
    extra = office.case(first).facts["extra"]
    assert (extra["building"], extra["unit"], extra["room"]) == ("3栋", "2单元", "1203")


@pytest.mark.parametrize(
    ("category", "matter", "clock", "end"),
    [
        ("security", "security/incident", "answer", "2026-10-02 00:20"),
        ("machinery", "machinery/utilities", "answer", "2026-10-02 00:50"),
        ("renovation", "renovation/noise", "contact", "2026-10-02 01:50"),
        ("environment", "environment/hygiene", "answer", "2026-10-02 23:50"),
        ("facilities", "facilities/public_facility", "answer", "2026-10-03 23:50"),
        ("finance", "finance/property_fee", "answer", "2026-10-02 23:50"),
    ],
)
def test_each_urgency_has_its_own_promise(office: Office, category: str, matter: str, clock: str, end: str) -> None:
    number = office.files(LIFT, NIGHT, **HOME)
    office.corrects(number, category=category)
    office.corrects(number, matter=matter)

    assert office.due(number)[clock] == end


@pytest.mark.parametrize(
    ("story", "public"),
    [
        ("楼下正在打架，有人拿刀", "110"),
        ("配电箱着火了，都是烟", "119"),
        ("大堂有人晕倒了，叫不醒", "120"),
    ],
)
def test_a_security_incident_is_told_whom_to_call(office: Office, story: str, public: str) -> None:
    office.alarms(story, NIGHT)

    assert public in office.receipt


def test_whatever_is_marked_an_incident_is_told_to_call_them_too(office: Office) -> None:
    reply = next(row for row in office.institution.casework.replies if row.id == "danger")

    assert all(public in reply.text and public in reply.text_en for public in ("110", "119", "120"))


@pytest.mark.parametrize(
    ("called", "there"),
    [
        ("2026-10-12 10:05", "2026-10-12 10:08"),
        ("2026-10-12 17:29", "2026-10-13 08:32"),
        ("2026-10-01 10:05", "2026-10-08 08:33"),
    ],
)
def test_who_calls_for_somebody_on_the_spot_has_one_there_in_three_minutes_of_staffed_hours(
    office: Office, called: str, there: str
) -> None:
    number = office.files("大门口刷不开，麻烦派个人过来看一下", called, **HOME)

    assert office.case(number).matter_id == "customer_service/on_spot"
    assert office.due(number)["contact"] == there


def test_who_asks_for_a_person_in_the_chat_waits_as_long(office: Office) -> None:
    rules = office.institution.handover

    assert (rules.staffed, rules.wait) == ("hours", "3m")


def test_what_cannot_be_solved_at_once_gets_a_rough_date_at_once(office: Office) -> None:
    reply = next(row for row in office.institution.casework.replies if row.id == "date")

    assert reply.to == "message"
    assert "{due}" in reply.text


def test_more_time_needs_a_reason_and_a_date_that_the_owner_reads(office: Office) -> None:
    number = office.files(LIFT, **HOME)
    office.walks(number, "accepted", "assigned")

    with office.refuses(number, "reason"):
        office.does(number, "extend", clock="answer", until="2026-10-16T10:05+08:00")
    office.does(number, "extend", clock="answer", until="2026-10-16T10:05+08:00", reason="配件要从厂家发来。")
    assert "配件要从厂家发来" in office.told(number)
    assert "10月16日" in office.told(number)


def test_several_parties_work_on_it_together_and_settle_it_at_one_table(office: Office) -> None:
    number = office.files("楼上漏水，把我家天花板泡坏了", **HOME)
    office.move(number, "accepted")
    office.move(number, "assigned", co="customer_service,finance")
    office.move(number, "mediating")

    case = office.does(number, "mediation", outcome="agreed", parties="楼上、楼下、物业", text="楼上修防水，物业出工")

    assert case.record["mediation"] == "agreed"
    assert case.record["co"] == ["customer_service", "finance"]
    assert "达成协议" in office.told(number)


def test_the_verdict_is_valid_assisted_or_invalid(office: Office) -> None:
    rows = office.institution.casework.verdicts

    assert [(row.id, row.counts) for row in rows] == [
        ("valid", "valid"), ("assisted", "assisted"), ("invalid", "invalid"),
    ]  # fmt: skip


def test_a_malicious_complaint_is_on_record_when_another_hand_confirms_it(office: Office) -> None:
    number = office.files(LIFT, **HOME)
    office.walks(number, "accepted", "assigned")
    office.does(number, "malicious", reason="三天内编造了十次")

    case = office.does(number, "malicious_review", by="reviewer", decision="confirmed", reason="监控证明没有停过")

    assert case.record["malicious"] == "confirmed"


def test_the_owner_is_asked_three_days_after_the_fix_and_by_the_fifth(office: Office) -> None:
    number = office.files(LIFT, **HOME)
    office.walks(number, "accepted", "assigned")
    office.at("2026-10-13 08:59")
    office.move(number, "answered")

    assert office.due(number)["visit_back"] == "2026-10-18 09:00"
    assert office.asks_back(days=2, hours=23) == 0
    assert office.asks_back(hours=1) == 1
    assert office.rates(number).status == "closed"


def test_it_is_reopened_as_often_as_it_is_not_solved(office: Office) -> None:
    number = office.files(LIFT, **HOME)
    office.walks(number, "accepted", "assigned", "answered")
    office.asks_back(days=3)
    assert office.rates(number, solved="no", satisfied=1).status == "reopened"
    office.move(number, "assigned", officer="李工")
    office.move(number, "answered", hand="李工")
    office.asks_back(days=3)
    assert office.rates(number, solved="no", satisfied=1).round == 3

    with office.refuses(number, "coordinator"):
        office.move(number, "assigned", officer="王工")
    assert office.move(number, "assigned", by="coordinator", officer="周工").status == "assigned"


def test_what_is_the_citys_is_refused_with_where_to_go(office: Office) -> None:
    number = office.files(LIFT, **HOME)
    office.move(number, "refused", ground="city")

    assert "12345" in office.told(number)
