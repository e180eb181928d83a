from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from backend.domain.case import Event
from backend.domain.lifecycle import Status
from backend.domain.scope import Scope
from backend.store.case_rows import BadCursor, cursor_after, cursor_of
from backend.store.narrowing import Narrowed
from backend.store.worklist import Account
from tests.backend.store.samples import CITY, NOON, NUMBER, a_case, a_citizen, filed, moved

SECOND = "20260302-PM-000001-8"


def notice(work, number, *, state):
    row = work.outbox.queue(a_citizen(work).id, number=number, kind="status", text="已受理", at=NOON)
    work.outbox.record(row, state=state, at=NOON, reason="平台没有回音")
    return row


def test_cases_are_counted_by_status_within_one_institution(work):
    filed(work)
    filed(work, SECOND, institution="property")

    assert work.worklist.counts() == {"received": 2}
    assert work.worklist.counts(narrowed=Narrowed("property")) == {"received": 1}


HOUR = timedelta(hours=1)
WORKED = dict.fromkeys(("received", "accepted", "supplementing"))


def numbers(n):
    return f"20260302-HL-{n:06d}-0"


def pages(work, *, size, **filters):
    """Every page of the cases that are worked on, as numbers."""
    seen, cursor = [], None
    while True:
        found, cursor = work.worklist.pressing(WORKED, paused=["supplementing"], limit=size, cursor=cursor, **filters)
        seen.append([case.number for case in found])
        if cursor is None:
            return seen


def test_what_presses_most_comes_first(work):
    for n, (grade, due, status) in enumerate(
        [
            ("ordinary", 5, "received"),
            ("ordinary", None, "received"),
            ("emergency", 9, "received"),
            ("ordinary", -3, "accepted"),
            ("urgent", 1, "received"),
            ("ordinary", -9, "supplementing"),  # its clocks stand still
            ("emergency", 2, "closed"),
        ]
    ):
        dues = {} if due is None else {"answer": NOON + due * HOUR}
        filed(work, numbers(n), grade=grade, due=dues, status=Status(status))

    assert pages(work, size=9) == [[numbers(n) for n in (2, 3, 4, 0, 1, 5)]]


def test_of_the_cases_due_on_one_day_the_most_pressed_for_come_first_and_never_before_an_earlier_day(work):
    for n, (hours, urged) in enumerate([(1, 0), (3, 2), (2, 1), (-24, 0), (24, 9)]):
        filed(work, numbers(n), due={"answer": NOON + hours * HOUR}, urged=urged)

    assert pages(work, size=2) == [[numbers(3), numbers(1)], [numbers(2), numbers(0)], [numbers(4)]]


CASES = st.tuples(
    st.sampled_from(["emergency", "ordinary"]), st.none() | st.integers(-30, 2), st.integers(0, 2), st.integers(0, 3)
)


@given(told=st.lists(CASES, max_size=9), size=st.integers(1, 4))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_page_by_page_every_case_comes_once_and_in_the_same_order(scratch, told, size):
    with scratch() as work:
        for n, (grade, due, hour, urged) in enumerate(told):
            dues = {} if due is None else {"answer": NOON + due * HOUR}
            filed(work, numbers(n), grade=grade, due=dues, filed_at=NOON + hour * HOUR, urged=urged)

        whole = pages(work, size=99)[0]

        assert [number for page in pages(work, size=size) for number in page] == whole
        assert sorted(whole) == [numbers(n) for n in range(len(told))]


def test_a_case_that_comes_in_between_moves_no_page(work):
    for n in (1, 2, 3, 4):
        filed(work, numbers(n), due={"answer": NOON + n * HOUR})
    first, cursor = work.worklist.pressing(WORKED, paused=[], limit=2)
    filed(work, numbers(9), grade="emergency")

    second, _ = work.worklist.pressing(WORKED, paused=[], limit=2, cursor=cursor)

    assert [case.number for case in (*first, *second)] == [numbers(n) for n in (1, 2, 3, 4)]


