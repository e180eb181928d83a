"""The work list: whose work comes first, what it is narrowed by, and which lists are kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.domain.case import Actor
from backend.domain.lifecycle import Status
from backend.services.cases import casework
from backend.services.office import listing, saved
from backend.services.office.desk import OnlyLooks
from backend.services.office.listing import Asked
from tests.backend.services.city import OFFICER, City
from tests.backend.store.samples import CITY, filed

HOMES = {"web": "hotline"}
LIN = Actor("lin", frozenset({"handler"}), "hotline", departments=frozenset({"lighting"}))
DISPATCHER = Actor("chen", frozenset({"dispatcher"}), "hotline")
LEAD = Actor("zhao", frozenset({"coordinator"}), "hotline")
ABROAD = Actor("wu", frozenset({"coordinator"}), "property")
AUDITOR = Actor("sun", frozenset({"auditor"}), "hotline")


@pytest.fixture
def city(store):
    return City(store)


def number(n):
    return f"20261121-HL-{n:06d}-0"


def keep(city, **cases):
    """Cases n1, n2 … as they stand."""

    def change(work):
        for name, told in cases.items():
            at = city.now + timedelta(minutes=int(name[1:]))
            filed(work, number(int(name[1:])), **({"filed_at": at.astimezone(CITY), "due": {}} | told))

    city.unit(change)


def listed(city, tab=listing.ALL, *, by=OFFICER, cursor=None, limit=listing.PAGE, **asked):
    return city.store.read_now(
        listing.listing, HOMES, city.institutions, Asked(tab, **asked), by=by, at=city.now, cursor=cursor, limit=limit
    )


def numbers(found):
    return [case.number for case in found.cases]


def test_every_status_lies_on_exactly_one_heap_beside_ones_own_work_and_everything():
    heaps = [statuses for key, statuses in listing.TABS.items() if key not in {listing.ALL, listing.MINE}]

    assert sorted(status for heap in heaps for status in heap) == sorted(Status)


def test_the_list_counts_its_heaps_and_shows_one(city):
    first = city.citizen().files_a_case()
    other = city.citizen("wang").files_a_case()
    city.move(other, "accepted")

    found = listed(city, "new")

    assert numbers(found) == [first]
    told = {key: count for key, count in found.counts.items() if count}
    assert told == {"mine": 2, "new": 1, "working": 1, "all": 2}


def test_the_list_goes_on_from_page_to_page(city):
    keep(city, n1={}, n2={}, n3={})

    first = listed(city, limit=2)
    second = listed(city, limit=2, cursor=first.next)

    assert numbers(first) + numbers(second) == [number(n) for n in (3, 2, 1)]
    assert second.next is None


def test_each_has_their_own_work_first_and_what_presses_most_on_top(city):
    keep(
        city,
        n1={"due": {"accept": city.now + timedelta(hours=9)}},
        n2={"due": {"accept": city.now - timedelta(days=2)}},
        n3={"status": Status.ASSIGNED, "officer": "lin"},
        n4={"status": Status.ASSIGNED},
        n5={"status": Status.ASSIGNED, "officer": "wang"},
        n6={"status": Status.ASSIGNED, "department_id": "roads"},
        n7={"status": Status.SUPPLEMENTING},
        n8={"status": Status.RETURNED},
    )

    assert numbers(listed(city, listing.MINE, by=DISPATCHER)) == [number(n) for n in (2, 1, 8)]
    assert numbers(listed(city, listing.MINE, by=LIN)) == [number(n) for n in (3, 4)]
    assert numbers(listed(city, listing.MINE, by=LEAD)) == [number(8)]
    assert listed(city, listing.MINE, by=LIN).counts[listing.MINE] == 2


def test_who_stands_in_for_a_colleague_sees_their_work(city):
    keep(city, n1={"status": Status.ASSIGNED, "officer": "wang", "department_id": "roads"})
    deputy = Actor("lin", LIN.roles, "hotline", departments=LIN.departments, stands_in=frozenset({"wang"}))

    assert numbers(listed(city, listing.MINE, by=deputy)) == [number(1)]
    assert numbers(listed(city, officer=listing.ME, by=deputy)) == [number(1)]


@pytest.mark.parametrize(("by", "begins"), [(LIN, "mine"), (DISPATCHER, "mine"), (AUDITOR, "new")])
def test_who_has_work_begins_with_it(by, begins):
    assert listing.first(by) == begins
    assert (listing.MINE in listing.tabs(by)) is (by is not AUDITOR)


def test_due_today_ends_at_midnight_and_what_is_late_is_not_soon(city):
    keep(
        city,
        n1={"due": {"answer": city.now - timedelta(hours=1)}},
        n2={"due": {"answer": city.now + timedelta(hours=14)}},  # it is 9:12 in the morning
        n3={"due": {"answer": city.now + timedelta(hours=20)}},
        n4={"due": {"answer": city.now + timedelta(hours=30)}},
    )

    assert [numbers(listed(city, due=due)) for due in listing.DUES] == [
        [number(1)],
        [number(2)],
        [number(2), number(3)],
    ]
    assert listed(city, due="soon").fitting == 2


def test_words_are_looked_for_in_a_heap_and_among_what_fits(city):
    first = city.citizen("a").files_a_case("幸福里的路灯坏了三天")
    second = city.citizen("b").files_a_case("老街的路灯一直闪")
    city.move(second, "accepted")
    city.unit(casework.correct, city.institutions, first, {"grade": "urgent"}, by=OFFICER, at=city.now)

    assert numbers(listed(city, text="路灯")) == [second, first]
    assert numbers(listed(city, "new", text="路灯")) == [first]
    assert numbers(listed(city, text="路灯", grade="urgent")) == [first]
    assert numbers(listed(city, "new", text="路灯", status="accepted")) == []


def test_a_status_that_is_not_of_the_heap_leaves_nothing(city):
    keep(city, n1={}, n2={"status": Status.CLOSED})

    assert numbers(listed(city, "over", status="received")) == []
    assert numbers(listed(city, status="received")) == [number(1)]


def user(city, by):
    city.unit(
        lambda work: work.accounts.add_user(by.name, "x", sorted(by.roles), institution=by.institution, at=city.now)
    )


def saved_of(city, by):
    return [(one.name, count) for one, count in listed(city, by=by).saved]


def test_a_saved_list_stands_beside_the_heaps_with_its_count_and_is_saved_once(city):
    user(city, LEAD)
    keep(city, n1={}, n2={"grade": "urgent"}, n3={"status": Status.CLOSED, "grade": "urgent"})
    for _ in range(2):
        city.unit(saved.keep, " 加急  的 ", {"tab": "new", "grade": "urgent", "text": ""}, shared=False, by=LEAD)
    city.unit(saved.keep, "办完的加急", {"tab": "over", "grade": "urgent"}, shared=False, by=LEAD)

    assert saved_of(city, LEAD) == [("加急 的", 1), ("办完的加急", None)]


def test_a_saved_list_of_a_department_counts_its_cases(city):
    user(city, LEAD)
    keep(city, n1={"department_id": "lighting"}, n2={"department_id": "roads"})
    asked = {"tab": "new", "institution": "hotline", "department": "hotline/roads"}  # as the list's address has it
    city.unit(saved.keep, "道路", asked, shared=False, by=LEAD)

    assert saved_of(city, LEAD) == [("道路", 1)]


def test_a_shared_list_is_seen_by_colleagues_of_the_institution_alone_and_changed_by_nobody_else(city):
    for by in (LEAD, LIN, ABROAD):
        user(city, by)
    city.unit(saved.keep, "加急", {"tab": "new", "grade": "urgent"}, shared=True, by=LEAD)
    (key,) = [one.id for one in city.store.read_now(saved.seen, by=LIN)]

    assert city.store.read_now(saved.seen, by=ABROAD) == []
    with pytest.raises(saved.NoSuchFilter):
        city.unit(saved.change, key, "别的", shared=False, by=LIN)
    city.unit(saved.drop, key, by=LIN)
    city.unit(saved.change, key, "急件", shared=False, by=LEAD)
    assert [one.name for one in city.store.read_now(saved.seen, by=LEAD)] == ["急件"]
    assert city.store.read_now(saved.seen, by=LIN) == []


def test_who_does_not_lead_shares_nothing_and_nobody_saves_more_than_so_many(city):
    user(city, LIN)
    with pytest.raises(OnlyLooks):
        city.unit(saved.keep, "我的", {}, shared=True, by=LIN)
    for n in range(saved.MOST):
        city.unit(saved.keep, f"第{n}个", {"tab": "all"}, shared=False, by=LIN)

    with pytest.raises(saved.TooMany):
        city.unit(saved.keep, "再一个", {"tab": "all"}, shared=False, by=LIN)


def test_what_a_saved_list_asks_for_and_there_is_no_more_is_not_asked(city):
    asked = listing.asked_of({"tab": "gone", "status": "nowhere", "colour": "red", "grade": "urgent"}, LIN)

    assert asked == Asked("mine", grade="urgent")
