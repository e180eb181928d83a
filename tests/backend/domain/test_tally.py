from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from backend.domain.tally import Happened, Spot, difference, tally

CITY = ZoneInfo("Asia/Shanghai")
FILED = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)  # half past eleven at night in China
PLACED = {"department_id": "roads", "category_id": "city"}


def told(*events, hours=1):
    """Events an hour apart, as they are counted."""
    return [Happened(n, FILED + n * timedelta(hours=hours), what, detail) for n, (what, detail) in enumerate(events)]


def whole(events):
    """All counts of a case."""
    return tally(events, institution="hotline", source="web", zone=CITY)


def stretch(events, after, upto):
    """What some events change."""
    return difference(events, after=after, upto=upto, institution="hotline", source="web", zone=CITY)


def counted(events):
    """What and day of the counts."""
    return {(spot.what, spot.day.day): count for spot, count in whole(events).items()}


def test_what_happens_after_midnight_in_china_counts_on_the_next_day():
    events = told(("filed", PLACED), ("moved", {"to": "accepted"}))

    assert counted(events) == {("received", 2): 1, ("at_accepted", 2): 1, ("to_accepted", 3): 1}


def test_a_corrected_case_is_counted_where_it_belongs_with_all_that_happened_before():
    moved = ("moved", {"to": "accepted"})
    right = ("corrected", {"category_id": ["city", "noise"], "department_id": ["roads", "police"]})
    events = told(("filed", PLACED), moved, right)

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
        "received", "at_answered", "to_answered", "kept", "late", "contacted_yes", "contacted_no", "solved_partly", "satisfied_4",
    }  # fmt: skip
    assert max(counted(events).values()) == 1


EVENTS: st.SearchStrategy[tuple[str, dict[str, object]]] = st.one_of(
    st.tuples(st.just("moved"), st.sampled_from([{"to": "accepted"}, {"to": "assigned", "department": "parks"}])),
    st.tuples(st.just("corrected"), st.sampled_from([{"category_id": ["city", "dogs"]}, {"confirmed": True}])),
    st.tuples(st.just("clock"), st.just({"kept": True})),
    st.tuples(st.just("noted"), st.just({})),
)


@given(st.lists(EVENTS, max_size=12), st.lists(st.integers(0, 12), max_size=4))
def test_however_a_history_is_cut_the_stretches_add_up_to_the_whole(more, cuts):
    events = told(("filed", PLACED), *more)
    ends = [-1, *sorted(cuts), len(events)]

    total: Counter[Spot] = Counter()
    for after, upto in pairwise(ends):
        total.update(stretch(events, after, upto))

    assert {spot: n for spot, n in total.items() if n} == whole(events)