def test_what_presses_is_asked_of_one_department_of_one_institution(work):
    filed(work, numbers(1))
    filed(work, numbers(2), department_id="roads")
    filed(work, numbers(3), institution="property")

    assert pages(work, size=9, narrowed=Narrowed("hotline", "lighting")) == [[numbers(1)]]
    assert work.worklist.counts(narrowed=Narrowed("hotline", "roads")) == {"received": 1}
    found, _ = work.cases.page(institution="hotline", department="roads", limit=9)
    assert [case.number for case in found] == [numbers(2)]


@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense",
        cursor_after(a_case()),
        cursor_of([1, 2, 3, 4]),
        cursor_of([0, 2**70, 0, 0, 0, "x"]),
        cursor_of([0, 0, 0, 0, 0, "\0"]),
    ],
)
def test_a_cursor_of_another_list_is_refused(work, cursor):
    with pytest.raises(BadCursor):
        work.worklist.pressing(WORKED, paused=[], limit=2, cursor=cursor)


def test_evidence_is_counted_by_kind(work):
    filed(work)
    for kind in ("photo", "photo", "voice"):
        work.evidence.add(
            None, kind=kind, media_type="x/y", filename="a", sha256="0" * 64, size=1, at=NOON, number=NUMBER
        )

    assert work.worklist.evidence([NUMBER, SECOND]) == {NUMBER: {"photo": 2, "voice": 1}}
    assert work.worklist.evidence([]) == {}


def test_notices_that_wait_for_a_person_are_listed_newest_first(work):
    filed(work)
    filed(work, SECOND, institution="property")
    first = notice(work, NUMBER, state="uncertain")
    notice(work, NUMBER, state="delivered")
    last = notice(work, SECOND, state="undelivered")

    assert [row.id for row in work.worklist.unsettled(limit=9)] == [last, first]
    assert [row.id for row in work.worklist.unsettled(scope=Scope("hotline"), limit=9)] == [first]
    assert work.worklist.unsettled_count() == 2
    assert work.worklist.unsettled_count(scope=Scope("property")) == 1


def test_changes_are_told_with_the_version_the_case_has_now(work):
    case = filed(work)
    seen = work.worklist.last_event()
    case.note(moved("accepted"))
    case.note(Event(NOON, "wang", "noted", {}, {"text": "电话没人接"}))
    work.cases.save(case, zone=CITY)

    changes = work.worklist.changes(seen, limit=9)

    assert [(c.number, c.institution, c.version) for c in changes] == [(NUMBER, "hotline", 2)] * 2
    assert changes[-1].event == work.worklist.last_event()
    assert work.worklist.changes(changes[-1].event, limit=9) == []


def test_what_was_told_in_a_span_of_days_is_read_without_names_and_contacts(work):
    citizen = a_citizen(work)
    here = {"what": "路灯坏了", "where": {"text": "枫林路"}, "who": {"name": "李敏", "contact": "13800138000"}}
    filed(work, facts=here, person=citizen.id)
    filed(work, SECOND, institution="property", filed_at=NOON + timedelta(days=1))

    lists = work.worklist
    assert lists.accounts(until=NOON + HOUR) == [Account(NUMBER, NOON, citizen.id, "路灯坏了", "枫林路")]
    assert [told.number for told in lists.accounts(since=NOON + HOUR)] == [SECOND]
    assert [told.where for told in lists.accounts(institution="property")] == [""]
    assert lists.accounts(since=NOON, until=NOON) == []


def test_nothing_has_changed_before_the_first_case(work):
    assert work.worklist.last_event() == 0


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)  # PostgreSQL finds the index by itself
def test_open_cases_are_read_from_the_index_of_open_cases_alone_whatever_they_are_narrowed_by(work):
    asked = []
    event.listen(work.conn, "before_cursor_execute", lambda *told: asked.append((told[2], told[3])))
    for narrowed in (
        Narrowed(),
        Narrowed("hotline", category="noise", officers=frozenset()),
        Narrowed(district="无此区"),
    ):
        work.worklist.pressing(WORKED, paused=(), limit=1, narrowed=narrowed)
        work.worklist.count(WORKED, narrowed=narrowed)

    lists = [(sql, told) for sql, told in asked if "closed_at IS NULL" in sql]
    plans = [str(work.conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", told).all()) for sql, told in lists]
    assert len(plans) == 6
    assert [plan for plan in plans if "ix_cases_open" not in plan] == []
