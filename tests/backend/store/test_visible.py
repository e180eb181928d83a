from __future__ import annotations

import pytest

from backend.domain.scope import EVERYTHING, Scope
from backend.store.search import Wanted
from tests.backend.store.samples import NOON, filed

ROADS, LAMPS = "20260302-HL-000001-0", "20260302-HL-000002-0"
SECRET, NAMED, OTHERS = "20260302-HL-000003-0", "20260302-HL-000004-0", "20260302-PM-000001-8"


@pytest.fixture
def cases(work):
    """Of two departments, one that helps, two sealed, one of another institution."""
    filed(work, ROADS, department_id="roads", officer="lin")
    filed(work, LAMPS, department_id="lamps")
    filed(work, SECRET, department_id="roads", sealed=True)
    filed(work, NAMED, department_id="roads", sealed=True)
    filed(work, OTHERS, institution="property")
    work.involved.set_cohosts(LAMPS, ["parks"])
    work.involved.set_named(NAMED, ["li"])
    return work


@pytest.mark.parametrize(
    ("scope", "seen"),
    [
        (EVERYTHING, {ROADS, LAMPS, SECRET, NAMED, OTHERS}),
        (Scope("property"), {OTHERS}),
        (Scope("hotline", named="wang"), {ROADS, LAMPS}),
        (Scope("hotline", named="li"), {ROADS, LAMPS, NAMED}),
        (Scope("hotline", frozenset({"parks"})), {LAMPS, SECRET, NAMED}),
        (Scope("hotline", frozenset({"parks"}), named="wang"), {LAMPS}),
        (Scope("hotline", frozenset({"parks"}), named="li"), {LAMPS, NAMED}),
        (Scope("hotline", frozenset({"roads"}), named="wang"), {ROADS}),
        (Scope("hotline", frozenset({"parks"}), frozenset({"lin"}), "wang"), {LAMPS, ROADS}),
        (Scope("hotline", frozenset({"nobody"}), named="wang"), set()),
    ],
)
def test_every_list_and_count_shows_what_its_reader_may_see_and_no_more(cases, scope, seen):
    everything, _ = cases.cases.page(scope=scope, limit=9)
    pressing, _ = cases.worklist.pressing(["received"], paused=[], scope=scope, limit=9)
    heard, _ = cases.search.find(Wanted(kinds=("complaint",)), scope=scope, now=NOON, limit=9)
    changed = cases.worklist.changes(0, scope=scope, limit=99)

    for found in (everything, pressing, heard, changed):
        assert {each.number for each in found} == seen
    assert sum(cases.worklist.counts(scope=scope).values()) == len(seen)
