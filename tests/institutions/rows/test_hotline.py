"""The citizens' hotline (seeds 000, 003): one window, one lead and helpers, promises by grade, three questions at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dialogs.slots import SLOTS

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

STORY = "门口的路灯坏了不亮，垃圾堆了一周没人清"
EVE = "2026-09-30 16:40"  # the afternoon before seven days of holiday
TOLD = {"where": "幸福里3栋", "when": "昨晚十一点"}


def test_a_case_walks_from_one_window_to_the_departments_and_is_rated(office: Office) -> None:
    number = office.files(STORY, EVE, **TOLD)
    office.walks(number, "accepted", "assigned", "answered")

    assert office.case(number).status == "visiting_back"
    closed = office.rates(number)
    assert closed.status == "closed"
    assert office.move(number, "archived").status == "archived"
    row = office.store.read_now(lambda work: work.surveys.get(number, 1))
    assert row is not None
    assert (row.contacted, row.solved, row.satisfied) == (True, "yes", 5)


def test_the_promise_is_printed_on_the_receipt(office: Office) -> None:
    office.files(STORY, EVE, **TOLD)

    assert "最晚 10月7日 16:40 前答复您" in office.receipt


@pytest.mark.parametrize(
    ("grade", "contact", "answer"),
    [
        ("emergency", "2026-09-30 17:10", "2026-10-01 16:40"),
        ("urgent", "2026-09-30 18:40", "2026-10-01 16:40"),
        ("ordinary", None, "2026-10-07 16:40"),
        ("complex", None, "2026-10-15 16:40"),
    ],
)
def test_contact_and_answer_go_by_the_grade(office: Office, grade: str, contact: str | None, answer: str) -> None:
    number = office.files(STORY, EVE, **TOLD)
    if grade != "ordinary":
        office.corrects(number, grade=grade)

    due = office.due(number)
    assert (due.get("contact"), due["answer"]) == (contact, answer)
    assert due["accept"] == "2026-10-08 17:30"


@pytest.mark.parametrize(
    ("story", "kind"),
    [
        (STORY, "complaint"),
        ("我要举报小区门口的饭店往河里倒污水", "report"),
        ("请问老人办公交卡要带什么材料", "consult"),
        ("建议在幸福路口加一个红绿灯", "suggestion"),
        ("老人一个人在家摔倒过，想请社区帮忙照看", "help"),
    ],
)
def test_a_citizen_complains_reports_asks_suggests_or_calls_for_help(office: Office, story: str, kind: str) -> None:
    assert kind in office.institution.kinds
    number = office.files(story, **TOLD)
    if office.case(number).kind != kind:  # the citizen's words left it open: the window says so
        office.corrects(number, kind=kind)

    assert office.case(number).kind == kind


def test_the_kind_of_business_is_the_category_and_the_wish_is_asked(office: Office) -> None:
    number = office.files(STORY, **TOLD, request="尽快修好，把垃圾清走")

    case = office.case(number)
    assert (case.category_id, case.matter_id) == ("urban", "urban/municipal")
    assert case.facts["request"] == "尽快修好，把垃圾清走"
    assert SLOTS["request"].question in "\n".join(office.heard)


def test_one_department_leads_and_others_help(office: Office) -> None:
    number = office.files(STORY, **TOLD)
    office.move(number, "accepted")

    case = office.move(number, "assigned", department="urban_management", co="police,environment")

    assert case.department_id == "urban_management"
    assert case.record["co"] == ["police", "environment"]
    assert "城市管理局" in office.told(number)


def test_whoever_is_asked_first_stays_in_charge_and_the_second_return_is_a_coordinators(office: Office) -> None:
    number = office.files(STORY, **TOLD)
    office.walks(number, "accepted", "assigned")
    office.move(number, "returned", note="归公安管", right="police")
    office.move(number, "assigned", department="police")
    office.move(number, "returned", note="归城管管", right="urban_management")

    with office.refuses(number, "a coordinator"):
        office.move(number, "assigned", department="urban_management")
    assert office.move(number, "assigned", department="urban_management", by="coordinator").status == "assigned"


def test_a_clock_near_its_end_is_pressed_for_by_who_leads(office: Office) -> None:
    number = office.files(STORY, **TOLD)
    office.walks(number, "accepted", "assigned")

    with office.refuses(number, "may"):
        office.does(number, "supervise", by="handler", reason="快到期了")
    assert office.does(number, "supervise", by="coordinator", reason="快到期了").record["supervised"]
    rules = office.institution.casework.supervision
    assert rules.warn == 0.75
    assert [step.to for step in rules.steps] == ["handler", "coordinator", "manager"]


def test_more_time_is_told_with_its_reason_and_its_new_date(office: Office) -> None:
    number = office.files(STORY, EVE, **TOLD)
    office.walks(number, "accepted", "assigned")
    office.does(number, "extend", clock="answer", until="2026-10-22T16:40+08:00", reason="灯杆要从厂家运来。")

    assert "灯杆要从厂家运来" in office.told(number)
    assert "10月22日" in office.told(number)
    with office.refuses(number):
        office.does(number, "extend", clock="answer", until="2026-10-25T16:40+08:00", reason="还没运到。")


def test_what_is_before_a_court_is_refused_with_its_ground_and_where_to_ask(office: Office) -> None:
    number = office.files(STORY, **TOLD)
    office.move(number, "refused", ground="court")

    assert "12368" in office.told(number)
    assert office.case(number).status == "refused"


def test_who_is_not_content_is_served_anew_by_another_hand(office: Office) -> None:
    number = office.files(STORY, **TOLD)
    office.walks(number, "accepted", "assigned", "answered")
    assert office.rates(number, solved="no", satisfied=1).status == "reopened"

    with office.refuses(number, "another officer"):
        office.move(number, "assigned", officer="王工")
    assert office.move(number, "assigned", officer="李工").officer == "李工"
