"""The clocks of one case: begun, paused, put off, corrected, and each alarm given once."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from backend.domain import running
from backend.domain.case import Case
from backend.domain.lifecycle import PAUSING, Status
from backend.domain.running import NotPutOff, NotRunning
from institutions.casework import Casework, Extension, Supervision
from institutions.model import Category, Clock, Department, Institution, Matter

SHANGHAI = ZoneInfo("Asia/Shanghai")
NUMBER = "20261012-TW-000001-0"


def at(text: str) -> datetime:
    """A time of 2026 in Shanghai: ``10-12 10:00``."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)


def town(**clocks: Clock) -> Institution:
    return Institution(
        id="town",
        code="TW",
        name="小镇",
        name_en="Town",
        accepts="小镇的事",
        accepts_en="Town matters",
        departments=(Department(id="works", name="工务"),),
        categories=(
            Category(id="roads", name="路", department="works", matters=(Matter(id="hole", name="坑"),)),
            Category(id="major", name="大事", department="works"),
        ),
        default_department="works",
        clocks=clocks or {"answer": clock("7d")},
        casework=Casework(supervision=Supervision(pause_cap="5d")),
    )


def clock(length: Any, **more: Any) -> Clock:
    return Clock(label="答复", stops=("answered",), length=length, **more)


def filed(institution: Institution, begun: str = "10-12 10:00", **more: Any) -> Case:
    told = {"kind": "complaint", "category_id": "roads", "grade": "ordinary", "facts": {}} | more
    case = Case(NUMBER, "town", "web", 1, status=Status.RECEIVED, matter_id=None, department_id="works", proposal={},
                filed_at=at(begun), **told)  # fmt: skip
    running.begin(institution, case, at=case.filed_at, first=True)
    return case


def enter(institution: Institution, case: Case, status: Status, when: str) -> None:
    """What a move does to its clocks."""
    left, since = case.status, case.status_at
    case.status, case.status_at = status, at(when)
    if left in PAUSING:
        running.resume(institution, case, left.value, since=since, at=at(when))
    running.end(institution, case, at=at(when))
    running.begin(institution, case, at=at(when))


def noted(case: Case) -> list[dict[str, Any]]:
    return [event.detail for event in case.fresh if event.what == "clock"]


def test_filing_starts_the_clocks_that_start_with_it_and_leaves_telling_to_its_own_event():
    institution = town(accept=clock("1wd"), contact=clock({"urgent": "2h"}), result=clock("15wd", starts="accepted"))
    case = filed(institution, "09-30 10:00", grade="urgent")

    assert case.due == {"accept": at("10-08 17:30"), "contact": at("09-30 12:00")}
    assert noted(case) == []


def test_a_status_starts_its_own_clocks_and_stops_those_that_wait_for_it():
    institution = town(
        accept=Clock(label="受理", stops=("accepted",), length="1wd"), result=clock("5wd", starts="accepted")
    )
    case = filed(institution)
    enter(institution, case, Status.ACCEPTED, "10-13 17:30")

    assert case.due == {"result": at("10-20 17:30")}
    assert [(one["clock"], one.get("kept")) for one in noted(case)] == [("accept", True), ("result", None)]


def test_a_clock_may_begin_elsewhere_for_one_category():
    institution = town(answer=clock("5wd", begins={"major": "accepted"}))

    assert "answer" in filed(institution).due
    assert "answer" not in filed(institution, category_id="major").due


@pytest.mark.parametrize(("anonymous", "runs"), [(False, True), (True, False)])
def test_a_clock_for_who_left_a_name_does_not_run_for_nobody(anonymous, runs):
    case = filed(town(told=clock("5wd", named=True)), facts={"who": {"anonymous": anonymous}})

    assert ("told" in case.due) is runs


