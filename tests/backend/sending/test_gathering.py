"""What many keep at once is kept together, and an odd one takes no other with it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from backend.sending.gathering import TOGETHER, Gathering


class Shelf:
    """A store that keeps what it is given: each unit's things; three never fits."""

    def __init__(self):
        self.units = []

    async def run(self, keep, things):
        await asyncio.sleep(0)
        keep(self, things)


def keep(shelf, things):
    if 3 in things:
        raise ValueError(3)
    shelf.units.append(list(things))


def gathered(shelf: Any) -> Gathering[int]:
    return Gathering(shelf, keep)


async def test_what_comes_while_a_unit_is_committed_is_kept_in_the_next():
    shelf = Shelf()
    gathering = gathered(shelf)

    first = gathering.add(1)
    await asyncio.sleep(0)
    await asyncio.gather(first, *(gathering.add(each) for each in (4, 5, 6)))

    assert shelf.units == [[1], [4, 5, 6]]
    assert gathering.waiting == 0


async def test_an_odd_one_is_told_and_the_others_are_kept():
    shelf = Shelf()
    gathering = gathered(shelf)

    told = await asyncio.gather(*(gathering.add(each) for each in (1, 2, 3, 4)), return_exceptions=True)

    assert [type(each) for each in told] == [type(None), type(None), ValueError, type(None)]
    assert shelf.units == [[1], [2], [4]]


async def test_a_unit_is_never_too_large_and_the_order_stays():
    shelf = Shelf()
    gathering = gathered(shelf)
    things = range(10, 10 + 2 * TOGETHER + 5)

    for each in things:
        gathering.add(each)
    await gathering.close()

    assert [each for unit in shelf.units for each in unit] == list(things)
    assert max(map(len, shelf.units)) == TOGETHER


async def test_who_has_gone_hurts_nobody():
    shelf = Shelf()
    gathering = gathered(shelf)
    gone, stays = gathering.add(1), gathering.add(2)

    gone.cancel()
    await stays

    assert shelf.units == [[1, 2]]
    with pytest.raises(asyncio.CancelledError):
        await gone
