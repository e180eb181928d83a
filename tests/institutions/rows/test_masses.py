"""Petitions to government (seed 000): the simple directly, the complex by a team, the major as the leadership decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from institutions.catalog import load_all

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

SIMPLE = "昨天上午县政务大厅窗口办证的态度很差"
COMPLEX = "2015年拆迁补偿款至今没给，几个部门互相推诿"
MAJOR = "化工厂污染水源，全村几百户喝不上饮用水"
DONE = "用时：3天。方式：直接办理。结果：已经道歉并换了窗口人员。"


def test_a_simple_one_is_handled_directly_and_its_answer_states_time_manner_and_result(office: Office) -> None:
    number = office.files(SIMPLE, target="县政务大厅", where="县政务大厅")
    assert office.case(number).department_id == "reception"

    office.walks(number, "accepted", "assigned")
    office.does(number, "outcome", outcome="direct")
    office.move(number, "answered", answer=DONE)

    assert DONE in office.told(number)
    office.asks_back()
    assert office.rates(number).status == "closed"


@pytest.mark.parametrize(
    "answer",
    [
        "已经道歉并换了窗口人员。",
        "用时：3天。结果：已经道歉。",
        "用时：3天。方式：直接办理。",
        "方式：直接办理。结果：已经道歉。",
    ],
)
def test_an_answer_that_leaves_one_of_them_out_is_not_given(office: Office, answer: str) -> None:
    number = office.files(SIMPLE, target="县政务大厅", where="县政务大厅")
    office.walks(number, "accepted", "assigned")

    with office.refuses(number, "must also say"):
        office.move(number, "answered", answer=answer)


def test_each_reply_begins_with_the_three(office: Office) -> None:
    work = office.institution.casework
    answers = [reply for reply in work.replies if reply.to == "answered"]

    assert len(answers) >= 5
    assert [reply.id for reply in answers if work.unsaid(reply.text) or work.unsaid(reply.text_en)] == []


def test_a_question_is_answered_without_that_form(office: Office) -> None:
    number = office.files("请问补办身份证要什么材料")
    assert office.case(number).kind == "consult"

    office.walks(number, "accepted", "assigned")

    assert office.move(number, "answered", answer="带上户口本到派出所就行。").answer == "带上户口本到派出所就行。"


def test_a_complex_one_is_a_teams(office: Office) -> None:
    number = office.files(COMPLEX, target="拆迁办", where="城东村")
    assert office.case(number).department_id == "taskforce"
    office.walks(number, "accepted", "assigned")

    with office.refuses(number):
        office.move(number, "investigating", investigators="张三")
    office.move(number, "investigating", investigators="张三,李四")

    assert office.case(number).record["investigators"] == ["张三", "李四"]


def test_a_simple_one_needs_no_team(office: Office) -> None:
    number = office.files(SIMPLE, target="县政务大厅", where="县政务大厅")
    office.walks(number, "accepted", "assigned")

    assert office.move(number, "investigating", investigators="张三").status == "investigating"


def test_a_major_one_is_decided_by_the_leadership(office: Office) -> None:
    number = office.files(MAJOR, target="化工厂", where="城东村")
    assert (office.case(number).category_id, office.case(number).department_id) == ("major", "leaders")
    office.walks(number, "accepted", "assigned")
    office.move(number, "investigating", investigators="张三,李四")

    with office.refuses(number, "submitted and approved first"):
        office.move(number, "answered", answer=DONE)
    office.move(number, "planned")
    with office.refuses(number, "not approved"):
        office.move(number, "answered", by="reviewer", answer=DONE)
    office.does(number, "plan", by="manager", decision="approved")
    answered = office.move(number, "answered", by="manager", answer=DONE)

    assert answered.record["plan"] == "approved"


def test_its_grades_and_clocks_are_the_hotlines(office: Office) -> None:
    hotline = load_all()["hotline"].clocks

    assert {name: clock.length for name, clock in office.institution.clocks.items()} == {
        name: hotline[name].length for name in ("contact", "accept", "answer")
    }


def test_an_ordinary_one_is_answered_in_7_days_and_accepted_in_a_working_day(office: Office) -> None:
    number = office.files(SIMPLE, "2026-09-30 15:00", target="县政务大厅", where="县政务大厅")

    assert office.due(number) == {"accept": "2026-10-08 17:30", "answer": "2026-10-07 15:00"}


def test_many_who_come_together_name_up_to_five_who_speak_for_them(office: Office) -> None:
    assert office.institution.representatives_from == 5


def test_what_is_before_a_court_is_refused_with_where_to_go(office: Office) -> None:
    number = office.files(SIMPLE, target="县政务大厅", where="县政务大厅")

    office.move(number, "refused", ground="court")

    assert "12348" in office.told(number)
