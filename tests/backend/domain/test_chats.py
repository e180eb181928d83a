"""Which chats are one person's follows from the cases they share, in whatever order these are read."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from backend.domain.chats import of_one_person
from backend.domain.planning import Bound

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)
ROLES = ("citizen", "joint", "device", "joint_device")


def case(**roles: str) -> list[Bound]:
    """``p7="device"``: chat 7 follows it as a device of who filed it."""
    return [Bound(int(chat[1:]), role, NOON, gone=False) for chat, role in roles.items()]


def test_who_has_one_chat_is_nobody_else():
    assert of_one_person([case(p1="citizen"), case(p2="citizen", p3="joint")]) == {}


def test_another_device_is_the_same_person():
    assert of_one_person([case(p1="citizen", p2="device", p3="joint")]) == dict.fromkeys((1, 2), frozenset({1, 2}))


def test_chats_that_share_a_third_are_one_persons():
    told = of_one_person([case(p1="citizen", p2="device"), case(p3="citizen", p2="device")])

    assert set(told.values()) == {frozenset({1, 2, 3})}


def test_whose_device_it_is_nobody_knows_where_several_joined():
    assert of_one_person([case(p1="citizen", p2="joint", p3="joint", p4="joint_device")]) == {}
    assert of_one_person([case(p1="citizen", p2="joint", p4="joint_device")])[4] == {2, 4}


cases = st.lists(
    st.dictionaries(st.integers(1, 8), st.sampled_from(ROLES), max_size=4).map(
        lambda found: [Bound(chat, role, NOON, gone=False) for chat, role in found.items()]
    ),
    max_size=6,
)


@given(cases, st.randoms(use_true_random=False))
def test_the_order_of_cases_says_nothing_and_everybody_is_one_person(told, chance):
    found = of_one_person(told)
    shuffled = [list(bound) for bound in told]
    chance.shuffle(shuffled)
    for bound in shuffled:
        chance.shuffle(bound)

    assert of_one_person(shuffled) == found
    assert all(found[other] == chats for chat, chats in found.items() for other in chats | {chat})
    assert all(len(chats) > 1 for chats in found.values())
