"""A message that a fault of ours keeps from being understood: kept, told, tried again, and left to the desk (T05)."""

from __future__ import annotations

import pytest

from backend.jobs import rounds
from backend.services.talks import arriving, intake
from tests.channels.people import InTelegram
from tests.fakes.telegram_people import snapshot

TROUBLE = "工作人员会来查看"


class Poison:
    """Units fail that take a message with that text, as often as it is told to."""

    def __init__(self, text, times):
        self.text, self.left, self.tries = text, times, 0

    def __call__(self, f, *args):
        prepared = next((one for one in args if isinstance(one, intake.Prepared)), None)
        if f not in {arriving.arrive, arriving.rise} or prepared is None or prepared.message.text != self.text:
            return False
        self.tries += 1
        self.left -= 1
        return self.left >= 0


@pytest.fixture
async def gated(open_house):
    return await open_house(gate=True)


@pytest.fixture
def ann(gated, telegram):
    return InTelegram(gated, telegram.person(7))


async def hours(house, number, *, step=60):
    """Hours go by, and what failed is tried again."""
    for _ in range(int(number * 3600 / step)):
        house.clock.advance(step)
        await rounds.try_again(house.site, "postman")
    await house.settles()


def failed(house):
    return house.asks(lambda work: work.journal.failed())


async def test_t05_what_failed_is_tried_again_and_answered_after_all(gated, ann):
    gated.site.store.faulty = Poison("幸福里3栋的路灯坏了", times=2)
    await ann.tells("幸福里3栋的路灯坏了")
    assert TROUBLE in ann.heard[0]
    await hours(gated, 0.2)

    assert (len(ann.heard), failed(gated)) == (2, [])
    assert "路灯" in ann.heard[1]
    number = await gated.files(ann, "昨晚开始的")
    assert gated.cases("bot", "7") == [number]


async def test_t05_after_three_more_tries_it_is_left_to_the_desk(gated, ann):
    poison = gated.site.store.faulty = Poison("毒", times=99)
    await ann.tells("毒")
    await hours(gated, 24, step=600)

    assert poison.tries == 4
    assert len(ann.heard) == 1
    assert [each.message["text"] for each in failed(gated)] == ["毒"]


async def test_t05_the_tries_come_more_and_more_slowly(gated, ann):
    poison = gated.site.store.faulty = Poison("毒", times=99)
    await ann.tells("毒")
    began, at = gated.clock.now(), []
    for _ in range(45):
        gated.clock.advance(60)
        if await rounds.try_again(gated.site, "postman"):
            at.append(round((gated.clock.now() - began) / 60))

    assert (poison.tries, at) == (4, [1, 6, 36])


async def test_t05_who_goes_on_meanwhile_is_not_answered_twice(gated, ann):
    gated.site.store.faulty = Poison("毒", times=1)
    await ann.tells("毒")
    await ann.tells("幸福里3栋的路灯坏了")
    ann.marks()
    await hours(gated, 2)

    assert ann.heard == []
    assert [each.message["text"] for each in failed(gated)] == ["毒"]


async def test_t05_what_the_desk_has_dealt_with_is_not_tried_again(gated, ann):
    poison = gated.site.store.faulty = Poison("毒", times=1)
    await ann.tells("毒")
    gated.site.store.run_now(lambda work: work.journal.mark_done(failed(gated)[0].id))
    await hours(gated, 2)

    assert (poison.tries, len(ann.heard)) == (1, 1)


async def test_t05_the_photo_of_a_message_that_failed_is_there_once(gated, ann):
    gated.site.store.faulty = Poison("幸福里3栋的路灯坏了", times=1)
    ann.person.photo(snapshot(1), caption="幸福里3栋的路灯坏了")
    await gated.settles()
    assert TROUBLE in ann.heard[0]
    await hours(gated, 0.2)

    assert (len(failed(gated)), gated.evidence("bot", "7")) == (0, 1)
    number = await gated.files(ann, "昨晚开始的")
    assert len(gated.asks(lambda work: work.evidence.of_case(number))) == 1


async def test_t05_a_restart_between_forgets_no_try(open_house, telegram):
    first = await open_house(gate=True)
    first.site.store.faulty = Poison("幸福里3栋的路灯坏了", times=1)
    telegram.person(7).say("幸福里3栋的路灯坏了")
    await first.settles()
    await first.closes()

    second = await open_house()
    await hours(second, 0.1)
    assert (failed(second), len(telegram.heard(7))) == ([], 2)


async def test_t05_two_processes_try_it_once(gated, ann):
    poison = gated.site.store.faulty = Poison("毒", times=1)
    await ann.tells("毒")
    gated.clock.advance(61)
    tried = [await rounds.try_again(gated.site, owner) for owner in ("one", "two")]
    await gated.settles()

    assert (tried, poison.tries, len(ann.heard)) == ([1, 0], 2, 2)
