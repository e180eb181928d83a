"""A platform that breaks in ways nobody foresaw: nobody else waits for it, and it is not tried for ever."""

from __future__ import annotations

import pytest

from backend.jobs.deliver import deliver
from tests.backend.jobs.test_deliver import Platform, Post, states
from tests.backend.services.city import City

TROUBLES = (
    KeyError("result"),
    ValueError("garbage"),
    TimeoutError(),
    UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"),
)


@pytest.fixture
def city(store):
    return City(store)


async def served(post: Post) -> None:
    while await deliver(post, "worker"):
        pass


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda one: type(one).__name__)
async def test_what_nobody_foresaw_is_uncertain_is_told_and_holds_up_nothing(city, trouble):
    platform = Platform()
    post = Post(city.store, {"web": platform}, city)
    first, second = (city.citizen(name).files_a_case() for name in ("li", "wang"))
    platform.troubles = [trouble]
    city.move(first, "accepted")
    city.move(second, "accepted")
    city.move(first, "assigned", department=city.case(first).department_id)

    await served(post)

    assert states(city, first) == ["uncertain", "accepted"]
    assert states(city, second) == ["accepted"]
    row = city.store.read_now(lambda work: work.outbox.of_case(first))[0]
    assert "不确定是否送到" in row.reason
    assert type(trouble).__name__ in row.reason
    assert "garbage" not in row.reason


async def test_a_platform_that_always_breaks_leaves_nothing_behind_that_is_tried_again_and_again(city):
    platform = Platform(troubles=[KeyError("x")] * 50)
    post = Post(city.store, {"web": platform}, city)
    number = city.citizen().files_a_case()
    city.answer(number)

    for _ in range(5):
        await served(post)
        city.later(hours=30)

    assert set(states(city, number)) == {"uncertain"}
    assert len(platform.troubles) == 50 - len(states(city, number))