@pytest.mark.parametrize(("length", "due"), [("7d", "10-27 10:00"), ("7wd", "10-27 17:30")])
def test_a_reopened_case_is_promised_its_answer_anew(length, due):
    institution = town(answer=clock(length, starts="accepted"))
    case = filed(institution)
    for status, when in ((Status.ACCEPTED, "10-13 10:00"), (Status.ANSWERED, "10-14 10:00")):
        enter(institution, case, status, when)
    enter(institution, case, Status.REOPENED, "10-16 10:00" if length == "7wd" else "10-20 10:00")

    assert case.due == {"answer": at(due)}


def test_waiting_for_the_citizen_puts_the_end_off_by_as_long_as_it_took():
    institution = town(answer=clock("5wd"), contact=clock("2d"))
    case = filed(institution)
    enter(institution, case, Status.SUPPLEMENTING, "10-13 09:00")
    enter(institution, case, Status.RECEIVED, "10-15 10:00")

    assert case.due == {"answer": at("10-21 17:30"), "contact": at("10-16 11:00")}
    assert case.record["clocks"]["answer"]["paused"] == [[at("10-13 09:00").isoformat(), at("10-15 10:00").isoformat()]]


def test_the_clock_of_waiting_itself_runs_on_while_the_others_wait():
    institution = town(
        answer=clock("7d"),
        supplement=Clock(label="补充", starts="supplementing", stops=("received",), length="2d"),
    )
    case = filed(institution)
    enter(institution, case, Status.SUPPLEMENTING, "10-13 09:00")
    assert running.next_alarm(institution, case) == at("10-14 21:00")

    enter(institution, case, Status.RECEIVED, "10-16 09:00")
    assert [one["kept"] for one in noted(case) if one["clock"] == "supplement" and "kept" in one] == [False]


def test_after_the_cap_of_the_pause_clocks_go_on_and_coming_back_later_adds_nothing():
    institution = town()
    case = filed(institution)
    enter(institution, case, Status.SUPPLEMENTING, "10-13 10:00")
    assert running.cap(institution, case) == running.next_alarm(institution, case) == at("10-18 10:00")

    running.go_on(institution, case, at=at("10-18 10:00"))
    assert (running.waits(case), case.due["answer"]) == (False, at("10-24 10:00"))

    enter(institution, case, Status.RECEIVED, "10-30 10:00")
    assert case.due["answer"] == at("10-24 10:00")
    enter(institution, case, Status.SUPPLEMENTING, "10-31 10:00")
    assert running.waits(case)


def test_a_suspended_case_waits_without_end():
    institution = town()
    case = filed(institution)
    enter(institution, case, Status.SUSPENDED, "10-13 10:00")

    assert (running.cap(institution, case), running.next_alarm(institution, case)) == (None, None)


def test_the_owner_is_warned_when_three_quarters_are_gone_then_the_ladder_steps_each_once():
    institution = town(answer=clock("4d"))
    case = filed(institution)
    given = []
    while (when := running.next_alarm(institution, case)) is not None:
        given += [(when, alarm.step, alarm.role) for alarm in running.alarms(institution, case, now=when)]

    assert given == [
        (at("10-15 10:00"), 0, ""),
        (at("10-16 10:01"), 1, "handler"),
        (at("10-17 10:01"), 2, "coordinator"),
        (at("10-19 10:01"), 3, "manager"),
    ]


def test_of_a_clock_in_working_days_the_worked_time_counts_for_the_warning():
    institution = town(answer=clock("4wd"))
    case = filed(institution, "09-29 17:30")  # work of the 30th, 8th, 9th and 10th

    assert running.next_alarm(institution, case) == at("10-09 17:30")


def test_after_a_long_sleep_every_step_is_still_given_but_a_warning_that_comes_too_late():
    institution = town(answer=clock("4d"))
    case = filed(institution)

    assert [alarm.step for alarm in running.alarms(institution, case, now=at("12-01 10:00"))] == [1, 2, 3]
    assert running.alarms(institution, case, now=at("12-01 10:00")) == []


def test_a_closed_case_alarms_nobody():
    institution = town()
    case = filed(institution)
    case.closed_at = at("10-13 10:00")

    assert running.next_alarm(institution, case) is None
    assert running.alarms(institution, case, now=at("12-01 10:00")) == []


