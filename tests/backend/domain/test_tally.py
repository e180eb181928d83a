from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from backend.domain.tally import Happened, Place, Spot, difference, tally

CITY = ZoneInfo("Asia/Shanghai")
FILED = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)  # half past eleven at night in China
PLACED = {"department_id": "roads", "category_id": "city"}
HERE = Place("hotline", "web")
OFFICE = "王主任"


def told(*events, hours=1, by=OFFICE):
    """Events an hour apart, as they are counted; a third part says who did it."""
    return [
        Happened(n, FILED + n * timedelta(hours=hours), who[0] if who else by, what, detail)
        for n, (what, detail, *who) in enumerate(events)
    ]


def moved(to, by=OFFICE, **detail):
    """A move."""
    return ("moved", {"to": to, **detail}, by)


def whole(events):
    """All counts of a case."""
    return tally(events, place=HERE, zone=CITY)


def stretch(events, after, upto, was=HERE, now=HERE):
    """What some events change."""
    return difference(events, after=after, upto=upto, was=was, now=now, zone=CITY)


def whats(events):
    """Everything counted but the statuses."""
    return Counter({key: n for (key, _), n in counted(events).items() if not key.startswith(("to_", "at_"))})


def hands(events):
    """Whose it was."""
    return {spot.what: spot.handler for spot in whole(events)}


def counted(events):
    """What and day of the counts."""
    return {(spot.what, spot.day.day): count for spot, count in whole(events).items()}


def test_what_happens_after_midnight_in_china_counts_on_the_next_day():
    events = told(("filed", PLACED), ("moved", {"to": "accepted"}))

    assert counted(events) == {
        ("received", 2): 1, ("at_accepted", 2): 1, ("to_accepted", 3): 1, ("repeat_no", 2): 1, ("returned_none", 2): 1,
    }  # fmt: skip


def test_a_corrected_case_is_counted_where_it_belongs_with_all_that_happened_before():
    right = ("corrected", {"category_id": ["city", "noise"], "department_id": ["roads", "police"]})
    events = told(("filed", PLACED), moved("accepted"), right)

    found = whole(events)
    changed = stretch(events, 1, 2)

    assert {(spot.department, spot.category) for spot in found} == {("police", "noise")}
    assert changed[Spot("hotline", date(2026, 3, 2), "roads", "city", "web", "received")] == -1
    assert changed[Spot("hotline", date(2026, 3, 2), "police", "noise", "web", "received")] == 1


def test_clocks_count_when_they_end_and_visit_backs_by_their_last_word():
    said = {"contacted": True, "solved": "partly", "satisfied": 4}
    events = told(
        ("filed", PLACED),
        ("clock", {"clock": "accept", "due": "2026-03-03"}),
        ("clock", {"clock": "accept", "kept": True}),
        ("clock", {"clock": "answer", "kept": False}),
        ("rated", {"contacted": True, "solved": None, "satisfied": None}),
        ("rated", said),
        ("rated", {**said, "voice": 2}),
        ("moved", {"to": "answered"}),
        ("rated", {"contacted": False, "solved": None, "satisfied": None}),
        hours=0.01,
    )
    assert {what for what, _ in counted(events)} == {
        "received", "at_answered", "to_answered", "kept", "late", "repeat_no", "returned_none", "reopened_no",
        "contacted_yes", "solved_partly", "satisfied_4", "contacted_no", "solved_silent", "satisfied_silent",
    }  # fmt: skip
    assert max(counted(events).values()) == 1


def test_who_was_asked_and_said_nothing_is_silent_and_who_was_never_asked_is_that():
    answered = [("filed", PLACED), moved("assigned", department="roads"), moved("answered")]

    waits = whats(told(*answered, moved("visiting_back", "system")))
    silent = whats(told(*answered, moved("visiting_back", "system"), moved("closed", "system")))
    unasked = whats(told(*answered, moved("closed")))

    assert not [key for key in waits if "silent" in key or key == "unasked"]
    assert silent["contacted_silent"] == silent["solved_silent"] == silent["satisfied_silent"] == 1
    assert "unasked" not in silent
    assert unasked["unasked"] == 1


def test_whom_no_question_reached_is_not_silent():
    answered = [("filed", PLACED), moved("assigned", department="roads"), moved("answered")]
    asked = [*answered, moved("visiting_back", "system"), ("notice", {"visit": "asked", "round": 1, "people": 1})]

    lost = whats(told(*asked, ("notice", {"visit": "unreachable", "round": 1}), moved("closed", "system")))

    assert lost["solved_unreached"] == 1
    assert "solved_silent" not in lost


