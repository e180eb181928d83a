"""Quality inspection 12365/96315 (seed 002): four kinds of business, each with figures of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from institutions.model import Category
    from tests.institutions.rows.walking import Office

REPORT = "我要举报城东有个黑作坊无证生产假酒，请查处"
APPEAL = "上个月在百货商场买的电热水壶修了三次还漏水，要求退货"
CONSULT = "请问商品条码怎么办理，需要哪些材料"
CONDUCT = "你们的执法人员昨天来店里检查，吃拿卡要，还索要红包"
TOLD: dict[str, Any] = {
    "seller": "百货商场",
    "respondent_address": "解放路2号",
    "product": "电热水壶",
    "request": "要求退货",
}
DAY = "2026-09-30 15:00"  # the days of these clocks are 24 hours: National Day does not stop them


def test_a_report_is_proposed_forwarded_checked_and_told_step_by_step(office: Office) -> None:
    number = office.files(REPORT, DAY, **TOLD)
    assert office.case(number).department_id == "enforcement"
    assert office.due(number) == {"contact": "2026-10-02 15:00", "answer": "2026-10-10 15:00"}

    office.at("2026-10-01 08:59")
    office.move(number, "accepted")
    assert office.due(number)["accept"] == "2026-10-02 09:00"  # forwarded within 24 hours
    office.at("2026-10-01 19:59")
    office.move(number, "assigned")
    assert office.due(number)["investigate"] == "2026-10-04 20:00"  # checked within 3 days
    office.move(number, "investigating")
    office.at("2026-10-03 11:59")
    office.move(number, "planned")
    assert office.due(number)["result"] == "2026-10-05 12:00"  # the desk has the result within 2 days of closing
    office.at("2026-10-04 09:59")
    office.move(number, "reviewing")
    assert office.due(number) == {"told": "2026-10-06 10:00", "answer": "2026-10-10 15:00"}  # the reporter 2 days later


def test_all_steps_of_a_report_make_the_promise_of_its_receipt(office: Office) -> None:
    report = office.institution.category("report")

    steps = [report.clocks[name] for name in ("contact", "accept", "investigate", "result", "told")]

    assert steps == ["2d", "24h", "3d", "2d", "2d"]
    assert report.clocks["answer"] == "10d"


def test_a_reporter_is_told_once_it_is_closed(office: Office) -> None:
    number = office.files(REPORT, DAY, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating", "planned", "reviewing")

    office.does(number, "verdict", verdict="justified")
    office.move(number, "answered", answer="已经查封，谢谢您的举报。")

    assert "已经查封" in office.told(number)
    office.asks_back()
    assert office.rates(number).status == "closed"


def test_a_solid_report_is_rewarded_with_what_is_decided_for_it(office: Office) -> None:
    number = office.files(REPORT, DAY, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating", "planned", "reviewing", "answered")

    with office.refuses(number, "yuan"):
        office.does(number, "reward", offence="城东黑作坊", by="manager")
    office.does(number, "reward", offence="城东黑作坊", yuan="800", by="manager")

    assert "800 元" in office.told(number)


def test_an_appeal_is_proposed_in_2_days_told_in_7_and_mediated_in_30(office: Office) -> None:
    number = office.files(APPEAL, DAY, **TOLD)
    assert office.due(number) == {
        "contact": "2026-10-02 15:00",
        "accept": "2026-10-07 15:00",
        "answer": "2026-11-06 15:00",
    }

    office.at("2026-10-07 14:58")
    office.move(number, "accepted")

    assert office.due(number) == {"result": "2026-11-06 14:59", "answer": "2026-11-06 15:00"}
    kept = {one["clock"]: one["kept"] for one in office.records(number, "clock") if one.get("stopped")}
    assert kept == {"contact": False, "accept": True}


@pytest.mark.parametrize(("outcome", "said"), [("agreed", "双方达成协议"), ("failed", "起诉")])
def test_an_appeal_ends_in_a_writ_or_in_word_of_its_failure(office: Office, outcome: str, said: str) -> None:
    number = office.files(APPEAL, DAY, **TOLD)
    office.walks(number, "accepted", "assigned", "mediating")

    office.does(number, "mediation", outcome=outcome)
    office.does(number, "outcome", outcome="writ" if outcome == "agreed" else "ended")

    assert said in office.told(number)


def test_the_three_guarantees_are_ordered_and_looked_after(office: Office) -> None:
    number = office.files(APPEAL, DAY, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating")

    office.does(number, "outcome", outcome="guarantee", due="2026-11-20")
    office.at("2026-11-19 10:00")
    office.does(number, "rectified", outcome="0", on="2026-11-19")

    (measure,) = office.case(number).record["outcomes"]
    assert (measure["id"], measure["due"], measure["done"]) == ("guarantee", "2026-11-20", "2026-11-19")


def test_a_tests_fee_is_advanced_by_the_complainant_and_borne_by_the_liable_side(office: Office) -> None:
    number = office.files(APPEAL, DAY, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating")

    office.does(number, "test_fee", by="市质检所", yuan="300", advanced="complainant", borne="respondent")

    assert "先由投诉人垫付" in office.told(number)
    assert "最后由责任方承担" in office.told(number)


def test_a_question_is_answered_within_2_days(office: Office) -> None:
    number = office.files(CONSULT, DAY)

    assert office.case(number).category_id == "consult"
    assert office.due(number) == {"accept": "2026-10-02 15:00", "answer": "2026-10-02 15:00"}


def test_conduct_is_the_discipline_inspectors_and_opened_by_named_officers(office: Office) -> None:
    number = office.files(CONDUCT, DAY, **TOLD)

    assert office.case(number).department_id == "discipline"
    assert office.case(number).sealed
    assert not office.case(office.files(REPORT, DAY, **TOLD)).sealed
    assert office.due(number) == {"accept": "2026-10-08 17:30", "answer": "2026-10-07 15:00"}


def test_no_goods_and_no_originals_are_taken(office: Office) -> None:
    row = next(one for one in office.institution.faq if one.id == "originals")

    assert "只收复印件" in row.say


def test_an_appeal_asks_for_all_that_the_rules_name(office: Office) -> None:
    wanted = {*office.institution.required, *office.institution.optional}

    assert {"product", "quantity", "value", "bought", "request", "maker", "seller", "respondent_address"} <= wanted
    assert [paper.name for paper in office.institution.papers] == ["发票、合同或维修记录"]


def test_a_county_that_tells_appeals_in_1_and_named_reports_in_3_working_days_changes_two_figures(
    office: Office,
) -> None:
    county = office.institution.model_copy(
        update={"categories": tuple(map(_of_a_county, office.institution.categories))}
    )
    office.institutions = {**office.institutions, county.id: county}

    appeal, report = office.files(APPEAL, DAY, **TOLD), office.files(REPORT, DAY, **TOLD)
    office.walks(report, "accepted", "assigned", "investigating", "planned")
    office.at("2026-10-09 10:00")
    office.move(report, "reviewing")

    assert office.due(appeal)["accept"] == "2026-10-08 17:30"
    assert office.due(report)["told"] == "2026-10-13 17:30"


def _of_a_county(category: Category) -> Category:
    told = {"appeal": {"accept": "1wd"}, "report": {"told": "3wd"}}.get(category.id, {})
    return category.model_copy(update={"clocks": category.clocks | told})
