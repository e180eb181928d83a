from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from backend.domain.audit import verify_chain
from backend.domain.case import Event
from backend.store import tables as t
from backend.store.history import PastEvent, chains_of
from tests.backend.store.samples import CITY, NUMBER, filed, later, moved

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def faults(work, number=NUMBER):
    [chain] = chains_of(work.conn, [number])
    return verify_chain(chain.links, head=(chain.seq, chain.head))


def test_the_history_tells_who_did_what_and_when(work):
    case = filed(work)
    case.note(moved("refused", at=later(5), ground="不在受理范围", note="请拨 119"))
    work.cases.save(case, zone=CITY)

    first, second = work.cases.history(NUMBER)

    assert first.private == {"what": "路灯坏了三天"}
    texts: dict[str, str | None] = {"ground": "不在受理范围", "note": "请拨 119"}
    assert second == PastEvent(2, later(5), "wang", "moved", {"to": "refused"}, texts, case.head)


def test_the_histories_of_many_cases_are_told_at_once(work):
    case = filed(work)
    filed(work, "OTHER")
    case.note(moved("refused"))
    work.cases.save(case, zone=CITY)

    found = work.cases.histories([NUMBER, "OTHER", "NONE"])

    assert {number: [event.what for event in events] for number, events in found.items()} == {
        NUMBER: ["filed", "moved"],
        "OTHER": ["filed"],
    }


def test_an_erased_text_leaves_a_tombstone_and_a_whole_chain(work):
    case = filed(work)
    case.note(moved("refused", ground="不在受理范围", note="请拨 119"))
    work.cases.save(case, zone=CITY)

    assert work.cases.erase(NUMBER, seq=2) == 2

    assert work.cases.history(NUMBER)[1].private == {"ground": None, "note": None}
    assert work.cases.history(NUMBER)[0].private == {"what": "路灯坏了三天"}
    assert work.cases.erase(NUMBER, seq=2) == 0
    assert faults(work) == []


def test_the_salt_goes_with_the_text_so_that_nobody_can_guess_it(work):
    filed(work)

    work.cases.erase(NUMBER, seq=1)

    assert work.conn.execute(select(t.event_texts)).all() == []


@pytest.mark.parametrize(
    "tamper",
    [
        update(t.events).where(t.events.c.seq == 1).values(by="somebody"),
        update(t.events).where(t.events.c.seq == 1).values(detail={"channel": "phone"}),
        update(t.events).where(t.events.c.seq == 2).values(at=later(1)),
        update(t.event_texts).values(value="没有坏"),
        update(t.cases).values(seq=1),
        update(t.events).where(t.events.c.seq == 2).values(seq=3),
    ],
    ids=["by", "detail", "at", "text", "head", "gap"],
)
def test_what_was_changed_behind_our_back_is_found(work, tamper):
    case = filed(work)
    case.note(moved("accepted"))
    work.cases.save(case, zone=CITY)
    assert faults(work) == []

    work.conn.execute(tamper)

    assert faults(work)


def test_the_end_of_a_history_cannot_be_cut_off_unnoticed(work):
    filed(work)
    work.conn.execute(delete(t.event_texts))
    work.conn.execute(delete(t.events))

    assert faults(work)


def test_one_place_in_a_history_is_given_once(work):
    filed(work)
    [chain] = chains_of(work.conn, [NUMBER])

    with pytest.raises(IntegrityError):
        work.cases._history.write(chain.links)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    detail=st.dictionaries(st.text(), JSON, max_size=4),
    private=st.dictionaries(
        st.text(st.characters(codec="ascii", exclude_characters="\0"), max_size=32), st.text(), max_size=3
    ),
    at=st.datetimes(datetime(1992, 1, 1), timezones=st.sampled_from([CITY, UTC])),  # noqa: DTZ001 - bounds are naive
)
def test_whatever_an_event_holds_is_read_back_and_its_chain_holds(scratch, detail, private, at):
    with scratch() as work:
        case = filed(work)
        case.note(Event(at, "wang", "noted", detail, private))
        work.cases.save(case, zone=CITY)

        event = work.cases.history(NUMBER)[1]

        assert (event.at, event.detail) == (at, detail)
        assert event.private == {key: t.storable(value) for key, value in private.items()}
        assert faults(work) == []