def test_who_was_asked_after_the_case_was_closed_was_asked():
    closed = [("filed", PLACED), moved("answered"), moved("closed")]

    asked = whats(told(*closed, ("notice", {"visit": "asked", "round": 1, "people": 1})))

    assert "unasked" not in asked
    assert asked["solved_silent"] == 1


def test_what_became_of_a_case_counts_once_however_often_it_happened():
    life = [("filed", PLACED), ("noted", {"act": "repeat"})]
    for _ in range(2):
        life += [moved("assigned", department="roads"), moved("returned"), moved("assigned", department="parks")]
        life += [moved("answered"), moved("reopened", "citizen")]
    found = whats(told(*life))

    assert found["repeat_yes"] == found["returned_yes"] == found["reopened_yes"] == 1
    assert "repeat_no" not in found
    assert "unanswered" not in found


def test_a_case_that_ended_without_an_answer_is_told_apart_and_no_more_once_it_goes_on():
    refused = [("filed", PLACED), moved("refused"), moved("archived", "system")]

    assert whats(told(*refused))["unanswered"] == 1
    assert "unanswered" not in whats(told(*refused[:2], moved("reopened")))


def test_a_promise_that_a_correction_took_away_is_void_and_the_citizens_own_time_is_nothing():
    found = whats(
        told(("filed", PLACED), *(("clock", {"clock": name, "stopped": True}) for name in ("answer", "claim")))
    )

    assert found["void"] == 1


def test_a_visit_back_tells_of_whoever_wrote_that_answer_also_when_another_has_the_case_now():
    first = [("filed", PLACED), moved("assigned", department="roads", officer="小赵"), moved("reviewing", "小赵")]
    first += [moved("answered", "审核员"), ("clock", {"kept": False}), ("rated", {"contacted": False, "solved": "no"})]
    again = [
        moved("reopened", "citizen"),
        moved("assigned", department="roads", officer="老钱"),
        moved("answered", "老钱"),
    ]
    said = ("rated", {"contacted": True, "solved": "yes", "satisfied": 5})

    found = hands(told(*first, *again, said))

    assert found["contacted_no"] == found["solved_no"] == found["late"] == found["reopened_yes"] == "小赵"
    assert found["contacted_yes"] == found["solved_yes"] == found["received"] == "老钱"


def test_a_case_that_nobody_has_worked_on_is_nobodys():
    assert set(hands(told(("filed", PLACED), moved("accepted"))).values()) == {""}
    assert hands(told(("filed", PLACED), ("noted", {"act": "officer", "user": "小赵"})))["received"] == "小赵"


def test_a_place_told_later_takes_all_that_was_counted_with_it():
    events = told(("filed", PLACED), moved("accepted"))
    there = Place("hotline", "web", "云东区", sealed=True)

    changed = stretch(events, 0, 1, HERE, there)

    assert {(spot.district, spot.sealed, spot.what): n for spot, n in changed.items() if spot.what == "received"} == {
        ("", False, "received"): -1,
        ("云东区", True, "received"): 1,
    }


ENTERED = ("reviewing", "answered", "visiting_back", "closed", "reopened", "returned", "withdrawn")
EVENTS: st.SearchStrategy[tuple[str, dict[str, object]]] = st.one_of(
    st.tuples(
        st.just("moved"),
        st.sampled_from(
            [{"to": "accepted"}, {"to": "assigned", "department": "parks"}, *({"to": to} for to in ENTERED)]
        ),
    ),
    st.tuples(st.just("corrected"), st.sampled_from([{"category_id": ["city", "dogs"]}, {"confirmed": True}])),
    st.tuples(st.just("clock"), st.just({"kept": True})),
    st.tuples(st.just("rated"), st.sampled_from([{"contacted": True}, {"solved": "no", "satisfied": 1}])),
    st.tuples(st.just("noted"), st.sampled_from([{}, {"act": "repeat"}, {"act": "officer", "user": "小赵"}])),
)


@given(st.lists(EVENTS, max_size=12), st.lists(st.integers(0, 12), max_size=4))
def test_however_a_history_is_cut_the_stretches_add_up_to_the_whole(more, cuts):
    events = told(("filed", PLACED), *more)
    ends = [-1, *sorted(cuts), len(events)]

    total: Counter[Spot] = Counter()
    for after, upto in pairwise(ends):
        total.update(stretch(events, after, upto))

    assert {spot: n for spot, n in total.items() if n} == whole(events)
