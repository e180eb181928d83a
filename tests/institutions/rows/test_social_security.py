"""Social insurance (seed 000): accepted, investigated and settled within 5 working days, the handling reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

STORY = "单位从今年3月起没给我交社保"
TOLD: dict[str, Any] = {"id_number": "11010519491231002X", "insured_unit": "某机械厂"}


def test_a_complaint_is_settled_reviewed_and_ends_with_result_and_advice(office: Office) -> None:
    number = office.files(STORY, **TOLD)
    assert office.case(number).facts["extra"]["insured_unit"] == "某机械厂"

    office.walks(number, "accepted", "assigned", "investigating", "reviewing")
    office.does(number, "verdict", verdict="justified")
    office.does(number, "outcome", outcome="recovered", due="2026-11-30")
    office.move(number, "answered", answer="结果：单位补缴8个月。建议：下个月在网上核对。")

    assert "建议" in office.told(number)
    office.asks_back()
    assert office.rates(number).status == "closed"


def test_all_of_it_takes_5_working_days(office: Office) -> None:
    number = office.files(STORY, "2026-09-28 10:05", **TOLD)

    assert set(office.institution.clocks) == {"contact", "answer"}
    assert office.due(number) == {"answer": "2026-10-10 17:30"}  # 29, 30 September; 8, 9 and Saturday 10 October


def test_the_clock_waits_while_the_insured_person_adds_papers(office: Office) -> None:
    number = office.files(STORY, "2026-10-12 10:05", **TOLD)
    office.at("2026-10-13 09:00")
    office.move(number, "supplementing")
    office.at("2026-10-15 09:00")
    office.move(number, "received")

    assert office.due(number) == {"answer": "2026-10-21 17:30"}  # Monday the 19th and two closing times


def test_an_answer_that_nobody_else_has_reviewed_is_not_given(office: Office) -> None:
    number = office.files(STORY, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating")

    with office.refuses(number):
        office.move(number, "answered")
    office.move(number, "reviewing")
    with office.refuses(number):
        office.move(number, "answered", by="reviewer", hand="王工")  # who wrote it

    assert office.move(number, "answered", by="reviewer").record["answered_by"] == "王工"


def test_each_reply_tells_the_result_and_gives_advice(office: Office) -> None:
    answers = [reply for reply in office.institution.casework.replies if reply.to == "answered"]

    assert len(answers) >= 6
    assert [reply.id for reply in answers if "结果" not in reply.text or "建议" not in reply.text] == []


@pytest.mark.parametrize(
    ("story", "category", "department"),
    [
        (STORY, "payment", "collection"),
        ("失业金上个月没到账", "benefit", "benefits"),
        ("住院费医保不给报销", "medical", "medical"),
        ("退休后养老金算少了，工龄没算", "pension", "pension"),
        ("社保大厅窗口工作人员态度差，排队半天", "service", "service"),
    ],
)
def test_each_matter_has_its_section(office: Office, story: str, category: str, department: str) -> None:
    case = office.case(office.files(story, **TOLD))

    assert (case.category_id, case.department_id) == (category, department)


def test_it_asks_for_the_id_number_and_the_insured_unit(office: Office) -> None:
    assert {"id_number", "insured_unit"} <= set(office.institution.required)


def test_who_is_insured_elsewhere_is_refused_with_where_to_go(office: Office) -> None:
    number = office.files(STORY, **TOLD)

    office.move(number, "refused", ground="other_place")

    assert "12333" in office.told(number)
