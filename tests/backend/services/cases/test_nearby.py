"""Open cases near a place: only those with a pin, only those that one may see."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from backend.domain.case import Actor
from backend.domain.lifecycle import Status
from backend.services.cases import nearby
from backend.store.engine import open_store
from tests.backend.store.samples import NOON, a_case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.store.engine import Store

HERE = (38.9335, 83.04)
ANYBODY = Actor("王主任", frozenset({"coordinator"}))


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    opened = open_store(sqlite_url)
    yield opened
    opened.close()


def pinned(number, north=0.0, **changes):
    """A case at a place so many degrees north of HERE; None: without a pin."""
    case = a_case(number, **changes)
    lat = None if north is None else HERE[0] + north
    case.facts = {**case.facts, "where": {"text": "路口", "lat": lat, "lon": None if north is None else HERE[1]}}
    return case


def filed(store, *cases):
    for case in cases:
        store.run_now(lambda work, case=case: work.cases.add(case, day=NOON.date()))
    return cases[0]


def around(store, case, by=ANYBODY):
    return [one.number for one in store.read_now(nearby.around, case, by=by)]


def test_the_nearest_come_first_and_what_is_far_or_over_or_nowhere_does_not_come(store):
    case = filed(
        store,
        pinned("20261121-HL-000001-0"),
        pinned("20261121-HL-000002-8", 0.01),
        pinned("20261121-HL-000003-6", 0.002),
        pinned("20261121-HL-000004-4", 0.03),
        pinned("20261121-HL-000005-1", None),
        pinned("20261121-HL-000006-9", 0.001, status=Status.CLOSED),
        pinned("20261121-HL-000007-7", 0.001, institution="property"),
    )

    assert around(store, case) == ["20261121-HL-000003-6", "20261121-HL-000002-8"]


def test_what_somebody_may_not_see_is_not_on_their_map(store):
    case = filed(
        store,
        pinned("20261121-HL-000001-0"),
        pinned("20261121-HL-000002-8", 0.001, department_id="police"),
        pinned("20261121-HL-000003-6", 0.001, sealed=True),
    )
    handler = Actor("李科长", frozenset({"handler"}), departments=frozenset({case.department_id}))

    assert around(store, case, handler) == []
    assert around(store, case) == ["20261121-HL-000002-8"]
    assert set(around(store, case, dataclasses.replace(ANYBODY, confidant=True))) == {
        "20261121-HL-000002-8",
        "20261121-HL-000003-6",
    }


def test_without_a_pin_nothing_is_near(store):
    case = filed(store, pinned("20261121-HL-000001-0", None), pinned("20261121-HL-000002-8"))

    assert around(store, case) == []
