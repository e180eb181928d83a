"""Market regulator (seeds 000, 002; order 20 of 2019): complaints are mediated, reports are checked, each on its clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from backend.services.talks.intake import StoredFile

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

COMPLAINT = "昨天在幸福超市买的牛奶过期了，要求退一赔十"
REPORT = "我要举报幸福超市一直在卖过期的牛奶，请你们查处"
TOLD: dict[str, Any] = {"raised_before": "找过，不同意退款", "respondent_address": "解放路2号", "address": "人民路1号"}
DAY = "2026-09-28 10:05"  # a Monday; National Day is 1 to 7 October, Saturday the 10th is worked
GROUNDS = ("outside", "not_consumer", "taken_up", "settled", "too_late", "no_respondent", "no_request", "no_facts")


def test_a_complaint_is_mediated_and_ends_in_an_agreement_of_both(office: Office) -> None:
    number = office.files(COMPLAINT, DAY, **TOLD)
    assert office.case(number).kind == "complaint"

    office.walks(number, "accepted", "assigned", "mediating")
    office.does(number, "mediation", outcome="agreed", text="退款并赔偿一百元")
    office.does(number, "outcome", outcome="agreement")
    office.move(number, "answered", answer="双方已签调解协议：退款并赔偿一百元。")

    assert "双方达成协议" in office.told(number)
    assert "退款并赔偿一百元" in office.told(number)
    office.asks_back()
    assert office.rates(number).status == "closed"


def test_when_mediation_fails_the_citizen_is_told_of_arbitration_and_court(office: Office) -> None:
    number = office.files(COMPLAINT, DAY, **TOLD)
    office.walks(number, "accepted", "assigned", "mediating")

    office.does(number, "mediation", outcome="failed")
    office.does(number, "outcome", outcome="ended")

    assert "仲裁" in office.told(number)
    assert "起诉" in office.told(number)


def test_a_report_is_checked_and_its_named_reporter_told_whether_a_case_is_filed(office: Office) -> None:
    number = office.files(REPORT, DAY, **TOLD)
    assert office.case(number).kind == "report"

    office.walks(number, "accepted", "assigned", "investigating", "reviewing")
    office.does(number, "verdict", verdict="filed")
    office.move(number, "answered", answer="已经立案，正在调查。")

    assert "已经立案" in office.told(number)
    assert office.case(number).record["verdict"] == "filed"


def test_a_complaint_is_accepted_or_refused_within_7_working_days_and_mediated_within_45(office: Office) -> None:
    number = office.files(COMPLAINT, DAY, **TOLD)
    assert office.due(number) == {"accept": "2026-10-13 17:30", "answer": "2026-12-15 17:30"}

    office.at("2026-09-29 09:00")
    office.move(number, "accepted")

    assert office.due(number) == {"result": "2026-12-07 17:30", "answer": "2026-12-15 17:30"}


def test_a_report_is_checked_within_15_working_days_and_told_within_5_of_the_decision(office: Office) -> None:
    number = office.files(REPORT, DAY, **TOLD)
    assert office.due(number) == {"investigate": "2026-10-23 17:30", "answer": "2026-10-30 17:30"}

    office.walks(number, "accepted", "assigned", "investigating")
    office.at("2026-10-09 09:00")
    office.move(number, "reviewing")

    assert office.due(number)["told"] == "2026-10-15 17:30"
    assert "investigate" not in office.due(number)


def test_the_check_of_a_report_is_put_off_once_by_15_working_days_with_its_reason_told(office: Office) -> None:
    number = office.files(REPORT, DAY, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating")

    office.does(number, "extend", clock="investigate", until="2026-11-13T17:30+08:00", reason="需要检验")

    assert office.due(number)["investigate"] == "2026-11-13 17:30"
    assert "需要检验" in office.told(number)
    with office.refuses(number):
        office.does(number, "extend", clock="investigate", until="2026-11-16T17:30+08:00", reason="还要检验")


def test_a_check_cannot_be_put_off_by_more_than_15_working_days(office: Office) -> None:
    number = office.files(REPORT, DAY, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating")

    with office.refuses(number):
        office.does(number, "extend", clock="investigate", until="2026-11-16T17:30+08:00", reason="需要检验")


def test_the_mediation_of_a_complaint_is_not_put_off(office: Office) -> None:
    number = office.files(COMPLAINT, DAY, **TOLD)
    office.walks(number, "accepted", "assigned", "mediating")

    for clock in ("result", "answer"):
        with office.refuses(number):
            office.does(number, "extend", clock=clock, until="2026-12-21T17:30+08:00", reason="双方还在谈")


def test_a_nameless_reporter_has_no_word_promised(office: Office) -> None:
    number = office.files(REPORT, DAY, **(TOLD | {"who": "匿名"}))
    assert office.case(number).facts["who"]["anonymous"]

    office.walks(number, "accepted", "assigned", "investigating", "reviewing")

    assert "told" not in office.due(number)


@pytest.mark.parametrize("ground", GROUNDS)
def test_a_complaint_is_refused_on_a_ground_that_is_named_and_said(office: Office, ground: str) -> None:
    row = next(one for one in office.institution.casework.grounds if one.id == ground)
    number = office.files(COMPLAINT, DAY, **TOLD)

    office.move(number, "refused", ground=ground)

    assert row.say.rstrip("。") in office.told(number)


def test_there_are_no_other_grounds(office: Office) -> None:
    assert {one.id for one in office.institution.casework.grounds} == set(GROUNDS)


def test_over_three_years_is_too_late(office: Office) -> None:
    row = next(one for one in office.institution.casework.grounds if one.id == "too_late")

    assert "三年" in row.say
    assert "three years" in row.say_en


def test_a_complaint_asks_first_whether_it_was_raised_with_the_business(office: Office) -> None:
    assert office.institution.required[:2] == ("what", "raised_before")


def test_who_has_not_tried_the_business_is_told_to_and_may_file_all_the_same(office: Office) -> None:
    number = office.files(COMPLAINT, DAY, **(TOLD | {"raised_before": "还没有"}))

    assert any("先和对方谈往往更快" in text for text in office.heard)
    assert office.case(number).facts["extra"]["raised_before"] == "还没有"


def test_a_complaint_needs_who_where_the_business_and_a_request(office: Office) -> None:
    needed = set(office.institution.required)

    assert {"who", "contact", "address", "target", "respondent_address", "request", "what"} <= needed


def test_a_report_needs_a_target_facts_and_evidence_but_no_address_of_its_own(office: Office) -> None:
    needed = set(office.institution.required_by["report"])

    assert {"what", "target", "evidence"} <= needed
    assert not {"address", "raised_before", "request"} & needed


@pytest.mark.parametrize(
    ("story", "category", "department"),
    [
        ("昨天在百货商场买的电视质量有问题，修不好", "quality", "quality"),
        ("昨天买的玩具没有3C认证，不符合国家标准", "standards", "standards"),
        ("昨天在菜场买肉缺斤少两，电子秤不准", "metrology", "metrology"),
        ("昨天商场的扶梯没有检验标志，超期未检", "equipment", "equipment"),
        (COMPLAINT, "food", "food"),
        ("昨天听讲座说保健品包治百病，虚假宣传", "advertising", "advertising"),
        ("昨天停车场乱收费，没有明码标价", "price", "price"),
        ("昨天健身房概不退款，霸王条款", "unfair_terms", "consumer"),
    ],
)
def test_each_matter_has_its_section(office: Office, story: str, category: str, department: str) -> None:
    case = office.case(office.files(story, DAY, **TOLD))

    assert (case.category_id, case.department_id) == (category, department)


def test_an_agent_is_asked_for_the_letter_of_authority(office: Office) -> None:
    number = office.files("我是张女士的代理律师，她昨天在幸福超市买的牛奶过期了，要求退一赔十", DAY, **TOLD)

    extra = office.case(number).facts["extra"]
    assert (extra["agent"], extra["on_behalf"]) == ("代理律师", "张女士")
    assert "委托书" in extra["lacking"]


def test_several_with_one_aim_file_one_joint_case(office: Office) -> None:
    number = office.files("我们5个人昨天都在幸福超市买的牛奶过期了，要求退一赔十", DAY, **TOLD)

    assert office.case(number).facts["extra"]["voices"] == 5


def test_a_complaint_and_a_report_in_one_message_are_two_cases_on_their_own_clocks(office: Office) -> None:
    complaint = office.files(f"{COMPLAINT}，同时举报他们，请依法查处", DAY, more=(), **TOLD)
    heard = office.last.says("提交")
    report = next(text for text in heard if "编号 " in text).split("编号 ")[1].split("。")[0]

    assert [office.case(number).kind for number in (complaint, report)] == ["complaint", "report"]
    assert set(office.due(complaint)) == {"accept", "answer"}
    assert set(office.due(report)) == {"investigate", "answer"}
    office.walks(complaint, "accepted", "assigned", "mediating")
    office.walks(report, "accepted", "assigned", "investigating")
    assert office.due(complaint)["result"] > office.due(report)["investigate"]


def test_a_photo_of_both_is_on_both_cases(office: Office) -> None:
    photo = StoredFile("photo", "image/png", "牛奶.png", "1" * 64, 10)
    complaint = office.files(f"{COMPLAINT}，同时举报他们，请依法查处", DAY, files=(photo,), **TOLD)
    heard = office.last.says("提交")
    report = next(text for text in heard if "编号 " in text).split("编号 ")[1].split("。")[0]

    kept = office.store.read_now(lambda work: work.evidence.of_cases([complaint, report]))
    files = [kept[complaint], kept[report]]
    assert [[row.sha256 for row in rows] for rows in files] == [["1" * 64]] * 2
    assert files[0][0].id != files[1][0].id
    assert office.records(report, "filed")[0]["beside"] == complaint
