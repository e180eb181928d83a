"""Nobody may do something too often, and everybody is told when they may again."""

from __future__ import annotations

import pytest
from aiohttp.test_utils import make_mocked_request
from hypothesis import given
from hypothesis import strategies as st

from backend.web.limits import RATES, Limits, Rate, TooMany, address


class Watch:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def limited(most: int = 2, seconds: float = 60) -> tuple[Limits, Watch]:
    watch = Watch()
    return Limits({"say": Rate(most, seconds)}, clock=watch), watch


def test_the_first_ones_pass_and_the_next_is_told_when_to_come_back():
    limits, watch = limited()
    limits.hit("say", "li")
    watch.now += 20
    limits.hit("say", "li")

    with pytest.raises(TooMany) as refused:
        limits.hit("say", "li")

    assert refused.value.retry_after == 40


def test_after_that_time_it_passes():
    limits, watch = limited(most=1)
    limits.hit("say", "li")
    with pytest.raises(TooMany):
        limits.hit("say", "li")
    watch.now += 60

    limits.hit("say", "li")


def test_what_was_refused_does_not_count():
    limits, watch = limited(most=1)
    limits.hit("say", "li")
    for _ in range(5):
        watch.now += 10
        with pytest.raises(TooMany):
            limits.hit("say", "li")
    watch.now += 10

    limits.hit("say", "li")


def test_one_person_does_not_use_up_the_turn_of_another():
    limits, _ = limited(most=1)
    limits.hit("say", "li")
    limits.hit("say", "wang")

    with pytest.raises(TooMany):
        limits.hit("say", "wang")


def test_who_was_silent_for_long_is_forgotten():
    limits, watch = limited()
    for person in range(100):
        limits.hit("say", str(person))
    watch.now += 61
    limits.hit("say", "li")

    assert len(limits) == 1


def test_who_is_forgiven_may_try_again():
    limits, _ = limited(most=1)
    limits.hit("say", "li")
    limits.forgive("say", "li")
    limits.forgive("say", "nobody")
    limits.hit("say", "li")

    with pytest.raises(TooMany):
        limits.hit("say", "li")


def test_amounts_are_added_up_and_the_next_is_told_when_there_is_room():
    limits, watch = limited(most=100, seconds=600)
    limits.spend("say", 60, "li")
    watch.now += 100
    limits.spend("say", 40, "li")
    limits.spend("say", 100, "wang")

    with pytest.raises(TooMany) as refused:
        limits.spend("say", 1, "li")

    assert refused.value.retry_after == 500
    watch.now += 500
    limits.spend("say", 60, "li")


def test_an_amount_above_the_limit_is_never_taken():
    limits, _ = limited(most=100)

    with pytest.raises(TooMany):
        limits.spend("say", 101, "li")


def test_many_small_amounts_need_no_room_and_are_forgotten_with_the_rest():
    limits, watch = limited(most=10_000, seconds=600)
    for _ in range(5000):
        limits.spend("say", 1, "li")
        watch.now += 0.1
    assert sum(len(each) for each in limits._spent.values()) <= 100

    watch.now += 601
    limits.spend("say", 1, "wang")
    assert len(limits) == 1


@given(waits=st.lists(st.floats(0, 30), max_size=40))
def test_no_window_ever_holds_more_than_allowed(waits):
    limits, watch = limited(most=3, seconds=60)
    passed: list[float] = []
    waited: list[float] = []
    for wait in waits:
        watch.now += wait
        try:
            limits.hit("say", "li")
        except TooMany as refused:
            waited.append(refused.retry_after)
        else:
            passed.append(watch.now)

    assert all(0 < wait <= 60 + 1e-6 for wait in waited)
    assert all(later - earlier >= 60 - 1e-6 for earlier, later in zip(passed, passed[3:], strict=False))


@pytest.mark.parametrize("name", RATES)
def test_every_limit_lets_somebody_begin(name):
    assert RATES[name].most > 0
    assert RATES[name].seconds > 0


@pytest.mark.parametrize(
    ("near", "noted", "counted"),
    [
        ("203.0.113.9", None, "203.0.113.9"),
        ("203.0.113.9", "198.51.100.7", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "192.0.2.1, 198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", None, "127.0.0.1"),
    ],
)
def test_only_our_own_proxy_is_believed_about_an_address(near, noted, counted):
    headers = {"X-Forwarded-For": noted} if noted else {}
    request = make_mocked_request("GET", "/", headers=headers).clone(remote=near)

    assert address(request) == counted
