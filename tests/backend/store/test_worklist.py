from __future__ import annotations

from backend.domain.case import Event
from tests.backend.store.samples import CITY, NOON, NUMBER, a_citizen, filed, moved

SECOND = "20260302-PM-000001-8"


def notice(work, number, *, state):
    row = work.outbox.queue(a_citizen(work).id, number=number, kind="status", text="已受理", at=NOON)
    work.outbox.record(row, state=state, at=NOON, reason="平台没有回音")
    return row


def test_cases_are_counted_by_status_within_one_institution(work):
    filed(work)
    filed(work, SECOND, institution="property")

    assert work.worklist.counts() == {"received": 2}
    assert work.worklist.counts(institution="property") == {"received": 1}


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
    assert [row.id for row in work.worklist.unsettled(institution="hotline", limit=9)] == [first]
    assert work.worklist.unsettled_count() == 2
    assert work.worklist.unsettled_count(institution="property") == 1


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


def test_nothing_has_changed_before_the_first_case(work):
    assert work.worklist.last_event() == 0
