"""Schools (seed 000): acknowledged in three working days with what comes next, mediated by a third party, in writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

LESSONS = "数学老师一学期换了三个，教学质量差，成绩下降"
FALL = "孩子上体育课从单杠摔下来骨折了，学校不管赔偿"
TOLD = {"when": "9月28日", "where": "实验小学操场", "school": "实验小学", "person": "陈老师"}
EVE = "2026-09-30 16:40"
WRITTEN = "学校已经固定任课老师，并补上落下的课。理由：教师请假没有安排代课，依据教学管理规定整改。"


def test_school_person_date_and_place_are_told(office: Office) -> None:
    case = office.case(office.files(LESSONS, **TOLD))

    assert case.facts["extra"]["school"] == "实验小学"
    assert case.facts["extra"]["person"] == "陈老师"
    assert case.facts["when"]["start"].startswith("2026-09-28")
    assert "操场" in case.facts["where"]["text"]


@pytest.mark.parametrize(
    ("story", "category", "department"),
    [
        (LESSONS, "quality", "teaching"),
        ("作业太多，每天写到十一点，还罚抄一百遍", "method", "research"),
        ("班主任当众辱骂讽刺孩子，还暗示送礼", "relation", "ethics"),
        (FALL, "injury", "safety"),
    ],
)
def test_the_four_kinds_have_their_departments(office: Office, story: str, category: str, department: str) -> None:
    case = office.case(office.files(story, **TOLD))

    assert (case.category_id, case.department_id) == (category, department)


def test_it_is_acknowledged_within_three_working_days(office: Office) -> None:
    number = office.files(LESSONS, EVE, **TOLD)

    assert office.due(number)["accept"] == "2026-10-10 17:30"  # a Saturday that is worked


def test_the_acknowledgement_tells_the_next_steps_and_the_time(office: Office) -> None:
    reply = next(row for row in office.institution.casework.replies if row.to == "accepted")
    number = office.files(LESSONS, **TOLD)

    office.move(number, "accepted", note=reply.text.format(due="10月19日"))

    assert "下一步先向学校核实" in office.told(number)
    assert "10月19日前书面答复您" in office.told(number)


def test_the_answer_keeps_the_hotlines_promises(office: Office) -> None:
    number = office.files(LESSONS, EVE, **TOLD)
    assert office.due(number)["answer"] == "2026-10-07 16:40"

    office.corrects(number, grade="urgent")

    assert office.due(number)["answer"] == "2026-10-01 16:40"


def test_a_third_party_mediates_between_both_sides(office: Office) -> None:
    number = office.files(FALL, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating", "mediating")
    office.does(
        number, "mediation", outcome="agreed", parties="家长、学校，区教育调解委员会主持", text="学校承担医药费"
    )

    assert "达成协议" in office.told(number)
    assert office.case(number).record["mediation"] == "agreed"
    assert "区教育调解委员会" not in str(office.records(number, "noted"))


def test_what_each_side_said_is_kept_apart_from_what_is_public(office: Office) -> None:
    number = office.files(FALL, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating")
    office.at("2026-10-13 11:00")
    office.does(number, "interview", **{"with": "陈老师", "when": "2026-10-13T10:00+08:00", "text": "当时在照看另一组"})

    assert "陈老师" not in str(office.records(number, "noted"))
    assert office.institution.confidential == "offered"


def test_the_result_is_in_writing_with_its_reasons(office: Office) -> None:
    number = office.files(LESSONS, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating")
    with office.refuses(number, "must also say: 理由"):
        office.move(number, "answered", answer="学校已经整改。")
    office.move(number, "answered", answer=WRITTEN)

    assert WRITTEN in office.told(number)
    replies = [row for row in office.institution.casework.replies if row.to == "answered"]

    assert all("理由和依据" in row.text and "Reasons" in row.text_en for row in replies)


def test_it_is_followed_up_after_the_answer(office: Office) -> None:
    number = office.files(LESSONS, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating")
    office.move(number, "answered", answer=WRITTEN)

    assert office.case(number).status == "visiting_back"
    assert office.rates(number).status == "closed"


def test_a_training_company_is_refused_with_where_to_go(office: Office) -> None:
    number = office.files(LESSONS, **TOLD)
    office.move(number, "refused", ground="training")

    assert "12315" in office.told(number)
