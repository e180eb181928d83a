"""The work list is narrowed by what handlers ask for, the same in every heap."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.domain.duties import Share
from backend.domain.lifecycle import PAUSING, Status
from backend.domain.scope import Scope
from backend.store.narrowing import Narrowed
from tests.backend.store.samples import NOON, a_case, filed

DAY = timedelta(days=1)
PLACE = {"text": "云东区幸福里", "pieces": {"district": "云东区"}}
OURS = frozenset({"lin"})


def number(n):
    return f"20260302-HL-{n:06d}-0"


FACTS = a_case().facts
KINDS = {
    1: {},
    2: {"category_id": "noise", "officer": "lin", "due": {"answer": NOON - DAY}},
    3: {"grade": "urgent", "source": "phone", "department_id": "roads", "due": {"answer": NOON + DAY}},
    4: {"facts": {**FACTS, "where": PLACE}, "officer": "wu", "due": {}},
    5: {"status": Status.SUPPLEMENTING, "due": {"answer": NOON - DAY}},
}


@pytest.fixture
def cases(work):
    for n, told in KINDS.items():
        filed(work, number(n), filed_at=NOON + n * timedelta(minutes=1), **({"due": {"answer": NOON + 9 * DAY}} | told))
    return work


ASKED = [
    (Narrowed(institution="hotline"), {1, 2, 3, 4, 5}),
    (Narrowed(institution="property"), set()),
    (Narrowed(department="roads"), {3}),
    (Narrowed(category="noise"), {2}),
    (Narrowed(grade="urgent"), {3}),
    (Narrowed(source="phone"), {3}),
    (Narrowed(district="云东区"), {4}),
    (Narrowed(officers=OURS), {2}),
    (Narrowed(officers=frozenset()), {1, 3, 5}),
    (Narrowed(due_until=NOON), {2}),
    (Narrowed(due_from=NOON, due_until=NOON + 2 * DAY), {3}),
    (Narrowed(category="city", officers=frozenset(), grade="ordinary"), {1, 5}),
    (Narrowed(filed_from=NOON + timedelta(minutes=3)), {3, 4, 5}),
    (Narrowed(filed_from=NOON + timedelta(minutes=2), filed_until=NOON + timedelta(minutes=4)), {2, 3}),
    (Narrowed(category="city", filed_until=NOON + timedelta(minutes=4)), {1, 3}),
    (Narrowed(shares=()), set()),
    (Narrowed(shares=(Share(frozenset({Status.RECEIVED})),)), {1, 2, 3, 4}),
    (Narrowed(shares=(Share(frozenset({Status.RECEIVED}), OURS, frozenset({"roads"})),)), {2, 3}),
    (Narrowed(shares=(Share(frozenset({Status.RECEIVED}), others="lin"),)), {1, 3, 4}),
]


@pytest.mark.parametrize(("narrowed", "wanted"), ASKED)
def test_every_list_and_count_is_narrowed_alike(cases, narrowed, wanted):
    open_ = {"received", "supplementing"}
    pressing, _ = cases.worklist.pressing(open_, paused=PAUSING, narrowed=narrowed, limit=9)
    latest, _ = cases.worklist.latest((), narrowed=narrowed, limit=9)

    assert {case.number for case in pressing} == {number(n) for n in wanted}
    assert [case.number for case in latest] == [number(n) for n in sorted(wanted, reverse=True)]
    assert cases.worklist.count(open_, narrowed=narrowed) == len(wanted)


@pytest.mark.parametrize(("narrowed", "wanted"), ASKED)
def test_a_case_that_is_there_fits_or_not_just_as_the_database_says(cases, narrowed, wanted):
    assert {n for n in KINDS if narrowed.fits(cases.cases.get(number(n)))} == wanted


def test_what_is_rare_is_looked_for_so_far_back_and_the_next_page_goes_on_there(cases):
    rare = Narrowed(category="noise")

    first, cursor = cases.worklist.latest((), narrowed=rare, limit=2, windows=(1, 2))
    second, end = cases.worklist.latest((), narrowed=rare, limit=2, cursor=cursor, windows=(1, 2))

    assert ([case.number for case in first], cursor is not None) == ([], True)
    assert ([case.number for case in second], end) == ([number(2)], None)


def test_page_by_page_every_fitting_case_comes_once(cases):
    nobodys, seen, cursor = Narrowed(officers=frozenset()), [], None
    for _ in range(9):
        found, cursor = cases.worklist.latest((), narrowed=nobodys, limit=1, cursor=cursor)
        seen += [case.number for case in found]
        if cursor is None:
            break

    assert seen == [number(n) for n in (5, 3, 1)]


def test_the_districts_that_were_told_can_be_chosen_from(cases):
    filed(cases, number(6), facts={**FACTS, "where": {"pieces": {"district": "云西区"}}})
    filed(cases, number(7), facts={**FACTS, "where": PLACE})

    assert cases.worklist.districts() == ["云东区", "云西区"]


def test_a_district_of_which_only_hidden_cases_tell_is_not_offered(cases):
    elsewhere = {**FACTS, "where": {"pieces": {"district": "云西区"}}}
    filed(cases, number(6), facts=elsewhere, sealed=True)
    filed(cases, number(7), facts=elsewhere, institution="property")

    assert cases.worklist.districts(scope=Scope("hotline", named="wu")) == ["云东区"]
    assert cases.worklist.districts(scope=Scope("property", named="wu")) == ["云西区"]


def test_of_very_many_no_more_are_counted_than_somebody_reads(cases):
    assert cases.worklist.count({"received"}, narrowed=Narrowed(), most=2) == 2
