"""What officers do, and what citizens hear of it."""

from __future__ import annotations

import pytest

from backend.domain.case import Actor, Missing, NoSuchDepartment, WrongMove
from backend.domain.lifecycle import Status
from backend.services.cases import casework
from tests.backend.services.city import OFFICER, City


@pytest.fixture
def city(store):
    return City(store)


@pytest.fixture
def number(city):
    return city.citizen().files_a_case()


def test_each_step_is_told_to_the_citizen_in_order(city, number):
    city.answer(number)

    kinds = [kind for kind, _ in city.owed(number)]
    texts = "\n".join(text for _, text in city.owed(number))
    assert kinds == ["status", "status", "status", "survey"]
    assert "已受理" in texts
    assert "办理" in texts
    assert "已现场查处，店家拆除了音响。" in texts
    assert "联系过您吗" in texts


def test_the_same_move_twice_adds_no_event(city, number):
    city.move(number, "accepted")
    before = city.history(number)

    city.move(number, "accepted")

    assert city.history(number) == before


def test_an_answer_sent_twice_is_one_answer_although_the_visit_back_has_begun(city, number):
    city.answer(number)
    before = city.history(number)

    case = city.move(number, "answered", answer="已现场查处，店家拆除了音响。")

    assert case.status == "visiting_back"
    assert city.history(number) == before


def test_a_move_that_is_not_allowed_changes_nothing(city, number):
    with pytest.raises(WrongMove):
        city.move(number, "closed")

    assert city.case(number).status == "received"


def test_an_answer_must_be_written(city, number):
    city.move(number, "accepted")
    city.move(number, "assigned", department=city.case(number).department_id)

    with pytest.raises(Missing):
        city.move(number, "answered", answer="  ")


def test_a_department_may_be_named_or_given_by_id_but_must_exist(city, number):
    city.move(number, "accepted")
    city.move(number, "assigned", department="交通运输局")

    assert city.institutions["hotline"].department(city.case(number).department_id).name == "交通运输局"
    with pytest.raises(NoSuchDepartment):
        city.move(number, "assigned", department="月球管理局")


def test_an_officer_of_another_institution_cannot_open_the_case(city, number):
    stranger = Actor("外人", frozenset({"handler"}), institution="property")

    with pytest.raises(casework.NotYours):
        city.unit(casework.move, city.institutions, number, Status.ACCEPTED, {}, by=stranger, at=city.now)


def test_a_correction_changes_category_department_and_grade_and_is_on_record(city, number):
    changes = {"category": "transport", "grade": "urgent"}
    transport = next(c for c in city.institutions["hotline"].categories if c.name == "交通运输")

    case = city.unit(
        casework.correct, city.institutions, number, changes | {"category": transport.id}, by=OFFICER, at=city.now
    )

    assert (case.category_id, case.department_id, case.grade) == (transport.id, transport.department, "urgent")
    assert (OFFICER.name, "corrected") in city.history(number)


def test_a_word_to_the_citizen_is_queued_with_the_number(city, number):
    city.unit(casework.say, city.institutions, number, "请补一张照片", by=OFFICER, at=city.now)

    assert city.owed(number) == [("message", f"关于您的诉求（{number}），办理人员给您留言：\n请补一张照片")]


def test_an_internal_note_is_not_told(city, number):
    city.unit(casework.note, city.institutions, number, "老问题", by=OFFICER, at=city.now)

    assert city.owed(number) == []
    assert (OFFICER.name, "noted") in city.history(number)


@pytest.mark.parametrize("f", [casework.say, casework.note])
def test_nothing_written_is_refused(city, number, f):
    with pytest.raises(casework.Empty):
        city.unit(f, city.institutions, number, " \n", by=OFFICER, at=city.now)


def test_while_the_citizen_supplements_the_clock_waits(city, number):
    before = city.case(number).due["answer"]
    city.move(number, "supplementing", note="请发一张照片")
    city.later(days=2)

    citizen = city.citizen()
    citizen.sent = 100
    citizen.says("烧烤店就在幸福里3栋楼下，昨晚又放音响了")
    citizen.says("补充这一件")

    case = city.case(number)
    assert case.status == "received"
    assert (case.due["answer"] - before).total_seconds() == pytest.approx(2 * 86400, abs=300)


def test_answering_stops_the_clock_and_says_whether_it_was_kept(city, number):
    city.answer(number)

    assert "answer" not in city.case(number).due
    events = city.store.read_now(lambda work: work.cases.history(number))
    assert [e.detail["kept"] for e in events if e.what == "clock" and e.detail.get("clock") == "answer"] == [True]


def test_another_matter_goes_to_whoever_handles_it(city, number):
    institution = city.institutions["hotline"]
    category, matter = next((c, m) for c in institution.categories for m in c.matters if m.department)
    path = f"{category.id}/{matter.id}"

    moved = city.unit(
        casework.correct, city.institutions, number, {"category": category.id, "matter": path}, by=OFFICER, at=city.now
    )
    back = city.unit(casework.correct, city.institutions, number, {"matter": ""}, by=OFFICER, at=city.now)

    assert (moved.matter_id, moved.department_id) == (path, matter.department)
    assert (back.matter_id, back.department_id) == (None, category.department)


def test_a_visit_back_that_an_officer_begins_is_asked(city):
    number = city.citizen(institution="property").files_a_case("电梯坏了三天没人修，老人上下楼很难")
    city.answer(number)

    city.move(number, "visiting_back")

    assert [kind for kind, _ in city.owed(number)].count("survey") == 1
