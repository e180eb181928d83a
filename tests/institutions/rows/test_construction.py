"""Construction (seed 000): by name, a team, fifteen working days, two reviews of which the last is the head's, ten more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backend.services.talks.intake import StoredFile

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

CRACK = "滨河花园工地承重墙开裂，质量有问题"
TOLD = {"when": "上周三", "where": "滨河路", "project": "滨河花园", "request": "要求返工", "contractor": "某建设公司"}
EVE = "2026-09-30 16:40"
KINDS = ("photo", "video", "voice", "document")
FILES = tuple(StoredFile(kind, "application/octet-stream", kind, f"{n:064}", 9) for n, kind in enumerate(KINDS, 1))


def test_project_contractor_and_demand_are_told_by_name(office: Office) -> None:
    number = office.files(CRACK, **TOLD)

    case = office.case(number)
    assert not office.institution.anonymous
    assert case.facts["who"]["name"] == "李芳"
    assert (case.facts["extra"]["project"], case.facts["extra"]["contractor"]) == ("滨河花园", "某建设公司")
    assert case.facts["request"] == "要求返工"


def test_a_firm_complains_with_its_name(office: Office) -> None:
    number = office.files("总包拖欠我们公司工程款一年了", **TOLD, who="滨河劳务有限公司")

    assert office.case(number).facts["who"]["name"] == "滨河劳务有限公司"
    assert office.case(number).category_id == "payment"


def test_photos_video_recordings_and_papers_are_evidence(office: Office) -> None:
    number = office.files(CRACK, files=FILES, **TOLD)

    assert sorted(str(one["kind"]) for one in office.records(number, "evidence")) == sorted(KINDS)


def test_first_findings_are_fed_back_within_fifteen_working_days_of_acceptance(office: Office) -> None:
    number = office.files(CRACK, EVE, **TOLD)
    office.at("2026-10-08 09:00")
    office.move(number, "accepted")

    assert office.due(number)["investigate"] == "2026-10-28 17:30"


def test_the_decision_comes_within_ten_working_days_of_the_investigators_opinion(office: Office) -> None:
    number = office.files(CRACK, EVE, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating")
    office.at("2026-10-26 09:00")

    office.move(number, "reviewing", answer="拟责令返工")

    assert office.due(number)["result"] == "2026-11-09 17:30"
    assert "investigate" not in office.due(number)


def test_a_team_looks_into_it(office: Office) -> None:
    number = office.files(CRACK, **TOLD)
    office.walks(number, "accepted", "assigned")

    with office.refuses(number, "different people"):
        office.move(number, "investigating", investigators="张三")
    assert office.move(number, "investigating", investigators="张三，李四").record["investigators"] == ["张三", "李四"]


def test_the_first_review_is_an_officers_and_the_second_the_heads(office: Office) -> None:
    number = office.files(CRACK, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating")
    with office.refuses(number, "reviewed first"):
        office.move(number, "answered")
    office.move(number, "reviewing", answer="拟责令返工")
    with office.refuses(number):
        office.move(number, "answered", by="manager")
    office.move(number, "reviewing", by="reviewer")
    with office.refuses(number, "manager's"):
        office.move(number, "answered", by="reviewer", hand="另一位科长")

    answered = office.move(number, "answered", by="manager", answer="责令返工，由施工单位承担费用。")

    assert [look["by"] for look in answered.record["reviews"]] == ["刘科长", "孙局长"]
    assert office.rates(number).status == "closed"


def test_both_sides_are_told_the_decision(office: Office) -> None:
    number = office.files(CRACK, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating")
    office.does(number, "verdict", verdict="true")
    office.does(number, "outcome", outcome="rework", due="2026-11-30")
    case = office.does(number, "outcome", outcome="respondent_told")

    assert [one["id"] for one in case.record["outcomes"]] == ["rework", "respondent_told"]
    told = [row.text for row in office.institution.casework.replies if row.id in {"decision", "unfounded"}]
    assert all("也告诉了被投诉的单位" in text for text in told)


@pytest.mark.parametrize(
    ("story", "department"),
    [(CRACK, "quality"), ("脚手架没有防护网，很危险", "safety"), ("夜里施工扰民，噪音很大", "site")],
)
def test_the_department_goes_by_the_matter_and_others_help(office: Office, story: str, department: str) -> None:
    number = office.files(story, **TOLD)
    office.move(number, "accepted")

    case = office.move(number, "assigned", co="market")

    assert (case.department_id, case.record["co"]) == (department, ["market"])


def test_an_objection_to_a_tender_goes_to_the_tenderer_first(office: Office) -> None:
    number = office.files("招标文件量身定做，中标结果不公平", **TOLD)
    office.move(number, "refused", ground="objection_first")

    assert "先在公示期内向招标人提出异议" in office.told(number)
