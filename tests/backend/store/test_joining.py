"""Whose matter a case is, and the cases that are near a new one, on both databases."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from sqlalchemy import text

from backend.domain.lifecycle import Status
from backend.store.cases import NoSuchCase
from tests.backend.store.samples import NOON, NUMBER, a_citizen, filed

DAY = timedelta(days=1)
WHERE = {"text": "幸福里3栋", "lat": None, "lon": None, "pieces": {"compound": "幸福里"}}
FACTS = {"who": {"name": None, "contact": None}, "what": "路灯坏了", "where": WHERE}
INDEX = "ix_cases_institution_category_id_filed_at"


def near(work, **changes):
    wanted = {"statuses": {"received"}, "kinds": {"complaint"}, "since": NOON - 30 * DAY, "limit": 10} | changes
    return work.cases.near(wanted.pop("institution", "hotline"), wanted.pop("categories", ["city"]), **wanted)


def test_near_are_open_cases_of_the_same_institution_and_category_not_too_old(work):
    filed(work, facts=FACTS)
    filed(work, "20260302-PM-000001-8", institution="property", facts=FACTS)
    filed(work, "20260302-HL-000002-3", category_id="water", facts=FACTS)
    filed(work, "20260302-HL-000003-1", status=Status.CLOSED, facts=FACTS)
    filed(work, "20260302-HL-000004-8", kind="report", facts=FACTS)
    filed(work, "20260302-HL-000005-6", filed_at=NOON - 31 * DAY, facts=FACTS)

    case = work.cases.get(NUMBER)
    assert near(work) == [(NUMBER, case.version, case.head)]


def test_where_a_case_is_is_asked_for_apart(work):
    filed(work, facts=FACTS)

    assert work.cases.where(NUMBER) == WHERE
    with pytest.raises(NoSuchCase):
        work.cases.where("20260302-HL-000009-9")


def test_a_place_that_was_not_told_is_empty(work):
    filed(work)

    assert work.cases.where(NUMBER) == {}


def test_a_case_that_was_changed_is_told_from_what_it_was(work):
    case = filed(work, facts=FACTS)
    before = near(work)
    case.facts = FACTS | {"where": WHERE | {"text": "和平里"}}
    work.cases.save(case, zone=UTC)

    assert near(work) != before


def test_the_newest_come_first_and_no_more_than_asked_for(work):
    for day in range(5):
        filed(work, f"20260302-HL-{day:06d}-0", filed_at=NOON - day * DAY, facts=FACTS)

    assert [number[12:18] for number, *_ in near(work, limit=3)] == ["000000", "000001", "000002"]


def test_the_question_goes_by_its_index(work):
    sql = (
        "SELECT number, filed_at, status, kind FROM cases WHERE institution = 'hotline' AND category_id = 'city'"
        " AND filed_at >= {since} ORDER BY filed_at DESC LIMIT 1000"
    )
    if work.conn.dialect.name == "sqlite":
        plan = work.conn.execute(text(f"EXPLAIN QUERY PLAN {sql.format(since=0)}")).all()
        assert "TEMP B-TREE" not in str(plan)
    else:  # of an empty table PostgreSQL takes any index; among a million cases it takes this one
        wanted = text("SELECT indexdef FROM pg_indexes WHERE tablename = 'cases'")
        plan = work.conn.execute(wanted).scalars().all()
        assert "(institution, category_id, filed_at)" in str(plan)
    assert INDEX in str(plan)


@pytest.mark.parametrize(("role", "count"), [("joint", 2), ("device", 1), ("joint_device", 1)])
def test_a_device_is_nobodys_second_voice(work, role, count):
    filed(work)
    first, other = a_citizen(work), a_citizen(work, "c2")
    work.cases.bind(NUMBER, first.id, "citizen", at=NOON)
    work.cases.bind(NUMBER, other.id, role, at=NOON + DAY)

    assert work.cases.voices([NUMBER]) == {NUMBER: count}
    assert len(work.cases.reporters(NUMBER)) == count
    assert work.cases.roles(other.id) == {NUMBER: role}


def test_who_leaves_takes_the_devices_along_where_the_case_was_theirs(work):
    filed(work)
    first, joint, device = (a_citizen(work, name) for name in ("c1", "c2", "c3"))
    for person, role in ((first, "citizen"), (joint, "joint"), (device, "device")):
        work.cases.bind(NUMBER, person.id, role, at=NOON)
    work.cases.unbind(NUMBER, first.id, with_devices=True)

    assert [person.id for person in work.cases.people_of(NUMBER)] == [joint.id]
    work.cases.unbind(NUMBER, joint.id, with_devices=False)
    assert work.cases.people_of(NUMBER) == []
    assert work.cases.voices([NUMBER]) == {NUMBER: 0}
