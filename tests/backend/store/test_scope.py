"""What the database leaves out of a list is exactly what ``rights.sees`` says that this person does not see."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from backend.domain import rights, scope
from backend.domain.case import Actor
from backend.domain.rights import ROLES
from tests.backend.store.samples import filed

OFFICES: tuple[frozenset[str], ...] = (frozenset(), frozenset({"roads"}), frozenset({"parks", "moon"}))


@pytest.fixture
def cases(work):
    """Of two institutions, with and without helpers, officers, seals and officers named."""
    told: dict[str, dict[str, Any]] = {
        "20260302-HL-000001-0": {"department_id": "roads", "officer": "lin"},
        "20260302-HL-000002-0": {"department_id": "lamps", "record": {"co": ["parks"]}},
        "20260302-HL-000003-0": {"department_id": "roads", "sealed": True},
        "20260302-HL-000004-0": {"department_id": "lamps", "sealed": True, "record": {"named": ["li"]}},
        "20260302-HL-000005-0": {"department_id": "lamps", "officer": "wang"},
        "20260302-PM-000001-8": {"institution": "property", "department_id": "roads"},
        "20260302-PM-000002-8": {"institution": "property", "sealed": True, "record": {"named": ["li", "wang"]}},
    }
    for number, facts in told.items():
        filed(work, number, **facts)
        record = facts.get("record", {})
        work.involved.set_cohosts(number, record.get("co", ()))
        work.involved.set_named(number, record.get("named", ()))
    return work, [work.cases.get(number) for number in told]


@pytest.mark.parametrize("role", ROLES)
def test_a_list_holds_what_its_reader_sees_and_nothing_else(cases, role):
    work, known = cases
    everybody = product(
        ("li", "wang", "zhao"), (None, "hotline", "property"), OFFICES, (False, True), (False, True), (False, True)
    )

    for name, institution, offices, confidant, deputy, program in everybody:
        stands_in = frozenset({"lin"}) if deputy else frozenset()
        who = Actor(
            name,
            frozenset({role}),
            institution,
            program=program,
            departments=offices,
            confidant=confidant,
            stands_in=stands_in,
        )
        listed, _ = work.cases.page(scope=scope.of(who), limit=50)

        assert {case.number for case in listed} == {case.number for case in known if rights.sees(who, case)}, who
