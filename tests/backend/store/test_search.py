from __future__ import annotations

from datetime import timedelta

import pytest

from backend.domain.lifecycle import Status
from backend.domain.scope import Scope
from backend.store.case_rows import BadCursor, cursor_of
from backend.store.search import Key, Wanted
from tests.backend.store.samples import NOON, a_citizen, filed

HOUR = timedelta(hours=1)


def number(n):
    return f"20260302-HL-{n:06d}-0"


def kept(work, n, words, *, phone=None, name=None, **changes):
    filed(work, number(n), **({"filed_at": NOON + n * HOUR} | changes))
    work.search.keep(Key(number(n), phone, name, list(words)))


def found(work, *, size=9, **asked):
    """What is found, by the last digits, with every page of that size."""
    scope, cursor, seen = asked.pop("scope", Scope()), None, []
    while True:
        page, cursor = work.search.find(
            Wanted(**asked), scope=scope, paused=["supplementing"], now=NOON, limit=size, cursor=cursor
        )
        seen += [int(case.number[12:18]) for case in page]
        if cursor is None:
            return seen


def test_every_word_must_have_been_said_and_the_newest_comes_first(work):
    kept(work, 1, ["路灯", "坏", "三天"])
    kept(work, 2, ["电梯", "坏"])
    kept(work, 3, ["路灯", "坏"])

    assert found(work, words=("坏",)) == [3, 2, 1]
    assert found(work, words=("路灯", "坏")) == [3, 1]
    assert found(work, words=("路灯", "电梯")) == []
    assert found(work, words=("坏",), size=1) == [3, 2, 1]


def test_words_are_compared_whole_and_nothing_in_them_is_a_command(work):
    kept(work, 1, ["near", "or", "not", "路灯", "\ue000路灯"])

    for word in ("near", "or", "not", "路灯", "\ue000路灯"):
        assert found(work, words=(word,)) == [1], word
    for word in ("路", "nea", "and", "words"):
        assert found(work, words=(word,)) == [], word


def test_a_case_told_anew_is_found_by_its_new_words_alone(work):
    kept(work, 1, ["路灯"], phone="13800138000", name="李敏")
    work.search.keep(Key(number(1), None, "李明", ["电梯"]))

    assert found(work, words=("路灯",)) == found(work, phone="13800138000") == found(work, name="李敏") == []
    assert found(work, words=("电梯",)) == found(work, name="李明") == [1]


def test_what_is_forgotten_or_dropped_is_found_by_nothing_that_was_told(work):
    for n in (1, 2):
        kept(work, n, ["路灯"], phone="13800138000")
    work.search.forget(number(1))
    work.search.drop(number(2))

    assert found(work, words=("路灯",)) == found(work, phone="13800138000") == []
    assert found(work, statuses=("received",)) == [2, 1]
    assert work.search.unread(limit=9) == []


def test_a_citizens_other_cases_are_found_by_phone_and_name(work):
    kept(work, 1, [], phone="13800138000", name="李敏")
    kept(work, 2, [], phone="19900001234", name="李敏")

    assert found(work, phone="13800138000") == [1]
    assert found(work, name="李敏") == [2, 1]
    assert found(work, name="李敏", phone="19900001234") == [2]


def test_clocks_that_are_late_or_nearly_over_are_told_from_those_that_rest(work):
    kept(work, 1, [], due={"answer": NOON - HOUR})
    kept(work, 2, [], due={"answer": NOON - 2 * HOUR})
    kept(work, 3, [], due={"answer": NOON + HOUR})
    kept(work, 4, [], due={"answer": NOON + 25 * HOUR})
    kept(work, 5, [], due={"answer": NOON - HOUR}, status=Status.SUPPLEMENTING)
    kept(work, 6, [], due={"answer": NOON - HOUR}, closed_at=NOON, status=Status.CLOSED)

    assert found(work, clock="late") == found(work, clock="late", size=1) == [2, 1]
    assert found(work, clock="soon") == [3]
    assert found(work, clock="paused") == [5]


@pytest.mark.parametrize(
    "asked",
    [
        {"institution": "property"},
        {"categories": ("dogs",)},
        {"departments": ("parks",)},
        {"statuses": ("closed",)},
        {"kinds": ("help",)},
        {"sources": ("phone",)},
        {"grades": ("urgent",)},
        {"officer": "lin"},
        {"since": NOON + 3 * HOUR},
        {"until": NOON + 0 * HOUR},
    ],
)
@pytest.mark.parametrize("words", [(), ("坏",)])
def test_each_thing_asked_for_narrows_alone_and_with_words(work, asked, words):
    kept(work, 1, ["坏"])
    kept(work, 2, ["坏"])
    other = {
        "institution": "property", "category_id": "dogs", "department_id": "parks", "status": Status.CLOSED,
        "kind": "help", "source": "phone", "grade": "urgent", "officer": "lin",
        "filed_at": NOON - 5 * HOUR if "until" in asked else NOON + 9 * HOUR,
    }  # fmt: skip
    kept(work, 3, ["坏"], **other)

    assert found(work, words=words, **asked) == [3]


def test_nobody_finds_what_they_may_not_see(work):
    kept(work, 1, ["坏"], sealed=True, phone="13800138000")
    kept(work, 2, ["坏"], institution="property")

    assert found(work, words=("坏",), scope=Scope("hotline", named="wang")) == []
    assert found(work, phone="13800138000", scope=Scope("hotline", named="wang")) == []
    assert found(work, scope=Scope("property")) == [2]


@pytest.mark.parametrize("wanted", [Wanted(words=("坏",)), Wanted(clock="late"), Wanted()])
@pytest.mark.parametrize("cursor", ["", "xx", cursor_of([-1]), cursor_of(["a", 1]), cursor_of([1, 2, 3])])
def test_a_cursor_of_somebody_elses_making_is_refused(work, wanted, cursor):
    with pytest.raises(BadCursor):
        work.search.find(wanted, now=NOON, limit=1, cursor=cursor)


def test_lately_looks_no_further_back_than_it_is_told(work):
    for n in (1, 2, 3):
        kept(work, n, ["路灯"], status=Status.RECEIVED if n > 1 else Status.CLOSED)

    def lately(within):
        asked = {"institution": "hotline", "statuses": ["closed"], "limit": 9}
        return [case.number for case in work.search.lately("路灯", within=within, **asked)]

    assert lately(3) == [number(1)]
    assert lately(2) == []


def test_of_a_person_are_the_cases_they_filed_and_none_they_joined(work):
    person = a_citizen(work)
    for n, role in ((1, "citizen"), (2, "joint"), (3, "device"), (4, "citizen")):
        kept(work, n, [])
        work.cases.bind(number(n), person.id, role, at=NOON)

    assert [case.number for case in work.search.of_person(person.id, limit=2)] == [number(4), number(3)]
    assert [case.number for case in work.search.of_person(person.id, limit=9)] == [number(4), number(3), number(1)]
