from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from backend.domain.audit import verify_chain
from backend.domain.case import Event
from backend.domain.lifecycle import Status
from backend.store import tables as t
from backend.store.case_rows import BadCursor
from backend.store.cases import NoSuchCase, Stale
from tests.backend.store.samples import CITY, NOON, NUMBER, a_case, a_citizen, filed, later, moved

DAY = date(2026, 3, 2)


def test_numbers_are_counted_by_institution_and_day(work):
    counts = [work.cases.next_count(code, day) for code, day in (("HL", DAY), ("HL", DAY), ("PM", DAY))]

    assert counts == [1, 2, 1]
    assert work.cases.next_count("HL", DAY + timedelta(days=1)) == 1


def test_no_number_is_given_twice_however_many_ask_at_once(store):
    counts = []

    def ask():
        for _ in range(10):
            counts.append(store.run_now(lambda work: work.cases.next_count("HL", DAY)))  # noqa: PERF401

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(counts) == list(range(1, 61))


def test_a_case_is_read_as_it_was_filed(work):
    case = filed(work, person=a_citizen(work).id)

    assert work.cases.get(NUMBER) == case == work.cases.get(NUMBER, lock=True)
    assert case == replace(a_case(), person=case.person, head=case.head, seq=1, version=1, fresh=[])
    assert case.due["accept"].utcoffset() == timedelta(hours=8)


def test_an_unknown_number_is_no_case(work):
    with pytest.raises(NoSuchCase, match="X"):
        work.cases.get("X")
    with pytest.raises(NoSuchCase):
        work.cases.save(a_case("X"), zone=CITY)


def test_a_change_is_saved_with_its_events(work):
    case = filed(work)
    case.status, case.answer, case.round = Status.ANSWERED, "修好了\x00", 2
    case.facts["where"] = {"text": "人民路", "lat": 30.5, "lon": 104.1, "pieces": {"road": "人民路"}}
    case.note(moved("answered", at=later(5), answer="修好了"))
    case.note(Event(later(6), "wang", "noted", {}, {"note": "电话回了"}))

    work.cases.save(case, zone=CITY)

    assert (case.seq, case.version, case.fresh) == (3, 2, [])
    saved = work.cases.get(NUMBER)
    assert saved == replace(case, answer="修好了\ufffd")
    assert [event.what for event in work.cases.history(NUMBER)] == ["filed", "moved", "noted"]


def test_who_read_an_older_version_is_told_who_was_faster(work):
    filed(work)
    mine, theirs = work.cases.get(NUMBER), work.cases.get(NUMBER)
    theirs.status = Status.ACCEPTED
    theirs.note(moved("accepted", by="zhao"))
    work.cases.save(theirs, zone=CITY)
    mine.note(moved("refused"))

    with pytest.raises(Stale) as caught:
        work.cases.save(mine, zone=CITY)

    assert (caught.value.number, caught.value.by, caught.value.status) == (NUMBER, "zhao", "accepted")
    assert len(work.cases.history(NUMBER)) == 2
    assert len(mine.fresh) == 1


def test_of_two_who_save_at_once_one_is_stale(store):
    store.run_now(filed)
    case, outcomes = store.read_now(lambda work: work.cases.get(NUMBER)), []
    start = threading.Barrier(2)

    def save(by):
        mine = replace(case, fresh=[moved("accepted", by=by)])
        start.wait()
        try:
            store.run_now(lambda work: work.cases.save(mine, zone=CITY))
        except Stale as stale:
            outcomes.append(stale.by)
        else:
            outcomes.append("saved")

    threads = [threading.Thread(target=save, args=(by,)) for by in ("zhao", "wang")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(outcomes) & {"zhao", "wang"}) == 1
    assert "saved" in outcomes


def test_the_row_knows_what_lists_and_reports_ask(work):
    def row():
        c = t.cases.c
        return work.conn.execute(select(c.filed_day, c.status_at, c.next_due, c.closed_day)).one()

    case = filed(work)
    assert row() == (DAY, NOON, NOON + timedelta(hours=2), None)

    case.status_at = later(7)
    del case.due["accept"]
    work.cases.save(case, zone=CITY)
    assert row() == (DAY, later(7), NOON + timedelta(days=7), None)

    case.closed_at = later(12 * 60 + 1)  # past midnight in the city, still the second in London
    work.cases.save(case, zone=CITY)
    assert row() == (DAY, later(7), None, DAY + timedelta(days=1))