def test_a_pause_moves_the_warning_too():
    institution = town(answer=clock("4d"))
    case = filed(institution)
    enter(institution, case, Status.SUPPLEMENTING, "10-13 10:00")
    enter(institution, case, Status.RECEIVED, "10-15 10:00")

    assert running.next_alarm(institution, case) == at("10-17 10:00")


def put_off(by: str = "5wd", **more: Any) -> Institution:
    return town(answer=clock("5wd", extension=Extension(by=by, **more)))


def test_an_end_put_off_is_so_many_closing_times_later_and_warns_anew():
    institution = put_off(times=2)
    case = filed(institution)
    running.alarms(institution, case, now=at("10-19 16:00"))

    assert running.extend(institution, case, "answer", "3wd", at=at("10-19 16:00")) == at("10-22 17:30")
    assert case.record["extended"] == {"answer": 1}
    assert case.record["warned"] == {}
    assert running.extend_to(institution, case, "answer", at("10-26 12:00"), at=at("10-20 09:00")) == at("10-26 12:00")


@pytest.mark.parametrize(
    ("institution", "length", "reason"),
    [
        (town(), "1d", "is never put off"),
        (put_off(kinds=("report",)), "1wd", "is never put off"),
        (put_off(), "6wd", "may be put off by 5wd at most"),
        (put_off(most="7wd"), "5wd", "may be put off by 7wd from its beginning at most"),
    ],
)
def test_what_goes_too_far_is_refused(institution, length, reason):
    case = filed(institution)

    with pytest.raises(NotPutOff, match=reason):
        running.extend(institution, case, "answer", length, at=at("10-13 10:00"))


def test_more_often_than_allowed_or_into_the_past_or_a_clock_that_does_not_run_is_refused():
    institution = put_off()
    case = filed(institution)
    with pytest.raises(NotRunning, match="has no clock 'result' that runs"):
        running.extend(institution, case, "result", "1wd", at=at("10-13 10:00"))
    with pytest.raises(NotPutOff, match=r"cannot be put into the past: 2026-10-14"):
        running.extend_to(institution, case, "answer", at("10-14 10:00"), at=at("10-13 10:00"))
    with pytest.raises(NotPutOff, match="into the past"):
        running.extend(institution, case, "answer", "1wd", at=at("12-13 10:00"))

    running.extend(institution, case, "answer", "1wd", at=at("10-13 10:00"))
    with pytest.raises(NotPutOff, match="was put off 1 times already"):
        running.extend(institution, case, "answer", "1wd", at=at("10-13 10:00"))


GRADED = {"ordinary": "7d", "urgent": "24h", "emergency": "2h"}


@pytest.mark.parametrize(
    ("grade", "when", "due"),
    [
        ("urgent", "10-12 12:00", "10-13 10:00"),  # from its own beginning
        ("urgent", "10-15 12:00", "10-16 12:00"),  # that would be over: from now
        ("emergency", "10-12 11:00", "10-12 12:00"),
        ("ordinary", "10-12 11:00", "10-19 10:00"),
    ],
)
def test_a_corrected_grade_changes_what_is_promised(grade, when, due):
    institution = town(answer=clock(GRADED))
    case = filed(institution)
    case.grade = grade
    running.anew(institution, case, at=at(when))

    assert case.due["answer"] == at(due)


def test_what_is_promised_no_longer_stops_and_what_is_promised_now_begins():
    institution = town(answer=clock({"ordinary": "7d"}), contact=clock({"urgent": "2h"}))
    case = filed(institution)
    case.grade = "urgent"
    running.anew(institution, case, at=at("10-12 11:00"))

    assert {name: due for name, due in case.due.items() if name == "contact"} == {"contact": at("10-12 13:00")}
    assert "answer" not in case.due


def test_a_case_from_before_beginnings_were_kept_climbs_the_ladder_all_the_same():
    institution = town()
    case = filed(institution)
    case.record.clear()

    assert running.next_alarm(institution, case) == at("10-19 10:00")
    assert [alarm.step for alarm in running.alarms(institution, case, now=at("10-19 10:02"))] == [1]