def test_those_who_follow_a_case_are_bound_once(work):
    one, two = a_citizen(work), a_citizen(work, "c2")
    filed(work)

    work.cases.bind(NUMBER, one.id, "citizen", at=NOON)
    work.cases.bind(NUMBER, two.id, "joint", at=later(1))
    work.cases.bind(NUMBER, one.id, "joint", at=later(2))

    assert work.cases.people_of(NUMBER) == [one, two]
    assert work.cases.is_bound(NUMBER, one.id)
    assert not work.cases.is_bound(NUMBER, two.id + 1)


def test_ones_own_cases_come_newest_first(work):
    person = a_citizen(work)
    for number, minute in (("A", 1), ("B", 3), ("C", 2), ("D", 4)):
        filed(work, number, filed_at=later(minute))
    for number in "ABC":
        work.cases.bind(number, person.id, "citizen", at=later(9))

    assert [case.number for case in work.cases.bound_cases(person.id)] == ["B", "C", "A"]


def test_a_list_is_filtered(work):
    filed(work, "A")
    filed(work, "B", filed_at=later(1), institution="property")
    filed(work, "C", filed_at=later(2), status=Status.ASSIGNED)

    def numbers(**filters):
        return [case.number for case in work.cases.page(limit=10, **filters)[0]]

    assert numbers() == ["C", "B", "A"]
    assert numbers(statuses=["assigned", "closed"]) == ["C"]
    assert numbers(institution="property") == ["B"]
    assert numbers(since=later(1)) == ["C", "B"]


def test_institutions_are_known_by_their_cases(work):
    assert list(work.cases.homes()) == []

    for n, home in enumerate(("property", "hotline", "property")):
        filed(work, f"HL20260302000{n + 1}", institution=home)

    assert {home: work.cases.count_of(home) for home in work.cases.homes()} == {"hotline": 1, "property": 2}
    assert work.cases.count_of("nowhere") == 0


@pytest.mark.parametrize("cursor", ["", "x", "bm9uZQ", "WzEsMl0", "路灯", "W10", "WyIyMDI2LTAzLTAyIiwiQSJd"])
def test_a_cursor_that_is_not_ours_is_refused(work, cursor):
    with pytest.raises(BadCursor, match="start again"):
        work.cases.page(limit=1, cursor=cursor)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(minutes=st.lists(st.integers(0, 3), max_size=12), limit=st.integers(1, 5))
def test_paging_shows_each_case_once_while_others_are_filed(scratch, minutes, limit):
    with scratch() as work:
        for index, minute in enumerate(minutes):
            filed(work, f"N{index:02}", filed_at=later(minute))
        seen, cursor = [], None
        for turn in range(20):
            cases, cursor = work.cases.page(limit=limit, cursor=cursor)
            seen += [(case.filed_at, case.number) for case in cases]
            filed(work, f"M{turn}", filed_at=later(10))
            if cursor is None:
                break

        assert seen == sorted(((later(m), f"N{i:02}") for i, m in enumerate(minutes)), reverse=True)


def test_cases_that_wait_in_a_status_are_found_by_how_long(work):
    for number, minute in (("A", 3), ("B", 1), ("C", 5)):
        filed(work, number, filed_at=later(minute))
    filed(work, "D", status=Status.ACCEPTED)

    assert work.cases.waiting("received", before=later(5)) == [("B", later(1)), ("A", later(3))]
    assert work.cases.waiting(Status.ACCEPTED, before=later(5)) == [("D", NOON)]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from("abc"), st.none() | st.lists(st.dictionaries(st.sampled_from("xyz"), st.text()), max_size=3)
        ),
        max_size=15,
    )
)
def test_however_savers_interleave_the_history_has_no_gap_and_its_chain_holds(scratch, steps):
    with scratch() as work:
        filed(work)
        copies, saved = {who: work.cases.get(NUMBER) for who in "abc"}, 1
        for who, notes in steps:
            if notes is None:
                copies[who] = work.cases.get(NUMBER)
                continue
            current = work.cases.get(NUMBER)
            stale = copies[who].version != current.version
            copies[who].fresh = [Event(NOON, who, "noted", {"n": len(note)}, note) for note in notes]
            try:
                work.cases.save(copies[who], zone=CITY)
                assert not stale
                saved += len(notes)
            except Stale:
                assert stale
        case = work.cases.get(NUMBER)

        assert [event.seq for event in work.cases.history(NUMBER)] == list(range(1, saved + 1))
        [chain] = work.seals.chains(work.seals.numbers())
        assert verify_chain(chain.links, head=(case.seq, case.head)) == []
